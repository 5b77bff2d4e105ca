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
	page.List[quiz.Campaign]
	store  campaigns
	people people
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
	d := still(s)
	fill := page.Filling[quiz.Campaign]{
		Load: func() ([]quiz.Campaign, error) { return store.Campaigns(s.Ctx, d.By()) },
		Rows: d.campaignRows,
	}
	if d.ict() {
		fill.Opens, fill.None = words.AdminOpen, words.AdminCampaignsNone
		fill.Can = func() []key.Binding { return []key.Binding{d.addCampaign()} }
	}
	return Campaigns{store: store, people: people, List: page.NewList(s, words.AdminCampaignsLoading, columns, fill)}
}

// Title is the name of the room.
func (c Campaigns) Title() string { return c.S.T(words.AdminCampaigns) }

// Update moves along the list, and opens a campaign or the form for a new one.
func (c Campaigns) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	d := still(c.S)
	if d.ict() && c.Pressed(msg, d.addCampaign()) {
		return c, shell.Open(NewCampaignForm(c.S, c.store, c.people))
	}
	var chose string
	var cmd tea.Cmd
	c.List, chose, cmd = c.Take(msg)
	if chose != "" && d.ict() {
		cmd = shell.Open(NewCampaign(c.S, c.store, c.people, chose))
	}
	return c, cmd
}

func (d desk) addCampaign() key.Binding { return d.Letter("n", words.AdminCampaignAdd) }

func (d desk) campaignRows(all []quiz.Campaign) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, one := range all {
		count := func(n int) string {
			if one.State == quiz.Draft {
				return "-"
			}
			return strconv.Itoa(n)
		}
		rows[i] = parts.Row{ID: one.ID, Cells: []string{one.Title, d.S.T(d.stateOf(one)), d.shortDay(one.OpensOn) + " - " + d.shortDay(one.ClosesOn),
			count(one.Invited), count(one.Started), count(one.Ended)}}
	}
	return rows
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
