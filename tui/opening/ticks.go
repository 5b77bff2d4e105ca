package opening

import (
	"slices"

	"digibrug/data/calendar"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Ticks ticks the holidays, local days and school holidays that close a location, each with when it comes next.
type Ticks struct {
	room
	id   string
	f    found
	list parts.List
}

// ticksTop is the lines above the list.
const ticksTop = 2

func newTicks(s *shell.Session, desk Desk, id string) shell.Screen {
	t := Ticks{room: room{page.New(s, words.CalendarLoading), desk}, id: id}
	t.list = parts.NewList(parts.Kind{Many: t.ict()}, nil)
	return t
}

func (t Ticks) load() tea.Cmd {
	return page.Fetch(t.Loading, func() (found, error) { return t.read(t.id) })
}

// Init loads what is ticked.
func (t Ticks) Init() tea.Cmd { return t.load() }

// Title is what it is.
func (t Ticks) Title() string { return t.S.T(words.CalendarTicks) }

// Update ticks and saves.
func (t Ticks) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		t.W, t.H = msg.Width, msg.Height
		return t.listed(), nil
	case page.DoneMsg[found]:
		next, ok, tell := page.Settled(t.Page, msg)
		if t.Page = next; ok {
			t.f = msg.Got
			t.list = t.list.Tick(texts(t.f.c.Ticks)...)
		}
		return t.listed(), tell
	case page.DoneMsg[saved]:
		next, ok, tell := page.Settled(t.Page, msg)
		if t.Page = next; ok {
			return t, tea.Batch(shell.Back(), shell.Notify(shell.Good, msg.Got.said, msg.Got.args...))
		}
		return t, tell
	case shell.LookedMsg:
		return t.listed(), nil
	}
	if t.Retries(msg) {
		t.Page = t.Again()
		return t, t.load()
	}
	if !t.Loaded || t.Busy() {
		return t, nil
	}
	var event parts.Event
	t.list, event = t.list.Update(t.S.Look(), parts.Shift(msg, 0, ticksTop))
	if event == parts.Chose {
		return t.save()
	}
	return t, nil
}

func texts(codes []calendar.Code) []string {
	all := make([]string, len(codes))
	for i, code := range codes {
		all[i] = string(code)
	}
	return all
}

func (t Ticks) listed() Ticks {
	var rows []parts.Item
	for _, code := range calendar.Ticks() {
		if !t.ict() && !slices.Contains(t.f.c.Ticks, code) {
			continue
		}
		next := t.S.T(words.CalendarNotAnnounced)
		if first, last, ok := t.f.c.Next(code, t.today()); ok {
			next = words.DaySpan(t.S.Lang(), first, last)
		}
		rows = append(rows, parts.Item{ID: string(code), Title: t.S.T(words.CalendarDay(code)), Note: next})
	}
	t.list = t.list.With(rows).Sized(t.W, max(1, t.H-ticksTop))
	return t
}

// changes gives what was ticked and unticked since it was loaded.
func (t Ticks) changes() (give, take []calendar.Code) {
	ticked := t.list.Ticked()
	for _, code := range calendar.Ticks() {
		now, was := slices.Contains(ticked, string(code)), slices.Contains(t.f.c.Ticks, code)
		switch {
		case now && !was:
			give = append(give, code)
		case was && !now:
			take = append(take, code)
		}
	}
	return give, take
}

// save writes what changed, and leaves what others changed meanwhile.
func (t Ticks) save() (shell.Screen, tea.Cmd) {
	give, take := t.changes()
	if !t.ict() || len(give)+len(take) == 0 {
		return t, shell.Back()
	}
	t.Page = t.Acts(words.CalendarSaving)
	return t, page.Fetch(t.Acting, func() (saved, error) {
		return saved{said: words.CalendarTicksSaved, args: []any{"name", t.f.l.Name, "n", len(give) + len(take)}},
			t.desk.Store.ChangeTicks(t.S.Ctx, t.By(), t.id, give, take)
	})
}

// View gives the list.
func (t Ticks) View() string {
	if !t.Loaded {
		return t.Waiting()
	}
	lead := t.S.T(words.CalendarTicksLead, "name", t.f.l.Name)
	if t.Busy() {
		lead = t.S.T(words.PageWait)
	}
	return t.S.Theme().Quiet.Render(parts.Cut(parts.Plain(lead), t.W)) + "\n\n" + t.list.View(t.S.Look())
}

// Cursor is on the day under the cursor.
func (t Ticks) Cursor() (x, y int, shown bool) {
	x, y, shown = t.list.Cursor()
	return x, y + ticksTop, shown && t.Loaded
}

// Mouse: days can be clicked.
func (t Ticks) Mouse() bool { return true }

// Leaving asks when something was ticked and not saved.
func (t Ticks) Leaving() (ask words.Key, must bool) {
	give, take := t.changes()
	return words.CalendarTicksLeave, t.Loaded && t.ict() && len(give)+len(take) > 0
}

// ShortHelp is the footer.
func (t Ticks) ShortHelp() []key.Binding {
	switch {
	case !t.Loaded:
		return []key.Binding{t.Enter(words.PageAgain)}
	case !t.ict():
		return nil
	}
	return []key.Binding{t.S.Keys().Space, t.Enter(words.CalendarDoSave)}
}

// FullHelp is the help page.
func (t Ticks) FullHelp() [][]key.Binding { return [][]key.Binding{t.ShortHelp(), t.S.Keys().Moving()} }
