package replan

import (
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Move is one thing that moves, with why, and whom to tell.
type Move struct {
	base
	m loans.Moving
}

func newMove(s *shell.Session, desk Desk, m loans.Moving) shell.Screen {
	return Move{base{page.Still(s), desk}, m}
}

// Init does nothing: the list had it all.
func (m Move) Init() tea.Cmd { return nil }

// Title is what moves.
func (m Move) Title() string { return m.what(m.m) }

// Update takes its size.
func (m Move) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		m.W, m.H = size.Width, size.Height
	}
	return m, nil
}

// View gives who it is about, what was promised, what will be, and why.
func (m Move) View() string {
	facts := []page.Fact{page.Named(words.ReplanPhone, m.m.Phone), page.Named(words.ReplanLocation, m.m.Location), page.Named(words.ReplanColFrom, m.long(m.m.Was))}
	if !m.m.Stuck {
		facts = append(facts, page.Named(words.ReplanColTo, m.long(m.m.Will)))
	}
	if m.m.Kind == loans.MoveBooking {
		facts = append(facts, page.Named(words.ReplanNumber, m.m.Number.Show()))
	}
	if m.m.NewDevice != "" {
		facts = append(facts, page.Named(words.ReplanDevice, m.m.NewDevice))
	}
	if m.m.Kind == loans.MoveBooking && !m.m.Stuck && m.m.Will.Fetch != m.m.Was.Fetch {
		facts = append(facts, page.Named(words.ReplanFetchUntil, m.day(m.m.Will.Fetch)))
	}
	if m.m.Will.Offer != m.m.Was.Offer {
		facts = append(facts, page.Named(words.ReplanOfferUntil, m.day(m.m.Will.Offer)))
	}
	lines := append([]string{m.Headline(m.who(m.m)), ""}, m.Facts(facts...)...)
	lines = append(append(lines, ""), m.Paragraphs(m.why())...)
	return page.Fitted(lines, m.H)
}

// long writes a promise in full.
func (m Move) long(p loans.Promise) string {
	if m.m.Kind == loans.MoveLoan {
		return m.when(m.m.Kind, p)
	}
	return m.S.T(words.ReplanSpan, "from", m.day(p.From), "until", m.day(p.To))
}

// why says why it moves, or can't.
func (m Move) why() string {
	clash := m.m.ClashName
	if m.m.ClashOf != "" {
		clash = m.S.T(words.ReplanClash, "number", m.m.ClashOf.Show(), "name", clash)
	}
	switch {
	case m.m.Stuck && clash != "":
		return m.S.T(words.ReplanWhyStuckBy, "clash", clash)
	case m.m.Stuck:
		return m.S.T(words.ReplanWhyStuck)
	case m.m.Why == loans.ForRight:
		return m.S.T(words.ReplanWhyRight)
	case m.m.Why == loans.ForClash && clash != "":
		return m.S.T(words.ReplanWhyClash, "clash", clash)
	case m.m.Why == loans.ForClash:
		return m.S.T(words.ReplanWhyTaken)
	case m.m.Why == loans.ForRoom:
		return m.S.T(words.ReplanWhyRoom)
	case m.m.Will.Device != m.m.Was.Device:
		return m.S.T(words.ReplanWhyOther)
	}
	return m.S.T(words.ReplanWhyClosed, "location", m.m.Location)
}

// ShortHelp is empty: there is nothing to do here but to read.
func (m Move) ShortHelp() []key.Binding { return nil }

// FullHelp is as short.
func (m Move) FullHelp() [][]key.Binding { return nil }
