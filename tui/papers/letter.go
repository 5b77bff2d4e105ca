package papers

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/tui/words"
)

// Letter is the paper that brings a code to one person.
type Letter struct {
	ID      string // of the code; not on the paper
	Journey data.Journey
	Person  string
	Service string // may be empty
	Code    string // ten letters, as data.Issued has them
	From    time.Time
	Until   time.Time // not included
	Bound   bool      // the code works at some addresses only
}

// Letters is a batch of letters for one thing, and what all of them say.
type Letters struct {
	Place string // the municipality; may be empty
	At    time.Time
	Title string        // of the kennismeting; empty: "Ik werk hier"
	Limit time.Duration // per attempt; 0: none
	Host  string        // the screens door, from an office PC; empty: the letters leave that way in out
	Port  string
	Help  string // whom to call; empty: the ICT service
	All   []Letter
}

// LettersOf makes letters of codes, ordered by service and name as they are handed out.
func LettersOf(issued []data.Issued) []Letter {
	letters := make([]Letter, len(issued))
	for i, one := range issued {
		letters[i] = Letter{ID: one.ID, Journey: one.Journey, Person: one.Person, Service: one.Service, Code: one.Secret, From: one.From, Until: one.Until, Bound: len(one.Addresses) > 0}
	}
	slices.SortStableFunc(letters, func(a, b Letter) int { return cmp.Compare(data.SortKey(a.Service), data.SortKey(b.Service)) })
	return letters
}

// Layout is how many letters stand on a page.
type Layout int

// The layouts.
const (
	OnePage    Layout = 1 // A4, one letter a page
	EightSheet Layout = 8 // 2 × 4 with cut lines, also for label sheets of 105 × 74 mm
)

// LetterFormats are the forms that letters can take.
func LetterFormats() []Format { return []Format{FormatPDF, FormatTable} }

// Name is what a file of letters is called: "brieven-kennismeting-najaar-2026-11-23.pdf".
func (l Letters) Name(f Format) string {
	return "brieven-" + slug(cmp.Or(l.Title, nl.T(words.CodeStaffTitle))) + "-" + data.DayOf(l.At) + f.Ext()
}

// WriteLetters writes letters, all of them or none. The same letters give the same bytes.
func WriteLetters(w io.Writer, f Format, layout Layout, l Letters) error {
	var out bytes.Buffer
	l = l.clean()
	var err error
	switch {
	case layout != OnePage && layout != EightSheet:
		err = fmt.Errorf("no layout has %d letters a page", layout)
	case f == FormatTable:
		l.text(&out, layout)
	case f == FormatPDF && layout == EightSheet:
		err = l.labels(&out)
	case f == FormatPDF:
		err = l.pages(&out)
	default:
		err = fmt.Errorf("letters have no form %s", f)
	}
	if err == nil {
		_, err = w.Write(out.Bytes())
	}
	if err != nil {
		return fmt.Errorf("write letters: %w", err)
	}
	return nil
}

// clean makes all that people typed harmless.
func (l Letters) clean() Letters {
	l.Place, l.Title, l.Help = data.Clean(l.Place, 80), data.Clean(l.Title, 120), data.Clean(l.Help, 120)
	l.Host, l.Port = data.Clean(l.Host, 120), data.Clean(l.Port, 5)
	l.All = slices.Clone(l.All)
	for i, one := range l.All {
		l.All[i].Person, l.All[i].Service = data.Clean(one.Person, 120), data.Clean(one.Service, 80)
	}
	return l
}

// heading says what the letter is.
func (l Letters) heading() string {
	if l.Title == "" {
		return nl.T(words.CodeLetterStaff)
	}
	return nl.T(words.CodeLetterInvited, "title", l.Title)
}

// what says in plain words what the code is for.
func (l Letters) what() []string {
	if l.Title == "" {
		return []string{nl.T(words.CodeLetterStaffWhat)}
	}
	what := []string{nl.T(words.CodeLetterWhat), nl.T(words.CodeLetterPrivate)}
	if l.Limit > 0 {
		return append(what, nl.T(words.CodeLetterLimit, "time", words.Duration(lang, l.Limit)))
	}
	return append(what, nl.T(words.CodeLetterPause))
}

// command is what an office PC types; empty where no door is known.
func (l Letters) command() string {
	if l.Host == "" {
		return ""
	}
	command := "ssh code@" + l.Host
	if l.Port != "22" {
		command += " -p " + l.Port
	}
	return command
}

// help says whom to call.
func (l Letters) help() string {
	return nl.T(words.CodeLetterHelp, "help", cmp.Or(l.Help, nl.T(words.CodeLetterHelpDefault)))
}

// when writes the window in words: whole days as days, else with the hours.
func (one Letter) when(day func(words.Lang, time.Time) string) string {
	midnight := func(at time.Time) bool { return words.Clock(lang, at) == "00:00" }
	if !midnight(one.From) || !midnight(one.Until) {
		moment := func(at time.Time) string { return day(lang, at) + ", " + words.Clock(lang, at) }
		return nl.T(words.CodeLetterHours, "from", moment(one.From), "until", moment(one.Until))
	}
	first, last := day(lang, one.From), day(lang, one.Until.Add(-time.Minute))
	if first == last {
		return nl.T(words.CodeLetterDay, "day", first)
	}
	return nl.T(words.CodeLetterDays, "from", first, "until", last)
}

// way is one way to come in: where, and the steps. command is typed in the first of them.
type way struct {
	where   string
	steps   []string
	command string
}

func (l Letters) ways() []way {
	ways := []way{{where: nl.T(words.CodeLetterRoom), steps: []string{nl.T(words.CodeLetterRoomOpen), nl.T(words.CodeLetterRoomType)}}}
	if command := l.command(); command != "" {
		ways = append(ways, way{nl.T(words.CodeLetterOffice), []string{nl.T(words.CodeLetterOfficeOpen), nl.T(words.CodeLetterOfficeType)}, command})
	}
	return ways
}

// lines of text are at most this many characters.
const letterWide = 76

// text writes the letters as plain text, with a line to cut along between them.
func (l Letters) text(out *bytes.Buffer, layout Layout) {
	for i, one := range l.All {
		if i > 0 {
			fmt.Fprintf(out, "\n%s\n\n", strings.TrimSpace(strings.Repeat("- ", letterWide/2)))
		}
		lines := l.long(one)
		if layout == EightSheet {
			lines = l.short(one)
		}
		for _, line := range lines {
			indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
			for _, part := range wrap(strings.TrimLeft(line, " "), letterWide-float64(len(indent)), cellsOf) {
				fmt.Fprintln(out, strings.TrimRight(indent+part, " "))
			}
		}
	}
}

// long is a whole letter, a paragraph a line.
func (l Letters) long(one Letter) []string {
	lines := []string{l.Place, words.Day(lang, l.At), "", one.Person, one.Service, "", l.heading(), ""}
	lines = append(lines, l.what()...)
	lines = append(lines, "", nl.T(words.CodeLetterYours), "", "    "+data.ShowCode(one.Code), "", one.when(words.Day), nl.T(words.CodeLetterTyping), nl.T(words.CodeLetterSecret))
	if one.Bound {
		lines = append(lines, nl.T(words.CodeLetterBound))
	}
	for _, w := range l.ways() {
		lines = append(lines, "", w.where)
		for i, step := range w.steps {
			lines = append(lines, fmt.Sprintf("  %d. %s", i+1, step))
			if i == 0 && w.command != "" {
				lines = append(lines, "     "+w.command)
			}
		}
	}
	return append(lines, "", l.help())
}

// short is what fits on a label.
func (l Letters) short(one Letter) []string {
	lines := []string{one.Person, one.Service, l.heading(), "", "    " + data.ShowCode(one.Code), ""}
	return append(lines, l.hints(one)...)
}

// hints are the lines under the code of a label.
func (l Letters) hints(one Letter) []string {
	lines := []string{one.when(words.ShortDay), nl.T(words.CodeLetterRoomShort)}
	if command := l.command(); command != "" {
		lines = append(lines, nl.T(words.CodeLetterOfficeShort, "command", command))
	}
	if one.Bound {
		lines = append(lines, nl.T(words.CodeLetterBound))
	}
	return append(lines, l.help())
}
