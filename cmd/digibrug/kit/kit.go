// Package kit makes what a PC needs to come in without a question: the keys of the doors, the settings of ssh, and
// something to click on for Windows Terminal, PuTTY or a Linux desktop. It makes files out of values; where the
// values come from and where the files go is the command's business.
package kit

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"unicode"

	"digibrug/tui/words"

	gossh "golang.org/x/crypto/ssh"
)

// System is what the PC runs.
type System string

// The systems.
const (
	Windows System = "windows"
	Linux   System = "linux"
)

// Door is one door as clients find it; the zero Door is shut.
type Door struct {
	Port string
	Key  gossh.PublicKey // of type ed25519
}

func (d Door) open() bool { return d.Port != "" && d.Key != nil }

// Kit is what the files are made of.
type Kit struct {
	System  System
	Hosts   []string // names and addresses of the server, at least one; the first is the one that is used
	At      string   // folder on the PC in which the files will lie, whole
	Screens Door
	Files   Door   // may be shut
	Login   string // whose PC it is; empty: each types the own name
	Help    string // whom to call

	Kiosk    string // name of the kiosk that the PC is; empty: none
	KioskAt  Door   // where kiosks come in; needed with Kiosk
	KioskKey []byte // private key of the kiosk; nil: somebody brings it
}

// File is one file of a kit.
type File struct {
	Name string
	Body []byte
	Mode fs.FileMode
}

// Names of the files.
const (
	ConfigName = "config"
	KnownName  = "known_hosts"
)

// Modes of the files: for everybody on the PC, for everybody to run, and for one.
const (
	plain   fs.FileMode = 0o644
	program fs.FileMode = 0o755
	secret  fs.FileMode = 0o600
)

// Make makes the files of a kit, in the order in which a person reads about them.
func (k Kit) Make() ([]File, error) {
	if err := k.check(); err != nil {
		return nil, fmt.Errorf("client kit: %w", err)
	}
	k.Help = unquoted(k.Help)
	all := []File{{ConfigName, k.text(k.config()), plain}, {KnownName, k.text(k.known()), plain}}
	if k.KioskKey != nil {
		all = append(all, File{k.keyName(), k.KioskKey, secret})
	}
	if k.System == Linux {
		return append(all, k.linux()...), nil
	}
	more, err := k.windows()
	if err != nil {
		return nil, fmt.Errorf("client kit: %w", err)
	}
	return append(all, more...), nil
}

// unquoted leaves of a text what no shell and no batch file takes for more than text.
func unquoted(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.L, unicode.N) || strings.ContainsRune(" .,:+-/@", r) {
			return r
		}
		return ' '
	}, s)
}

// readme says how to put the files in their places.
func (k Kit) readme(key words.Key) []string {
	lines := strings.Split(nl.T(key, "at", k.At, "host", k.Hosts[0], "port", k.Screens.Port, "kiosk", k.Kiosk, "key", k.keyName()), "\n")
	if !k.Files.open() {
		return lines
	}
	who := nl.T(words.ClientWho) + "@"
	if k.Login != "" {
		who = "" // the settings have it
	}
	return append(append(lines, ""), strings.Split(nl.T(words.ClientReadFiles, "who", who), "\n")...)
}

// What goes into files that programs read is never quoted there: it is held to letters that need no quotes.
var (
	host       = regexp.MustCompile(`^[A-Za-z0-9.:-]+$`)
	port       = regexp.MustCompile(`^[0-9]{1,5}$`)
	login      = regexp.MustCompile(`^[A-Za-z0-9._-]*$`)
	onWindows  = regexp.MustCompile(`^[A-Za-z]:(\\[\pL\pN ._()+-]+)+$`)
	onLinux    = regexp.MustCompile(`^(/[\pL\pN ._()+@-]+)+$`)
	errNoHost  = errors.New("no host")
	errNotPath = errors.New("no path on the PC")
)

// GoodPath tells whether the files can lie in a folder of a system: a whole path, of letters, digits and spaces.
func GoodPath(s System, at string) bool {
	if s == Windows {
		return onWindows.MatchString(at)
	}
	return onLinux.MatchString(at)
}

func (k Kit) check() error {
	if len(k.Hosts) == 0 {
		return errNoHost
	}
	for _, h := range k.Hosts {
		if !host.MatchString(h) || strings.HasPrefix(h, "-") {
			return fmt.Errorf("%q: %w", h, errNoHost)
		}
	}
	doors := []Door{k.Screens}
	if k.Files != (Door{}) {
		doors = append(doors, k.Files)
	}
	if k.Kiosk != "" {
		doors = append(doors, k.KioskAt)
	}
	for _, d := range doors {
		if !port.MatchString(d.Port) || d.Key == nil || d.Key.Type() != gossh.KeyAlgoED25519 {
			return fmt.Errorf("a door without an ed25519 key at port %q", d.Port)
		}
	}
	switch {
	case k.System != Windows && k.System != Linux:
		return fmt.Errorf("unknown system %q", k.System)
	case !GoodPath(k.System, k.At):
		return fmt.Errorf("%q: %w", k.At, errNotPath)
	case !login.MatchString(k.Login), !login.MatchString(k.Kiosk), strings.HasPrefix(k.Login, "-"):
		return fmt.Errorf("%q or %q is no name", k.Login, k.Kiosk)
	case k.KioskKey != nil && k.Kiosk == "":
		return errors.New("a kiosk's key without a kiosk")
	}
	return nil
}

// keyName is the file of the kiosk's key.
func (k Kit) keyName() string { return "kiosk_" + k.Kiosk }

// path is where a file lies on the PC, with slashes as ssh wants them.
func (k Kit) path(name string) string { return strings.ReplaceAll(k.At, `\`, "/") + "/" + name }

// text gives lines their ends: those of the system.
func (k Kit) text(lines []string) []byte {
	end := "\n"
	if k.System == Windows {
		end = "\r\n"
	}
	return []byte(strings.Join(lines, end) + end)
}

type dutch struct{}

// T is words.T in the language of those who work with the files.
func (dutch) T(key words.Key, args ...any) string { return words.T(words.NL, key, args...) }

var nl dutch

// comment gives a sentence as lines that begin with a sign.
func comment(sign string, key words.Key, args ...any) (lines []string) {
	for line := range strings.SplitSeq(nl.T(key, args...), "\n") {
		lines = append(lines, strings.TrimRight(sign+" "+line, " "))
	}
	return lines
}
