package assessment

import (
	"digibrug/quiz"
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Journey is the first screen of who comes with a paper code for one campaign. It opens what the person came for at
// once: the instruction, the question where they stopped, or the result. Back here it says how it stands, and that
// the code stays good, or that all is done.
type Journey struct {
	page
	campaign string
	v        quiz.Invitation
	found    bool // the person is invited
	loaded   bool
	failed   bool // the last load failed; Enter tries again
	opened   bool // what the person came for was opened
	list     parts.List
}

// journeyMsg is what a load brought.
type journeyMsg struct {
	campaign string
	v        quiz.Invitation
	found    bool
}

// What can be chosen on the way out.
const (
	journeyOn    = "on"
	journeyClose = "close"
)

// NewJourney opens the journey of a campaign.
func NewJourney(s *shell.Session, store attempts, campaign string) shell.Screen {
	return Journey{page: page{s: s, store: store}, campaign: campaign, list: parts.NewList(parts.Kind{}, nil)}
}

func (j Journey) load() tea.Cmd {
	return func() tea.Msg {
		all, err := j.store.Mine(j.s.Ctx, j.by())
		if err != nil {
			return shell.FailedMsg{Doing: words.HomeLoading, Err: err}
		}
		for _, v := range all {
			if v.Campaign.ID == j.campaign {
				return journeyMsg{j.campaign, v, true}
			}
		}
		return journeyMsg{campaign: j.campaign}
	}
}

// Init loads the campaign.
func (j Journey) Init() tea.Cmd { return j.load() }

// Title is the word for home.
func (j Journey) Title() string { return j.s.T(words.KioskTitle) }

// Update opens what the person came for, and closes the visit.
func (j Journey) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		j.w, j.h = msg.Width, msg.Height
		return j.listed(), nil
	case journeyMsg:
		if msg.campaign == j.campaign {
			return j.stands(msg)
		}
		return j, nil
	case shell.FailedMsg:
		j.failed = !j.loaded
		return j, nil
	case shell.ShownMsg:
		return j, j.load()
	case shell.LookedMsg:
		return j.listed(), nil
	}
	if press, ok := msg.(tea.KeyPressMsg); ok && j.failed && key.Matches(press, j.s.Keys().Enter) {
		j.failed = false
		return j, j.load()
	}
	if !j.loaded {
		return j, nil
	}
	var event parts.Event
	j.list, event = j.list.Update(j.s.Look(), parts.Shift(msg, 0, len(j.text())+1))
	if row, _ := j.list.Current(); event == parts.Chose && row.ID == journeyClose {
		return j, func() tea.Msg { return shell.ByeMsg{} }
	}
	if event == parts.Chose {
		return j, j.open()
	}
	return j, nil
}

// stands takes over how it stands with the campaign. The first time it opens what the person came for.
func (j Journey) stands(msg journeyMsg) (shell.Screen, tea.Cmd) {
	j.v, j.found, j.loaded, j.failed = msg.v, msg.found, true, false
	j = j.listed()
	j.list = j.list.On(journeyOn)
	if j.v.Ended != "" {
		j.list = j.list.On(journeyClose)
	}
	if j.opened {
		return j, nil
	}
	j.opened = true
	return j, j.open()
}

// open gives the screen that belongs to the state of the campaign; nil when there is none.
func (j Journey) open() tea.Cmd {
	switch {
	case j.v.Ended != "":
		return shell.Open(NewResult(j.s, j.store, j.v.Attempt))
	case !j.v.Takable:
		return nil
	case j.v.Attempt != "":
		return shell.Open(NewSheet(j.s, j.store, j.v.Attempt))
	}
	return shell.Open(NewIntro(j.s, j.store, j.v))
}

func (j Journey) listed() Journey {
	var rows []parts.Item
	switch {
	case j.v.Ended != "":
		rows = append(rows, parts.Item{ID: journeyOn, Title: j.s.T(words.KioskResult)})
	case j.v.Takable && j.v.Attempt != "":
		rows = append(rows, parts.Item{ID: journeyOn, Title: j.s.T(words.KioskGoOn)})
	case j.v.Takable:
		rows = append(rows, parts.Item{ID: journeyOn, Title: j.s.T(words.KioskBegin)})
	}
	rows = append(rows, parts.Item{ID: journeyClose, Title: j.s.T(words.KioskClose)})
	j.list = j.list.With(rows).Sized(j.w, len(rows))
	return j
}

// text says how it stands.
func (j Journey) text() []string {
	lines := []string{j.s.Theme().Title.Render(parts.Cut(parts.Plain(j.v.Campaign.Title), j.w)), ""}
	say := func(key words.Key, args ...any) []string {
		return append(lines, parts.Wrap(j.s.T(key, args...), j.w)...)
	}
	switch {
	case !j.found:
		return parts.Wrap(j.s.T(words.KioskNone), j.w)
	case j.v.Ended != "":
		return say(words.KioskDone)
	case !j.v.Takable && j.v.Campaign.State == quiz.Open && j.v.Campaign.OpensOn > dayOf(j.s):
		return say(words.KioskSoon, "day", words.StoredDay(j.s.Lang(), j.v.Campaign.OpensOn))
	case !j.v.Takable:
		return say(words.KioskOver)
	case j.v.Attempt != "":
		return say(words.KioskBusy, "done", j.v.Answered, "total", j.v.Total)
	}
	return say(words.KioskNew)
}

// View says how it stands, and what can be done.
func (j Journey) View() string {
	switch {
	case j.failed:
		return parts.Rows(parts.Wrap(j.s.T(words.PageRetry), j.w), j.h)
	case !j.loaded:
		return parts.Rows(parts.Wrap(j.s.T(words.PageWait), j.w), j.h)
	}
	return parts.Rows(append(j.text(), "", j.list.View(j.s.Look())), j.h)
}

// Cursor is on the choice.
func (j Journey) Cursor() (x, y int, shown bool) {
	x, y, shown = j.list.Cursor()
	return x, y + len(j.text()) + 1, shown && j.loaded
}

// Mouse: choices can be clicked.
func (j Journey) Mouse() bool { return true }

// ShortHelp is the footer.
func (j Journey) ShortHelp() []key.Binding {
	does := words.KioskChoose
	if j.failed {
		does = words.PageAgain
	}
	return []key.Binding{keys.Named(j.s.Keys().Enter, j.s.T(does))}
}

// FullHelp is the help page.
func (j Journey) FullHelp() [][]key.Binding {
	return [][]key.Binding{j.ShortHelp(), j.s.Keys().Moving()}
}
