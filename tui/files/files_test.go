package files

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/tui/papers"

	"github.com/pkg/sftp"
	gossh "golang.org/x/crypto/ssh"
)

// walk gives every path of a tree, folders with a slash behind.
func walk(t *testing.T, c *sftp.Client, dir string) (all []string) {
	t.Helper()
	entries, err := c.ReadDir(dir)
	if err != nil {
		t.Fatalf("list %s: %v", dir, err)
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		if e.IsDir() {
			all = append(all, name+"/")
			all = append(all, walk(t, c, name)...)
			continue
		}
		all = append(all, name)
	}
	return all
}

func TestTreePerRole(t *testing.T) {
	h := open(t)
	if err := h.Accounts.Grant(t.Context(), datatest.Operator, "lid2", data.RoleConsultant, "2026-01-01", ""); err != nil {
		t.Fatal(err)
	}
	h.addKey("lid2")
	five := func(dir, name string) (all []string) {
		for _, f := range papers.Formats() {
			all = append(all, dir+name+f.Ext())
		}
		return all
	}
	group := append([]string{"/lijsten/groups/"}, five("/lijsten/groups/", "Kennismeting- najaar-2026")...)
	for login, lists := range map[string][]string{
		"ivo.ict":    slices.Concat(five("/lijsten/", "accounts"), five("/lijsten/", "campaigns"), five("/lijsten/", "audit")),
		"lid2":       five("/lijsten/", "audit"),
		"dirk.adm":   slices.Concat(five("/lijsten/", "campaigns"), group),
		"bert.maes":  group,
		"an.peeters": nil,
	} {
		want := append([]string{"/LEESMIJ.txt", "/brieven/", "/lijsten/"}, lists...)
		got := walk(t, h.sftp(login), "/")
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s sees\n%s\nwant\n%s", login, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// Whatever a client asks for a size, before or while it reads, it gets that of what it reads.
func TestSizes(t *testing.T) {
	h := open(t)
	h.letters.add(h.Identity("dirk.adm").AccountID, "l1", "brief.pdf", "%PDF een brief")
	for _, login := range []string{"ivo.ict", "dirk.adm"} {
		c := h.sftp(login)
		for _, name := range walk(t, c, "/") {
			if strings.HasSuffix(name, "/") {
				continue
			}
			before, err := c.Stat(name)
			if err != nil {
				t.Fatal(err)
			}
			f, err := c.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			during, err := f.Stat()
			if err != nil {
				t.Fatal(err)
			}
			var body bytes.Buffer
			if _, err := f.WriteTo(&body); err != nil {
				t.Fatal(err)
			}
			listed, _ := c.ReadDir(path.Dir(name))
			at := slices.IndexFunc(listed, func(e os.FileInfo) bool { return e.Name() == path.Base(name) })
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
			if n := int64(body.Len()); n == 0 || before.Size() != n || during.Size() != n || listed[at].Size() != n {
				t.Errorf("%s: %d bytes, but stat says %d, fstat %d, the folder %d", name, n, before.Size(), during.Size(), listed[at].Size())
			}
			if before.Mode() != 0o444 || before.ModTime().IsZero() {
				t.Errorf("%s: mode %v, time %v", name, before.Mode(), before.ModTime())
			}
		}
	}
}

func TestWhatIsInThem(t *testing.T) {
	h := open(t)
	an := h.Identity("an.peeters")
	h.letters.add(an.AccountID, "l1", "Codes Burgerzaken.pdf", "%PDF eerste")
	h.letters.add(h.Identity("bert.maes").AccountID, "l2", "van bert.pdf", "%PDF tweede")

	ivo := h.sftp("ivo.ict")
	if csv := string(fetch(t, ivo, "/lijsten/accounts.csv")); !strings.HasPrefix(csv, "\uFEFFNaam;Aanmeldnaam") || !strings.Contains(csv, "An Peeters;an.peeters") {
		t.Errorf("accounts.csv is %q", csv)
	}
	var doc struct{ Name string }
	if err := json.Unmarshal(fetch(t, ivo, "/lijsten/accounts.json"), &doc); err != nil || doc.Name != "accounts" {
		t.Errorf("accounts.json: %v %+v", err, doc)
	}
	if pdf := fetch(t, ivo, "lijsten/accounts.pdf"); !bytes.HasPrefix(pdf, []byte("%PDF-")) { // from the folder one starts in
		t.Errorf("accounts.pdf starts with %q", pdf[:10])
	}
	if xlsx := fetch(t, ivo, "/lijsten/../lijsten//accounts.xlsx"); !bytes.HasPrefix(xlsx, []byte("PK")) {
		t.Errorf("accounts.xlsx starts with %q", xlsx[:10])
	}
	contains(t, string(fetch(t, ivo, "/LEESMIJ.txt")), "Ivo Michiels (ivo.ict)", "\n  accounts    Accounts\n  campaigns   ", "ssh -p 2223 ivo.ict@zandwerve report", "ssh -p 2222 ivo.ict@zandwerve")

	bert := h.sftp("bert.maes")
	contains(t, string(fetch(t, bert, "/lijsten/groups/Kennismeting- najaar-2026.txt")), "Groepscijfers: Kennismeting: najaar/2026")

	c := h.sftp("an.peeters")
	if got := string(fetch(t, c, "/brieven/Codes Burgerzaken.pdf")); got != "%PDF eerste" {
		t.Errorf("the letter is %q", got)
	}
	if _, err := c.Open("/brieven/van bert.pdf"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("another's letter: %v", err)
	}
	want := []string{"ivo.ict sftp lijsten/accounts.csv", "ivo.ict sftp lijsten/accounts.json", "ivo.ict sftp lijsten/accounts.pdf",
		"ivo.ict sftp lijsten/accounts.xlsx", "ivo.ict sftp LEESMIJ.txt", "bert.maes sftp lijsten/groups/Kennismeting- najaar-2026.txt", "an.peeters sftp brieven/Codes Burgerzaken.pdf"}
	if got := h.audited(); !slices.Equal(got, want) {
		t.Errorf("audited:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Names that people typed become names of files: no path, no control bytes, no two alike.
func TestNames(t *testing.T) {
	h := open(t)
	for _, title := range []string{"../../etc/passwd", "Najaar: 1", "najaar/ 1", "CON", "a\x1b[31mb", "...", "tab\tnu|<>"} {
		h.addCampaign(title)
	}
	c := h.sftp("dirk.adm")
	seen := map[string]bool{}
	entries, err := c.ReadDir("/lijsten/groups")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.ContainsAny(e.Name(), "/\\\x1b\t|<>") || strings.HasPrefix(e.Name(), ".") || seen[strings.ToLower(e.Name())] {
			t.Errorf("file %q", e.Name())
		}
		seen[strings.ToLower(e.Name())] = true
		fetch(t, c, "/lijsten/groups/"+e.Name())
	}
	if len(entries) != 8*len(papers.Formats()) || !seen["-..-etc-passwd.csv"] || !seen["_con.pdf"] || !seen["_.txt"] {
		t.Errorf("%d files: %v", len(entries), seen)
	}
	for text, want := range map[string]string{"": "_", "/": "-", "nul.txt": "_nul.txt", "COM1": "_COM1", "common": "common", ".profiel": "profiel", "a/../b": "a-..-b", "x. ": "x"} {
		if got := fileName(text); got != want {
			t.Errorf("fileName(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzFileName(f *testing.F) {
	f.Add("../x")
	f.Add("\u202egnp.exe")
	f.Fuzz(func(t *testing.T, text string) {
		name := fileName(text)
		if name == "" || strings.ContainsAny(name, "/\\\x00\n\r\t\x1b") || name[0] == '.' || len(name) > 8*4*maxName+1 || fileName(name) != name && fileName(name) != "_"+name {
			t.Errorf("fileName(%q) = %q, then %q", text, name, fileName(name))
		}
	})
}

// What changes meanwhile holds at the next request: a role, an account, a key, a letter.
func TestMeanwhile(t *testing.T) {
	h := open(t)
	t.Run("role", func(t *testing.T) {
		c := h.sftp("ivo.ict")
		fetch(t, c, "/lijsten/accounts.csv")
		if err := h.Accounts.Grant(t.Context(), datatest.Operator, "lid1", data.RoleICT, "2026-01-01", ""); err != nil { // the last one can't lose it
			t.Fatal(err)
		}
		if err := h.Accounts.Revoke(t.Context(), datatest.Operator, "ivo.ict", data.RoleICT); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Open("/lijsten/accounts.csv"); !errors.Is(err, fs.ErrNotExist) { // though it was made a moment ago
			t.Errorf("a list of a role that has gone: %v", err)
		}
		if got := walk(t, c, "/lijsten"); len(got) != 0 {
			t.Errorf("lists of a role that has gone: %v", got)
		}
		fetch(t, c, "/LEESMIJ.txt")
	})
	t.Run("key", func(t *testing.T) {
		c := h.sftp("dirk.adm")
		fetch(t, c, "/lijsten/campaigns.csv")
		if err := h.Accounts.RemoveKey(t.Context(), datatest.Operator, "dirk.adm", gossh.FingerprintSHA256(h.keys["dirk.adm"].PublicKey())); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Stat("/"); err == nil {
			t.Error("a key that was taken away still fetches")
		}
		_ = c.Wait() // the connection is cut
	})
	t.Run("account", func(t *testing.T) {
		c := h.sftp("bert.maes")
		ssh := h.client("bert.maes")
		fetch(t, c, "/LEESMIJ.txt")
		if err := h.Accounts.SetDisabled(t.Context(), datatest.Operator, "bert.maes", true); err != nil {
			t.Fatal(err)
		}
		if _, err := c.ReadDir("/lijsten"); err == nil {
			t.Error("a closed account still lists")
		}
		_ = c.Wait()
		if s, err := ssh.NewSession(); err == nil {
			if out, err := s.Output("help"); err == nil {
				t.Errorf("a closed account gets help: %s", out)
			}
		}
		if _, err := h.dial("bert.maes", gossh.PublicKeys(h.keys["bert.maes"])); err == nil {
			t.Error("a closed account logs in")
		}
	})
}

// An error of a store is told with a reference, and nothing of it leaks.
func TestStoreFails(t *testing.T) {
	h := open(t)
	h.letters.err = errors.New("geheime oorzaak")
	c := h.sftp("an.peeters")
	_, err := c.ReadDir("/brieven")
	if err == nil || strings.Contains(err.Error(), "geheime") || !strings.Contains(err.Error(), "referentie") {
		t.Errorf("said %v", err)
	}
	contains(t, h.log.String(), "geheime oorzaak")
	fetch(t, c, "/LEESMIJ.txt") // the rest goes on
}
