package outbox

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// letter is a mail as the server took it.
type letter struct{ from, to, text string }

// postOffice is a mail server of which a test decides what it says.
type postOffice struct {
	t      *testing.T
	listen net.Listener
	cert   tls.Certificate
	roots  *x509.CertPool
	whole  bool                        // secret from the first byte
	plain  bool                        // offers no STARTTLS
	says   func(command string) string // instead of what it says by itself; empty: that; "-": it hangs up without a word

	mu     sync.Mutex
	got    []letter
	logins []string // "user password", and how secret the line was
}

// newPostOffice opens a server on a free port, until the test ends.
func newPostOffice(t *testing.T, change func(*postOffice)) *postOffice {
	t.Helper()
	o := &postOffice{t: t}
	o.certify()
	if change != nil {
		change(o)
	}
	listen, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o.listen = listen
	var visits sync.WaitGroup
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			conn, err := listen.Accept()
			if err != nil {
				visits.Wait()
				return
			}
			visits.Go(func() { o.serve(conn) })
		}
	}()
	t.Cleanup(func() { _ = listen.Close(); <-ended })
	return o
}

// certify makes the server vouch for itself.
func (o *postOffice) certify() {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		o.t.Fatal(err)
	}
	paper := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature}
	der, err := x509.CreateCertificate(rand.Reader, paper, paper, &key.PublicKey, key)
	if err != nil {
		o.t.Fatal(err)
	}
	signed, err := x509.ParseCertificate(der)
	if err != nil {
		o.t.Fatal(err)
	}
	o.cert, o.roots = tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, x509.NewCertPool()
	o.roots.AddCert(signed)
}

// sender is how the server is reached.
func (o *postOffice) sender() MailSender {
	host, port, err := net.SplitHostPort(o.listen.Addr().String())
	if err != nil {
		o.t.Fatal(err)
	}
	n, _ := strconv.Atoi(port)
	s := MailSender{Host: host, Port: n, TLS: StartTLS, From: "Zandwerve <antwoord@zandwerve.example>", Roots: o.roots,
		Cover: Message{Subject: "Een brief van Zandwerve", Text: "U vindt de brief in de bijlage."}}
	if o.whole {
		s.TLS = WholeTLS
	} else if o.plain {
		s.TLS = NoTLS
	}
	return s
}

// withPassword lets a sender log in.
func (o *postOffice) withPassword(password string) MailSender {
	s := o.sender()
	s.User, s.PasswordFile = "digibrug", filepath.Join(o.t.TempDir(), "mail-wachtwoord")
	if err := os.WriteFile(s.PasswordFile, []byte(password+"\n"), 0o600); err != nil {
		o.t.Fatal(err)
	}
	return s
}

// all gives what came, once.
func (o *postOffice) all() []letter {
	o.mu.Lock()
	defer o.mu.Unlock()
	got := o.got
	o.got = nil
	return got
}

func (o *postOffice) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	secret := o.whole
	if o.whole {
		conn = tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{o.cert}})
	}
	in, now := bufio.NewReader(conn), letter{}
	say := func(s string) { _, _ = fmt.Fprintf(conn, "%s\r\n", s) }
	say("220 postkantoor")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		verb, rest, _ := strings.Cut(line, " ")
		answer := o.answer(line, secret)
		switch {
		case answer == "-":
			return
		case verb == "STARTTLS" && strings.HasPrefix(answer, "220"):
			say(answer)
			conn = tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{o.cert}})
			in, secret = bufio.NewReader(conn), true
			continue
		case verb == "MAIL":
			now = letter{from: between(rest, "<", ">")}
		case verb == "RCPT":
			now.to = between(rest, "<", ">")
		case verb == "AUTH":
			o.login(rest, secret)
		case verb == "DATA" && strings.HasPrefix(answer, "354"):
			say(answer)
			if now.text, err = readData(in); err != nil {
				return
			}
			if answer = o.answer(".", secret); strings.HasPrefix(answer, "250") || answer == "-" {
				o.mu.Lock()
				o.got = append(o.got, now)
				o.mu.Unlock()
			}
			if answer == "-" {
				return // it has the mail, and nobody hears so
			}
		}
		say(answer)
		if verb == "QUIT" {
			return
		}
	}
}

// answer is what the server says to a command.
func (o *postOffice) answer(line string, secret bool) string {
	if o.says != nil {
		if s := o.says(line); s != "" {
			return s
		}
	}
	switch verb, _, _ := strings.Cut(line, " "); verb {
	case "EHLO":
		if o.plain || secret {
			return "250-postkantoor\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN"
		}
		return "250-postkantoor\r\n250-8BITMIME\r\n250 STARTTLS"
	case "STARTTLS":
		return "220 go on"
	case "AUTH":
		return "235 welcome"
	case "DATA":
		return "354 say it"
	case "QUIT":
		return "221 bye"
	}
	return "250 fine"
}

func (o *postOffice) login(how string, secret bool) {
	_, text, _ := strings.Cut(how, " ")
	said, _ := base64.StdEncoding.DecodeString(text)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.logins = append(o.logins, fmt.Sprintf("%s secret=%v", strings.Trim(strings.ReplaceAll(string(said), "\x00", " "), " "), secret))
}

func readData(in *bufio.Reader) (string, error) {
	var text strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil || line == ".\r\n" {
			return text.String(), err
		}
		text.WriteString(strings.TrimPrefix(line, "."))
	}
}

func between(s, open, end string) string {
	_, s, _ = strings.Cut(s, open)
	s, _, _ = strings.Cut(s, end)
	return s
}
