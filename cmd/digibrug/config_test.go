package main

import (
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
)

// configured reads a configuration with this file, environment and flags.
func configured(t *testing.T, file string, env []string, flags map[string]string, db string) (Config, error) {
	t.Helper()
	dir := t.TempDir()
	if file != "" {
		if err := os.WriteFile(filepath.Join(dir, configName), []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c := &cli{env: env, in: strings.NewReader(""), out: io.Discard, err: io.Discard, data: dir, db: db}
	return c.configure(flags)
}

func TestPrecedence(t *testing.T) {
	const file = "db = \"sqlite:file.db\"\n[screens]\nlisten = \":1\"\n[limits]\nidle = \"1m\"\n"
	env := []string{"DIGIBRUG_SCREENS_LISTEN=:2", "DIGIBRUG_DB=sqlite:env.db", "DIGIBRUG_LIMITS_IDLE="}
	for name, c := range map[string]struct {
		file   string
		env    []string
		flags  map[string]string
		db     string
		listen string
		url    string
		idle   time.Duration
	}{
		"defaults":                    {listen: ":2222", url: "sqlite:DIR/digibrug.db", idle: 15 * time.Minute},
		"file over defaults":          {file: file, listen: ":1", url: "sqlite:file.db", idle: time.Minute},
		"environment over file":       {file: file, env: env, listen: ":2", url: "sqlite:env.db", idle: time.Minute},
		"flags over environment":      {file: file, env: env, flags: map[string]string{"screens.listen": ":3"}, db: "sqlite:flag.db", listen: ":3", url: "sqlite:flag.db", idle: time.Minute},
		"empty variable says nothing": {env: []string{"DIGIBRUG_SCREENS_LISTEN="}, listen: ":2222", url: "sqlite:DIR/digibrug.db", idle: 15 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			cfg, err := configured(t, c.file, c.env, c.flags, c.db)
			if err != nil {
				t.Fatal(err)
			}
			url := strings.Replace(cfg.url(), cfg.Data, "DIR", 1)
			if cfg.Listen != c.listen || url != c.url || cfg.Limits.Idle != c.idle {
				t.Errorf("listen %s, url %s, idle %s; want %s, %s, %s", cfg.Listen, url, cfg.Limits.Idle, c.listen, c.url, c.idle)
			}
		})
	}
}

func TestDataDirectory(t *testing.T) {
	for name, c := range map[string]struct {
		flag string
		env  []string
		want string
	}{
		"default":     {"", nil, "./digibrug-data"},
		"environment": {"", []string{"DIGIBRUG_DATA=/nowhere/a"}, "/nowhere/a"},
		"flag":        {"/nowhere/b", []string{"DIGIBRUG_DATA=/nowhere/a"}, "/nowhere/b"},
	} {
		cfg, err := (&cli{env: c.env, data: c.flag}).configure(nil)
		if err != nil || cfg.Data != c.want {
			t.Errorf("%s: %s, %v; want %s", name, cfg.Data, err, c.want)
		}
	}
}

// TestFileText writes a configuration and reads it back: every option, changed or not.
func TestFileText(t *testing.T) {
	changed := defaultConfig()
	changed.Data, changed.DB, changed.Listen, changed.LogFormat = "", `sqlite:a"b.db`, "[::1]:2222", "json"
	changed.Limits.Idle, changed.Limits.Max, changed.Limits.Stall = 90*time.Second, 36*time.Hour, 61*time.Minute
	changed.Limits.Roomy = []netip.Prefix{netip.MustParsePrefix("10.1.2.0/24"), netip.MustParsePrefix("2001:db8::/32")}
	changed.Limits.Conns, changed.Hash.Threads = 7, 2
	for name, want := range map[string]Config{"defaults": defaultConfig(), "changed": changed} {
		got := defaultConfig()
		if err := got.readFile(want.fileText()); err != nil {
			t.Fatalf("%s: %v in\n%s", name, err, want.fileText())
		}
		got.Data = want.Data
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: read back %+v, want %+v", name, got, want)
		}
	}
	// What stands behind a comment sign is the default, and can be read once the sign is gone.
	open := strings.NewReplacer("\n# ", "\n").Replace(defaultConfig().fileText())
	var lines []string
	for line := range strings.SplitSeq(open, "\n") {
		if strings.HasPrefix(line, "[") || strings.Contains(line, " = ") {
			lines = append(lines, line)
		}
	}
	got := Config{Data: defaultData}
	if err := got.readFile(strings.Join(lines, "\n")); err != nil {
		t.Fatalf("the comments: %v", err)
	}
	if want := defaultConfig(); !reflect.DeepEqual(got.Limits.Idle, want.Limits.Idle) || got.Hash != want.Hash || got.LogFormat != want.LogFormat {
		t.Errorf("the comments say %+v, the defaults are %+v", got, want)
	}
}

// TestEveryLimitHasAnOption fills a configuration with ones and looks for a field that stayed zero.
func TestEveryLimitHasAnOption(t *testing.T) {
	var cfg Config
	for _, o := range options() {
		for _, v := range []string{"1s", "1", "10.0.0.0/8", "x", "json", "info"} {
			if o.read(&cfg, v) == nil {
				break
			}
		}
	}
	for _, part := range []any{cfg.Limits, cfg.Hash} {
		v := reflect.ValueOf(part)
		for i := range v.NumField() {
			if v.Field(i).IsZero() {
				t.Errorf("%T.%s has no option", part, v.Type().Field(i).Name)
			}
		}
	}
}

func TestFind(t *testing.T) {
	const text = "db = \"x\" # db\n\n[screens]\n  listen= \":1\"\nhost.key = 1\n[ limits ]\n\tidle =  \"15m\"\n\"grace\" = 3\nñ = { é = 1 }\n"
	for name, c := range map[string]struct {
		key       toml.Key
		value     bool
		line, col int
	}{
		"top":                 {toml.Key{"db"}, false, 1, 1},
		"top, value":          {toml.Key{"db"}, true, 1, 6},
		"in a table":          {toml.Key{"screens", "listen"}, false, 4, 3},
		"in a table, value":   {toml.Key{"screens", "listen"}, true, 4, 11},
		"dotted":              {toml.Key{"screens", "host", "key"}, false, 5, 1},
		"header":              {toml.Key{"limits"}, false, 6, 1},
		"after a tab":         {toml.Key{"limits", "idle"}, true, 7, 10},
		"quoted":              {toml.Key{"limits", "grace"}, true, 8, 11},
		"in an inline table":  {toml.Key{"limits", "ñ", "é"}, false, 9, 1},
		"same name elsewhere": {toml.Key{"idle"}, false, 0, 0},
	} {
		if line, col := find(text, c.key, c.value); line != c.line || col != c.col {
			t.Errorf("%s: find %v gives %d:%d, want %d:%d", name, c.key, line, col, c.line, c.col)
		}
	}
}
