package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"digibrug/data"
)

// kit runs `digibrug client linux` for a house that is served, and gives the folder.
func (c *courier) kit(args ...string) string {
	c.t.Helper()
	return c.kitFor("linux", args...)
}

func (c *courier) kitFor(system string, args ...string) string {
	c.t.Helper()
	path, err := binary()
	if err != nil {
		c.t.Fatal(err)
	}
	dir := filepath.Join(c.t.TempDir(), "met spatie")
	screens := c.p.Screens[strings.LastIndex(c.p.Screens, ":")+1:]
	c.must(path, append([]string{"client", system, dir, "--host", "127.0.0.1", "--port", screens, "--files-port", c.port, "--data", c.p.Dir}, args...)...)
	return dir
}

// TestClientKit is the promise of the kit, with OpenSSH's client: nobody meets a question about a key, and a door
// with another key lets nobody in.
func TestClientKit(t *testing.T) {
	needOpenSSH(t, "ssh", "ssh-keygen")
	dir := t.TempDir()
	p := startDemo(t, dir, "sqlite:"+filepath.Join(dir, databaseName))
	c := newCourier(t, p, p.ofRole(data.RoleICT))
	key := filepath.Join(c.dir, "key")
	own := c.kit("--login", c.login)

	t.Run("the files door", func(t *testing.T) {
		out, said, code := c.run("", "ssh", "-F", own+"/config", "-o", "BatchMode=yes", "-i", key, "digibrug-bestanden", "help")
		if code != 0 || said != "" || !strings.Contains(out, "Digibrug: brieven en lijsten") {
			t.Errorf("exit %d: %s%s", code, out, said)
		}
	})
	t.Run("the screens door", func(t *testing.T) {
		out, said, code := c.run("", "ssh", "-F", own+"/config", "-v", "-o", "BatchMode=yes", "-i", key, "digibrug")
		if code == 255 || !strings.Contains(said, "Authenticated to 127.0.0.1") || strings.Contains(said, "known by the following") {
			t.Errorf("exit %d: %s%s", code, out, said)
		}
	})
	t.Run("another key", func(t *testing.T) {
		other := c.kit("--login", c.login)
		text, err := os.ReadFile(other + "/known_hosts")
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Fields(string(text)) // the doors have different keys: exchanged, both are wrong
		lines[2], lines[5] = lines[5], lines[2]
		if err := os.WriteFile(other+"/known_hosts", []byte(strings.Join(lines[:3], " ")+"\n"+strings.Join(lines[3:], " ")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"digibrug", "digibrug-bestanden"} {
			if out, said, code := c.run("", "ssh", "-F", other+"/config", "-i", key, name, "help"); code != 255 || !strings.Contains(said, "Host key verification failed") {
				t.Errorf("%s: exit %d: %s%s", name, code, out, said)
			}
		}
	})
	t.Run("a kiosk", func(t *testing.T) { kioskKit(t, &courier{t: t, p: p, login: c.login, dir: t.TempDir(), port: c.port}) })
	t.Run("PuTTY", func(t *testing.T) { puttyKit(t, &courier{t: t, p: p, login: c.login, dir: t.TempDir(), port: c.port}) })
}

// kioskKit comes in as a kiosk does, with the key that came along in the kit.
func kioskKit(t *testing.T, c *courier) {
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	if err := locationIn(t.Context(), "sqlite:"+filepath.Join(c.p.Dir, databaseName), data.Gemeente, "Proeflokaal"); err != nil {
		t.Fatal(err)
	}
	c.must(path, "kiosk", "add", "bib-1", "--type", "ocr", "--location", "Proeflokaal", "--data", c.p.Dir)
	dir := c.kit("--kiosk", "bib-1", "--key", filepath.Join(c.dir, "bib-1"))
	out, said, code := c.run("", "ssh", "-F", dir+"/config", "-v", "-o", "RequestTTY=no", "digibrug-kiosk")
	if code == 255 || !strings.Contains(said, "Authenticated to 127.0.0.1") {
		t.Errorf("exit %d: %s%s", code, out, said)
	}
}

// TestClientStarts clicks on what the kit gives, in a terminal: a name that can't be one is asked again, the
// password stays unseen and nobody asks about a key.
func TestClientStarts(t *testing.T) {
	o := newOffice(t)
	dir := t.TempDir()
	p := startDemo(t, dir, "sqlite:"+filepath.Join(dir, databaseName))
	c := &courier{t: t, p: p, dir: t.TempDir(), port: p.Files[strings.LastIndex(p.Files, ":")+1:]}
	kit := c.kit()
	o.leave()
	o.socket = filepath.Join(o.dir, "tmux-kit")
	o.tmux("new-session", "-d", "-s", o.name, "-x", "100", "-y", "24", fmt.Sprintf("'%s/digibrug.sh'; echo '<'the line has ended'>'; sleep 600", kit))
	o.await("Uw aanmeldnaam, zoals voornaam.naam:")
	o.send("-l", `an" -oProxyCommand=x "`)
	o.send("Enter")
	o.await("Een aanmeldnaam heeft alleen letters")
	o.send("-l", "an.peeters")
	o.send("Enter")
	screen := o.await("onzichtbaar terwijl u typt", "achtwoord:")
	if strings.Contains(screen, "fingerprint") || strings.Contains(screen, "authenticity") {
		t.Errorf("a question about a key:\n%s", screen)
	}
	o.send("-l", p.password("an.peeters"))
	if screen = o.screen(); strings.Contains(screen, p.password("an.peeters")) {
		t.Errorf("the password is on the screen:\n%s", screen)
	}
	o.send("Enter")
	o.await("Dag An Peeters")
	p.kill()
	o.await("Dat lukte niet, of de verbinding viel weg", "Druk op Enter om te sluiten")
	o.send("Enter")
	o.await("<the line has ended>")
}

// puttyKit comes to both doors with PuTTY's own program for scripts, which knows only the keys of the kit.
func puttyKit(t *testing.T, c *courier) {
	if _, err := exec.LookPath("plink"); err != nil {
		t.Skip("no plink: install Debian's putty-tools")
	}
	home := t.TempDir()
	windows := c.kitFor("windows", "--login", c.login)
	text, err := os.ReadFile(filepath.Join(windows, "putty.reg"))
	if err != nil {
		t.Fatal(err)
	}
	var keys strings.Builder // on Linux the same values stand in a file
	for _, found := range regexp.MustCompile(`"(ssh-ed25519@[^"]+)"="([^"]+)"`).FindAllStringSubmatch(string(text), -1) {
		fmt.Fprintf(&keys, "%s %s\n", found[1], found[2])
	}
	if err := os.MkdirAll(filepath.Join(home, ".putty"), 0o700); err != nil {
		t.Fatal(err)
	}
	known := filepath.Join(home, ".putty", "sshhostkeys")
	plink := func(port string) (out, said string, code int) {
		cmd := exec.Command("plink", "-batch", "-ssh", "-P", port, "-pw", "geen", c.login+"@127.0.0.1", "help")
		cmd.Env = []string{"HOME=" + home, "PATH=" + os.Getenv("PATH")}
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		stdout, _ := cmd.Output()
		return string(stdout), stderr.String(), cmd.ProcessState.ExitCode()
	}
	for _, port := range []string{c.port, c.p.Screens[strings.LastIndex(c.p.Screens, ":")+1:]} {
		if err := os.WriteFile(known, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, said, _ := plink(port); !strings.Contains(said, "not cached") {
			t.Errorf("port %s without the kit: %s", port, said)
		}
		if err := os.WriteFile(known, []byte(keys.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, said, _ := plink(port); strings.Contains(said, "host key") || strings.Contains(said, "POTENTIAL") || !strings.Contains(said, "authentication") && !strings.Contains(said, "refused") {
			t.Errorf("port %s with the kit: %s", port, said)
		}
	}
}
