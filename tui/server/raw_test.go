package server

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
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// Message numbers of RFC 4253 and 4252.
const (
	msgServiceRequest = 5
	msgServiceAccept  = 6
	msgKexInit        = 20
	msgNewKeys        = 21
	msgKexECDHInit    = 30
	msgKexECDHReply   = 31
	msgAuthRequest    = 50
	msgFailure        = 51
	msgSuccess        = 52
	msgPubKeyOK       = 60
	msgInfoRequest    = 60
	msgInfoResponse   = 61
)

// rawClient is an SSH client that may do what no library lets a client do: change the name between
// attempts, mix methods, leave halfway. It speaks one algorithm of each kind and does not check the host.
type rawClient struct {
	t       *testing.T
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

func dialRaw(t *testing.T, addr string) *rawClient {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	r := &rawClient{t: t, conn: conn}
	t.Cleanup(r.cut)
	if err := r.shake(); err != nil {
		t.Fatalf("handshake: %v", err)
	}
	if err := r.write(gossh.Marshal(struct {
		Service string `sshtype:"5"`
	}{"ssh-userauth"})); err != nil {
		t.Fatal(err)
	}
	if p, err := r.read(); err != nil || p[0] != msgServiceAccept {
		t.Fatalf("service: %v %v", p, err)
	}
	return r
}

func (r *rawClient) cut() { _ = r.conn.Close() }

const rawVersion = "SSH-2.0-raw"

func (r *rawClient) shake() error {
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
	if err := r.write(mine); err != nil {
		return err
	}
	theirs, err := r.read()
	if err != nil {
		return err
	}
	private, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	public := private.PublicKey().Bytes()
	if err := r.write(append([]byte{msgKexECDHInit}, text(public)...)); err != nil {
		return err
	}
	reply, err := r.read()
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
	if err := r.write([]byte{msgNewKeys}); err != nil {
		return err
	}
	if p, err := r.read(); err != nil || p[0] != msgNewKeys {
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

func (r *rawClient) line() (string, error) {
	var s strings.Builder
	for one := make([]byte, 1); ; s.WriteByte(one[0]) {
		if _, err := io.ReadFull(r.conn, one); err != nil || one[0] == '\n' {
			return strings.TrimSuffix(s.String(), "\r"), err
		}
	}
}

func (r *rawClient) write(payload []byte) error {
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

func (r *rawClient) read() ([]byte, error) {
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

// ask sends a message and gives the number of the answer, 0 when there is none.
func (r *rawClient) ask(payload []byte) byte {
	if err := r.write(payload); err != nil {
		r.gone.Store(true)
		return 0
	}
	answer, err := r.read()
	if err != nil {
		return 0
	}
	return answer[0]
}

type authRequest struct {
	User, Service, Method string `sshtype:"50"`
	Rest                  []byte `ssh:"rest"`
}

func (r *rawClient) password(user, password string) byte {
	return r.ask(gossh.Marshal(authRequest{user, "ssh-connection", "password", append([]byte{0}, text([]byte(password))...)}))
}

// offer asks whether a key would do, without proving that it is the client's.
func (r *rawClient) offer(user string, key gossh.PublicKey) byte {
	rest := append([]byte{0}, append(text([]byte(key.Type())), text(key.Marshal())...)...)
	return r.ask(gossh.Marshal(authRequest{user, "ssh-connection", "publickey", rest}))
}

func (r *rawClient) interactive(user, answer string) byte {
	rest := append(text(nil), text(nil)...)
	if got := r.ask(gossh.Marshal(authRequest{user, "ssh-connection", "keyboard-interactive", rest})); got != msgInfoRequest {
		return got
	}
	return r.ask(append([]byte{msgInfoResponse, 0, 0, 0, 1}, text([]byte(answer))...))
}

// closed tells whether the server has closed the connection.
func (r *rawClient) closed() bool {
	if !r.gone.Load() {
		_, _ = r.read()
	}
	return r.gone.Load()
}

// channel opens a session with a window of so many bytes and gives its number at the server.
func (r *rawClient) channel(window uint32) uint32 {
	r.t.Helper()
	err := r.write(gossh.Marshal(struct {
		Kind                 string `sshtype:"90"`
		Peer, Window, Packet uint32
	}{"session", 0, window, 1 << 15}))
	for err == nil {
		var p []byte
		if p, err = r.read(); err == nil && p[0] == 91 {
			return binary.BigEndian.Uint32(p[5:])
		}
	}
	r.t.Fatalf("open a channel: %v", err)
	return 0
}

// request is a channel request that wants no answer.
func request(channel uint32, kind string, payload []byte) []byte {
	return gossh.Marshal(struct {
		Channel uint32 `sshtype:"98"`
		Kind    string
		Want    bool
		Rest    []byte `ssh:"rest"`
	}{channel, kind, false, payload})
}

// input is what is typed.
func input(channel uint32, data string) []byte {
	return gossh.Marshal(struct {
		Channel uint32 `sshtype:"94"`
		Data    string
	}{channel, data})
}
