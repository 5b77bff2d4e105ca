package admin

import (
	"context"
	"strconv"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// campaigns is what the list of campaigns, and the screens that it opens, need of the quiz floor;
// *quiz.Store has it. There is no method in it that gives anything about one person.
type campaigns interface {
	Campaigns(ctx context.Context, by data.Actor) ([]quiz.Campaign, error)
	campaignAdder
	campaignKeeper
}

// Campaigns lists all campaigns with their counts.
type Campaigns struct {
	desk
	store  campaigns
	people people
	all    []quiz.Campaign
	table  parts.Table
}

// NewCampaigns opens the list.
func NewCampaigns(s *shell.Session, store campaigns, people people) shell.Screen {
	columns := []parts.Column{
		{Title: words.AdminTitle, Min: 18, Grow: 1},
		{Title: words.AdminState, Min: 10},
		{Title: words.AdminDays, Min: 19, Drop: 2},
		{Title: words.AdminInvited, Min: 11, Drop: 1, Right: true},
		{Title: words.AdminStarted, Min: 8, Drop: 3, Right: true},
		{Title: words.AdminEnded, Min: 5, Right: true},
	}
	return Campaigns{desk: newDesk(s, words.AdminCampaignsLoading), store: store, people: people,
		table: parts.NewTable(columns, nil)}
}

func (c Campaigns) load() tea.Cmd {
	return page.Fetch(c.Loading, func() ([]quiz.Campaign, error) { return c.store.Campaigns(c.S.Ctx, c.By()) })
}

// Init loads the list.
func (c Campaigns) Init() tea.Cmd { return c.load() }

// Title is the name of the room.
func (c Campaigns) Title() string { return c.S.T(words.AdminCampaigns) }

// Update moves along the list, and opens a campaign or the form for a new one.
func (c Campaigns) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		c.W, c.H = msg.Width, msg.Height
		c.table = c.table.Sized(c.W, c.H)
		return c, nil
	case page.DoneMsg[[]quiz.Campaign]:
		next, ok, tell := page.Settled(c.Page, msg)
		if c.Page = next; ok {
			c.all = msg.Got
		}
		return c.listed(), tell
	case shell.ShownMsg:
		c.Page = c.Again()
		return c, c.load()
	case shell.LookedMsg:
		return c.listed(), nil
	}
	if c.Retries(msg) {
		c.Page = c.Again()
		return c, c.load()
	}
	if !c.Loaded {
		return c, nil
	}
	if press, ok := msg.(tea.KeyPressMsg); ok && !c.table.Typing() && c.ict() && key.Matches(press, c.add()) {
		return c, shell.Open(NewCampaignForm(c.S, c.store, c.people))
	}
	var event parts.Event
	c.table, event = c.table.Update(c.S.Look(), msg)
	if row, ok := c.table.Current(); ok && event == parts.Chose && c.ict() {
		return c, shell.Open(NewCampaign(c.S, c.store, c.people, row.ID))
	}
	return c, nil
}

func (c Campaigns) listed() Campaigns {
	rows := make([]parts.Row, len(c.all))
	for i, one := range c.all {
		count := func(n int) string {
			if one.State == quiz.Draft {
				return "-"
			}
			return strconv.Itoa(n)
		}
		rows[i] = parts.Row{ID: one.ID, Cells: []string{one.Title, c.S.T(c.stateOf(one)), c.shortDay(one.OpensOn) + " - " + c.shortDay(one.ClosesOn),
			count(one.Invited), count(one.Started), count(one.Ended)}}
	}
	c.table = c.table.With(rows)
	return c
}

// shortDay writes a stored day as 23/11/26.
func (p desk) shortDay(stored string) string {
	at, err := data.ParseDay(stored)
	if err != nil {
		return parts.Plain(stored)
	}
	return at.Format("02/01/06")
}

// stateOf says in a word where a campaign is today. One that is open but whose last day has passed still
// waits to be closed.
func (p desk) stateOf(c quiz.Campaign) words.Key {
	today := data.DayOf(p.S.Now())
	switch {
	case c.State == quiz.Draft:
		return words.AdminStateDraft
	case c.State == quiz.Closed:
		return words.AdminStateDone
	case today < c.OpensOn:
		return words.AdminStateSoon
	case today > c.ClosesOn:
		return words.AdminStateLate
	}
	return words.AdminStateRuns
}

// View gives the table.
func (c Campaigns) View() string {
	switch {
	case !c.Loaded:
		return c.Waiting()
	case len(c.all) == 0 && c.ict():
		return page.Fitted(c.Paragraphs(c.S.T(words.AdminCampaignsNone)), c.H)
	}
	return c.table.View(c.S.Look())
}

// Cursor is on the chosen campaign.
func (c Campaigns) Cursor() (x, y int, shown bool) {
	x, y, shown = c.table.Cursor()
	return x, y, shown && c.Loaded && len(c.all) > 0
}

// Typing: letters go into the filter.
func (c Campaigns) Typing() bool { return c.Loaded && c.table.Typing() }

// Inside: Esc closes the filter.
func (c Campaigns) Inside() bool { return c.table.Inside() }

// Mouse: campaigns can be clicked.
func (c Campaigns) Mouse() bool { return true }

func (c Campaigns) add() key.Binding { return c.Letter("n", words.AdminCampaignAdd) }

// ShortHelp is the footer.
func (c Campaigns) ShortHelp() []key.Binding {
	switch {
	case !c.Loaded:
		return []key.Binding{c.Enter(words.PageAgain)}
	case !c.ict():
		return []key.Binding{c.Search()}
	case len(c.all) == 0:
		return []key.Binding{c.add()}
	}
	return []key.Binding{c.Enter(words.AdminOpen), c.add(), c.Search()}
}

// FullHelp is the help page.
func (c Campaigns) FullHelp() [][]key.Binding {
	return [][]key.Binding{c.ShortHelp(), c.S.Keys().Moving()}
}
