package outbox

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// TLS is how the line to a mail server is made secret.
type TLS string

// The ways.
const (
	StartTLS TLS = "starttls" // begins plain and must become secret before anything is said; port 587
	WholeTLS TLS = "tls"      // secret from the first byte; port 465
	NoTLS    TLS = "none"     // plain, for a server on this machine or on a line of our own; port 25
)

// AllTLS gives all ways.
func AllTLS() []TLS { return []TLS{StartTLS, WholeTLS, NoTLS} }

// MailSender sends papers by a mail server: the one of the municipality, which knows how to reach everybody else.
// A paper's target is the address. All tries of a paper have the same Message-ID, so that a mail that came twice
// (the line broke before the server could say that it had it) can be known for what it is.
type MailSender struct {
	Host         string
	Port         int
	TLS          TLS
	From         string         // "reply@zandwerve.example" or "Zandwerve <reply@zandwerve.example>"
	User         string         // empty: the server asks no name
	PasswordFile string         // its first line is the password of User; read at each send
	Cover        Message        // subject and text around a paper that is a file
	Roots        *x509.CertPool // who may vouch for the server; nil: whom this machine trusts
}

// How long the line may take to open, and a mail to go. A mail that is halfway when the server stops is given lingers.
const (
	mailDial = 20 * time.Second
	mailTime = 2 * time.Minute
)

// ErrHopeless says that another try would end the same: the server knows no such address, or won't have the mail.
// A sender that returns it gets the paper no more, until somebody says to retry.
var ErrHopeless = errors.New("another try is no use")

// Send sends one mail. A server that has it has it: what goes wrong on the line afterwards is nobody's trouble.
func (s MailSender) Send(ctx context.Context, p Paper, body []byte) error {
	msg, err := s.compose(p, body)
	if err != nil {
		return err
	}
	client, line, err := s.dial(ctx)
	if err != nil {
		return err
	}
	defer context.AfterFunc(ctx, func() { _ = line.conn.SetDeadline(time.Now().Add(lingers)) })()
	err = client.SendWithSMTPClient(line.smtp, msg)
	if msg.IsDelivered() {
		_ = client.CloseWithSMTPClient(line.smtp)
		return nil
	}
	_ = line.conn.Close() // no goodbye: in the middle of a mail that would be taken for its end
	var refused *mail.SendError
	if errors.As(err, &refused) && refused.ErrorCode() >= 500 && (refused.Reason == mail.ErrSMTPRcptTo || refused.Reason == mail.ErrSMTPDataClose) {
		return fmt.Errorf("%w: %w", ErrHopeless, err)
	}
	return err
}

// Check tells what would keep mails from being sent: it goes as far as the server lets us in, and sends nothing.
func (s MailSender) Check(ctx context.Context) error {
	if _, err := netmail.ParseAddress(s.From); err != nil {
		return fmt.Errorf("mail.from: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, mailDial)
	defer cancel()
	client, line, err := s.dial(ctx)
	if err != nil {
		return err
	}
	defer line.conn.Close()
	if err := line.smtp.Noop(); err != nil {
		return err
	}
	return client.CloseWithSMTPClient(line.smtp)
}

// compose makes the mail of a paper. It doesn't depend on the moment: each try is the same mail.
func (s MailSender) compose(p Paper, body []byte) (*mail.Msg, error) {
	if !GoodAddress(p.Target) {
		return nil, fmt.Errorf("%w: %q is no mail address", ErrHopeless, p.Target)
	}
	m, err := messageOf(p, body, s.Cover)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrHopeless, err)
	}
	from, err := netmail.ParseAddress(s.From)
	if err != nil {
		return nil, fmt.Errorf("mail.from: %w", err)
	}
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	msg.FromMailAddress(from)
	if err := msg.To(p.Target); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrHopeless, err)
	}
	_, host, _ := strings.Cut(from.Address, "@")
	msg.SetMessageIDWithValue(p.ID + "@" + host)
	msg.SetDateWithValue(p.MadeAt)
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: who is out of office needn't tell us
	msg.Subject(m.subject())
	msg.SetBodyString(mail.TypeTextPlain, m.text())
	return msg, m.enclose(msg)
}

// enclose puts the calendars and the files in a mail.
func (m Message) enclose(msg *mail.Msg) error {
	for i, c := range m.calendars() {
		method := methodOf(c)
		if i == 0 && len(m.Calendar) > 0 && (method == "REQUEST" || method == "CANCEL") { // RFC 6047: the same news for people and for their calendars
			msg.AddAlternativeString(mail.ContentType("text/calendar; method="+method), string(c), mail.WithPartEncoding(mail.EncodingB64))
			continue
		}
		name := "agenda.ics"
		if i > 0 {
			name = fmt.Sprintf("agenda-%d.ics", i+1)
		}
		kind := mail.WithFileContentType(mail.ContentType("text/calendar; charset=UTF-8; method=" + method))
		if err := msg.AttachReader(name, bytes.NewReader(c), kind); err != nil {
			return err
		}
	}
	for _, f := range m.Files {
		if err := msg.AttachReader(CleanName(f.Name), bytes.NewReader(f.Body), mail.WithFileContentType(mail.ContentType(f.Media))); err != nil {
			return err
		}
	}
	return nil
}

// mailLine is an open line to a mail server that let us in.
type mailLine struct {
	conn net.Conn
	smtp *smtp.Client
}

// dial opens a line and logs in.
func (s MailSender) dial(ctx context.Context) (*mail.Client, mailLine, error) {
	var line mailLine
	trust := &tls.Config{ServerName: s.Host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12}
	options := []mail.Option{mail.WithPort(s.Port), mail.WithTimeout(mailTime), mail.WithTLSConfig(trust), mail.WithTLSPolicy(mail.NoTLS),
		mail.WithDialContextFunc(func(ctx context.Context, network, address string) (net.Conn, error) {
			ctx, cancel := context.WithTimeout(ctx, mailDial)
			defer cancel()
			var err error
			if s.TLS == WholeTLS {
				line.conn, err = (&tls.Dialer{Config: trust}).DialContext(ctx, network, address)
			} else {
				line.conn, err = (&net.Dialer{}).DialContext(ctx, network, address)
			}
			return line.conn, err
		})}
	if s.TLS == StartTLS {
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if s.User != "" {
		password, err := s.password()
		if err != nil {
			return nil, line, err
		}
		options = append(options, mail.WithUsername(s.User), mail.WithPassword(password), s.auth())
	}
	client, err := mail.NewClient(s.Host, options...)
	if err != nil {
		return nil, line, fmt.Errorf("mail server %s: %w", s.Host, err)
	}
	if line.smtp, err = client.DialToSMTPClientWithContext(ctx); err != nil {
		if line.conn != nil {
			_ = line.conn.Close()
		}
		return nil, line, fmt.Errorf("mail server %s: %w", net.JoinHostPort(s.Host, strconv.Itoa(s.Port)), err)
	}
	return client, line, nil
}

// auth is how we say who we are. On a plain line only by ways that don't show the password.
func (s MailSender) auth() mail.Option {
	if s.TLS == NoTLS {
		return mail.WithOpportunisticSMTPAuth(mail.SMTPAuthSCRAMSHA256, mail.SMTPAuthSCRAMSHA1, mail.SMTPAuthCramMD5)
	}
	return mail.WithOpportunisticSMTPAuth(mail.SMTPAuthSCRAMSHA256, mail.SMTPAuthPlain, mail.SMTPAuthLogin)
}

func (s MailSender) password() (string, error) {
	text, err := os.ReadFile(s.PasswordFile)
	if err != nil {
		return "", fmt.Errorf("password of the mail server: %w", err)
	}
	password, _, _ := strings.Cut(string(text), "\n")
	if password = strings.TrimSuffix(password, "\r"); password == "" {
		return "", fmt.Errorf("password of the mail server: the first line of %s is empty", s.PasswordFile)
	}
	return password, nil
}
