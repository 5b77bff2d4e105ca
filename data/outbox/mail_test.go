package outbox

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"digibrug/data"
)

// part is a piece of a mail, as a mail program reads it.
type part struct{ media, name, text string }

// read takes a mail apart with Go's own reader: the heads, and the parts of all floors.
func read(t *testing.T, text string) (heads netmail.Header, parts []part) {
	t.Helper()
	msg, err := netmail.ReadMessage(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	var walk func(media, coding, disposition string, body io.Reader)
	walk = func(media, coding, disposition string, body io.Reader) {
		kind, params, err := mime.ParseMediaType(media)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(kind, "multipart/") {
			parts = append(parts, part{media: kind})
			for all := multipart.NewReader(body, params["boundary"]); ; {
				p, err := all.NextRawPart()
				if errors.Is(err, io.EOF) {
					return
				} else if err != nil {
					t.Fatal(err)
				}
				walk(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p.Header.Get("Content-Disposition"), p)
			}
		}
		switch strings.ToLower(coding) {
		case "base64":
			body = base64.NewDecoder(base64.StdEncoding, body)
		case "quoted-printable":
			body = quotedprintable.NewReader(body)
		}
		plain, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		_, named, _ := mime.ParseMediaType(disposition)
		parts = append(parts, part{media, named["filename"], string(plain)})
	}
	walk(msg.Header.Get("Content-Type"), msg.Header.Get("Content-Transfer-Encoding"), "", msg.Body)
	return msg.Header, parts
}

// subject is the subject of a mail, as people read it.
func subject(t *testing.T, heads netmail.Header) string {
	t.Helper()
	s, err := new(mime.WordDecoder).DecodeHeader(heads.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const invitation = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Zoë\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

// reply is a mail by a paper of this name, for the tests that need just one.
func reply(name string) Paper {
	return Paper{ID: "0199-" + name, Channel: Mail, Name: name, Media: "text/plain; charset=utf-8", Target: "noor@zandwerve.example",
		MadeAt: time.Date(2026, 10, 6, 7, 0, 0, 0, time.UTC)}
}

func TestMailKinds(t *testing.T) {
	o := newPostOffice(t, nil)
	send := func(p Paper, body []byte) (netmail.Header, []part) {
		t.Helper()
		p.ID, p.MadeAt = "0199-7", time.Date(2026, 10, 6, 7, 0, 0, 0, time.UTC)
		if err := o.sender().Send(t.Context(), p, body); err != nil {
			t.Fatal(err)
		}
		got := o.all()
		if len(got) != 1 || got[0].from != "antwoord@zandwerve.example" || got[0].to != "noor@zandwerve.example" {
			t.Fatalf("the server got %+v", got)
		}
		return read(t, got[0].text)
	}
	heads, parts := send(reply("herinnering.txt"), []byte("Uw laptop moest terug zijn: é, €\n\nBreng hem voor vrijdag.\n.\nDag!\n"))
	if subject(t, heads) != "Uw laptop moest terug zijn: é, €" || len(parts) != 1 || !strings.HasPrefix(parts[0].media, "text/plain; charset=UTF-8") ||
		!strings.Contains(strings.ReplaceAll(parts[0].text, "\r", ""), "vrijdag.\n.\nDag!\n") {
		t.Errorf("a text: %v %q", heads, parts)
	}
	if heads.Get("From") != `"Zandwerve" <antwoord@zandwerve.example>` || heads.Get("Message-ID") != "<0199-7@zandwerve.example>" ||
		heads.Get("Date") != "Tue, 06 Oct 2026 07:00:00 +0000" || heads.Get("Auto-Submitted") != "auto-generated" || heads.Get("User-Agent")+heads.Get("X-Mailer") != "" {
		t.Errorf("heads: %v", heads)
	}

	pdf := reply("attest é.pdf")
	pdf.Media = "application/pdf"
	heads, parts = send(pdf, []byte("%PDF \x00\xff"))
	if subject(t, heads) != "Een brief van Zandwerve" || len(parts) != 3 || !strings.Contains(parts[1].text, "in de bijlage") || parts[2].text != "%PDF \x00\xff" ||
		!strings.HasPrefix(parts[2].media, "application/pdf") {
		t.Errorf("a file: %v %q", heads, parts)
	}

	for method, want := range map[string]string{
		"REQUEST": "multipart/alternative, text/plain; charset=UTF-8, text/calendar; method=REQUEST; charset=UTF-8",
		"CANCEL":  "multipart/alternative, text/plain; charset=UTF-8, text/calendar; method=CANCEL; charset=UTF-8",
		"PUBLISH": `multipart/mixed, text/plain; charset=UTF-8, text/calendar; charset=UTF-8; method=PUBLISH; name="agenda.ics"`,
	} {
		text := strings.Replace(invitation, "REQUEST", method, 1)
		p, body, err := Message{Subject: "Les 2\r\nBcc: x@y.example", Text: "Kom om half zeven.", Calendar: []byte(text)}.Paper("les 2", "noor@zandwerve.example")
		if err != nil {
			t.Fatal(err)
		}
		heads, parts := send(p, body)
		var kinds []string
		for _, one := range parts {
			kinds = append(kinds, one.media)
		}
		if strings.Join(kinds, ", ") != want || parts[2].text != text || subject(t, heads) != "Les 2 Bcc: x@y.example" || heads.Get("Bcc") != "" {
			t.Errorf("%s: %v %q", method, heads, parts)
		}
	}
}

// TestSeveralInvitations: each is a part of its own, whose method is the one that the calendar says.
func TestSeveralInvitations(t *testing.T) {
	part := func(method, uid string) []byte {
		return []byte("BEGIN:VCALENDAR\r\nMETHOD:" + method + "\r\nBEGIN:VEVENT\r\nUID:" + uid + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
	}
	sender := MailSender{From: "cursussen@zandwerve.example"}
	p, body, err := Message{Subject: "Les 1 en 2", Text: "Kom.", Calendar: part("REQUEST", "a"), More: [][]byte{part("REQUEST", "b"), part("CANCEL", "c")}}.Paper("lessen", "noor@zandwerve.example")
	if err != nil {
		t.Fatal(err)
	}
	msg, err := sender.compose(p, body)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if _, err := msg.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"multipart/mixed", "multipart/alternative", "text/calendar; method=REQUEST", `text/calendar; charset=UTF-8; method=REQUEST; name="agenda-2.ics"`,
		`text/calendar; charset=UTF-8; method=CANCEL; name="agenda-3.ics"`} {
		if got := strings.ReplaceAll(out.String(), "\r\n ", " "); !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if _, _, err := (Message{Subject: "x", Calendar: part("REQUEST", "a"), More: [][]byte{[]byte("BEGIN:VCALENDAR\r\n")}}).Paper("x", "a@b.example"); err == nil {
		t.Error("a calendar that says not what it is for is mailed")
	}
}

func TestMessageRefused(t *testing.T) {
	for name, c := range map[string]struct {
		m     Message
		to    string
		field string
		why   data.Why // empty: a mistake of the program
	}{
		"no address":          {Message{Subject: "x"}, "", "target", WhyTarget},
		"a name alone":        {Message{Subject: "x"}, "noor", "target", WhyTarget},
		"two addresses":       {Message{Subject: "x"}, "a@b.example,c@d.example", "target", WhyTarget},
		"two signs":           {Message{Subject: "x"}, "a@b@c.example", "target", WhyTarget},
		"no subject":          {Message{Subject: " \n"}, "a@b.example", "subject", data.WhyEmpty},
		"a file of no kind":   {Message{Subject: "x", Files: []File{{"a", "pdf\r\nX: y", nil}}}, "a@b.example", "media", WhyMedia},
		"a calendar for what": {Message{Subject: "x", Calendar: []byte("BEGIN:VCALENDAR\r\n")}, "a@b.example", "", ""},
	} {
		_, _, err := c.m.Paper("a", c.to)
		if c.why != "" {
			wantBad(t, name, err, c.field, c.why)
		} else if err == nil {
			t.Errorf("%s: a paper", name)
		}
	}
}

// What the server says decides: gone, again later, or never.
func TestMailAnswers(t *testing.T) {
	reject := func(verb, answer string) func(string) string {
		return func(line string) string {
			if strings.HasPrefix(line, verb) {
				return answer
			}
			return ""
		}
	}
	for name, c := range map[string]struct {
		says     func(string) string
		sent     bool
		hopeless bool
	}{
		"all well":                         {nil, true, false},
		"no goodbye":                       {reject("QUIT", "-"), true, false},
		"it has it, and hangs up":          {reject("RSET", "-"), true, false},
		"come back later":                  {reject("RCPT", "451 4.7.1 greylisted"), false, false},
		"no such address":                  {reject("RCPT", "550 5.1.1 no such user"), false, true},
		"it won't have it":                 {reject(".", "554 5.7.1 spam"), false, true},
		"full, for now":                    {reject(".", "452 4.3.1 disk full"), false, false},
		"we may not send":                  {reject("MAIL", "550 5.7.60 not your address"), false, false},
		"hangs up before data":             {reject("DATA", "-"), false, false},
		"takes it, and nobody hears":       {reject(".", "-"), false, false},
		"a wrong password":                 {reject("AUTH", "535 5.7.8 no"), false, false},
		"offers no secret line":            {reject("EHLO", "250 postkantoor"), false, false},
		"says nothing but hello":           {reject("EHLO", "-"), false, false},
		"a secret line that doesn't begin": {reject("STARTTLS", "454 not now"), false, false},
	} {
		o := newPostOffice(t, func(o *postOffice) { o.says = c.says })
		err := o.withPassword("s3cret").Send(t.Context(), reply("a.txt"), []byte("Hallo\n"))
		if (err == nil) != c.sent || errors.Is(err, ErrHopeless) != c.hopeless {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: the password is in the fault: %v", name, err)
		}
		for _, l := range o.logins {
			if l != "digibrug s3cret secret=true" {
				t.Errorf("%s: logged in as %q", name, l)
			}
		}
	}
}

// A mail that must be sent again is the same mail.
func TestMailAgain(t *testing.T) {
	lost := true
	o := newPostOffice(t, func(o *postOffice) {
		o.says = func(line string) string {
			if line == "." && lost {
				lost = false
				return "-"
			}
			return ""
		}
	})
	for try, want := range []bool{false, true} {
		if err := o.sender().Send(t.Context(), reply("a.txt"), []byte("Hallo\n")); (err == nil) != want {
			t.Errorf("try %d: %v", try+1, err)
		}
	}
	var ids []string
	for _, l := range o.all() {
		heads, _ := read(t, l.text)
		ids = append(ids, heads.Get("Message-ID"))
	}
	if len(ids) != 2 || ids[0] != ids[1] {
		t.Errorf("the server knows them as %v", ids)
	}
}

// What is secret is never said on a line that isn't, nor to a server that can't prove who it is.
func TestMailSecret(t *testing.T) {
	whole := newPostOffice(t, func(o *postOffice) { o.whole = true })
	if err := whole.withPassword("geheim").Send(t.Context(), reply("a.txt"), []byte("Hallo")); err != nil || len(whole.all()) != 1 || whole.logins[0] != "digibrug geheim secret=true" {
		t.Errorf("secret from the first byte: %v %v", whole.logins, err)
	}
	stranger := newPostOffice(t, nil)
	s := stranger.withPassword("geheim")
	s.Roots = whole.roots
	if err := s.Send(t.Context(), reply("a.txt"), []byte("Hallo")); err == nil || len(stranger.logins) > 0 || len(stranger.all()) > 0 {
		t.Errorf("a server that nobody vouches for: %v %v", stranger.logins, err)
	}
	plain := newPostOffice(t, func(o *postOffice) { o.plain = true })
	if err := plain.withPassword("geheim").Send(t.Context(), reply("a.txt"), []byte("Hallo")); err == nil || len(plain.logins) > 0 || len(plain.all()) > 0 {
		t.Errorf("a password on a plain line: %v %v", plain.logins, err)
	}
	if err := plain.sender().Send(t.Context(), reply("a.txt"), []byte("Hallo")); err != nil || len(plain.all()) != 1 {
		t.Errorf("a plain line without a password: %v", err)
	}
	s = plain.sender()
	s.TLS = StartTLS
	if err := s.Send(t.Context(), reply("a.txt"), []byte("Hallo")); err == nil || len(plain.all()) > 0 {
		t.Errorf("a line that should have become secret: %v", err)
	}
}

func TestMailCheck(t *testing.T) {
	o := newPostOffice(t, nil)
	if err := o.withPassword("geheim").Check(t.Context()); err != nil || len(o.logins) != 1 || len(o.all()) != 0 {
		t.Errorf("a good server: %v %v", o.logins, err)
	}
	bad := o.sender()
	bad.From = "Zandwerve"
	noFile := o.sender()
	noFile.User, noFile.PasswordFile = "digibrug", "/nergens"
	empty := o.withPassword("")
	closed := o.sender()
	closed.Port = 1
	for name, s := range map[string]MailSender{"no address of ours": bad, "no password file": noFile, "an empty password": empty, "nobody there": closed} {
		if err := s.Check(t.Context()); err == nil {
			t.Errorf("%s: all is well", name)
		}
	}
}

// A server that hangs doesn't hold up the end of ours for long.
func TestMailStops(t *testing.T) {
	reached, stay := make(chan struct{}), make(chan struct{})
	o := newPostOffice(t, func(o *postOffice) {
		o.says = func(line string) string {
			if strings.HasPrefix(line, "RCPT") {
				close(reached)
				<-stay
			}
			return ""
		}
	})
	defer close(stay)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- o.sender().Send(ctx, reply("a.txt"), []byte("Hallo")) }()
	<-reached
	stop()
	select {
	case err := <-ended:
		if err == nil {
			t.Error("sent")
		}
	case <-time.After(lingers + 10*time.Second):
		t.Error("it hangs")
	}
}

// Through the outbox: queued, tried again, and given up at once where another try is no use.
func TestMailDelivered(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		answer := "451 later"
		server := newPostOffice(t, func(p *postOffice) {
			p.says = func(line string) string {
				if strings.HasPrefix(line, "RCPT") {
					return answer
				}
				return ""
			}
		})
		round := func(sent, failed int) {
			t.Helper()
			if gone, bad, err := o.store.Deliver(t.Context(), map[Channel]Sender{Mail: server.sender()}); gone != sent || bad != failed || err != nil {
				t.Fatalf("sent %d, failed %d, %v; want %d, %d", gone, bad, err, sent, failed)
			}
		}
		put := func() Paper {
			t.Helper()
			p, body, err := Message{Subject: "Les", Text: "Kom.", Calendar: []byte(invitation)}.Paper("les 2", "noor@zandwerve.example")
			if err == nil {
				p, err = o.store.Put(t.Context(), o.Actor("an.peeters"), p, body)
			}
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		first := put()
		round(0, 1)
		round(0, 0)
		answer = ""
		o.clock.Forward(Backoff(1))
		round(1, 0)
		round(0, 0)
		if got := server.all(); len(got) != 1 || o.find("an.peeters", first.ID).State != Sent {
			t.Errorf("the server has %d mails of %+v", len(got), o.find("an.peeters", first.ID))
		}
		answer = "550 no such user"
		second := put()
		round(0, 1)
		if got := o.find("an.peeters", second.ID); got.State != Failed || got.Tries != 1 || !strings.Contains(got.Fault, "550") {
			t.Errorf("an unknown address: %+v", got)
		}
		o.put("an.peeters", pdf(Mail, "niemand.pdf"))
		round(0, 1)
		o.clock.Forward(48 * time.Hour)
		round(0, 0)
	})
}
