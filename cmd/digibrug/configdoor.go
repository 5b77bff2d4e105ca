package main

import (
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/tui/server"
	"digibrug/tui/words"

	"github.com/BurntSushi/toml"
)

// doorAt is one address of the screens door, and the kinds of visitors that it admits, at least one.
type doorAt struct {
	Listen string
	Admits []server.Kind
}

// What can be wrong with the addresses of the screens door.
const (
	WhyTwoWays data.Why = "config.two_ways" // screens.listen and [[screens.door]] both
	WhyNoStaff data.Why = "config.no_staff" // no address admits staff
	WhyList    data.Why = "config.list"     // a list of texts
)

// doorTable is the name of the entries in the file.
const doorTable = "screens.door"

// doors are the addresses of the screens door: those of the file, or one that admits everybody.
func (cfg Config) doors() []doorAt {
	if len(cfg.Doors) > 0 {
		return cfg.Doors
	}
	return []doorAt{{cfg.Listen, server.Kinds()}}
}

// admitting gives the first address that admits a kind of visitors.
func (cfg Config) admitting(kind server.Kind) (d doorAt, ok bool) {
	all := cfg.doors()
	at := slices.IndexFunc(all, func(d doorAt) bool { return slices.Contains(d.Admits, kind) })
	if at < 0 {
		return d, false
	}
	return all[at], true
}

// isDoor tells whether a key of the file belongs to the entries that readDoors reads.
func isDoor(name string) bool { return name == doorTable || strings.HasPrefix(name, doorTable+".") }

// readDoors takes over the entries [[screens.door]] of the file. From then on Listen is the first address that
// admits staff: where the lines that people type lead to.
func (cfg *Config) readDoors(text string, values map[string]any, meta toml.MetaData) error {
	if !meta.IsDefined("screens", "door") {
		return nil
	}
	entries, ok := doorEntries(valueOf(values, toml.Key{"screens", "door"}))
	if !ok {
		return placed(text, toml.Key{"screens", "door"}, wrong(doorTable, WhyList, "[["+doorTable+"]]", ""), false)
	}
	if len(entries) > 0 && meta.IsDefined("screens", "listen") {
		return placed(text, toml.Key{"screens", "listen"}, &data.Invalid{Field: "screens.listen", Why: WhyTwoWays}, false)
	}
	var all []doorAt
	for i, entry := range entries {
		d, bad, field := readDoor(entry)
		if bad == nil && slices.ContainsFunc(all, func(o doorAt) bool { return sameAddress(o.Listen, d.Listen) }) {
			bad, field = &data.Invalid{Field: doorTable + ".listen", Why: data.WhyTwice, Got: d.Listen}, "listen"
		}
		if bad != nil {
			bad.Line, bad.Col = findDoor(text, i, field)
			return bad
		}
		all = append(all, d)
	}
	if cfg.Doors = all; len(all) == 0 {
		return nil
	}
	staff, ok := cfg.admitting(server.Staff)
	if !ok {
		bad := &data.Invalid{Field: doorTable, Why: WhyNoStaff}
		bad.Line, bad.Col = findDoor(text, 0, "admits")
		return bad
	}
	cfg.Listen = staff.Listen
	return nil
}

// doorEntries gives the tables of a list of tables, however it was written.
func doorEntries(v any) (all []map[string]any, ok bool) {
	switch v := v.(type) {
	case []map[string]any:
		return v, true
	case []any:
		for _, one := range v {
			table, ok := one.(map[string]any)
			if !ok {
				return nil, false
			}
			all = append(all, table)
		}
		return all, true
	}
	return nil, false
}

// readDoor reads one entry; field is the key of what is wrong with it.
func readDoor(entry map[string]any) (d doorAt, bad *data.Invalid, field string) {
	invalid := func(key string, why data.Why, want string, got any) (doorAt, *data.Invalid, string) {
		return d, &data.Invalid{Field: doorTable + "." + data.Clean(key, 60), Why: why, Want: want, Got: data.Clean(fmt.Sprint(got), 60)}, key
	}
	for key := range entry {
		if key != "listen" && key != "admits" {
			return invalid(key, data.WhyUnknown, "", "")
		}
	}
	listen, isText := entry["listen"].(string)
	switch {
	case entry["listen"] == nil || entry["listen"] == "":
		return invalid("listen", data.WhyEmpty, "", "")
	case !isText || data.Clean(listen, 0) != listen:
		return invalid("listen", WhyText, "", entry["listen"])
	}
	kinds, isList := entry["admits"].([]any)
	switch {
	case entry["admits"] == nil || isList && len(kinds) == 0:
		return invalid("admits", data.WhyEmpty, "", "")
	case !isList:
		return invalid("admits", WhyList, `["staff"]`, entry["admits"])
	}
	d.Listen = listen
	for _, one := range kinds {
		kind, _ := one.(string)
		if !slices.Contains(server.Kinds(), server.Kind(kind)) {
			return invalid("admits", data.WhyNotOneOf, kindNames(server.Kinds()), one)
		}
		if !slices.Contains(d.Admits, server.Kind(kind)) {
			d.Admits = append(d.Admits, server.Kind(kind))
		}
	}
	return d, nil, ""
}

func kindNames(kinds []server.Kind) string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = string(k)
	}
	return strings.Join(names, ", ")
}

// sameAddress tells whether two addresses are surely the same one. Port 0 is another one each time; what else
// overlaps, the system refuses when the door opens.
func sameAddress(a, b string) bool {
	hostA, portA, errA := net.SplitHostPort(a)
	hostB, portB, errB := net.SplitHostPort(b)
	if errA != nil || errB != nil {
		return a == b
	}
	everywhere := func(host string) string {
		if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
			return ""
		}
		return strings.ToLower(host)
	}
	return portA == portB && portA != "0" && everywhere(hostA) == everywhere(hostB)
}

// findDoor gives the place of a key of the entry with this number, from 0; of the entry itself when the key is not
// in it.
func findDoor(text string, number int, field string) (line, col int) {
	lines := strings.Split(text, "\n")
	for i, s := range lines {
		m := headerLine.FindStringSubmatch(s)
		if m == nil || plainKey(m[1]) != doorTable {
			continue
		}
		if number--; number >= 0 {
			continue
		}
		end := i + 1
		for end < len(lines) && !headerLine.MatchString(lines[end]) {
			end++
		}
		if line, col = find(strings.Join(lines[i:end], "\n"), toml.Key{"screens", "door", field}, true); line > 0 {
			return i + line, col
		}
		return i + 1, strings.Index(s, "[") + 1
	}
	return find(text, toml.Key{"screens", "door"}, false)
}

// doorText is the part of the file about several addresses: the entries, or how one would be written.
func (cfg Config) doorText() string {
	var out strings.Builder
	fmt.Fprintf(&out, "\n# %s\n", strings.ReplaceAll(nl.T(words.KioskPCConfDoors), "\n", "\n# "))
	if len(cfg.Doors) == 0 {
		// Two signs: an example, and not what holds now.
		fmt.Fprintf(&out, "## [[%s]]\n## listen = \"192.0.2.10:2222\"\n## admits = [\"staff\"]\n", doorTable)
	}
	for _, d := range cfg.Doors {
		var kinds []string
		for _, k := range d.Admits {
			kinds = append(kinds, strconv.Quote(string(k)))
		}
		fmt.Fprintf(&out, "[[%s]]\nlisten = %s\nadmits = [%s]\n", doorTable, strconv.Quote(d.Listen), strings.Join(kinds, ", "))
	}
	return out.String()
}
