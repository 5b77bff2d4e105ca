package borrowers

import (
	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Page is all of one borrower, for who looks: the desk, or a social worker.
type Page struct {
	page.Page
	desk   Desk
	id     string
	f      loans.BorrowerFile
	scroll parts.Scroll
}

// NewPage opens the page of a borrower, by id.
func NewPage(s *shell.Session, desk Desk, id string) shell.Screen {
	return Page{Page: page.New(s, words.BorrowerLoading), desk: desk, id: id}
}

// Init loads the borrower.
func (p Page) Init() tea.Cmd {
	return page.Fetch(p.Loading, func() (loans.BorrowerFile, error) { return p.desk.Store.BorrowerFile(p.S.Ctx, p.By(), p.id) })
}

// Title is who it is.
func (p Page) Title() string {
	if !p.Loaded {
		return p.S.T(words.BorrowerTitle)
	}
	return parts.Plain(p.f.Name())
}

// act is something that can be done: its letter, what it is called, the screen that it opens.
type act struct {
	letter string
	does   words.Key
	opens  func() shell.Screen
}

// social tells whether a social worker looks.
func (p Page) social() bool { return p.S.Who.Has(data.RoleSocial) }

// acts are what can be done now, the most wanted first.
func (p Page) acts() []act {
	var all []act
	add := func(can bool, letter string, does words.Key, opens func() shell.Screen) {
		if can {
			all = append(all, act{letter, does, opens})
		}
	}
	s, d, f := p.S, p.desk, p.f
	add(f.Desk && (len(f.Open) > 0 || len(f.Past) > 0), "u", words.BorrowerDoLoans, func() shell.Screen { return newLoans(s, d, f.ID, f.Name()) })
	add(f.Desk && d.Book != nil, "r", words.BorrowerDoBook, func() shell.Screen { return d.Book(s, f.ID) })
	add(true, "w", words.BorrowerDoChange, func() shell.Screen { return newForm(s, d, f.ID) })
	add(p.social(), "t", words.BorrowerDoGround, func() shell.Screen { return newGround(s, d, f.ID) })
	add(f.Desk, "b", words.BorrowerDoBlock, func() shell.Screen { return newBlock(s, d, f.ID) })
	add(f.Desk && p.blocked() != nil, "d", words.BorrowerDoLift, func() shell.Screen { return newLift(s, d, f.ID) })
	add(true, "g", words.BorrowerDoHousehold, func() shell.Screen { return newHousehold(s, d, f.ID) })
	add(f.Desk && d.Card != nil, "k", words.BorrowerDoCard, func() shell.Screen { return newCard(s, d, f.ID) })
	add(f.Desk, "x", words.BorrowerDoErase, func() shell.Screen { return newErase(s, d, f.ID) })
	return all
}

// blocked is the block that holds today or later; nil for none.
func (p Page) blocked() *loans.BlockRow {
	for i := range p.f.Blocks {
		if !p.f.Blocks[i].Over {
			return &p.f.Blocks[i]
		}
	}
	return nil
}

// Update scrolls, and opens what a letter asks for.
func (p Page) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.W, p.H = msg.Width, msg.Height
		return p, nil
	case page.DoneMsg[loans.BorrowerFile]:
		next, ok, tell := page.Settled(p.Page, msg)
		if p.Page = next; ok {
			p.f = msg.Got
		}
		return p, tell
	case shell.ShownMsg:
		p.Page = p.Again()
		return p, p.Init()
	}
	if p.Retries(msg) {
		p.Page = p.Again()
		return p, p.Init()
	}
	if !p.Loaded {
		return p, nil
	}
	if press, ok := msg.(tea.KeyPressMsg); ok {
		for _, a := range p.acts() {
			if key.Matches(press, p.Letter(a.letter, a.does)) {
				return p, shell.Open(a.opens())
			}
		}
	}
	p.scroll = p.scroll.Update(p.S.Look(), msg, len(p.lines()), p.H)
	return p, nil
}

// View gives the page.
func (p Page) View() string {
	if !p.Loaded {
		return p.Waiting()
	}
	return p.scroll.View(p.S.Look(), p.lines(), p.W, p.H)
}

// Mouse: the wheel scrolls.
func (p Page) Mouse() bool { return true }

// ShortHelp is the footer.
func (p Page) ShortHelp() []key.Binding {
	if !p.Loaded {
		return []key.Binding{p.Enter(words.PageAgain)}
	}
	var short []key.Binding
	for _, a := range p.acts() {
		short = append(short, p.Letter(a.letter, a.does))
	}
	return short
}

// FullHelp is the help page.
func (p Page) FullHelp() [][]key.Binding { return [][]key.Binding{p.ShortHelp(), p.S.Keys().Moving()} }
