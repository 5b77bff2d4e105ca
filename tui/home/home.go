// Package home is where everybody comes in: the list of rooms that the person may enter, and the own
// password.
package home

import (
	"context"
	"slices"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// invitations is what the home screen asks of the quiz floor; *quiz.Store has it.
type invitations interface {
	Mine(ctx context.Context, by data.Actor) ([]quiz.Invitation, error)
}

// Home greets the person and lists the rooms.
type Home struct {
	s       *shell.Session
	store   invitations
	entries []shell.Entry
	calling map[shell.Room]bool // rooms in which something waits; never changed, always made anew
	w, h    int
	waiting []quiz.Invitation // campaigns that ask for the person today
	list    parts.List
}

type waitingMsg struct {
	all     []quiz.Invitation
	calling map[shell.Room]bool
}

// New opens the home screen with those of the entries that the person may enter.
func New(s *shell.Session, store invitations, entries []shell.Entry) shell.Screen {
	h := Home{s: s, store: store, list: parts.NewList(parts.Kind{}, nil)}
	for _, e := range entries {
		if (!e.Quiet || e.Waits != nil) && (e.May == nil || e.May(s.Who)) {
			h.entries = append(h.entries, e)
		}
	}
	return h.listed()
}

// Init looks whether something waits for the person.
func (h Home) Init() tea.Cmd {
	return func() tea.Msg {
		waiting, err := h.takable()
		calling := map[shell.Room]bool{}
		for _, e := range h.entries {
			if e.Waits == nil || err != nil {
				continue
			}
			calling[e.Room], err = e.Waits(h.s.Ctx, h.s.Who.Actor())
		}
		if err != nil {
			return shell.FailedMsg{Doing: words.HomeLoading, Err: err}
		}
		return waitingMsg{waiting, calling}
	}
}

// takable are the campaigns that ask for the person today.
func (h Home) takable() ([]quiz.Invitation, error) {
	if !h.s.Who.Has(data.RoleStaff) {
		return nil, nil
	}
	all, err := h.store.Mine(h.s.Ctx, h.s.Who.Actor())
	return slices.DeleteFunc(all, func(v quiz.Invitation) bool { return !v.Takable || v.Ended != "" }), err
}

// Title is the word for home.
func (h Home) Title() string { return h.s.T(words.HomeTitle) }

// Update moves along the list and enters a room.
func (h Home) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		h.w, h.h = msg.Width, msg.Height
		return h.listed(), nil
	case waitingMsg:
		h.waiting, h.calling = msg.all, msg.calling
		return h.listed(), nil
	case shell.ShownMsg:
		return h, h.Init()
	case shell.LookedMsg:
		return h.listed(), nil
	}
	var event parts.Event
	h.list, event = h.list.Update(h.s.Look(), parts.Shift(msg, 0, len(h.greeting())))
	if row, ok := h.list.Current(); ok && event == parts.Chose {
		return h, shell.Go(shell.Room(row.ID))
	}
	return h, nil
}

func (h Home) listed() Home {
	var rows []parts.Item
	for _, e := range h.entries {
		if e.Quiet && !h.calling[e.Room] {
			continue
		}
		rows = append(rows, parts.Item{ID: string(e.Room), Title: h.s.T(e.Title)})
	}
	h.list = h.list.With(rows).Sized(h.w, max(1, h.h-len(h.greeting())))
	return h
}

// greeting is the lines above the list, with an empty one at the end.
func (h Home) greeting() []string {
	theme := h.s.Theme()
	lines := []string{theme.Title.Render(parts.Cut(h.s.T(words.HomeHello, "name", h.s.Who.Name), h.w)), ""}
	nothing := len(h.waiting) == 0
	for _, v := range h.waiting {
		text := h.s.T(words.HomeWaiting, "title", v.Campaign.Title, "day", words.StoredDay(h.s.Lang(), v.Campaign.ClosesOn))
		if v.Attempt != "" {
			text = h.s.T(words.HomeBusy, "title", v.Campaign.Title, "done", v.Answered, "total", v.Total)
		}
		for _, line := range parts.Wrap(text, h.w) {
			lines = append(lines, theme.Warn.Render(line))
		}
	}
	for _, e := range h.entries {
		if h.calling[e.Room] {
			lines = append(lines, theme.Warn.Render(parts.Cut(h.s.T(words.HomeCalls, "room", h.s.T(e.Title)), h.w)))
			nothing = false
		}
	}
	if nothing {
		lines = append(lines, theme.Quiet.Render(parts.Cut(h.s.T(words.HomeNothing), h.w)))
	}
	return append(lines, "", parts.Cut(h.s.T(words.HomeChoose), h.w), "")
}

// View gives greeting and rooms.
func (h Home) View() string {
	lines := append(h.greeting(), h.list.View(h.s.Look()))
	return parts.Rows(lines, h.h)
}

// Cursor is on the chosen room.
func (h Home) Cursor() (x, y int, shown bool) {
	x, y, shown = h.list.Cursor()
	return x, y + len(h.greeting()), shown
}

// Mouse: rooms can be clicked.
func (h Home) Mouse() bool { return true }

// ShortHelp is the footer.
func (h Home) ShortHelp() []key.Binding {
	return []key.Binding{keys.Named(h.s.Keys().Enter, h.s.T(words.HomeEnter))}
}

// FullHelp is the help page.
func (h Home) FullHelp() [][]key.Binding { return [][]key.Binding{h.ShortHelp(), h.s.Keys().Moving()} }
