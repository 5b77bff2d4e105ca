package main

import (
	"context"
	netmail "net/mail"
	"os"
	"runtime"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/tui/words"
)

// MailServer is the server by which mails leave.
type MailServer struct {
	Host         string // empty: none, and mails wait
	Port         int
	TLS          string // an outbox.TLS
	From         string // as netmail.ParseAddress reads it
	User         string // empty: the server asks no name
	PasswordFile string // relative to the data directory
}

// defaultMailServer is what holds of a server that is named and no more.
func defaultMailServer() MailServer { return MailServer{Port: 587, TLS: string(outbox.StartTLS)} }

// What can be wrong with the mail server in the configuration.
const (
	WhyMailFrom     data.Why = "config.mail_from"     // no mail address, with or without a name before it
	WhyMailFromNone data.Why = "config.mail_none"     // a server, and no address from which mails come
	WhyMailPassword data.Why = "config.mail_password" // a user, and no file with the password
	WhyMailPort     data.Why = "config.mail_port"     // no port
)

// mailOptions are the options of the mail server.
func mailOptions() []option {
	var ways []string
	for _, way := range outbox.AllTLS() {
		ways = append(ways, string(way))
	}
	return []option{
		text("mail.host", words.MailConfHost, func(c *Config) *string { return &c.Mail.Host }),
		only(count("mail.port", words.MailConfPort, func(c *Config) *int { return &c.Mail.Port }), func(c *Config) error {
			if c.Mail.Port > 65535 {
				return wrong("mail.port", WhyMailPort, "", c.Mail.Port)
			}
			return nil
		}),
		oneOf("mail.tls", words.MailConfTLS, ways, func(c *Config) *string { return &c.Mail.TLS }),
		only(text("mail.from", words.MailConfFrom, func(c *Config) *string { return &c.Mail.From }), func(c *Config) error {
			if _, err := netmail.ParseAddress(c.Mail.From); c.Mail.From != "" && err != nil {
				return wrong("mail.from", WhyMailFrom, "", c.Mail.From)
			}
			return nil
		}),
		text("mail.user", words.MailConfUser, func(c *Config) *string { return &c.Mail.User }),
		text("mail.password_file", words.MailConfPassword, func(c *Config) *string { return &c.Mail.PasswordFile }),
	}
}

// only is an option that is looked at once more after it was read.
func only(o option, check func(*Config) error) option {
	read := o.read
	o.read = func(c *Config, v any) error {
		if err := read(c, v); err != nil {
			return err
		}
		return check(c)
	}
	return o
}

// check says what is missing of a server that is named.
func (m MailServer) check() error {
	switch {
	case m.Host == "":
		return nil
	case m.From == "":
		return &data.Invalid{Field: "mail.from", Why: WhyMailFromNone}
	case m.User != "" && m.PasswordFile == "":
		return &data.Invalid{Field: "mail.password_file", Why: WhyMailPassword}
	}
	return nil
}

// mails tells whether mails can leave.
func (cfg Config) mails() bool { return cfg.Mail.Host != "" && cfg.Mail.check() == nil }

func (cfg Config) mailSender() outbox.MailSender {
	m := cfg.Mail
	return outbox.MailSender{Host: m.Host, Port: m.Port, TLS: outbox.TLS(m.TLS), From: m.From, User: m.User, PasswordFile: cfg.path(m.PasswordFile),
		Cover: outbox.Message{Subject: nl.T(words.MailCoverSubject), Text: nl.T(words.MailCoverText)}}
}

// mail looks whether mails can leave: it goes as far as the server lets us in, and sends nothing.
func (d *doctor) mail(ctx context.Context) {
	m := d.cfg.Mail
	if m.Host == "" {
		return
	}
	if err := m.check(); err != nil {
		d.must("mail", err, "")
		return
	}
	d.must("mail", d.sender(d.cfg.mailSender().Check(ctx), words.MailDoctorBad), nl.T(words.MailDoctor, "host", m.Host, "port", m.Port, "from", m.From))
	if m.TLS == string(outbox.NoTLS) {
		d.note("mail_tls", heed, nl.T(words.MailDoctorPlain))
	}
	if m.User == "" || runtime.GOOS == "windows" {
		return
	}
	if info, err := os.Stat(d.cfg.path(m.PasswordFile)); err == nil && info.Mode().Perm()&0o077 != 0 {
		d.note("mail_password", heed, nl.T(words.MailDoctorOpen, "path", d.cfg.path(m.PasswordFile)))
	}
}
