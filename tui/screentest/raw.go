package screentest

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"strings"
	"sync/atomic"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// Message numbers of RFC 4253, 4252 and 4254.
const (
	msgServiceAccept   = 6
	msgNewKeys         = 21
	msgKexECDHInit     = 30
	MsgFailure         = 51
	MsgSuccess         = 52
	msgBanner          = 53
	MsgPubKeyOK        = 60
	MsgInfoRequest     = 60
	msgInfoResponse    = 61
	MsgChannelOpened   = 91
	MsgChannelData     = 94
	MsgChannelExtended = 95
	MsgChannelClose    = 97
)

// Raw is an SSH client that may do what no library lets a client do: change the name between
// attempts, mix methods, leave halfway. It speaks one algorithm of each kind and does not check the host.
type Raw struct {
	t       tester
	conn    net.Conn
	session []byte // exchange hash
	in, out direction
	gone    atomic.Bool
}

type direction struct {
	seq    uint32
	stream cipher.Stream
	mac    []byte
}

// DialRaw does the handshake with a server, up to the first attempt to log in.
func DialRaw(t tester, addr string) *Raw {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatalf("%v", err)
	}
	r := &Raw{t: t, conn: conn}
	t.Cleanup(r.Cut)
	if err := r.shake(); err != nil {
		t.Fatalf("handshake: %v", err)
	}
	if err := r.Send(gossh.Marshal(struct {
		Service string `sshtype:"5"`
	}{"ssh-userauth"})); err != nil {
		t.Fatalf("%v", err)
	}
	if p, err := r.Receive(); err != nil || p[0] != msgServiceAccept {
		t.Fatalf("service: %v %v", p, err)
	}
	return r
}

// Cut hangs up.
func (r *Raw) Cut() { _ = r.conn.Close() }

const rawVersion = "SSH-2.0-raw"

func (r *Raw) shake() error {
	if _, err := io.WriteString(r.conn, rawVersion+"\r\n"); err != nil {
		return err
	}
	greeting, err := r.line()
	if err != nil {
		return err
	}
	mine := gossh.Marshal(struct {
		Cookie                                    [16]byte `sshtype:"20"`
		Kex, Host, C1, C2, M1, M2, Z1, Z2, L1, L2 string
		Follows                                   bool
		Reserved                                  uint32
	}{Kex: "curve25519-sha256", Host: "ssh-ed25519", C1: "aes128-ctr", C2: "aes128-ctr", M1: "hmac-sha2-256", M2: "hmac-sha2-256", Z1: "none", Z2: "none"})
	if err := r.Send(mine); err != nil {
		return err
	}
	theirs, err := r.Receive()
	if err != nil {
		return err
	}
	private, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	public := private.PublicKey().Bytes()
	if err := r.Send(append([]byte{msgKexECDHInit}, text(public)...)); err != nil {
		return err
	}
	reply, err := r.Receive()
	if err != nil {
		return err
	}
	var answer struct {
		Host, Public, Signature string `sshtype:"31"`
	}
	if err := gossh.Unmarshal(reply, &answer); err != nil {
		return err
	}
	peer, err := ecdh.X25519().NewPublicKey([]byte(answer.Public))
	if err != nil {
		return err
	}
	shared, err := private.ECDH(peer)
	if err != nil {
		return err
	}
	k := gossh.Marshal(struct{ K *big.Int }{new(big.Int).SetBytes(shared)})
	h := sha256.New()
	for _, s := range []string{rawVersion, greeting, string(mine), string(theirs), answer.Host, string(public), answer.Public} {
		h.Write(text([]byte(s)))
	}
	h.Write(k)
	r.session = h.Sum(nil)
	if err := r.Send([]byte{msgNewKeys}); err != nil {
		return err
	}
	if p, err := r.Receive(); err != nil || p[0] != msgNewKeys {
		return fmt.Errorf("want new keys, got %v %w", p, err)
	}
	r.out.keys(k, r.session, 'A', 'C', 'E')
	r.in.keys(k, r.session, 'B', 'D', 'F')
	return nil
}

// keys derives IV, key and MAC key (RFC 4253, 7.2); SHA-256 gives enough for each.
func (d *direction) keys(k, session []byte, iv, key, mac byte) {
	derive := func(letter byte) []byte {
		sum := sha256.Sum256(append(append(append(append([]byte{}, k...), session...), letter), session...))
		return sum[:]
	}
	block, _ := aes.NewCipher(derive(key)[:16])
	d.stream, d.mac = cipher.NewCTR(block, derive(iv)[:16]), derive(mac)
}

func text(b []byte) []byte { return append(binary.BigEndian.AppendUint32(nil, uint32(len(b))), b...) }

func (r *Raw) line() (string, error) {
	var s strings.Builder
	for one := make([]byte, 1); ; s.WriteByte(one[0]) {
		if _, err := io.ReadFull(r.conn, one); err != nil || one[0] == '\n' {
			return strings.TrimSuffix(s.String(), "\r"), err
		}
	}
}

// Send sends one message.
func (r *Raw) Send(payload []byte) error {
	pad := 16 - (5+len(payload))%16
	if pad < 4 {
		pad += 16
	}
	packet := binary.BigEndian.AppendUint32(nil, uint32(1+len(payload)+pad))
	packet = append(append(append(packet, byte(pad)), payload...), make([]byte, pad)...)
	var sum []byte
	if r.out.stream != nil {
		sum = r.out.sum(packet)
		r.out.stream.XORKeyStream(packet, packet)
	}
	r.out.seq++
	_, err := r.conn.Write(append(packet, sum...))
	return err
}

func (d *direction) sum(packet []byte) []byte {
	mac := hmac.New(sha256.New, d.mac)
	_ = binary.Write(mac, binary.BigEndian, d.seq)
	mac.Write(packet)
	return mac.Sum(nil)
}

// Receive waits for one message, at most 5 s.
func (r *Raw) Receive() ([]byte, error) {
	_ = r.conn.SetReadDeadline(time.Now().Add(5 * time.Second))
	head := make([]byte, 4)
	if _, err := io.ReadFull(r.conn, head); err != nil {
		r.gone.Store(true)
		return nil, err
	}
	if r.in.stream != nil {
		r.in.stream.XORKeyStream(head, head)
	}
	n := binary.BigEndian.Uint32(head)
	if n < 2 || n > 1<<18 {
		return nil, fmt.Errorf("packet of %d bytes", n)
	}
	body := make([]byte, n)
	if _, err := io.ReadFull(r.conn, body); err != nil {
		return nil, err
	}
	if r.in.stream != nil {
		r.in.stream.XORKeyStream(body, body)
		sum := make([]byte, sha256.Size)
		if _, err := io.ReadFull(r.conn, sum); err != nil {
			return nil, err
		}
		if !hmac.Equal(sum, r.in.sum(append(head, body...))) {
			return nil, errors.New("wrong MAC")
		}
	}
	r.in.seq++
	return body[1 : int(n)-int(body[0])], nil
}

// Ask sends a message and gives the number of the answer, 0 when there is none. A banner may come at any time
// before log-in and is no answer (RFC 4252, 5.4).
func (r *Raw) Ask(payload []byte) byte {
	if err := r.Send(payload); err != nil {
		r.gone.Store(true)
		return 0
	}
	for {
		answer, err := r.Receive()
		switch {
		case err != nil:
			return 0
		case answer[0] != msgBanner:
			return answer[0]
		}
	}
}

type authRequest struct {
	User, Service, Method string `sshtype:"50"`
	Rest                  []byte `ssh:"rest"`
}

// Password tries a password and gives the number of the answer.
func (r *Raw) Password(user, password string) byte {
	return r.Ask(gossh.Marshal(authRequest{user, "ssh-connection", "password", append([]byte{0}, text([]byte(password))...)}))
}

// Offer asks whether a key would do, without proving that it is the client's.
func (r *Raw) Offer(user string, key gossh.PublicKey) byte {
	rest := append([]byte{0}, append(text([]byte(key.Type())), text(key.Marshal())...)...)
	return r.Ask(gossh.Marshal(authRequest{user, "ssh-connection", "publickey", rest}))
}

// Sign logs in with a key. shown is the key that the message says it is, and by signs.
func (r *Raw) Sign(user string, shown gossh.PublicKey, by gossh.Signer) byte {
	head := append([]byte{1}, append(text([]byte(shown.Type())), text(shown.Marshal())...)...)
	request := gossh.Marshal(authRequest{user, "ssh-connection", "publickey", head})
	signature, err := by.Sign(rand.Reader, append(text(r.session), request...)) // RFC 4252, 7
	if err != nil {
		r.t.Fatalf("sign: %v", err)
	}
	return r.Ask(append(request, text(gossh.Marshal(signature))...))
}

// None asks to come in without any proof.
func (r *Raw) None(user string) byte {
	return r.Ask(gossh.Marshal(authRequest{user, "ssh-connection", "none", nil}))
}

// Interactive tries a password by keyboard-interactive.
func (r *Raw) Interactive(user, answer string) byte {
	rest := append(text(nil), text(nil)...)
	if got := r.Ask(gossh.Marshal(authRequest{user, "ssh-connection", "keyboard-interactive", rest})); got != MsgInfoRequest {
		return got
	}
	return r.Ask(append([]byte{msgInfoResponse, 0, 0, 0, 1}, text([]byte(answer))...))
}

// Closed tells whether the server has closed the connection.
func (r *Raw) Closed() bool {
	if !r.gone.Load() {
		_, _ = r.Receive()
	}
	return r.gone.Load()
}

// Channel opens a session with a window of so many bytes and gives its number at the server.
func (r *Raw) Channel(window uint32) uint32 {
	r.t.Helper()
	err := r.Send(gossh.Marshal(struct {
		Kind                 string `sshtype:"90"`
		Peer, Window, Packet uint32
	}{"session", 0, window, 1 << 15}))
	for err == nil {
		var p []byte
		if p, err = r.Receive(); err == nil && p[0] == MsgChannelOpened {
			return binary.BigEndian.Uint32(p[5:])
		}
	}
	r.t.Fatalf("open a channel: %v", err)
	return 0
}

// RawRequest is a channel request that wants no answer.
func RawRequest(channel uint32, kind string, payload []byte) []byte {
	return gossh.Marshal(struct {
		Channel uint32 `sshtype:"98"`
		Kind    string
		Want    bool
		Rest    []byte `ssh:"rest"`
	}{channel, kind, false, payload})
}

// RawInput is what is typed.
func RawInput(channel uint32, data string) []byte {
	return gossh.Marshal(struct {
		Channel uint32 `sshtype:"94"`
		Data    string
	}{channel, data})
}
