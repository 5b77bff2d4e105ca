package services

import (
	"fmt"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Service shows one service or cluster and what can be done with it.
type Service struct {
	room
	people *data.People
	id     string
	b      data.Branch
	list   parts.List
}

// What can be done with a service. Of actDrop the person follows.
const (
	actHead    = "head"
	actNoHead  = "nohead"
	actStandin = "standin"
	actDrop    = "drop "
	actChange  = "change"
	actClose   = "close"
)

// changed is the reply to a change; said tells it.
type changed struct{ said words.Key }

func newService(s *shell.Session, people *data.People, id string) shell.Screen {
	return Service{room: room{page.New(s, words.OrgLoading)}, people: people, id: id, list: parts.NewList(parts.Kind{}, nil)}
}

func (s Service) load() tea.Cmd {
	return page.Fetch(s.Loading, func() (data.Branch, error) {
		tree, err := s.people.Tree(s.S.Ctx, s.By())
		if err != nil {
			return data.Branch{}, err
		}
		at := slices.IndexFunc(tree, func(b data.Branch) bool { return b.ID == s.id })
		if at < 0 {
			return data.Branch{}, fmt.Errorf("service %s: %w", s.id, data.ErrNotFound)
		}
		return tree[at], nil
	})
}

// Init loads the service.
func (s Service) Init() tea.Cmd { return s.load() }

// Title is its name.
func (s Service) Title() string {
	if s.b.Name == "" {
		return s.S.T(words.OrgColService)
	}
	return s.b.Name
}

// Update chooses an action and does it.
func (s Service) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.W, s.H = msg.Width, msg.Height
		return s.listed(), nil
	case page.DoneMsg[data.Branch]:
		next, ok, tell := page.Settled(s.Page, msg)
		if s.Page = next; ok {
			s.b = msg.Got
		}
		return s.listed(), tell
	case page.DoneMsg[changed]:
		next, ok, tell := page.Settled(s.Page, msg)
		s.Page = next
		if ok {
			tell = shell.Notify(shell.Good, msg.Got.said, "name", s.b.Name)
		} else if tell == nil {
			return s, nil
		}
		s.Page = s.Again()
		return s, tea.Batch(tell, s.load())
	case page.YesMsg:
		return s.act(msg)
	case shell.ShownMsg:
		s.Page = s.Again()
		return s, s.load()
	case shell.LookedMsg:
		return s.listed(), nil
	}
	return s.chosen(msg)
}

// chosen moves along the actions.
func (s Service) chosen(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if s.Retries(msg) {
		s.Page = s.Again()
		return s, s.load()
	}
	if !s.Loaded || s.Busy() {
		return s, nil
	}
	var event parts.Event
	s.list, event = s.list.Update(s.S.Look(), parts.Shift(msg, 0, len(s.top())))
	row, ok := s.list.Current()
	if event != parts.Chose || !ok {
		return s, nil
	}
	var cmd tea.Cmd
	switch {
	case row.ID == actHead:
		return s, shell.Open(newLeader(s.S, s.people, s.b, false))
	case row.ID == actStandin:
		return s, shell.Open(newLeader(s.S, s.people, s.b, true))
	case row.ID == actChange:
		return s, shell.Open(newForm(s.S, s.people, s.b))
	case row.ID == actNoHead:
		s.Page, cmd = s.Ask(actNoHead, words.OrgNoHeadAsk, words.OrgNoHeadYes, "name", s.b.Head.Name, "service", s.b.Name)
	case row.ID == actClose:
		s.Page, cmd = s.Ask(actClose, words.OrgCloseAsk, words.OrgCloseYes, "name", s.b.Name)
	case strings.HasPrefix(row.ID, actDrop):
		s.Page, cmd = s.Ask(row.ID, words.OrgDropAsk, words.OrgDropYes, "name", s.standin(row.ID).Name, "service", s.b.Name)
	}
	return s, cmd
}

// standin is the one that an action is about.
func (s Service) standin(act string) data.Leader {
	for _, l := range s.b.Standins {
		if actDrop+l.PersonID == act {
			return l
		}
	}
	return data.Leader{}
}

// act does what was agreed to.
func (s Service) act(msg page.YesMsg) (shell.Screen, tea.Cmd) {
	next, ok := s.Agreed(msg)
	if s.Page = next; !ok {
		return s, nil
	}
	s.Page = s.Acts(words.OrgSaving)
	ctx, by, id := s.S.Ctx, s.By(), s.b.ID
	return s, page.Fetch(s.Acting, func() (changed, error) {
		switch {
		case msg.Act == actNoHead:
			return changed{words.OrgChanged}, s.people.SetHead(ctx, by, id, "")
		case msg.Act == actClose:
			return changed{words.OrgClosed}, s.people.Close(ctx, by, id, data.DayOf(s.S.Now()))
		}
		return changed{words.OrgChanged}, s.people.DropStandIn(ctx, by, id, strings.TrimPrefix(msg.Act, actDrop))
	})
}

// listed offers what the visitor's role may do.
func (s Service) listed() Service {
	var rows []parts.Item
	offer := func(id, title string) { rows = append(rows, parts.Item{ID: id, Title: title}) }
	if s.ict() && s.b.ClosedOn == "" {
		offer(actHead, s.S.T(words.OrgDoHead))
		if s.b.Head.PersonID != "" {
			offer(actNoHead, s.S.T(words.OrgDoNoHead))
		}
		offer(actStandin, s.S.T(words.OrgDoStandin))
		for _, l := range s.b.Standins {
			offer(actDrop+l.PersonID, s.S.T(words.OrgDoDrop, "name", l.Name))
		}
		offer(actChange, s.S.T(words.OrgDoChange))
		offer(actClose, s.S.T(words.OrgDoClose))
	}
	s.list = s.list.With(rows).Sized(s.W, max(1, min(len(rows), s.H-8)))
	return s
}

// top is everything above the actions.
func (s Service) top() []string {
	kind := s.b.Organisation
	if s.b.Cluster != "" {
		kind += " > " + s.b.Cluster
	}
	facts := []page.Fact{page.Named(words.OrgPlace, kind), page.Named(words.OrgColHead, s.leader(s.b.Head))}
	for _, l := range s.b.Standins {
		facts = append(facts, page.Named(words.OrgColStandins, s.leader(l)))
	}
	if !s.b.IsCluster {
		facts = append(facts, page.Named(words.OrgColPeople, s.room.people(s.b)))
	}
	if s.b.ClosedOn != "" {
		facts = append(facts, page.Named(words.OrgColClosed, s.Day(s.b.ClosedOn)))
	}
	lines := page.Shortened(s.Facts(facts...), min(s.W, parts.MaxWidth), s.H-s.list.Lines()-2)
	return append(append([]string{s.Headline(s.b.Name)}, lines...), "")
}

// leader tells who leads, until when, and what is missing to see the figures of the group.
func (s Service) leader(l data.Leader) string {
	if l.PersonID == "" {
		return "-"
	}
	text := l.Name
	switch {
	case l.From != "" && l.Until != "":
		text = s.S.T(words.OrgStandinSpan, "name", l.Name, "from", s.Day(l.From), "until", s.Day(l.Until))
	case l.From != "":
		text = s.S.T(words.OrgStandinFrom, "name", l.Name, "from", s.Day(l.From))
	}
	if !l.HasRole {
		text += " " + s.S.T(words.OrgNoRole)
	}
	return text
}

// View gives the facts and the actions.
func (s Service) View() string {
	if !s.Loaded {
		return s.Waiting()
	}
	lines := s.top()
	if s.Busy() {
		lines = append(lines, s.S.T(words.PageWait))
	} else {
		lines = append(lines, strings.Split(s.list.View(s.S.Look()), "\n")...)
	}
	return page.Fitted(lines, s.H)
}

// Cursor is on the action.
func (s Service) Cursor() (x, y int, shown bool) {
	x, y, shown = s.list.Cursor()
	return x, y + len(s.top()), shown && s.Loaded && s.list.Len() > 0
}

// Mouse: actions can be clicked.
func (s Service) Mouse() bool { return true }

// ShortHelp is the footer.
func (s Service) ShortHelp() []key.Binding {
	switch {
	case !s.Loaded:
		return []key.Binding{s.Enter(words.PageAgain)}
	case s.list.Len() == 0:
		return nil
	}
	return []key.Binding{s.Enter(words.OrgChoose)}
}

// FullHelp is the help page.
func (s Service) FullHelp() [][]key.Binding {
	return [][]key.Binding{s.ShortHelp(), s.S.Keys().Moving()}
}
