package parts

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"digibrug/data"
	"digibrug/tui/keys"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// FieldKind is what a field takes.
type FieldKind int

// The kinds of fields.
const (
	Text     FieldKind = iota // one line
	Password                  // one line, shown as stars; kept as typed, spaces too
	Number                    // digits, one decimal sign, a minus; the unshifted AZERTY row counts as digits
	Day                       // 3/12/2026, 3-12-2026, 3.12.2026, 3:12:2026, 03122026, 2026-12-03
	Choice                    // one of the options, with left and right
	Many                      // any of the options, ticked with Space
	Lines                     // several lines: Enter begins a new one, Tab goes on
)

// Option is one value of a Choice or Many.
type Option struct {
	Value string
	Label string
}

// Field describes one field of a form. Label and Hint are keys, so that they follow the language; text
// that is no key shows as it is.
type Field struct {
	Name    string // for the program, and what data.Invalid.Field says about it
	Label   words.Key
	Hint    words.Key // under the field while it has the focus; may be empty
	Kind    FieldKind
	Need    bool     // may not stay empty
	Max     int      // Text, Password, Lines: characters, 200 unless said
	Rows    int      // Lines: how many show, 4 unless said
	Low     float64  // Number: the range, both included; Low == High: no range
	High    float64  //
	Digits  bool     // Text: the unshifted AZERTY row counts as digits
	Options []Option // Choice, Many
	Value   string   // at the start, as Form.Value gives it; of Many: values with a line feed between

	// Check says what is wrong with a value that is otherwise in order; may be nil. A *data.Invalid
	// becomes a sentence, other errors one of Errors.
	Check func(value string) error
}

// defaultMax is how many characters a text takes unless its field says otherwise; maxPassword is what a
// password field takes, as the log-in does (field/trust.md §1d: 1 kB).
const (
	defaultMax  = 200
	defaultRows = 4
	maxPassword = 256
)

// entry is a field with what stands in it.
type entry struct {
	Field
	input  input
	area   Area            // Lines
	at     int             // Choice: index in Options, -1 none; Many: option under the cursor
	ticked map[string]bool // Many; never changed, always made anew
	err    error           // what was wrong with it when last checked
	note   words.Key       // about the last paste
	whole  bool            // Number, Day: what is typed first comes in the place of what stands there
}

func newEntry(f Field) entry {
	e := entry{Field: f, ticked: map[string]bool{}}
	e.input.max = defaultMax
	switch f.Kind {
	case Password:
		e.input.hidden, e.input.max = true, maxPassword
	case Number, Day:
		e.input.digits, e.input.max = keys.Digits, 20
	}
	if f.Digits {
		e.input.digits = keys.Digits
	}
	if f.Max > 0 {
		e.input.max = f.Max
	}
	e.Rows = cmp.Or(f.Rows, defaultRows)
	return e.set(f.Value)
}

// set fills in a value as value gives it.
func (e entry) set(value string) entry {
	switch e.Kind {
	case Choice:
		e.at = slices.IndexFunc(e.Options, func(o Option) bool { return o.Value == value })
		if e.at < 0 && e.Need && len(e.Options) > 0 {
			e.at = 0
		}
	case Lines:
		width := e.area.width
		if e.area = NewArea(e.input.max, value); width > 0 {
			e.area = e.area.Sized(width, e.Rows)
		}
	case Many:
		e.ticked = map[string]bool{}
		for _, v := range strings.Split(value, "\n") {
			e.ticked[v] = true
		}
	case Day:
		if day, err := time.Parse(data.DayLayout, value); err == nil {
			value = day.Format("02/01/2006")
		}
		fallthrough
	case Number:
		value = strings.Replace(value, ".", ",", 1)
		fallthrough
	default:
		e.input.text = ""
		e.input.pos = 0
		e.input, _, _ = e.input.insert(value)
	}
	return e.entered()
}

// entered is the field when the focus comes to it. Nobody wants a digit behind a number or a day that stands there: 5 typed
// after 10 would be 105. So the first character takes its place, unless the cursor moved first.
func (e entry) entered() entry {
	e.whole = (e.Kind == Number || e.Kind == Day) && e.input.text != ""
	return e
}

// opened is the field when text comes in, or none by a key that moves the cursor. A space takes nothing's place: who ticks a
// list with it may tick once too often.
func (e entry) opened(text string) entry {
	switch blank := strings.TrimSpace(text) == ""; {
	case blank && text != "":
		return e
	case e.whole && !blank:
		e.input.text, e.input.pos = "", 0
	}
	e.whole = false
	return e
}

// typed tells whether letters go into the field.
func (e entry) typed() bool { return e.Kind != Choice && e.Kind != Many }

// value is what stands in the field: a day as YYYY-MM-DD, a number with a point, a choice as its value,
// several with a line feed between. What can't be read stays as typed.
func (e entry) value() string {
	switch e.Kind {
	case Password:
		return e.input.text
	case Number:
		return strings.Replace(data.Clean(e.input.text, e.input.max), ",", ".", 1)
	case Day:
		if day, ok := ReadDay(e.input.text); ok {
			return day
		}
	case Choice:
		if e.at < 0 || e.at >= len(e.Options) {
			return ""
		}
		return e.Options[e.at].Value
	case Many:
		var on []string
		for _, o := range e.Options {
			if e.ticked[o.Value] {
				on = append(on, o.Value)
			}
		}
		return strings.Join(on, "\n")
	case Lines:
		return e.area.Text()
	}
	return data.Clean(e.input.text, e.input.max)
}

// check says what is wrong with the field, or nil.
func (e entry) check(look Look) error {
	value := e.value()
	bad := &data.Invalid{Field: Plain(look.T(e.Label))}
	switch {
	case value == "" && e.Need:
		bad.Why = data.WhyEmpty
		return bad
	case value == "":
		return nil
	case e.Kind == Day:
		if _, ok := ReadDay(e.input.text); !ok {
			bad.Why = data.WhyDay
			return bad
		}
	case e.Kind == Number:
		n, err := strconv.ParseFloat(value, 64)
		if err != nil || e.Low != e.High && (n < e.Low || n > e.High) {
			bad.Why = data.WhyNumber
			if e.Low != e.High {
				bad.Want = look.T(words.PartRange, "min", figure(look, e.Low), "max", figure(look, e.High))
			}
			return bad
		}
	}
	if e.Check == nil {
		return nil
	}
	return e.Check(value)
}

// figure writes a bound of a range without needless decimals.
func figure(look Look, v float64) string {
	if v == float64(int64(v)) {
		return words.Number(look.Lang, v, 0)
	}
	return words.Number(look.Lang, v, 2)
}

// ReadDay reads a day as people type it, with / - . : or spaces between day, month and year or nothing at
// all, and as YYYY-MM-DD, which is also what it gives. The year has four digits. The unshifted row of a
// Belgian keyboard counts as digits.
func ReadDay(s string) (day string, ok bool) {
	s = keys.Digits(strings.TrimSpace(s))
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("/-.: ", r) })
	switch {
	case len(parts) == 1 && len(s) == 8:
		parts = []string{s[:2], s[2:4], s[4:]}
	case len(parts) == 3 && len(parts[0]) == 4:
		slices.Reverse(parts)
	}
	if len(parts) != 3 || len(parts[0]) > 2 || len(parts[1]) > 2 || len(parts[2]) != 4 {
		return "", false
	}
	for _, part := range parts {
		if strings.ContainsFunc(part, func(r rune) bool { return r < '0' || r > '9' }) {
			return "", false
		}
	}
	at, err := time.Parse("2/1/2006", strings.Join(parts, "/"))
	if err != nil || at.Year() < 1 {
		return "", false
	}
	return at.Format(data.DayLayout), true
}

// capitals tells whether a password has capitals and no small letter: perhaps Caps Lock is on.
func (e entry) capitals() bool {
	return e.Kind == Password && strings.ContainsFunc(e.input.text, unicode.IsUpper) &&
		!strings.ContainsFunc(e.input.text, unicode.IsLower)
}

// press gives a key to the field; done is false when it means nothing there.
func (e entry) press(look Look, msg tea.KeyPressMsg) (next entry, done bool) {
	switch e.Kind {
	case Choice:
		return e.turn(msg)
	case Many:
		return e.tick(msg)
	case Lines:
		if !e.area.Takes(msg) {
			return e, false
		}
		e.area, e.note = e.area.Update(msg), ""
		return e, true
	}
	if !e.input.takes(msg) || e.Kind == Day && !numeric(msg, "/-.: ") || e.Kind == Number && !numeric(msg, ",.-") {
		return e, false
	}
	e = e.opened(msg.Text)
	e.input, e.note = e.input.update(msg), ""
	return e, true
}

// numeric tells whether a key is a digit, one of signs, or no character at all.
func numeric(msg tea.KeyPressMsg, signs string) bool {
	_, digit := keys.Digit(msg)
	return msg.Text == "" || digit || strings.Contains(signs, msg.Text)
}

func (e entry) turn(msg tea.KeyPressMsg) (entry, bool) {
	n := len(e.Options)
	if n == 0 {
		return e, false
	}
	switch msg.String() {
	case "left":
		e.at = (max(e.at, 0) + n - 1) % n
	case "right", "space":
		e.at = (e.at + 1) % n
	case "home":
		e.at = 0
	case "end":
		e.at = n - 1
	default:
		return e, false
	}
	return e, true
}

// tick moves among the options and ticks them; at the first and the last, up and down leave the field.
func (e entry) tick(msg tea.KeyPressMsg) (entry, bool) {
	switch key := msg.String(); {
	case key == "up" && e.at > 0:
		e.at--
	case key == "down" && e.at < len(e.Options)-1:
		e.at++
	case key == "space" && e.at < len(e.Options):
		ticked := map[string]bool{}
		for v, on := range e.ticked {
			ticked[v] = on
		}
		ticked[e.Options[e.at].Value] = !ticked[e.Options[e.at].Value]
		e.ticked = ticked
	default:
		return e, false
	}
	return e, true
}

// paste puts pasted text into a field that takes text, cleaned and cut, and notes what was lost.
func (e entry) paste(text string) entry {
	if !e.typed() {
		return e
	}
	var dropped, cut bool
	if text = strings.TrimRight(text, "\r\n"); e.Kind == Lines {
		e.area, dropped, cut = e.area.Paste(text)
	} else {
		e = e.opened(text)
		e.input, dropped, cut = e.input.insert(text)
	}
	switch e.note = ""; {
	case cut:
		e.note = words.PartPasteCut
	case dropped:
		e.note = words.PartPasteClean
	}
	return e
}
