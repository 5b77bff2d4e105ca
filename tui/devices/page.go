package devices

import (
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Page is all of one device. Enter does what is next in its life; the steps of the return chain have letters of their
// own, and one that comes too early says what must be done first.
type Page struct {
	page.Page
	desk   Desk
	id     string
	f      file
	scroll parts.Scroll
}

// file is a device with the names that belong to it.
type file struct {
	loans.DeviceFile
	owner, location string
}

// NewPage opens the page of a device, by id.
func NewPage(s *shell.Session, desk Desk, id string) shell.Screen {
	return Page{Page: page.New(s, words.DeviceLoading), desk: desk, id: id}
}

// file reads a device with the names that belong to it.
func (d Desk) file(s *shell.Session, id string) (f file, err error) {
	if f.DeviceFile, err = d.Store.DeviceFile(s.Ctx, s.Who.Actor(), id); err != nil {
		return f, err
	}
	places, err := d.places(s.Ctx)
	if err != nil {
		return f, err
	}
	owners, err := d.owners(s.Ctx)
	f.location, f.owner = places[f.LocationID], owners[f.OrganisationID]
	return f, err
}

// Init loads the device.
func (p Page) Init() tea.Cmd {
	return page.Fetch(p.Loading, func() (file, error) { return p.desk.file(p.S, p.id) })
}

// Title is how people call the device.
func (p Page) Title() string {
	if !p.Loaded {
		return p.S.T(words.DeviceTitle)
	}
	return parts.Plain(p.f.Called())
}

// step is something that can be done to a device: its letter, empty for what only Enter does, what it is called, and
// the screen that it opens.
type step struct {
	letter string
	does   words.Key
	opens  func(*shell.Session, Desk, string) shell.Screen
}

func (p Page) key(s step) key.Binding { return p.Letter(s.letter, s.does) }

// chain are the steps that bring back what came back, in their order.
func (p Page) chain() []step {
	return []step{
		{"k", words.DeviceDoCheck, newCheck},
		{"i", words.DeviceDoWipe, newWipe},
		{"t", words.DeviceDoTest, newTest},
	}
}

// next is what Enter does; ok is false where nothing is.
func (p Page) next() (s step, ok bool) {
	switch p.f.State {
	case loans.ToCheck:
		return p.chain()[0], true
	case loans.ToWipe:
		return p.chain()[1], true
	case loans.InStock:
		return p.chain()[2], true
	case loans.Repair:
		return step{"", words.DeviceDoMended, newMended}, true
	case loans.Lost, loans.Stolen:
		return step{"", words.DeviceDoFound, newFound}, true
	case loans.OnLoan:
		if p.desk.Borrower != nil && p.f.Loan != nil && p.f.Loan.BorrowerID != "" {
			return step{"", words.DeviceDoBorrower, p.borrower}, true
		}
	}
	return step{}, false
}

func (p Page) borrower(s *shell.Session, desk Desk, _ string) shell.Screen {
	return desk.Borrower(s, p.f.Loan.BorrowerID)
}

// may tells whether the device can go to a state, given the proof that this takes.
func (p Page) may(to loans.State) bool {
	return p.f.State.Go(to, loans.Proof{Method: "x", Tested: true, Report: "x"}) == nil
}

// others are what else can be done now.
func (p Page) others() []step {
	all := []step{{"w", words.DeviceChange, newForm}}
	add := func(can bool, letter string, does words.Key, opens func(*shell.Session, Desk, string) shell.Screen) {
		if can {
			all = append(all, step{letter, does, opens})
		}
	}
	add(p.may(loans.Repair) && p.f.State != loans.ToCheck, "r", words.DeviceDoRepair, newRepair)
	add(p.f.State == loans.Repair, "r", words.DeviceDoExpect, newExpect)
	add(p.f.State == loans.Ready || p.f.State == loans.InStock, "z", words.DeviceDoBack, newStepBack)
	add(p.may(loans.Lost), "v", words.DeviceDoLost, newLost)
	add(p.may(loans.Stolen), "g", words.DeviceDoStolen, newStolen)
	add(p.may(loans.Retired), "b", words.DeviceDoRetire, newRetire)
	add(true, "o", words.DeviceDoCost, newCost)
	add(p.desk.Labels != nil, "e", words.DeviceDoLabel, newLabel)
	return all
}

// Update scrolls, and opens what a key asks for.
func (p Page) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.W, p.H = msg.Width, msg.Height
		return p, nil
	case page.DoneMsg[file]:
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
		if next := p.pressed(press); next != nil {
			return p, next
		}
	}
	p.scroll = p.scroll.Update(p.S.Look(), msg, len(p.lines()), p.H)
	return p, nil
}

// pressed gives what a key asks for, or nil.
func (p Page) pressed(msg tea.KeyPressMsg) tea.Cmd {
	if s, ok := p.next(); ok && key.Matches(msg, p.S.Keys().Enter) {
		return shell.Open(s.opens(p.S, p.desk, p.id))
	}
	for i, s := range p.chain() {
		if key.Matches(msg, p.key(s)) {
			return p.link(i, s)
		}
	}
	for _, s := range p.others() {
		if key.Matches(msg, p.key(s)) {
			return shell.Open(s.opens(p.S, p.desk, p.id))
		}
	}
	return nil
}

// link opens a step of the return chain, or says which link is missing before it.
func (p Page) link(i int, s step) tea.Cmd {
	missing := p.f.State.Missing()
	at := 3 - len(missing) // which step is next
	switch {
	case len(missing) == 0:
		return shell.Notify(shell.Warn, words.DeviceNotInChain, "name", p.f.Called(), "state", stands(p.Page, p.f.Device))
	case i < at:
		return shell.Notify(shell.Info, words.DeviceDoneAlready, "name", p.f.Called())
	case i > at:
		return shell.Notify(shell.Warn, words.DeviceFirst, "name", p.f.Called(), "what", needs(p.S, missing[:i-at]))
	}
	return shell.Open(s.opens(p.S, p.desk, p.id))
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

// ShortHelp is the footer: what is next, then the rest.
func (p Page) ShortHelp() []key.Binding {
	if !p.Loaded {
		return []key.Binding{p.Enter(words.PageAgain)}
	}
	var short []key.Binding
	if s, ok := p.next(); ok {
		short = append(short, p.Enter(s.does))
	}
	for _, s := range p.others() {
		short = append(short, p.key(s))
	}
	return short
}

// FullHelp is the help page.
func (p Page) FullHelp() [][]key.Binding {
	var chain []key.Binding
	for _, s := range p.chain() {
		chain = append(chain, p.key(s))
	}
	return [][]key.Binding{p.ShortHelp(), chain, p.S.Keys().Moving()}
}
