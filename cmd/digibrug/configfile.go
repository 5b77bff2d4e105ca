package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"digibrug/data"
	"digibrug/tui/words"

	"github.com/BurntSushi/toml"
)

// readFile takes over what the text of a configuration file says. It returns an *Invalid with line and
// column for what TOML can't read, for keys that don't exist and for values of a wrong kind.
func (cfg *Config) readFile(text string) error {
	var values map[string]any
	meta, err := toml.Decode(text, &values)
	var bad toml.ParseError
	if errors.As(err, &bad) {
		return &data.Invalid{Field: configName, Why: data.WhySyntax, Got: data.Clean(bad.Message, 120), Line: bad.Position.Line, Col: bad.Position.Col}
	} else if err != nil {
		return fmt.Errorf("read %s: %w", configName, err)
	}
	for _, key := range meta.Keys() {
		name := strings.Join(key, ".")
		if isDoor(name) {
			continue // below: they may be there several times
		}
		if isSection(name) {
			if _, ok := valueOf(values, key).(map[string]any); ok {
				continue
			}
		}
		o, known := optionNamed(name)
		if !known {
			return placed(text, key, &data.Invalid{Field: data.Clean(name, 60), Why: data.WhyUnknown}, false)
		}
		if err := o.read(cfg, valueOf(values, key)); err != nil {
			return placed(text, key, err, true)
		}
	}
	if err := cfg.readDoors(text, values, meta); err != nil {
		return err
	}
	err = cfg.Hash.Check()
	var costs *data.Invalid
	if errors.As(err, &costs) {
		return placed(text, strings.Split(costs.Field, "."), err, true)
	}
	return err
}

// isSection tells whether a name is a table of the file.
func isSection(name string) bool {
	for _, o := range options() {
		if strings.HasPrefix(o.name, name+".") {
			return true
		}
	}
	return false
}

func valueOf(values map[string]any, key toml.Key) any {
	var v any = values
	for _, part := range key {
		table, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = table[part]
	}
	return v
}

// placed adds line and column, of the key or of its value, to what is wrong.
func placed(text string, key toml.Key, err error, value bool) error {
	var bad *data.Invalid
	if errors.As(err, &bad) {
		bad.Line, bad.Col = find(text, key, value)
	}
	return err
}

var (
	headerLine = regexp.MustCompile(`^\s*\[+\s*([^\]#]+?)\s*\]`)
	keyLine    = regexp.MustCompile(`^(\s*)([^=#\s][^=#]*?)\s*=\s*`)
)

// find gives the place of a key of a file that TOML could read: the reader keeps no places for keys.
// Zero when it was written in a way that is not looked for (inside an inline table).
func find(text string, key toml.Key, value bool) (line, col int) {
	table, want := "", strings.Join(key, ".")
	for i, s := range strings.Split(text, "\n") {
		if m := headerLine.FindStringSubmatch(s); m != nil {
			if table = plainKey(m[1]); table == want {
				return i + 1, utf8.RuneCountInString(s[:strings.Index(s, "[")]) + 1
			}
			continue
		}
		m := keyLine.FindStringSubmatchIndex(s)
		if m == nil {
			continue
		}
		name := plainKey(s[m[4]:m[5]])
		if table != "" {
			name = table + "." + name
		}
		if name != want {
			if strings.HasPrefix(want, name+".") {
				line, col = i+1, utf8.RuneCountInString(s[:m[4]])+1 // an inline table, unless a better place follows
			}
			continue
		}
		at := m[4]
		if value {
			at = m[1]
		}
		return i + 1, utf8.RuneCountInString(s[:at]) + 1
	}
	return line, col
}

// plainKey drops the quotes and spaces that a dotted key may have.
func plainKey(s string) string {
	parts := strings.Split(s, ".")
	for i, p := range parts {
		parts[i] = strings.Trim(strings.TrimSpace(p), `"'`)
	}
	return strings.Join(parts, ".")
}

// fileText is a configuration file with everything in it: what differs from the defaults as it is, the
// rest behind a comment sign.
func (cfg Config) fileText() string {
	var out strings.Builder
	for line := range strings.SplitSeq(nl.T(words.CliConfHead), "\n") {
		fmt.Fprintf(&out, "# %s\n", line)
	}
	section, plain := "", defaultConfig()
	for _, o := range options() {
		table, name, nested := strings.Cut(o.name, ".")
		if !nested {
			table, name = "", o.name
		}
		if table != section {
			if section == "screens" {
				out.WriteString(cfg.doorText())
			}
			fmt.Fprintf(&out, "\n[%s]\n", table)
			section = table
		}
		off := "# "
		if o.show(cfg) != o.show(plain) && !(o.name == "screens.listen" && len(cfg.Doors) > 0) {
			off = ""
		}
		fmt.Fprintf(&out, "\n# %s\n%s%s = %s\n", nl.T(o.note), off, name, o.show(cfg))
	}
	return out.String()
}
