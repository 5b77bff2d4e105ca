package reading_test

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/tui/items"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/reading"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// ear hears a visit that runs as a program of its own, without a terminal.
type ear struct {
	*screentest.Ear
	program *tea.Program
}

func hear(t *testing.T, first func(*shell.Session) shell.Screen) ear {
	t.Helper()
	s := screentest.Session(t, data.Identity{AccountID: "1", Login: "an.peeters", Name: "An Peeters", Language: "nl"})
	heard := screentest.NewEar(t)
	ctx, end := context.WithCancel(t.Context())
	e := ear{heard, tea.NewProgram(reading.Plain(shell.NewRoot(s, first(s), nil, nil), heard.Hear),
		tea.WithContext(ctx), tea.WithoutRenderer(), tea.WithInput(nil), tea.WithoutSignalHandler())}
	over := make(chan struct{})
	go func() {
		defer close(over)
		_, _ = e.program.Run()
	}()
	t.Cleanup(func() {
		end()
		<-over
	})
	return e
}

func (e ear) says(lines ...string) {
	for _, line := range lines {
		e.program.Send(shell.LineMsg{Text: line})
	}
}

// picks says the number before a line.
func (e ear) picks(form string) { e.says(e.Number(form)) }

// again has the page said anew, and waits for its name, so that what is heard next is as it stands now.
func (e ear) again() {
	e.says("")
	e.Hears("^Scherm: ")
}

// TestEveryKindOfQuestion answers one of each kind, line by line: wrong first, then right.
func TestEveryKindOfQuestion(t *testing.T) {
	e := hear(t, items.NewPractices)
	e.Hears("^Welke dag komt na maandag")
	e.picks(`zondag$`)
	e.Hears("Nog niet juist")
	e.again()
	e.picks(`dinsdag$`)
	e.picks(`Enter: `)
	for _, day := range []string{"zaterdag$", "zondag$"} { // several are right: a number ticks, Enter goes on
		e.again()
		e.picks(day)
		e.Hears(`\[x\].*` + day)
	}
	for _, way := range []string{`Enter: `, `Enter: `, `\) Juist$`, `Enter: `} { // the last two: true or false
		e.again()
		e.picks(way)
	}
	for _, answer := range []string{"7", "fiets"} { // a number, a word: what is typed is not a choice
		e.again()
		e.picks(`Uw antwoord`)
		e.Hears("typ de tekst en druk op Enter")
		e.says(answer)
		e.Hears(`: ` + answer + `$`)
		for range 2 {
			e.again()
			e.picks(`Enter: `)
		}
	}
	e.again()
	e.picks(`ontbijt$`) // is carried to the first place
	e.Hears("Waar moet dit komen")
	e.says("9")
	e.Hears("Nummer 9 is er niet")
	e.says("1")
	for range 2 {
		e.again()
		e.picks(`Enter: `)
	}
	for _, pair := range [][2]string{{"hond", "blaft"}, {"kat", "miauwt"}} {
		e.again()
		e.picks(pair[0])
		e.picks(`^\d\. .*` + pair[1])
		e.Hears(pair[0] + ".*" + pair[1])
	}
	for range 2 {
		e.again()
		e.picks(`Enter: `)
	}
	e.again()
	e.picks(`^\d+\. \[\]`)
	e.says("Ik schrijf", "twee regels.", ".")
	e.Hears(`\[twee regels\.\]`)
	e.says("tab")
	e.Hears("^Goed zo")
}

// field is a page with a field of each kind.
type fields struct{ page.Form }

func newFields(s *shell.Session) shell.Screen {
	option := func(v string) parts.Option { return parts.Option{Value: v, Label: v} }
	return fields{page.NewForm(s, words.PageWait, parts.NewForm(words.PageNext,
		parts.Field{Name: "name", Label: "Naam", Value: "Ann", Need: true},
		parts.Field{Name: "secret", Label: "Wachtwoord", Kind: parts.Password},
		parts.Field{Name: "colour", Label: "Kleur", Kind: parts.Choice, Options: []parts.Option{option("rood"), option("groen"), option("blauw")}, Value: "groen"},
		parts.Field{Name: "days", Label: "Dagen", Kind: parts.Many, Options: []parts.Option{option("maandag"), option("dinsdag")}},
		parts.Field{Name: "note", Label: "Nota", Kind: parts.Lines, Value: "een\ntwee"},
	))}
}

func (f fields) Init() tea.Cmd { return nil }
func (f fields) Title() string { return "Velden" }

func (f fields) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	var event parts.FormEvent
	if f.Form, event = f.Fill(msg); event == parts.FormSubmitted {
		said := []string{f.Body.Value("name"), f.Body.Value("secret"), f.Body.Value("colour"), strings.Join(f.Body.Values("days"), "+"), f.Body.Value("note")}
		return f, shell.Notify(shell.Good, words.Key(strings.ReplaceAll(strings.Join(said, "|"), "\n", "/")))
	}
	return f, nil
}

// TestEveryKindOfField fills in a form by numbers and lines.
func TestEveryKindOfField(t *testing.T) {
	e := hear(t, newFields)
	e.picks(`^\d+\. Naam`)
	e.Hears(`nu staat er "Ann"`)
	e.says("Bea Claes")
	e.Hears(`^\d+\. Naam.*: Bea Claes$`) // name and value in one line
	e.again()
	e.picks(`^\d+\. Wachtwoord`)
	e.Hears("kan op uw scherm te lezen zijn")
	e.says("12 geheime woorden")
	e.again()
	e.picks(`^\d+\. Kleur`)
	e.picks(`^\d\. rood$`) // before the one that was chosen
	e.Hears(`^\d+\. Kleur.*: rood$`)
	e.again()
	e.picks(`^\d+\. \[ \] dinsdag`)
	e.Hears(`\[x\] dinsdag`)
	e.again()
	e.picks(`^\d+\. Nota`)
	e.Hears("^twee$")
	e.says("drie", "", "vier.", ".")
	e.again()
	e.Hears(`\[vier\.\]`)
	if next := e.Hears(`.`); !strings.Contains(next, "[verder]") { // lines with nothing on them aren't heard
		t.Errorf("after the text comes %q", next)
	}
	e.again()
	e.picks(`\[verder\]`)
	e.Hears(`Bea Claes\|12 geheime woorden\|rood\|dinsdag\|drie//vier\.`)
}

// known is a page with a fact and a table with a long cell, and a question when it is left.
type known struct {
	page.Page
	table parts.Table
}

const longTitle = "Bestanden en mappen terugvinden op de gedeelde schijf van de dienst"

func newKnown(s *shell.Session) shell.Screen {
	columns := []parts.Column{{Title: words.PageNext, Min: 10, Grow: 1}, {Title: words.PageNext, Min: 60}}
	rows := []parts.Row{{ID: "1", Cells: []string{longTitle, "open"}}}
	return known{page.Still(s), parts.NewTable(columns, rows)}
}

func (k known) Init() tea.Cmd { return nil }
func (k known) Title() string { return "Wat er is" }

func (k known) ShortHelp() []key.Binding  { return nil }
func (k known) FullHelp() [][]key.Binding { return nil }

func (k known) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if size, is := msg.(tea.WindowSizeMsg); is {
		k.table = k.table.Sized(size.Width, 10)
	}
	return k, nil
}

func (k known) Cursor() (x, y int, shown bool) {
	x, y, shown = k.table.Cursor()
	return x, y + 1, shown
}

func (k known) View() string {
	return strings.Join(append(k.Facts(page.Fact{Label: words.PageNext, Value: "open"}), k.table.View(k.S.Look())), "\n")
}

// TestWhatIsHeardIsWhole hears a fact as its name and what it is, a cell in full, and a question without a word of arrows.
func TestWhatIsHeardIsWhole(t *testing.T) {
	e := hear(t, newKnown)
	e.Hears(`^verder: open$`)
	e.Hears(`^1\. ` + longTitle + `, open$`)
	e.says("esc")
	e.Hears(`^Wilt u afmelden`)
	e.Hears(`^2\. Ja`)
	if next := e.Hears(`.`); !regexp.MustCompile(`^3\. Esc`).MatchString(next) {
		t.Errorf("after the answers comes %q", next)
	}
}

// TestNumberThatWasNotRead: a number after the last that was read does nothing, and says how far they go.
func TestNumberThatWasNotRead(t *testing.T) {
	e := hear(t, items.NewPractices)
	e.Hears("^Welke dag komt na maandag")
	last, err := strconv.Atoi(e.Number(`F1: `))
	if err != nil {
		t.Fatal(err)
	}
	for n := last + 1; n < last+6; n++ {
		e.says(strconv.Itoa(n))
		e.Hears(fmt.Sprintf(`^Nummer %d is er niet\. Kies van 1 tot %d\.`, n, last))
	}
	e.again()
	e.picks(`dinsdag$`) // the page is as it was, and in the same language
	e.Hears("Goed zo")
}
