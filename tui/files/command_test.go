package files

import (
	"strings"
	"testing"

	"digibrug/tui/papers"
)

func TestReport(t *testing.T) {
	h := open(t)
	title := "Kennismeting: najaar/2026"
	for _, c := range []struct {
		login, command string
		code           int
		out, errs      string // starts with; contains
	}{
		{"ivo.ict", "report accounts --format csv", 0, "\uFEFFNaam;Aanmeldnaam", ""},
		{"ivo.ict", "report accounts --format=JSON", 0, `{"name":"accounts"`, ""},
		{"ivo.ict", "report accounts --format pdf", 0, "%PDF-", ""},
		{"ivo.ict", "report accounts --format xlsx", 0, "PK", ""},
		{"ivo.ict", "report accounts --format txt", 0, "Accounts\n", ""},
		{"ivo.ict", "report 'accounts'", 0, "Accounts\n", ""},
		{"ivo.ict", "report audit --limit 1 --format csv", 0, "\uFEFFNr.;", ""},
		{"dirk.adm", "report groups --campaign " + title + " --format csv", 0, "\uFEFFGroep;", ""}, // as ssh sends it: without quotes
		{"dirk.adm", "report groups --format csv --campaign '" + title + "'", 0, "\uFEFFGroep;", ""},
		{"an.peeters", "help", 0, "Digibrug: brieven en lijsten voor An Peeters", ""},
		{"ivo.ict", "report", 0, "Digibrug: brieven en lijsten voor Ivo Michiels", ""},
		{"ivo.ict", "report list", 0, "Digibrug: brieven en lijsten voor Ivo Michiels", ""},

		{"an.peeters", "report accounts", 2, "", "Er zijn geen lijsten voor uw rol."},
		{"bert.maes", "report accounts", 2, "", `De lijst "accounts" is er niet voor u. Wel voor u: groups`},
		{"ivo.ict", "report groups --campaign x", 2, "", "Wel voor u: accounts, campaigns, audit"},
		{"ivo.ict", "report nergens", 2, "", `De lijst "nergens" is er niet`},
		{"ivo.ict", "report accounts --format doc", 2, "", `De vorm "doc" bestaat niet`},
		{"ivo.ict", "report accounts --format", 2, "", "waarde bij --format"},
		{"ivo.ict", "report accounts --format csv --format pdf", 2, "", "waarde bij --format"},
		{"ivo.ict", "report accounts --limit 3", 2, "", `De optie "--limit" kennen we hier niet. Er zijn: --format`},
		{"ivo.ict", "report accounts /etc/passwd", 2, "", `De optie "/etc/passwd"`},
		{"ivo.ict", "report accounts --out /tmp/x", 2, "", `De optie "--out"`},
		{"ivo.ict", "report audit --limit 0", 2, "", "getal van 1 tot"},
		{"ivo.ict", "report audit --limit 9999999999999999999", 2, "", "getal van 1 tot"},
		{"ivo.ict", "report 'accounts", 2, "", "aanhalingsteken"},
		{"dirk.adm", "report groups", 2, "", "waarde bij --campaign"},
		{"dirk.adm", "report groups --campaign nergens", 1, "", "nergens"},

		{"ivo.ict", "", 2, "", "ssh -p 2222 ivo.ict@zandwerve"},
		{"ivo.ict", "   ", 2, "", "sftp, scp of WinSCP"},
		{"ivo.ict", "sh", 2, "", `De opdracht "sh" bestaat hier niet`},
		{"ivo.ict", "/bin/sh -c 'report accounts'", 2, "", "bestaat hier niet"},
		{"ivo.ict", "../report accounts", 2, "", "bestaat hier niet"},
		{"ivo.ict", "report accounts; sh", 2, "", `De lijst "accounts;" is er niet`},
		{"ivo.ict", "help; sh", 2, "", "bestaat hier niet"},
		{"ivo.ict", "report $(sh)", 2, "", "is er niet"},
		{"ivo.ict", "scp -t /tmp", 2, "", "Laat -O weg"},
		{"ivo.ict", "scp -f /lijsten/accounts.csv", 2, "", "Laat -O weg"},
		{"ivo.ict", "/usr/bin/scp -t .", 2, "", "Laat -O weg"},
		{"ivo.ict", "git-upload-pack x", 2, "", "bestaat hier niet"},
		{"ivo.ict", "rsync --server .", 2, "", "bestaat hier niet"},
		{"ivo.ict", "\x1b]0;x\x07", 2, "", "bestaat hier niet"},
		{"ivo.ict", "report \x1b[2J", 2, "", "is er niet"},
	} {
		out, errs, code := h.runs(c.login, c.command)
		if code != c.code || !strings.HasPrefix(out, c.out) || c.out == "" && out != "" || !strings.Contains(errs, c.errs) || c.errs == "" && errs != "" {
			t.Errorf("%s runs %q: exit %d, %.60q, %q; want exit %d, %q, %q", c.login, c.command, code, out, errs, c.code, c.out, c.errs)
		}
		if strings.ContainsAny(errs, "\x1b\x07") || strings.Count(errs, "\n") > 1 {
			t.Errorf("%q: said %q", c.command, errs)
		}
	}
	if got := h.audited(); len(got) != 9 || got[0] != "ivo.ict report lijsten/accounts.csv" {
		t.Errorf("audited %v", got)
	}
}

// What is longer than a command can be gets no answer but a no.
func TestLongCommand(t *testing.T) {
	h := open(t)
	s, err := h.client("ivo.ict").NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start("report " + strings.Repeat("x", maxCommand)); err == nil {
		t.Error("a command of 1 kB was taken")
	}
}

// A session does one thing.
func TestOneCommandPerSession(t *testing.T) {
	h := open(t)
	s, err := h.client("ivo.ict").NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RequestSubsystem("sftp"); err != nil {
		t.Fatal(err)
	}
	for kind, payload := range map[string][]byte{"exec": str("help"), "shell": nil, "subsystem": str("sftp")} {
		if ok, err := s.SendRequest(kind, true, payload); ok || err != nil {
			t.Errorf("%s after sftp: %v %v", kind, ok, err)
		}
	}
}

func TestSplit(t *testing.T) {
	for line, want := range map[string]string{
		"": "", "  ": "", "a b": "a|b", " a\tb ": "a|b", "'a b' c": "a b|c", `a"b c"d`: "ab cd", `"it's"`: "it's", "''": "", "a '' b": "a||b", `a\ b`: `a\|b`, "a 'b": "?", `"`: "?",
	} {
		args, ok := split(line)
		got := strings.Join(args, "|")
		if !ok {
			got = "?"
		}
		if got != want {
			t.Errorf("split(%q) = %q, want %q", line, got, want)
		}
	}
}

// TestDaysOfReport reads the days that a list is asked for.
func TestDaysOfReport(t *testing.T) {
	p := papers.Paper{Name: "loan-books", Asks: []papers.Question{papers.AsksFrom, papers.AsksUntil}}
	o, err := parseOrder(p, strings.Fields("--from 2026-11-01 --until=2026-11-30"))
	if err != nil || o.ask.From != "2026-11-01" || o.ask.Until != "2026-11-30" {
		t.Errorf("got %+v, %v", o, err)
	}
	if o, err := parseOrder(p, nil); err != nil || o.ask.From != "" {
		t.Errorf("no days give %+v, %v", o, err)
	}
	for _, line := range []string{"--from 1/11/2026", "--until 2026-02-30", "--from \x1b[2J"} {
		if _, err := parseOrder(p, strings.Fields(line)); err == nil || !strings.Contains(err.Error(), "zoals 2026-12-24") || strings.Contains(err.Error(), "\x1b") {
			t.Errorf("%q gives %v", line, err)
		}
	}
}

func FuzzOrder(f *testing.F) {
	f.Add("--format csv --campaign a b c")
	f.Add("--limit=")
	f.Fuzz(func(t *testing.T, line string) {
		p := papers.Paper{Name: "x", Asks: []papers.Question{papers.AsksCampaign, papers.AsksLimit}}
		o, err := parseOrder(p, strings.Fields(line))
		if err == nil && (o.ask.Campaign == "" || o.format == "" || o.ask.Limit < 0) {
			t.Errorf("%q gives %+v", line, o)
		}
	})
}
