// Package start is the room where a municipality comes in, and comes in again: rows pasted from a spreadsheet or a
// file on the server, what they would change, what is wrong with them and where, and a yes before anything is
// written. The sentences about plans stand here too, for the screen and the command line alike.
package start

import (
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
	rules "digibrug/data/start"
	"digibrug/tui/words"
)

// Place says where in a file something stands: "blad Personeel, rij 12, kolom D".
func Place(lang words.Lang, sheet string, row int, column string) string {
	text := words.T(lang, words.StartAtSheet, "sheet", sheet)
	if row > 0 {
		text += words.T(lang, words.StartAtRow, "row", strconv.Itoa(row))
	}
	if column != "" {
		text += words.T(lang, words.StartAtColumn, "column", column)
	}
	return text
}

// ProblemText says what is wrong and where.
func ProblemText(lang words.Lang, p rules.Problem) string {
	return Place(lang, p.Sheet, p.Row, p.Column) + ": " + ProblemWhy(lang, p)
}

// ProblemTexts says all that is wrong, a line each. The same mistake in several rows of a column, such as a service that
// isn't there, is said once, at its first row, with the other rows behind it.
func ProblemTexts(lang words.Lang, all []rules.Problem) []string {
	type mistake struct{ sheet, column, said string }
	at, lines, others := map[mistake]int{}, []string{}, [][]int{}
	for _, p := range all {
		m := mistake{p.Sheet, p.Column, ProblemWhy(lang, p)}
		i, told := at[m]
		if !told || p.Row == 0 {
			at[m] = len(lines)
			lines, others = append(lines, ProblemText(lang, p)), append(others, nil)
			continue
		}
		others[i] = append(others[i], p.Row)
	}
	for i, rows := range others {
		if len(rows) > 0 {
			lines[i] += " " + alsoRows(lang, rows)
		}
	}
	return lines
}

// alsoRows names rows, all of them: rows in a row as a span, and in several sentences, since one takes in so much.
func alsoRows(lang words.Lang, rows []int) string {
	const most = 100
	var spans []string
	for i := 0; i < len(rows); {
		last := i
		for last+1 < len(rows) && rows[last+1] == rows[last]+1 {
			last++
		}
		span := strconv.Itoa(rows[i])
		if last > i {
			span += "-" + strconv.Itoa(rows[last])
		}
		spans, i = append(spans, span), last+1
	}
	var told []string
	for some := range slices.Chunk(spans, most) {
		n := len(some)
		if strings.Contains(some[0], "-") {
			n++ // more than one row
		}
		told = append(told, words.T(lang, words.StartAlsoRows, "n", n, "rows", strings.Join(some, ", ")))
	}
	return strings.Join(told, " ")
}

// ProblemWhy says what is wrong.
func ProblemWhy(lang words.Lang, p rules.Problem) string {
	text, _ := words.Sentence(lang, p.Invalid()) // an Invalid is always known
	return text
}

// ChangeText says what a row comes to, and where.
func ChangeText(lang words.Lang, c rules.Change) string {
	return Place(lang, c.Sheet, c.Row, "") + ": " + ChangeWhat(lang, c)
}

// ChangeWhat says what a row comes to: "nieuw: An Peeters (dienst Burgerzaken; vanaf 1 januari 2020)".
func ChangeWhat(lang words.Lang, c rules.Change) string {
	var parts []string
	for _, d := range c.Deltas {
		switch from, to := shown(lang, d.From), shown(lang, d.To); {
		case c.Kind == rules.Ended && d.To == "":
			parts = append(parts, d.Field+" "+from)
		case c.Kind == rules.Added || c.Kind == rules.Ended || d.From == "":
			parts = append(parts, d.Field+" "+to)
		case d.To == "":
			parts = append(parts, words.T(lang, words.StartDropped, "field", d.Field, "from", from))
		default:
			parts = append(parts, words.T(lang, words.StartBecomes, "field", d.Field, "from", from, "to", to))
		}
	}
	text := words.T(lang, KindKey(c.Kind)) + ": " + c.What
	if len(parts) > 0 {
		text += " (" + strings.Join(parts, "; ") + ")"
	}
	return text
}

// KindKey is what a kind of change is called.
func KindKey(k rules.Kind) words.Key {
	switch k {
	case rules.Added:
		return words.StartAdded
	case rules.Changed:
		return words.StartChanged
	case rules.Ended:
		return words.StartEnded
	}
	return words.StartSame
}

// shown writes a value: days as people do.
func shown(lang words.Lang, text string) string {
	if _, err := data.ParseDay(text); err != nil {
		return text
	}
	return words.StoredDay(lang, text)
}

// CountText says how much of each kind a sheet has: "Personeel: 3 nieuw, 1 veranderd, 120 gelijk".
func CountText(lang words.Lang, p rules.Plan, sheet string) string {
	text := words.T(lang, words.StartCount, "sheet", sheet, "added", p.Count(sheet, rules.Added), "changed", p.Count(sheet, rules.Changed),
		"same", p.Count(sheet, rules.Same))
	if n := p.Count(sheet, rules.Ended); n > 0 {
		text += words.T(lang, words.StartCountEnded, "ended", n)
	}
	return text
}

// NoteText says something that the reader should know, and where.
func NoteText(lang words.Lang, n rules.Note) string {
	where := Place(lang, n.Sheet, n.Row, n.Column) + ": "
	switch n.Kind {
	case rules.NoteIgnored:
		return where + words.T(lang, words.StartNoteIgnored, "head", n.Text)
	case rules.NoteMapped:
		return where + words.T(lang, words.StartNoteMapped, "head", n.Text, "field", n.Field)
	case rules.NoteTab:
		return where + words.T(lang, words.StartNoteTab)
	case rules.NoteFormula:
		return where + words.T(lang, words.StartNoteFormula)
	case rules.NoteToday:
		return where + words.T(lang, words.StartNoteToday, "day", shown(lang, n.Text))
	case rules.NoteExamples:
		return where + words.T(lang, words.StartNoteExamples, "n", n.Text)
	}
	return where + words.T(lang, words.StartNoteGone, "n", n.Text)
}

// LeaverText says who leaves: "An Peeters (1001), Burgerzaken".
func LeaverText(lang words.Lang, l rules.Leaver) string {
	text := l.Name
	if l.Number != "" {
		text += " (" + l.Number + ")"
	}
	text += ", " + l.Service
	if l.Stays {
		text += words.T(lang, words.StartStays)
	}
	return text
}

// About are the lines of the sheet that explains the template; its name comes first.
func About(lang words.Lang) []string {
	return append([]string{words.T(lang, words.StartAboutName)}, strings.Split(words.T(lang, words.StartAbout), "\n")...)
}
