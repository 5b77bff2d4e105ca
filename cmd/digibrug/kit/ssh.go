package kit

import (
	"fmt"
	"net"
	"strings"

	"digibrug/data"
	"digibrug/tui/words"

	"golang.org/x/crypto/ssh/knownhosts"
)

// Names after ssh.
const (
	screensHost = "digibrug"
	kioskHost   = "digibrug-kiosk"
	filesHost   = "digibrug-bestanden"
)

// known gives the lines of known_hosts: each address of the server with the key of each door.
func (k Kit) known() []string {
	var lines []string
	seen := map[string]bool{}
	for _, d := range []Door{k.Screens, k.KioskAt, k.Files} {
		if !d.open() || seen[d.Port] {
			continue
		}
		seen[d.Port] = true
		var names []string
		for _, h := range k.Hosts {
			names = append(names, knownhosts.Normalize(net.JoinHostPort(strings.ToLower(h), d.Port)))
		}
		lines = append(lines, knownhosts.Line(names, d.Key))
	}
	return lines
}

// config gives the settings of ssh. A client with these asks nothing about keys, brings nothing along but its
// language, and notices within two minutes that the line is dead.
func (k Kit) config() []string {
	lines := comment("#", words.ClientConfigHead, "path", k.At)
	lines = append(lines, "")
	lines = append(lines, k.entry(screensHost, k.Screens.Port, k.person()...)...)
	if k.Kiosk != "" {
		lines = append(lines, k.entry(kioskHost, k.KioskAt.Port,
			"User "+data.KioskLogin, "IdentityFile "+quote(k.path(k.keyName())), "IdentitiesOnly yes", "PreferredAuthentications publickey", "BatchMode yes", "RequestTTY force")...)
	}
	if k.Files.open() {
		lines = append(lines, k.entry(filesHost, k.Files.Port, append(k.person(), "PreferredAuthentications publickey")...)...)
	}
	lines = append(lines, "Host "+strings.Join(k.names(), " "))
	for _, common := range []string{
		"UserKnownHostsFile " + quote(k.path(KnownName)), "StrictHostKeyChecking yes", "CheckHostIP no", "UpdateHostKeys no", "HostKeyAlgorithms ssh-ed25519",
		"ForwardAgent no", "ForwardX11 no", "ClearAllForwardings yes", "PermitLocalCommand no", "ControlPath none",
		"SendEnv LANG LC_ALL LC_MESSAGES", "EscapeChar none", "ConnectTimeout 20", "ServerAliveInterval 30", "ServerAliveCountMax 3",
	} {
		lines = append(lines, "    "+common)
	}
	return lines
}

// person is what belongs to whose PC it is.
func (k Kit) person() []string {
	if k.Login == "" {
		return nil
	}
	return []string{"User " + k.Login}
}

func (k Kit) names() []string {
	names := []string{screensHost}
	if k.Kiosk != "" {
		names = append(names, kioskHost)
	}
	if k.Files.open() {
		names = append(names, filesHost)
	}
	return names
}

func (k Kit) entry(name, port string, more ...string) []string {
	lines := []string{"Host " + name, "    HostName " + k.Hosts[0], "    Port " + port}
	for _, m := range more {
		lines = append(lines, "    "+m)
	}
	return append(lines, "")
}

// quote writes a path for ssh's settings: GoodPath lets no quote or backslash in.
func quote(path string) string { return fmt.Sprintf("%q", path) }
