package kit

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	gossh "golang.org/x/crypto/ssh"
)

// puttyName is the saved session, for putty -load.
const puttyName = "digibrug"

// putty gives a registry file with the keys of the doors and a saved session. PuTTY keeps a host key as a value of
// SshHostKeys by the name "ssh-ed25519@PORT:HOST": the point of the key, as "0xX,0xY" in lower-case hexadecimal
// without leading zeros (PuTTY, ecc-ssh.c and contrib/kh2reg.py). Characters that it would escape in a name can't
// be in a host.
func (k Kit) putty() ([]string, error) {
	const root = `[HKEY_CURRENT_USER\Software\SimonTatham\PuTTY`
	lines := []string{"REGEDIT4", "", root + `\SshHostKeys]`}
	seen := map[string]bool{}
	for _, d := range []Door{k.Screens, k.Files} {
		if !d.open() || seen[d.Port] {
			continue
		}
		seen[d.Port] = true
		point, err := puttyKey(d.Key)
		if err != nil {
			return nil, err
		}
		for _, h := range k.Hosts {
			lines = append(lines, fmt.Sprintf(`"ssh-ed25519@%s:%s"="%s"`, d.Port, strings.ToLower(h), point))
		}
	}
	n, err := strconv.ParseUint(k.Screens.Port, 10, 16)
	if err != nil {
		return nil, fmt.Errorf("port %s: %w", k.Screens.Port, err)
	}
	lines = append(lines, "", root+`\Sessions\`+puttyName+`]`, `"Protocol"="ssh"`, fmt.Sprintf(`"HostName"="%s"`, strings.ToLower(k.Hosts[0])), fmt.Sprintf(`"PortNumber"=dword:%08x`, n))
	if k.Login != "" {
		lines = append(lines, fmt.Sprintf(`"UserName"="%s"`, k.Login))
	}
	return append(lines, `"SshProt"=dword:00000003`, `"AgentFwd"=dword:00000000`, `"X11Forward"=dword:00000000`, `"TerminalType"="xterm-256color"`, `"LineCodePage"="UTF-8"`,
		`"TermWidth"=dword:00000064`, `"TermHeight"=dword:0000001e`, `"Font"="Consolas"`, `"FontHeight"=dword:0000000e`, `"PingIntervalSecs"=dword:0000001e`,
		`"CloseOnExit"=dword:00000001`, `"WarnOnClose"=dword:00000000`, ""), nil
}

// Of the curve of RFC 8032, section 5.1.
var (
	errKey  = errors.New("not an ed25519 key")
	prime   = new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(19))
	curveD  = fromHex("52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3")
	one     = big.NewInt(1)
	keySize = 32
)

func fromHex(s string) *big.Int {
	n, ok := new(big.Int).SetString(s, 16)
	if !ok {
		panic("not hexadecimal: " + s) // can't happen: it is written above
	}
	return n
}

// puttyKey gives the point of an ed25519 key as PuTTY writes it. The key itself is y, with the lowest bit of x on
// top; x follows from the curve: x² = (y² - 1) / (d·y² + 1).
func puttyKey(key gossh.PublicKey) (string, error) {
	var wire struct {
		Name string
		Raw  []byte
	}
	if err := gossh.Unmarshal(key.Marshal(), &wire); err != nil || wire.Name != gossh.KeyAlgoED25519 || len(wire.Raw) != keySize {
		return "", errKey
	}
	raw := slices.Clone(wire.Raw)
	slices.Reverse(raw) // the lowest byte stands first
	odd := raw[0]>>7 == 1
	raw[0] &= 0x7f
	y := new(big.Int).SetBytes(raw)
	square := new(big.Int).Mul(y, y)
	under := new(big.Int).Mul(curveD, square)
	under.Add(under, one).ModInverse(under, prime)
	over := square.Sub(square, one)
	x := new(big.Int).ModSqrt(over.Mul(over, under).Mod(over, prime), prime)
	if x == nil || y.Cmp(prime) >= 0 {
		return "", errKey
	}
	if (x.Bit(0) == 1) != odd {
		x.Sub(prime, x)
	}
	return fmt.Sprintf("0x%x,0x%x", x, y), nil
}
