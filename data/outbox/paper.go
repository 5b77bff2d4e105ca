package outbox

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"digibrug/data"
)

// Channel is the way by which a paper leaves.
type Channel string

// The channels.
const (
	Fetch  Channel = "fetch"  // waits for its maker at the files door
	Folder Channel = "folder" // a file dropped in a folder
	Print  Channel = "print"  // handed to a print command
	Mail   Channel = "mail"   // handed to a mail server; the target is the address
)

// Channels gives all channels.
func Channels() []Channel { return []Channel{Fetch, Folder, Print, Mail} }

// State is how far a paper got.
type State string

// The states of a paper.
const (
	Waiting State = "waiting" // for its sender, its next try, or its maker
	Sent    State = "sent"    // gone; a fetched one was fetched at least once
	Failed  State = "failed"  // given up until somebody says to retry
)

// Paper is one file on its way out.
type Paper struct {
	ID        string
	Channel   Channel
	Name      string // of the file, "brieven-kennismeting-2026-11-24.pdf"; no path, no control character
	Media     string // "application/pdf", "text/plain; charset=utf-8"
	Size      int64  // bytes
	Target    string // printer, folder or address; empty: the default
	MakerID   string // account, empty for the operator
	Maker     string // log-in name
	MadeAt    time.Time
	KeepUntil time.Time // from then on it is thrown away, sent or not
	SentAt    time.Time // zero while it waits
	State     State
	Tries     int       // how often a sender began
	NextAt    time.Time // of one that waits after a try: when the next one is, or would be if this one breaks off
	Fault     string    // what went wrong at the last try, cleaned; empty when nothing did
}

// Limits.
const (
	MaxBody     = 20 << 20             // bytes of one paper
	DefaultKeep = 30 * 24 * time.Hour  // when the caller names no end
	MaxKeep     = 400 * 24 * time.Hour // as long as the longest paper code is good
	nameLimit   = 120                  // characters of a name, the extension with them
	nameBytes   = 240                  // and bytes: file systems take 255
	mediaForm   = `^[a-z]+/[a-z0-9.+-]{1,80}(; ?charset=[a-z0-9-]{1,20})?$`
	targetForm  = `^[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}$`
)

// What can be wrong with a paper.
const (
	WhyChannel data.Why = "outbox.channel" // no such way out
	WhyMedia   data.Why = "outbox.media"   // no kind of file
	WhyTarget  data.Why = "outbox.target"  // not what a printer, folder or address is called
	WhySize    data.Why = "outbox.size"    // empty, or larger than Want bytes
	WhyKeep    data.Why = "outbox.keep"    // an end in the past, or past Want
)

var (
	media  = regexp.MustCompile(mediaForm)
	target = regexp.MustCompile(targetForm)
)

// GoodTarget tells whether a printer, folder or address can be called so. It goes into the words of a command and
// into paths: no space, no slash, no quote, and never an option, which begins with a dash.
func GoodTarget(s string) bool { return target.MatchString(s) }

// CleanName makes a file name that every system takes: one line, no path, no character that Windows forbids, no
// name of a device, at most 120 characters and 240 bytes with the extension kept. It never gives an empty name.
func CleanName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"/\|?*`, r) {
			return '-'
		}
		return r
	}, data.Clean(s, 0))
	// a dot or dash in front hides a file, or makes an option of it; Windows drops dots and spaces at the end
	if s = strings.TrimRight(strings.TrimLeft(s, ".- "), ". "); s == "" {
		return "papier"
	}
	stem, ext := splitName(s)
	if device.MatchString(stem) {
		stem = "papier-" + stem
	}
	return joined(stem, ext)
}

// joined puts the end of a name after as much of its stem as there is room for.
func joined(stem, end string) string {
	if len(stem+end) <= nameBytes && utf8.RuneCountInString(stem+end) <= nameLimit {
		return stem + end
	}
	for len(stem+end) > nameBytes || utf8.RuneCountInString(stem+end) > nameLimit {
		_, last := utf8.DecodeLastRuneInString(stem)
		stem = stem[:len(stem)-last]
	}
	return strings.TrimRight(stem, ". ") + end
}

// device are the names that Windows keeps for itself, with any extension.
var device = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])($|\.)`)

// splitName takes the extension off: a dot and at most 8 letters or digits.
func splitName(s string) (stem, ext string) {
	if at := strings.LastIndexByte(s, '.'); at > 0 && extension.MatchString(s[at:]) {
		return s[:at], s[at:]
	}
	return s, ""
}

var extension = regexp.MustCompile(`^\.[A-Za-z0-9]{1,8}$`)

// numbered is the n-th name like name: "lijst-2.pdf". It has no space, so that it is easy to type after sftp.
func numbered(name string, n int) string {
	if n < 2 {
		return name
	}
	stem, ext := splitName(name)
	return joined(stem, fmt.Sprintf("-%d%s", n, ext))
}

// check completes a paper that is to be put at a moment.
func (p *Paper) check(now time.Time, body []byte) error {
	p.Name, p.Size = CleanName(p.Name), int64(len(body))
	if p.KeepUntil.IsZero() {
		p.KeepUntil = now.Add(DefaultKeep)
	}
	p.KeepUntil = data.Milli(p.KeepUntil.UnixMilli())
	switch {
	case p.Channel != Fetch && p.Channel != Folder && p.Channel != Print && p.Channel != Mail:
		return &data.Invalid{Field: "channel", Why: WhyChannel, Got: data.Clean(string(p.Channel), 40)}
	case !media.MatchString(p.Media):
		return &data.Invalid{Field: "media", Why: WhyMedia, Got: data.Clean(p.Media, 60)}
	case p.Target != "" && !GoodTarget(p.Target):
		return &data.Invalid{Field: "target", Why: WhyTarget, Got: data.Clean(p.Target, 60)}
	case p.Size == 0 || p.Size > MaxBody:
		return &data.Invalid{Field: "body", Why: WhySize, Want: fmt.Sprint(MaxBody), Got: fmt.Sprint(p.Size)}
	case !p.KeepUntil.After(now) || p.KeepUntil.After(now.Add(MaxKeep)):
		return &data.Invalid{Field: "keep", Why: WhyKeep, Want: data.DayOf(now.Add(MaxKeep)), Got: data.DayOf(p.KeepUntil)}
	}
	return nil
}
