package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
)

// courier fetches papers with OpenSSH's own programs, as people and scripts do.
type courier struct {
	t     *testing.T
	p     *process
	login string
	dir   string // where the files come
	opts  []string
	port  string
}

// newCourier gives somebody of the demo a key. It skips the test where OpenSSH is missing.
func newCourier(t *testing.T, p *process, login string) *courier {
	t.Helper()
	dir := t.TempDir()
	c := &courier{t: t, p: p, login: login, dir: dir}
	c.port = p.Files[strings.LastIndex(p.Files, ":")+1:]
	key := filepath.Join(dir, "key")
	c.opts = []string{"-F", "/dev/null", "-i", key, "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=accept-new", "-o", "LogLevel=ERROR",
		"-o", "UserKnownHostsFile=" + filepath.Join(dir, "known_hosts")}
	c.must("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key)
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	c.must(path, "user", "key", "add", login, key+".pub", "--data", p.Dir)
	return c
}

// needOpenSSH skips the test where these programs are missing, but not where they are part of the promise.
func needOpenSSH(t *testing.T, programs ...string) {
	t.Helper()
	for _, program := range programs {
		if _, err := exec.LookPath(program); err == nil {
			continue
		}
		if os.Getenv(envSSHRequired) == "1" {
			t.Fatalf("%s=1, but %s is not installed", envSSHRequired, program)
		}
		t.Skipf("no %s: install Debian's openssh-client", program)
	}
}

// run gives what a program said and its exit code.
func (c *courier) run(stdin, program string, args ...string) (out, said string, code int) {
	c.t.Helper()
	cmd := exec.Command(program, args...)
	var stdout, stderr bytes.Buffer
	cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = c.dir, strings.NewReader(stdin), &stdout, &stderr
	err := cmd.Run()
	if cmd.ProcessState == nil {
		c.t.Fatalf("%s: %v", program, err)
	}
	return stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()
}

func (c *courier) must(program string, args ...string) string {
	c.t.Helper()
	out, said, code := c.run("", program, args...)
	if code != 0 {
		c.t.Fatalf("%s %v: exit %d: %s%s", program, args, code, out, said)
	}
	return out
}

// who is what stands behind ssh and sftp; at is the same with a path, for scp.
func (c *courier) who() string { return c.login + "@127.0.0.1" }

func (c *courier) at(path string) string { return fmt.Sprintf("%s@127.0.0.1:%s", c.login, path) }

// sftp runs lines of a batch; it stops at the first that fails, unless that begins with a dash.
func (c *courier) sftp(batch string, there string) (out, said string, code int) {
	c.t.Helper()
	return c.run(batch, "sftp", append(append([]string{"-P", c.port, "-b", "-"}, c.opts...), there)...)
}

func (c *courier) scp(args ...string) (said string, code int) {
	c.t.Helper()
	_, said, code = c.run("", "scp", append(append([]string{"-P", c.port}, c.opts...), args...)...)
	return said, code
}

func (c *courier) ssh(args ...string) (out, said string, code int) {
	c.t.Helper()
	return c.run("", "ssh", append(append([]string{"-p", c.port}, c.opts...), args...)...)
}

// has wants a file among those that were fetched.
func (c *courier) has(name, starts string) []byte {
	c.t.Helper()
	text, err := os.ReadFile(filepath.Join(c.dir, name))
	if err != nil || !bytes.HasPrefix(text, []byte(starts)) {
		c.t.Errorf("%s begins with %.40q, %v; want %q", name, text, err, starts)
	}
	return text
}

// letter puts a paper in the outbox of somebody of the demo.
func (p *process) letter(login, name, body string) outbox.Paper {
	p.t.Helper()
	db, err := data.Open(p.t.Context(), "sqlite:"+filepath.Join(p.Dir, databaseName), data.AsIs())
	if err != nil {
		p.t.Fatal(err)
	}
	defer db.Close()
	a, err := data.NewAccounts(db, data.NewHasher(datatest.CheapHash)).Find(p.t.Context(), datatest.Operator, login)
	if err != nil {
		p.t.Fatal(err)
	}
	put, err := outbox.NewStore(db).Put(p.t.Context(), data.Actor{AccountID: a.ID, PersonID: a.PersonID, Name: a.Login},
		outbox.Paper{Channel: outbox.Fetch, Name: name, Media: "application/pdf"}, []byte(body))
	if err != nil {
		p.t.Fatal(err)
	}
	return put
}

// ofRole gives the log-in name of somebody of the demo with a role.
func (p *process) ofRole(role data.Role) string {
	p.t.Helper()
	for _, a := range p.Account {
		if a.Role == string(role) {
			return a.User
		}
	}
	p.t.Fatalf("the demo has nobody who is %s", role)
	return ""
}

// TestFetchWithOpenSSH is the promise of the files door with the clients that people have: letters and lists come by
// sftp and scp, a list comes on the line, and nothing goes the other way.
func TestFetchWithOpenSSH(t *testing.T) {
	needOpenSSH(t, "ssh", "sftp", "scp", "ssh-keygen")
	dir := t.TempDir()
	p := startDemo(t, dir, "sqlite:"+filepath.Join(dir, databaseName))
	c := newCourier(t, p, p.ofRole(data.RoleICT))
	p.letter(c.login, "brieven-kennismeting-2026-11-23.pdf", "%PDF een brief")
	p.letter(c.login, "Lijst (nieuw) van é.pdf", "%PDF een lijst")
	p.letter("an.peeters", "van an.pdf", "%PDF van an")

	for what, try := range map[string]func(*testing.T, *courier){
		"sftp": fetchBySftp, "papers of recruitments": fetchProcedures, "the lines of the screen": fetchAsShown, "scp": fetchByScp, "report": fetchReport, "nothing goes the other way": fetchRefused,
	} {
		t.Run(what, func(t *testing.T) {
			try(t, &courier{t: t, p: p, login: c.login, dir: t.TempDir(), opts: c.opts, port: c.port})
		})
	}
}

// fetchProcedures lets who recruits fetch the papers of a recruitment that is decided, and a clerk, who finds none.
func fetchProcedures(t *testing.T, c *courier) {
	recruiter := newCourier(t, c.p, c.p.ofRole(data.RoleRecruiter))
	out, said, code := recruiter.sftp("ls -1 /\nls -1 /aanwervingen\n", recruiter.who())
	folders := slices.DeleteFunc(strings.Split(out, "\n"), func(line string) bool { return !strings.HasSuffix(line, "-97 Medewerker onthaal") })
	if code != 0 || len(folders) != 1 || !slices.Contains(strings.Split(out, "\n"), "/aanwervingen") {
		t.Fatalf("exit %d: %s%s", code, out, said)
	}
	folder := strings.TrimSpace(folders[0])
	out, said, code = recruiter.sftp("cd \""+folder+"\"\nls -1\nget Rangschikking.csv\nget Juryverslag.txt\nget \"Verslagen voor de kandidaten.pdf\" v.pdf\nget \"Proces-verbaal van de test.xlsx\" pv.xlsx\nget /LEESMIJ.txt\n", recruiter.who())
	if code != 0 {
		t.Fatalf("exit %d: %s%s", code, out, said)
	}
	recruiter.has("Rangschikking.csv", "\uFEFF")
	recruiter.has("Juryverslag.txt", "Juryverslag")
	recruiter.has("v.pdf", "%PDF-")
	recruiter.has("pv.xlsx", "PK")
	if text, err := os.ReadFile(filepath.Join(recruiter.dir, "LEESMIJ.txt")); err != nil || !strings.Contains(string(text), "aanwervingen") {
		t.Errorf("%v: %s", err, text)
	}
	clerk := newCourier(t, c.p, c.p.ofRole(data.RoleClerk))
	if out, said, code := clerk.sftp("ls -1 /\n", clerk.who()); code != 0 || slices.Contains(strings.Split(out, "\n"), "/aanwervingen") {
		t.Errorf("a clerk: exit %d: %s%s", code, out, said)
	}
	for _, line := range []string{"ls /aanwervingen", "get \"" + folder + "/Rangschikking.csv\""} {
		if out, said, code := clerk.sftp(line+"\n", clerk.who()); code == 0 {
			t.Errorf("a clerk: %s: %s%s", line, out, said)
		}
	}
}

func fetchBySftp(t *testing.T, c *courier) {
	out, said, code := c.sftp("ls -l /\nls -1 /brieven\nls -1 /lijsten\ncd brieven\nget brieven-kennismeting-2026-11-23.pdf een.pdf\n"+
		"get \"Lijst (nieuw) van é.pdf\" twee.pdf\nget /lijsten/accounts.csv\nget -p /LEESMIJ.txt\n", c.who())
	if code != 0 {
		t.Fatalf("exit %d: %s%s", code, out, said)
	}
	for _, want := range []string{"LEESMIJ.txt", "brieven-kennismeting-2026-11-23.pdf", "Lijst (nieuw) van é.pdf", "accounts.xlsx", "dr-xr-xr-x", "-r--r--r--"} {
		if !strings.Contains(out, want) {
			t.Errorf("the lists lack %q:\n%s", want, out)
		}
	}
	if strings.Contains(out, "van an.pdf") {
		t.Errorf("a letter of somebody else is listed:\n%s", out)
	}
	c.has("een.pdf", "%PDF een brief")
	c.has("twee.pdf", "%PDF een lijst")
	c.has("accounts.csv", "\uFEFFNaam;Aanmeldnaam")
	c.has("LEESMIJ.txt", "Digibrug: brieven en lijsten voor ")
}

func fetchAsShown(t *testing.T, c *courier) {
	if _, said, code := c.run("", "sftp", append(append([]string{"-P", c.port}, c.opts...), c.at("/brieven/brieven-kennismeting-2026-11-23.pdf"))...); code != 0 {
		t.Errorf("in one line: exit %d: %s", code, said)
	}
	c.has("brieven-kennismeting-2026-11-23.pdf", "%PDF een brief")
	if out, said, code := c.sftp("get \"Lijst (nieuw) van é.pdf\"\n", c.at("/brieven")); code != 0 {
		t.Errorf("in two lines: exit %d: %s%s", code, out, said)
	}
	c.has("Lijst (nieuw) van é.pdf", "%PDF een lijst")
}

func fetchByScp(t *testing.T, c *courier) {
	if said, code := c.scp(c.at("/lijsten/accounts.pdf"), "a.pdf"); code != 0 {
		t.Errorf("exit %d: %s", code, said)
	}
	c.has("a.pdf", "%PDF-")
	if said, code := c.scp("-r", c.at("/lijsten"), "alles"); code != 0 {
		t.Errorf("a folder: exit %d: %s", code, said)
	}
	c.has("alles/accounts.xlsx", "PK")
	c.has("alles/audit.json", "{")
	if said, code := c.scp(c.at("/../../../etc/passwd"), "weg"); code == 0 {
		t.Errorf("a path that leads out: %s", said)
	}
	if said, code := c.scp("-O", c.at("/lijsten/accounts.pdf"), "oud.pdf"); code == 0 || !strings.Contains(said, "Laat -O weg") {
		t.Errorf("the old scp: exit %d: %s", code, said)
	}
}

func fetchReport(t *testing.T, c *courier) {
	out, said, code := c.ssh(c.who(), "report", "accounts", "--format", "csv")
	if code != 0 || said != "" || !strings.HasPrefix(out, "\uFEFFNaam;Aanmeldnaam") || strings.Count(out, "\n") < 20 {
		t.Errorf("exit %d: %s%.200s", code, said, out)
	}
	for command, want := range map[string]string{"report nergens": "is er niet voor u", "sh": "bestaat hier niet", "report accounts; id": "is er niet voor u", "": "sftp, scp of WinSCP"} {
		if out, said, code := c.ssh(c.who(), command); code != 2 || out != "" || !strings.Contains(said, want) {
			t.Errorf("%q: exit %d: %s%s", command, code, out, said)
		}
	}
}

// fetchRefused tries what is no fetching.
func fetchRefused(t *testing.T, c *courier) {
	who := c.who()
	if err := os.WriteFile(filepath.Join(c.dir, "op.txt"), []byte("weg ermee"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"put op.txt /brieven/op.txt", "put op.txt /op.txt", "rm /LEESMIJ.txt", "rename /LEESMIJ.txt /x", "mkdir /x", "rmdir /brieven", "chmod 777 /LEESMIJ.txt",
		"ln -s /etc/passwd /brieven/p", "ln /LEESMIJ.txt /brieven/p", "get \"/brieven/van an.pdf\"", "get /../../etc/passwd", "df /"} {
		if out, said, code := c.sftp(line+"\n", c.who()); code == 0 {
			t.Errorf("%s: %s%s", line, out, said)
		}
	}
	if said, code := c.scp("op.txt", c.at("/brieven/")); code == 0 {
		t.Errorf("scp of a file to the door: %s", said)
	}
	for what, args := range map[string][]string{
		"a way through":       {"-W", "127.0.0.1:22", who},
		"a port back":         {"-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:22", who, "help"},
		"a terminal":          {"-tt", who, "help"},
		"another subsystem":   {"-s", who, "netconf"},
		"a password":          {"-o", "PubkeyAuthentication=no", "-o", "PreferredAuthentications=password,keyboard-interactive", who, "help"},
		"the name of another": {"an.peeters@127.0.0.1", "help"},
	} {
		if out, said, code := c.ssh(args...); code == 0 || strings.Contains(out, "Digibrug: brieven") {
			t.Errorf("%s: exit %d: %s%s", what, code, out, said)
		}
	}
	if out, _, code := c.ssh("-A", "-X", who, "help"); code != 0 || !strings.Contains(out, "Digibrug: brieven") { // asked for too much: refused, and the rest goes on
		t.Errorf("with an agent and X11: exit %d: %s", code, out)
	}
}
