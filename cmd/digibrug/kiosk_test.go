package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/screentest"
	"digibrug/tui/server"

	"github.com/rogpeppe/go-internal/testscript"
	gossh "golang.org/x/crypto/ssh"
)

// addPlace is the script command place.
func addPlace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: place FILE KIND NAME")
	}
	ts.Check(locationIn(context.Background(), "sqlite:"+ts.MkAbs(args[0]), data.OrganisationKind(args[1]), args[2]))
}

// locationIn adds a location to a database.
func locationIn(ctx context.Context, url string, kind data.OrganisationKind, name string) (err error) {
	db, err := data.Open(ctx, url, data.AsIs())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	all, err := data.NewPeople(db).Organisations(ctx)
	if err != nil {
		return err
	}
	for _, o := range all {
		if o.Kind == kind {
			_, err := calendar.NewStore(db).AddLocation(ctx, data.Operator("test"), o.ID, name, calendar.Calendar{})
			return err
		}
	}
	return fmt.Errorf("no organisation is a %s", kind)
}

// files with several addresses, and what is wrong with them.
func TestDoorsOfTheFile(t *testing.T) {
	staff, all := []server.Kind{server.Staff}, server.Kinds()
	const two = "[[screens.door]]\nlisten = \"127.0.0.1:1\"\nadmits = [\"kiosk\", \"candidate\", \"kiosk\"]\n[[screens.door]]\nlisten = \"127.0.0.1:2\"\nadmits = [\"staff\"]\n"
	for name, c := range map[string]struct {
		file  string
		env   []string
		flags map[string]string
		want  []doorAt
	}{
		"none":                        {want: []doorAt{{":2222", all}}},
		"listen alone":                {file: "[screens]\nlisten = \":1\"\n", want: []doorAt{{":1", all}}},
		"several":                     {file: two, want: []doorAt{{"127.0.0.1:1", []server.Kind{server.Kiosk, server.Candidate}}, {"127.0.0.1:2", staff}}},
		"in one line":                 {file: "[screens]\ndoor = [{ listen = \":1\", admits = [\"staff\"] }]\n", want: []doorAt{{":1", staff}}},
		"an empty list":               {file: "[screens]\ndoor = []\n", want: []doorAt{{":2222", all}}},
		"the environment is the door": {file: two, env: []string{"DIGIBRUG_SCREENS_LISTEN=:3"}, want: []doorAt{{":3", all}}},
		"the flag is the door":        {file: two, flags: map[string]string{"screens.listen": ":4"}, want: []doorAt{{":4", all}}},
		"with the key beside":         {file: "[screens]\nhost_key = \"x\"\n" + two, want: []doorAt{{"127.0.0.1:1", []server.Kind{server.Kiosk, server.Candidate}}, {"127.0.0.1:2", staff}}},
		"any port, twice": {file: strings.NewReplacer(":1\"", ":0\"", ":2\"", ":0\"").Replace(two),
			want: []doorAt{{"127.0.0.1:0", []server.Kind{server.Kiosk, server.Candidate}}, {"127.0.0.1:0", staff}}},
	} {
		cfg, err := configured(t, c.file, c.env, c.flags, "")
		if err != nil || !reflect.DeepEqual(cfg.doors(), c.want) {
			t.Errorf("%s: %+v, %v; want %+v", name, cfg.doors(), err, c.want)
		}
		if at, ok := cfg.admitting(server.Staff); !ok || cfg.Listen != at.Listen {
			t.Errorf("%s: the lines for staff lead to %s, staff is admitted at %s", name, cfg.Listen, at.Listen)
		}
	}
}

func TestDoorsThatCannotBe(t *testing.T) {
	door := func(lines ...string) string {
		return "[[screens.door]]\n" + strings.Join(lines, "\n") + "\n"
	}
	const good = "listen = \":1\"\nadmits = [\"staff\"]"
	for name, c := range map[string]struct {
		file      string
		why       data.Why
		field     string
		line, col int
	}{
		"an unknown kind":       {door("listen = \":1\"", "admits = [\"staff\", \"burger\"]"), data.WhyNotOneOf, "screens.door.admits", 3, 10},
		"a kind that is a sum":  {door("listen = \":1\"", "admits = [7]"), data.WhyNotOneOf, "screens.door.admits", 3, 10},
		"kinds as one text":     {door("listen = \":1\"", "admits = \"staff\""), WhyList, "screens.door.admits", 3, 10},
		"no kinds":              {door("listen = \":1\"", "admits = []"), data.WhyEmpty, "screens.door.admits", 3, 10},
		"kinds not said":        {door("listen = \":1\""), data.WhyEmpty, "screens.door.admits", 1, 1},
		"no address":            {door("admits = [\"staff\"]"), data.WhyEmpty, "screens.door.listen", 1, 1},
		"an empty address":      {door("listen = \"\"", "admits = [\"staff\"]"), data.WhyEmpty, "screens.door.listen", 2, 10},
		"a number as address":   {door("listen = 2222", "admits = [\"staff\"]"), WhyText, "screens.door.listen", 2, 10},
		"an unknown key":        {door(good, "naam = \"x\""), data.WhyUnknown, "screens.door.naam", 4, 8},
		"the same address":      {door(good) + door(good), data.WhyTwice, "screens.door.listen", 5, 10},
		"the same, differently": {door(good) + door("listen = \"0.0.0.0:1\"", "admits = [\"kiosk\"]"), data.WhyTwice, "screens.door.listen", 5, 10},
		"nobody for staff":      {door("listen = \":1\"", "admits = [\"kiosk\"]"), WhyNoStaff, "screens.door", 3, 10},
		"both ways":             {"[screens]\nlisten = \":1\"\n" + door("listen = \":2\"", "admits = [\"staff\"]"), WhyTwoWays, "screens.listen", 2, 1},
		"no list":               {"[screens]\ndoor = 3\n", WhyList, "screens.door", 2, 1},
		"the second is wrong":   {door(good) + "\n" + door("listen = \":2\"", "admits = [\"x\"]"), data.WhyNotOneOf, "screens.door.admits", 7, 10},
	} {
		_, err := configured(t, c.file, nil, nil, "")
		var bad *data.Invalid
		if !errors.As(err, &bad) || bad.Why != c.why || bad.Field != c.field || bad.Line != c.line || bad.Col != c.col {
			t.Errorf("%s: %v; want %s of %s at %d:%d", name, err, c.why, c.field, c.line, c.col)
		}
		if text := sentence(err); strings.Contains(text, "invalid.") || strings.Contains(text, "{{") {
			t.Errorf("%s: the sentence is %q", name, text)
		}
	}
}

// TestFileTextOfDoors writes a configuration with several addresses and reads it back.
func TestFileTextOfDoors(t *testing.T) {
	want := defaultConfig()
	want.Doors = []doorAt{{"127.0.0.1:0", []server.Kind{server.Kiosk, server.Candidate}}, {"[::1]:2222", []server.Kind{server.Staff}}}
	want.Listen = "[::1]:2222"
	got := defaultConfig()
	if err := got.readFile(want.fileText()); err != nil {
		t.Fatalf("%v in\n%s", err, want.fileText())
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read back %+v, want %+v", got, want)
	}
}

// TestSeveralDoors serves three addresses: each admits its own, a kiosk comes in with the key that the command
// made, and what is printed for programs names them all.
func TestSeveralDoors(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "huis")
	var out, said bytes.Buffer
	do := func(args ...string) string {
		t.Helper()
		out.Reset()
		said.Reset()
		if code := run(t.Context(), append(args, "--data", dir, "--json"), nil, strings.NewReader(""), &out, &said); code != exitDone {
			t.Fatalf("%v: exit %d: %s", args, code, said.String())
		}
		return out.String()
	}
	var admin struct{ Login, Password string }
	if err := json.Unmarshal([]byte(do("init", "--place", "Zandwerve", "--admin", "jan.maes")), &admin); err != nil {
		t.Fatal(err)
	}
	if err := locationIn(t.Context(), "sqlite:"+filepath.Join(dir, databaseName), data.Gemeente, "Bibliotheek"); err != nil {
		t.Fatal(err)
	}
	const doors = "[[screens.door]]\nlisten = \"127.0.0.1:0\"\nadmits = [\"kiosk\"]\n[[screens.door]]\nlisten = \"127.0.0.1:0\"\nadmits = [\"staff\"]\n" +
		"[[screens.door]]\nlisten = \"127.0.0.1:0\"\nadmits = [\"candidate\"]\n[files]\nlisten = \"\"\n"
	if err := os.WriteFile(filepath.Join(dir, configName), []byte(doors), 0o600); err != nil {
		t.Fatal(err)
	}
	var pc kioskPC
	if err := json.Unmarshal([]byte(do("kiosk", "add", "ocr-1", "--type", "ocr", "--location", "Bibliotheek", "--out", t.TempDir())), &pc); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(pc.KeyFile)
	if err != nil {
		t.Fatal(err)
	}
	key, err := gossh.ParsePrivateKey(text)
	if err != nil || gossh.FingerprintSHA256(key.PublicKey()) != pc.Fingerprint {
		t.Fatalf("the key file: %v, not %s", err, pc.Fingerprint)
	}
	c := &cli{out: &out, err: &said, data: dir, json: true}
	cfg, err := c.configureReady(nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	err = serveDoors(ctx, cfg, slog.New(slog.DiscardHandler), func(_ *house, at reached) error {
		defer stop()
		out.Reset()
		if err := c.ready(cfg, at); err != nil {
			return err
		}
		var said struct {
			Screens string
			Doors   []openDoor
		}
		if err := json.Unmarshal(out.Bytes(), &said); err != nil {
			return err
		}
		if len(said.Doors) != 3 || said.Screens != said.Doors[1].Address || !reflect.DeepEqual(said.Doors[0].Admits, []server.Kind{server.Kiosk}) {
			t.Errorf("it says %s", out.String())
		}
		password := gossh.Password(admin.Password)
		for i, d := range at.doors {
			for who, try := range map[string]struct {
				user string
				auth gossh.AuthMethod
				door int
			}{"kiosk": {data.KioskLogin, gossh.PublicKeys(key), 0}, "staff": {admin.Login, password, 1}} {
				client, err := gossh.Dial("tcp", d.Address, &gossh.ClientConfig{User: try.user, Auth: []gossh.AuthMethod{try.auth}, HostKeyCallback: gossh.InsecureIgnoreHostKey()})
				if (err == nil) != (try.door == i) {
					t.Errorf("%s at door %d, for %v: %v", who, i, d.Admits, err)
				}
				if err == nil {
					_ = client.Close()
				}
			}
		}
		v := screentest.Dial(t, at.doors[0].Address, data.KioskLogin, gossh.PublicKeys(key))
		v.WaitFor("Welkom · Welcome · Bienvenue")
		v.WaitFor("Bibliotheek")
		v.Close()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestKioskLine gives the line to type, for each way to say where the door is.
func TestKioskLine(t *testing.T) {
	name, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	for listen, want := range map[string]string{":2222": "2222 -i k kiosk@" + name, "0.0.0.0:2222": "2222 -i k kiosk@" + name, "[::]:22": "22 -i k kiosk@" + name,
		"192.0.2.7:2222": "2222 -i k kiosk@192.0.2.7", "digibrug.example:2022": "2022 -i k kiosk@digibrug.example"} {
		cfg := defaultConfig()
		cfg.Doors = []doorAt{{"127.0.0.1:1", []server.Kind{server.Staff}}, {listen, []server.Kind{server.Kiosk}}}
		if got := cfg.kioskLine("k", ""); got != "ssh -t -p "+want {
			t.Errorf("%s: %q, want %q", listen, got, "ssh -t -p "+want)
		}
	}
	if got := defaultConfig().kioskLine("mijn map/o'k", ""); !strings.Contains(got, `-i 'mijn map/o'\''k' kiosk@`) {
		t.Errorf("a path with spaces: %s", got)
	}
	for listen, want := range map[string]string{"": "2022 -i k kiosk@digibrug.example", ":2300": "2300 -i k kiosk@digibrug.example", "192.0.2.7:2300": "2300 -i k kiosk@192.0.2.7"} {
		cfg := defaultConfig()
		if listen != "" { // a door of its own; an address that PCs can't choose stays
			cfg.Doors = []doorAt{{cfg.Listen, []server.Kind{server.Staff}}, {listen, []server.Kind{server.Kiosk}}}
		}
		if got := cfg.kioskLine("k", "digibrug.example:2022"); got != "ssh -t -p "+want {
			t.Errorf("%q, reached at digibrug.example:2022: %q, want %q", listen, got, "ssh -t -p "+want)
		}
	}
}

// TestDoorThatIsTaken leaves no listener behind when the second address can't be opened.
func TestDoorThatIsTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	cfg := defaultConfig()
	cfg.Doors = []doorAt{{addr, []server.Kind{server.Staff}}, {taken.Addr().String(), []server.Kind{server.Kiosk}}}
	if _, _, err := screenPosts(t.Context(), cfg, nil); err == nil || !strings.Contains(sentence(err), "is al in gebruik") {
		t.Errorf("a taken address: %v", err)
	}
	again, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatalf("the first address is not free again: %v", err)
	}
	_ = again.Close()
}
