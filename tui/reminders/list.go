package reminders

import (
	"slices"
	"strconv"

	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// List is what is to be done today, calls first.
type List struct {
	page.List[loans.Bundle]
	desk Desk
}

// listTail is the lines of List below the table, for the row under the cursor.
const listTail = 5

// actAll is the question about all letters.
const actAll = "all"

// New opens the room.
func New(s *shell.Session, desk Desk) shell.Screen {
	b := base{page.Still(s), desk}
	columns := []parts.Column{{Title: words.ReminderColWhat, Min: 11}, {Title: words.ReminderColWho, Min: 12, Grow: 2}, {Title: words.ReminderColDevice, Min: 8, Grow: 1},
		{Title: words.ReminderColLate, Min: 17}, {Title: words.ReminderColTries, Min: 10, Drop: 1}}
	fill := page.Filling[loans.Bundle]{Rows: b.rows, Above: b.above, None: words.ReminderNone, Opens: words.ReminderLook,
		Load: func() ([]loans.Bundle, error) {
			all, err := desk.Store.Reminders(s.Ctx, b.By())
			return jobs(all), err
		}}
	if !b.clerk() {
		fill.None = words.ReminderNoTasks
	}
	return List{page.NewList(s, words.ReminderLoading, columns, fill), desk}
}

func (b base) rows(all []loans.Bundle) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, j := range all {
		tries := 0
		for _, r := range j.All {
			tries = max(tries, len(r.Tries))
		}
		tried := ""
		if tries > 0 {
			tried = b.S.T(words.ReminderTries, "n", tries)
		}
		rows[i] = parts.Row{ID: j.All[0].ID, Cells: []string{b.channel(j.Channel), j.To.Name(), devices(j), b.days(worst(j)), tried}}
	}
	return rows
}

func (b base) all() key.Binding { return b.Letter("m", words.ReminderMakeAll) }
func (b base) out() key.Binding { return b.Letter("u", words.ReminderOut) }

// above counts what is to be done.
func (b base) above(all []loans.Bundle) string {
	if len(all) == 0 {
		return ""
	}
	n := map[bool]int{}
	for _, j := range all {
		n[isSpoken(j.Channel)]++
	}
	if !b.clerk() {
		return b.S.T(words.ReminderCountTasks, "n", n[true]) + "\n"
	}
	return b.S.T(words.ReminderCount, "calls", n[true], "letters", n[false]) + "\n"
}

// Title is the name of the room.
func (l List) Title() string { return l.S.T(words.ReminderTitle) }

func (l List) base() base { return base{l.Page, l.desk} }

// current is the job under the cursor.
func (l List) current() (j loans.Bundle, ok bool) {
	row, ok := l.Table.Current()
	at := slices.IndexFunc(l.All, func(j loans.Bundle) bool { return j.All[0].ID == row.ID })
	if !ok || at < 0 {
		return j, false
	}
	return l.All[at], true
}

// letters are the jobs that are papers.
func (l List) letters() []loans.Bundle {
	return slices.DeleteFunc(slices.Clone(l.All), func(j loans.Bundle) bool { return isSpoken(j.Channel) })
}

// Update moves along the list, opens what is to be done, and makes all letters after a question.
func (l List) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	b := l.base()
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		msg.Height -= listTail
		l.List, _, _ = l.Take(msg)
		return l, nil
	case page.DoneMsg[saved]:
		return l.done(msg)
	case page.YesMsg:
		next, ok := l.Agreed(msg)
		if l.Page = next; ok {
			return l.makeAll()
		}
		return l, nil
	}
	switch {
	case b.clerk() && l.Pressed(msg, b.out()):
		return l, shell.Open(newOut(l.S, l.desk))
	case b.clerk() && len(l.letters()) > 0 && l.Pressed(msg, b.all()):
		var cmd tea.Cmd
		l.Page, cmd = l.Ask(actAll, words.ReminderAllAsk, words.ReminderAllYes, "n", len(l.letters()))
		return l, cmd
	case l.Pressed(msg, b.history()):
		if j, ok := l.current(); ok {
			return l, shell.Open(newHistory(l.S, l.desk, j.All))
		}
	}
	var chose string
	var cmd tea.Cmd
	if l.List, chose, cmd = l.Take(msg); chose != "" {
		if j, ok := l.current(); ok {
			return l, shell.Open(newJob(l.S, l.desk, j))
		}
	}
	return l, cmd
}

// newJob opens what is to be done.
func newJob(s *shell.Session, desk Desk, j loans.Bundle) shell.Screen {
	if isSpoken(j.Channel) {
		return newCall(s, desk, j)
	}
	return newLetter(s, desk, j)
}

// makeAll makes the letters one after the other, each together with its steps: what was made before one fails, is made.
func (l List) makeAll() (shell.Screen, tea.Cmd) {
	all := l.letters()
	l.Page = l.Acts(words.ReminderSaving)
	return l, page.Fetch(l.Acting, func() (saved, error) {
		made, registered := 0, 0
		for _, j := range all {
			done, _, err := l.desk.Papers.Remind(l.S.Ctx, l.By(), l.desk.way(j.Channel), j)
			if err != nil {
				return saved{}, err
			}
			if len(done) > 0 {
				made++
			}
			if len(done) > 0 && j.Channel == loans.Registered {
				registered++
			}
		}
		switch {
		case made == 0:
			return meanwhile(), nil
		case registered > 0:
			return saved{words.ReminderAllRegistered, []any{"n", made, "registered", registered}, true}, nil
		}
		return saved{said: words.ReminderAllMade, args: []any{"n", made}}, nil
	})
}

// done tells how it went and loads anew, after a failure too: some letters may have been made.
func (l List) done(msg page.DoneMsg[saved]) (shell.Screen, tea.Cmd) {
	if msg.Of == nil || msg.Of != l.Acting {
		return l, nil
	}
	next, ok, tell := page.Settled(l.Page, msg)
	if l.Page = next; ok {
		tell = msg.Got.tell()
	}
	var load tea.Cmd
	l.List, _, load = l.Reload()
	return l, tea.Batch(tell, load)
}

// View gives the list, and of the row under the cursor whom to call and what to say, or what the paper is about.
func (l List) View() string {
	j, ok := l.current()
	if !l.Loaded || !ok {
		return l.List.View()
	}
	b := l.base()
	texts := []string{b.S.T(words.ReminderPhoneLine, "name", j.To.Name(), "phone", b.phone(j)), b.say(j)}
	if !isSpoken(j.Channel) {
		texts = []string{b.S.T(words.ReminderPaperLine, "what", b.channel(j.Channel), "name", j.To.Name(), "n", len(j.All), "step", strconv.FormatInt(j.Step(), 10))}
	}
	lines := page.Shortened(l.Paragraphs(texts...), min(l.W, parts.MaxWidth), listTail-1)
	return l.List.View() + "\n\n" + parts.Rows(lines, listTail-1)
}

// ShortHelp is the footer; who has tasks alone makes no letters and sees no other loans.
func (l List) ShortHelp() []key.Binding {
	short, b := l.List.ShortHelp(), l.base()
	if !l.Loaded {
		return short
	}
	var more []key.Binding
	if b.clerk() && len(l.letters()) > 0 {
		more = append(more, b.all())
	}
	if b.clerk() {
		more = append(more, b.out())
	}
	if _, ok := l.current(); ok {
		return slices.Insert(short, 1, append(more, b.history())...)
	}
	return append(more, short...)
}

// FullHelp is the help page.
func (l List) FullHelp() [][]key.Binding { return [][]key.Binding{l.ShortHelp(), l.S.Keys().Moving()} }
