package codes

import (
	"net/netip"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/tui/page"
	"digibrug/tui/papers"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Code shows one code; it can be printed anew, and taken back.
type Code struct {
	room
	desk Desk
	c    code
}

// What can be asked on the screen of a code.
const (
	actReprint = "reprint"
	actRevoke  = "revoke"
)

func newCode(s *shell.Session, desk Desk, c code) shell.Screen {
	return Code{room{page.Still(s)}, desk, c}
}

// Init does nothing: the list has just loaded it. What is done with it is decided by the store.
func (c Code) Init() tea.Cmd { return nil }

// Title is whose it is.
func (c Code) Title() string { return c.c.Person }

func (c Code) reprint() key.Binding { return c.Letter("p", words.CodeReprint) }

func (c Code) revoke() key.Binding {
	return key.NewBinding(key.WithKeys("delete"), key.WithHelp("Del", c.S.T(words.CodeRevoke)))
}

// open tells whether the code can still be printed anew or taken back.
func (c Code) open() bool { return c.c.State == data.CodeLive || c.c.State == data.CodeWaiting }

// revokable tells whether it can be taken back here: who issues a code takes it back.
func (c Code) revokable() bool { return c.ict() && c.open() }

// Update asks before it prints anew or takes back, and does it.
func (c Code) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		c.W, c.H = msg.Width, msg.Height
	case page.YesMsg:
		next, ok := c.Agreed(msg)
		if c.Page = next; ok {
			return c.act(msg.Act)
		}
	case page.DoneMsg[made]:
		next, ok, tell := page.Settled(c.Page, msg)
		if c.Page = next; ok {
			return c, shell.Replace(newMade(c.S, c.desk, msg.Got))
		}
		return c, tell
	case page.DoneMsg[data.CodeState]:
		next, ok, tell := page.Settled(c.Page, msg)
		if c.Page = next; ok {
			return c, tea.Batch(shell.Back(), shell.Notify(shell.Good, words.CodeRevoked, "name", c.c.Person))
		}
		return c, tell
	case tea.KeyPressMsg:
		switch {
		case c.Busy():
		case c.open() && key.Matches(msg, c.reprint()):
			c.Page, cmd = c.Ask(actReprint, words.CodeReprintAsk, words.CodeReprintYes, "name", c.c.Person)
		case c.revokable() && key.Matches(msg, c.revoke()):
			c.Page, cmd = c.Ask(actRevoke, words.CodeRevokeAsk, words.CodeRevokeYes, "name", c.c.Person)
		}
	}
	return c, cmd
}

func (c Code) act(what string) (shell.Screen, tea.Cmd) {
	if what == actRevoke {
		c.Page = c.Acts(words.CodeRevoking)
		return c, page.Fetch(c.Acting, func() (data.CodeState, error) {
			return data.CodeRevoked, c.desk.Codes.Revoke(c.S.Ctx, c.By(), c.c.ID)
		})
	}
	c.Page = c.Acts(words.CodeMaking)
	return c, page.Fetch(c.Acting, func() (m made, err error) {
		m.letters, err = c.desk.Mailing.Reprint(c.S.Ctx, c.By(), c.c.ID, papers.ToOutbox(c.By(), outbox.Fetch, papers.OnePage, &m.paper))
		return m, err
	})
}

// View gives the facts of the code.
func (c Code) View() string {
	when := func(at time.Time) string {
		if at.IsZero() {
			return "-"
		}
		return c.Moment(at)
	}
	w := data.Window{From: c.c.From, Until: c.c.Until}
	lines := []string{c.Headline(c.c.Person), ""}
	lines = append(lines, c.Paragraphs(c.S.T(words.CodeStands(c.c.State)))...)
	lines = append(lines, "")
	lines = append(lines, c.Facts(
		page.Named(words.CodeColFor, c.c.topic),
		page.Named(words.CodeColService, orDash(c.c.Service)),
		page.Named(words.CodeColMark, c.c.Mark+"…"),
		page.Named(words.CodeDays, c.S.T(words.CodeFromTo, "from", c.Day(data.DayOf(w.From)), "to", c.Day(w.LastDay()))),
		page.Named(words.CodePlaces, c.places()),
		page.Named(words.CodeIssued, c.S.T(words.CodeIssuedBy, "at", when(c.c.IssuedAt), "by", c.c.IssuedBy)),
		page.Named(words.CodeFirstUse, when(c.c.UsedAt)),
	)...)
	if c.Busy() {
		lines = append(lines, "", c.S.T(words.PageWait))
	}
	return page.Fitted(lines, c.H)
}

func (c Code) places() string {
	if len(c.c.Addresses) == 0 {
		return c.S.T(words.CodeAnywhere)
	}
	var all []string
	for _, a := range c.c.Addresses {
		all = append(all, shortNet(a))
	}
	return strings.Join(all, ", ")
}

// shortNet writes a network of one address as that address.
func shortNet(p netip.Prefix) string {
	if p.IsSingleIP() {
		return p.Addr().String()
	}
	return p.String()
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// ShortHelp is the footer.
func (c Code) ShortHelp() (all []key.Binding) {
	if c.open() {
		all = append(all, c.reprint())
	}
	if c.revokable() {
		all = append(all, c.revoke())
	}
	return all
}

// FullHelp is the help page.
func (c Code) FullHelp() [][]key.Binding { return [][]key.Binding{c.ShortHelp()} }
