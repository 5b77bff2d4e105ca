package ics

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"digibrug/data"
)

// Limits of what is kept of a text, in grapheme clusters.
const (
	textLimit = 300
	noteLimit = 4000
)

// foldAt is how many octets a line has at most, without its end (RFC 5545, 3.1).
const foldAt = 75

// lines is iCalendar text that grows line by line.
type lines struct{ out bytes.Buffer }

// put adds a line that has only ASCII and text that was made harmless, folded where it is long: never inside a
// character, since some programs read octets and not lines.
func (l *lines) put(parts ...string) {
	rest, room := strings.Join(parts, ""), foldAt
	for len(rest) > room {
		cut := room
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		l.out.WriteString(rest[:cut] + "\r\n ")
		rest, room = rest[cut:], foldAt-1 // the space counts
	}
	l.out.WriteString(rest + "\r\n")
}

// text adds a property of type TEXT on one line, and nothing when it is empty.
func (l *lines) text(name, value string) {
	if value = data.Clean(value, textLimit); value != "" {
		l.put(name, ":", escape(value))
	}
}

// block is text for a value of several lines.
func (l *lines) block(name, value string) {
	if value = data.CleanBlock(value, noteLimit); value != "" {
		l.put(name, ":", escape(value))
	}
}

// list adds a property that has several texts.
func (l *lines) list(name string, values []string) {
	var all []string
	for _, v := range values {
		if v = data.Clean(v, textLimit); v != "" {
			all = append(all, escape(v))
		}
	}
	if len(all) > 0 {
		l.put(name, ":", strings.Join(all, ","))
	}
}

var escapes = strings.NewReplacer(`\`, `\\`, `;`, `\;`, `,`, `\,`, "\n", `\n`)

// escape writes a harmless text as a value of type TEXT (RFC 5545, 3.3.11).
func escape(s string) string { return escapes.Replace(s) }

// quoted writes a text as the value of a parameter. There is no way to write a double quote that all programs read
// (Outlook shows the signs of RFC 6868 as they are): it becomes a single one.
func quoted(s string) string {
	return `"` + strings.ReplaceAll(data.Clean(s, textLimit), `"`, `'`) + `"`
}
