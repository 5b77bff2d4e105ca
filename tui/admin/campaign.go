package admin

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// campaignKeeper is what the screen of one campaign needs of the quiz floor; *quiz.Store has it.
type campaignKeeper interface {
	Campaign(ctx context.Context, by data.Actor, id string) (quiz.Campaign, error)
	Open(ctx context.Context, by data.Actor, campaign string) error
	Close(ctx context.Context, by data.Actor, campaign string) error
	Discard(ctx context.Context, by data.Actor, campaign string) error
	Move(ctx context.Context, by data.Actor, campaign, closesOn string) error
	DomainTitle(domain string) string
}

// Campaign shows one campaign and opens or closes it. It shows counts of all together, never of a person.
type Campaign struct {
	desk
	store  campaignKeeper
	people people
	id     string
	c      quiz.Campaign
	places places
	top    reader
}

// actDiscard throws a draft away; discarded is the reply.
const actDiscard = "discard"

type discarded struct{}

// discard is the key that throws a draft away.
func (c Campaign) discard() key.Binding {
	return key.NewBinding(key.WithKeys("delete"), key.WithHelp("Del", c.S.T(words.AdminDiscard)))
}

// move is the key for another last day.
func (c Campaign) move() key.Binding { return c.Letter("v", words.AdminMove) }

// campaignFacts is what a load brings.
type campaignFacts struct {
	c      quiz.Campaign
	places places
}

// NewCampaign opens the campaign with that id.
func NewCampaign(s *shell.Session, store campaignKeeper, people people, id string) shell.Screen {
	return Campaign{desk: newDesk(s, words.AdminCampaignsLoading), store: store, people: people, id: id}
}

func (c Campaign) load() tea.Cmd {
	return page.Fetch(c.Loading, func() (campaignFacts, error) {
		got, err := c.store.Campaign(c.S.Ctx, c.By(), c.id)
		if err != nil {
			return campaignFacts{}, err
		}
		places, err := loadPlaces(c.S.Ctx, c.people)
		return campaignFacts{got, places}, err
	})
}

// Init loads the campaign.
func (c Campaign) Init() tea.Cmd { return c.load() }

// Title is the campaign's.
func (c Campaign) Title() string {
	if c.c.Title == "" {
		return c.S.T(words.AdminCampaign)
	}
	return c.c.Title
}

// Update reads on, and opens or closes the campaign after a question.
func (c Campaign) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		c.W, c.H = msg.Width, msg.Height
	case page.DoneMsg[campaignFacts]:
		next, ok, tell := page.Settled(c.Page, msg)
		if c.Page = next; ok {
			c.c, c.places = msg.Got.c, msg.Got.places
		}
		return c, tell
	case page.DoneMsg[quiz.State]:
		return c.changed(msg)
	case page.DoneMsg[discarded]:
		next, ok, tell := page.Settled(c.Page, msg)
		if c.Page = next; ok {
			return c, tea.Batch(shell.Back(), shell.Notify(shell.Good, words.AdminDiscarded))
		}
		return c, tell
	case page.YesMsg:
		return c.act(msg)
	case shell.ShownMsg:
		c.Page = c.Again()
		return c, c.load()
	case tea.KeyPressMsg:
		return c.press(msg)
	}
	return c, nil
}

func (c Campaign) press(msg tea.KeyPressMsg) (shell.Screen, tea.Cmd) {
	switch {
	case c.Retries(msg):
		c.Page = c.Again()
		return c, c.load()
	case !c.Loaded || c.Busy():
		return c, nil
	case key.Matches(msg, c.S.Keys().Enter):
		return c.askFirst()
	case key.Matches(msg, c.move()) && c.c.State != quiz.Closed:
		return c, shell.Open(newMoveForm(c.S, c.store, c.c))
	case key.Matches(msg, c.discard()) && c.c.State == quiz.Draft:
		var cmd tea.Cmd
		c.Page, cmd = c.Ask(actDiscard, words.AdminDiscardAsk, words.AdminDiscardYes, "title", c.c.Title)
		return c, cmd
	}
	c.top = c.top.moved(c.S.Look(), msg, len(c.details()), c.room())
	return c, nil
}

// askFirst puts the question that belongs to the state of the campaign.
func (c Campaign) askFirst() (shell.Screen, tea.Cmd) {
	var cmd tea.Cmd
	switch {
	case c.c.State == quiz.Draft && data.DayOf(c.S.Now()) > c.c.ClosesOn:
		return c, shell.Notify(shell.Warn, words.AdminOpenLate, "day", c.Day(c.c.ClosesOn))
	case c.c.State == quiz.Draft:
		c.Page, cmd = c.Ask(actOpen, words.AdminOpenAsk, words.AdminOpenYes, "n", len(c.c.Services), "title", c.c.Title)
	case c.c.State == quiz.Open:
		c.Page, cmd = c.Ask(actClose, words.AdminShutAsk, words.AdminShutYes, "n", c.c.Started-c.c.Ended, "title", c.c.Title)
	}
	return c, cmd
}

func (c Campaign) act(msg page.YesMsg) (shell.Screen, tea.Cmd) {
	next, ok := c.Agreed(msg)
	if c.Page = next; !ok {
		return c, nil
	}
	if msg.Act == actDiscard {
		c.Page = c.Acts(words.AdminDiscarding)
		return c, page.Fetch(c.Acting, func() (discarded, error) { return discarded{}, c.store.Discard(c.S.Ctx, c.By(), c.id) })
	}
	if msg.Act == actOpen {
		c.Page = c.Acts(words.AdminOpening)
		return c, page.Fetch(c.Acting, func() (quiz.State, error) { return quiz.Open, c.store.Open(c.S.Ctx, c.By(), c.id) })
	}
	c.Page = c.Acts(words.AdminShutting)
	return c, page.Fetch(c.Acting, func() (quiz.State, error) { return quiz.Closed, c.store.Close(c.S.Ctx, c.By(), c.id) })
}

// changed loads the campaign anew, after a failure too: somebody else may have been first.
func (c Campaign) changed(msg page.DoneMsg[quiz.State]) (shell.Screen, tea.Cmd) {
	if msg.Of == nil || msg.Of != c.Acting {
		return c, nil
	}
	next, ok, tell := page.Settled(c.Page, msg)
	c.Page = next.Again()
	if ok {
		said := words.AdminOpened
		switch {
		case msg.Got == quiz.Closed:
			said = words.AdminShut
		case c.c.OpensOn > data.DayOf(c.S.Now()):
			said = words.AdminOpenedSoon
		}
		tell = shell.Notify(shell.Good, said, "day", c.Day(c.c.OpensOn))
	}
	return c, tea.Batch(tell, c.load())
}

// head is what always shows: where the campaign is, the counts, and what can be done.
func (c Campaign) head() []string {
	theme := c.S.Theme()
	lines := []string{c.Headline(c.c.Title)}
	lines = append(lines, c.Paragraphs(c.stands())...)
	if c.c.State != quiz.Draft {
		lines = append(lines, c.Paragraphs(c.S.T(words.AdminCounts, "invited", c.c.Invited, "started", c.c.Started, "ended", c.c.Ended))...)
		lines = append(lines, parts.Bar(c.S.Look(), c.W, c.c.Ended, c.c.Invited, c.S.T(words.AdminDone, "ended", c.c.Ended, "invited", c.c.Invited)))
	}
	if button := c.button(); button != "" {
		lines = append(lines, "", theme.Chosen.Render(parts.Cut(theme.Glyphs.Cursor+" [ "+c.S.T(button)+" ]", c.W)))
	}
	return append(lines, "")
}

// stands says in a sentence where the campaign is today.
func (c Campaign) stands() string {
	switch c.stateOf(c.c) {
	case words.AdminStateDraft:
		return c.S.T(words.AdminStandsDraft)
	case words.AdminStateDone:
		return c.S.T(words.AdminStandsDone, "day", words.ShortDay(c.S.Lang(), c.c.ClosedAt))
	case words.AdminStateSoon:
		return c.S.T(words.AdminStandsSoon, "day", c.Day(c.c.OpensOn))
	case words.AdminStateLate:
		return c.S.T(words.AdminStandsLate, "day", c.Day(c.c.ClosesOn))
	}
	return c.S.T(words.AdminStandsRuns, "day", c.Day(c.c.ClosesOn))
}

// button is what Enter does; empty: nothing.
func (c Campaign) button() words.Key {
	switch {
	case c.Busy():
		return words.PageWait
	case c.c.State == quiz.Draft:
		return words.AdminDoOpen
	case c.c.State == quiz.Open:
		return words.AdminDoShut
	}
	return ""
}

// details is the text under the head.
func (c Campaign) details() []string {
	limit := c.S.T(words.AdminLimitNone)
	if c.c.Limit > 0 {
		limit = words.Duration(c.S.Lang(), c.c.Limit)
	}
	items := strconv.Itoa(c.c.Blueprint.Total())
	if entry := c.c.Blueprint.Entry; entry > 0 {
		items = c.S.T(words.AdminItemsSum, "total", items, "entry", entry)
	}
	lines := c.Facts(
		page.Named(words.AdminDays, c.S.T(words.AdminFromTo, "from", c.Day(c.c.OpensOn), "to", c.Day(c.c.ClosesOn))),
		page.Named(words.AdminServices, dash(strings.Join(c.places.names(c.c.Services), ", "))),
		page.Named(words.AdminLimit, limit),
		page.Named(words.AdminExplain, c.S.T(explainWord(c.c.Explain))),
		page.Named(words.AdminOfferFact, dash(c.c.Offer)),
		page.Named(words.AdminItems, items),
	)
	return append(append(lines, ""), c.matrix()...)
}

func explainWord(e quiz.Explaining) words.Key {
	switch e {
	case quiz.ExplainAtSubmit:
		return words.AdminExplainSubmit
	case quiz.ExplainAtClose:
		return words.AdminExplainClose
	}
	return words.AdminExplainNever
}

// matrix is the blueprint: a line per domain, a column per level.
func (c Campaign) matrix() []string {
	w := min(c.W, parts.MaxWidth)
	row := func(title string, cells ...any) string {
		return parts.Fit(parts.Plain(title), w-25) + fmt.Sprintf("%4v%4v%4v%4v%9v", cells...)
	}
	lines := []string{c.S.Theme().Strong.Render(parts.Cut(row(c.S.T(words.AdminPerLevel), 1, 2, 3, 4, c.S.T(words.AdminSum)), w))}
	for _, domain := range c.c.Blueprint.Domains() {
		var count [5]int
		for _, cell := range c.c.Blueprint.Cells {
			if cell.Domain == domain && cell.Level >= 1 && cell.Level <= 4 {
				count[cell.Level-1] += cell.Count
				count[4] += cell.Count
			}
		}
		lines = append(lines, parts.Cut(row(c.store.DomainTitle(domain), count[0], count[1], count[2], count[3], count[4]), w))
	}
	return lines
}

func (c Campaign) room() int { return max(1, c.H-len(c.head())) }

// View gives the head and as much of the details as there is room for.
func (c Campaign) View() string {
	if !c.Loaded {
		return c.Waiting()
	}
	lines := append(c.head(), c.top.view(c.S.Look(), c.details(), c.W, c.room()))
	return page.Fitted(strings.Split(strings.Join(lines, "\n"), "\n"), c.H)
}

// Cursor is on the button.
func (c Campaign) Cursor() (x, y int, shown bool) {
	return 0, len(c.head()) - 2, c.Loaded && c.button() != ""
}

// ShortHelp is the footer.
func (c Campaign) ShortHelp() []key.Binding {
	read := c.S.Keys().Arrows
	read.SetHelp(read.Help().Key, c.S.T(words.AdminRead))
	switch {
	case !c.Loaded:
		return []key.Binding{c.Enter(words.PageAgain)}
	case c.c.State == quiz.Draft:
		return []key.Binding{c.Enter(words.AdminOpen), c.discard(), c.move(), read}
	case c.c.State == quiz.Open:
		return []key.Binding{c.Enter(words.AdminClose), c.move(), read}
	}
	return []key.Binding{read}
}

// FullHelp is the help page.
func (c Campaign) FullHelp() [][]key.Binding {
	return [][]key.Binding{c.ShortHelp(), c.S.Keys().Moving()}
}
