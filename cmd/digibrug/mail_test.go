package main

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/outbox"
)

// TestMailConfig reads a mail server from a file, and refuses half of one.
func TestMailConfig(t *testing.T) {
	read := func(text string) (Config, error) {
		cfg := defaultConfig()
		return cfg, cfg.readFile(text)
	}
	cfg := defaultConfig()
	if err := cfg.readFile("[mail]\nhost = \"mail.zandwerve.example\"\nfrom = \"Zandwerve <antwoord@zandwerve.example>\"\nuser = \"digibrug\"\npassword_file = \"geheim\"\n"); err != nil {
		t.Fatal(err)
	}
	cfg.Data = "/srv/digibrug"
	if s := cfg.mailSender(); !cfg.mails() || s.Host != "mail.zandwerve.example" || s.Port != 587 || s.TLS != outbox.StartTLS || s.PasswordFile != "/srv/digibrug/geheim" ||
		s.Cover.Subject == "" || s.Cover.Text == "" || cfg.senders()[outbox.Mail] == nil {
		t.Errorf("the sender is %+v", s)
	}
	for name, c := range map[string]struct {
		text string
		why  data.Why
	}{
		"from nobody":     {"[mail]\nfrom = \"Zandwerve\"", WhyMailFrom},
		"a port too high": {"[mail]\nport = 70000", WhyMailPort},
		"no port":         {"[mail]\nport = 0", data.WhyNumber},
		"another way":     {"[mail]\ntls = \"ssl\"", data.WhyNotOneOf},
	} {
		_, err := read(c.text)
		var bad *data.Invalid
		if !errors.As(err, &bad) || bad.Why != c.why || bad.Line != 2 {
			t.Errorf("%s: %v, want %s in line 2", name, err, c.why)
		}
	}
	for name, m := range map[string]MailServer{"no server": {}, "no address": {Host: "x"}, "no password": {Host: "x", From: "a@b.example", User: "u"}} {
		cfg := defaultConfig()
		cfg.Mail = m
		if cfg.mails() || cfg.senders()[outbox.Mail] != nil {
			t.Errorf("%s: mails leave", name)
		}
	}
}

// TestMailDoctor says what is wrong with a mail server, and whether its password lies open.
func TestMailDoctor(t *testing.T) {
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := nobody.Addr().(*net.TCPAddr).Port
	if err := nobody.Close(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "geheim"), []byte("x\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	reached := MailServer{Host: "127.0.0.1", Port: port, TLS: "none", From: "a@b.example", User: "u", PasswordFile: "geheim"}
	for name, c := range map[string]struct {
		m    MailServer
		want string
	}{
		"none":            {MailServer{}, ""},
		"half a server":   {MailServer{Host: "x"}, "mail error"},
		"nobody there":    {reached, "mail error, mail_tls warning, mail_password warning"},
		"a closed secret": {MailServer{Host: "127.0.0.1", Port: port, TLS: "tls", From: "a@b.example"}, "mail error"},
	} {
		d := &doctor{c: &cli{}, cfg: defaultConfig()}
		d.cfg.Data, d.cfg.Mail = dir, c.m
		d.mail(t.Context())
		var got []string
		for _, f := range d.found {
			got = append(got, f.Check+" "+string(f.Verdict))
			if strings.Contains(f.Text, "{{") || f.Text == "" {
				t.Errorf("%s: %q", name, f.Text)
			}
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %v, want %s", name, d.found, c.want)
		}
	}
}
