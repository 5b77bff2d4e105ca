// Package banks is where the ICT officer and recruiters work at the questions that are asked: which banks there are, what is
// in them, how an item looks to who is tested, and its life from draft to retired. Reading and writing files is for the
// command line; what may be drawn is for the library.
package banks

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

	tea "charm.land/bubbletea/v2"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "banks"

// library is what the room needs of the quiz floor; *quiz.Library has it.
type library interface {
	Shelves(ctx context.Context, by data.Actor) ([]quiz.Shelf, error)
	Shelf(ctx context.Context, by data.Actor, bank string) (quiz.Shelf, []quiz.Entry, error)
	Record(ctx context.Context, by data.Actor, item string) (quiz.Record, error)
	Answers(ctx context.Context, by data.Actor, item string) (quiz.Answers, error)
	AddBank(ctx context.Context, by data.Actor, b quiz.Bank) error
	Put(ctx context.Context, by data.Actor, bank string, it quiz.Item) (int, error)
	Review(ctx context.Context, by data.Actor, bank string) (quiz.Review, error)
	Note(ctx context.Context, by data.Actor, review, item, why string) error
	Finish(ctx context.Context, by data.Actor, review string) (quiz.Outcome, error)
	Approve(ctx context.Context, by data.Actor, item string, version int) error
	SendBack(ctx context.Context, by data.Actor, item string, version int, why string) error
	Move(ctx context.Context, by data.Actor, items []string, to quiz.Status, why string) error
	Publish(ctx context.Context, by data.Actor, items []string) error
	DomainTitle(domain string) string
}

// desk is the library at work for one visit.
type desk struct {
	lib       library
	page.Page // that loads nothing: session, language, who acts
}

func (d desk) ctx() context.Context { return d.S.Ctx }

// New opens the list of banks.
func New(s *shell.Session, lib library) shell.Screen { return desk{lib, page.Still(s)}.list() }

// list shows all banks: those that come with the program, then those of the house.
func (d desk) list() shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[[]quiz.Shelf]{
		Title: func([]quiz.Shelf) string { return d.S.T(words.BanksTitle) },
		Doing: words.BanksLoading,
		Load:  func() ([]quiz.Shelf, error) { return d.lib.Shelves(d.ctx(), d.By()) },
		Columns: []parts.Column{{Title: words.BanksColBank, Min: 18, Grow: 1}, {Title: words.BanksColItems, Min: 6, Right: true}, {Title: words.BanksColLevels, Min: 11, Drop: 2},
			{Title: words.BanksColReview, Min: 10, Right: true}, {Title: words.BanksColPublic, Min: 8, Right: true, Drop: 1}, {Title: words.BanksColFrom, Min: 9}},
		Rows: d.listRows,
		Foot: d.listFoot,
		None: words.BanksNone, Filter: true, Opens: words.BanksOpen,
		Open: func(_ []quiz.Shelf, id string) tea.Cmd { return shell.Open(d.bank(id)) },
		Ways: func([]quiz.Shelf, string) []page.Way {
			return []page.Way{{Key: d.Letter("n", words.BanksNewBank), Open: d.newBank}}
		},
	})
}

func (d desk) listRows(all []quiz.Shelf) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, s := range all {
		from, share := d.S.T(words.BanksFromProgram), "-"
		if s.Local {
			from = d.S.T(words.BanksFromHouse)
		}
		if s.Items > 0 {
			share = strconv.Itoa(s.Public*100/s.Items) + " %"
		}
		rows[i] = parts.Row{ID: s.Bank.ID, Cells: []string{s.Bank.Title, strconv.Itoa(s.Items), levels(s.Levels), strconv.Itoa(s.ToReview), share, from}}
	}
	return rows
}

// levels writes how many items there are of each level.
func levels(n [4]int) string { return strings.ReplaceAll(strings.Trim(fmt.Sprint(n), "[]"), " ", "/") }

// listFoot says how far the items of a bank are.
func (d desk) listFoot(all []quiz.Shelf, id string) string {
	for _, s := range all {
		if s.Bank.ID != id {
			continue
		}
		text := d.S.T(words.BanksFoot, "code", s.Bank.ID, "draft", s.States[quiz.StatusDraft], "reviewed", s.States[quiz.StatusReviewed],
			"inuse", s.States[quiz.StatusInUse], "retired", s.States[quiz.StatusRetired])
		if s.Hidden > 0 {
			text += " " + d.S.T(words.BanksHiddenN, "n", s.Hidden)
		}
		return text
	}
	return ""
}

// newBank asks what a new bank is.
func (d desk) newBank() shell.Screen {
	return page.NewTask(d.S, words.BanksNewBankTitle, words.BanksSaving, func() (page.Brief, error) {
		language := parts.Field{Name: "language", Label: words.BanksLanguage, Kind: parts.Choice, Need: true, Value: "nl", Options: []parts.Option{
			{Value: "nl", Label: d.S.T(words.BanksNL)}, {Value: "fr", Label: d.S.T(words.BanksFR)}, {Value: "en", Label: d.S.T(words.BanksEN)}}}
		return page.Brief{Lead: words.BanksNewBankLead, Body: parts.NewForm(words.BanksSave,
			parts.Field{Name: "title", Label: words.BanksBankTitle, Need: true, Max: 80},
			parts.Field{Name: "bank", Label: words.BanksCode, Hint: words.BanksCodeHint, Need: true, Max: 40},
			parts.Field{Name: "domain", Label: words.BanksDomain, Hint: words.BanksDomainHint, Need: true, Max: 40}, language),
			Do: func(f parts.Form) (page.Outcome, error) {
				b := quiz.Bank{ID: f.Value("bank"), Title: f.Value("title"), Domain: f.Value("domain"), Language: f.Value("language")}
				return page.Outcome{Said: words.BanksBankSaved, Next: d.bank(b.ID)}, d.lib.AddBank(d.ctx(), d.By(), b)
			}}, nil
	})
}

// sure is a page that says what an act does, with a button that does it.
func (d desk) sure(title, lead, button words.Key, head []page.Fact, do func() (page.Outcome, error)) shell.Screen {
	return page.NewTask(d.S, title, words.BanksSaving, func() (page.Brief, error) {
		return page.Brief{Lead: lead, Head: head, Body: parts.NewForm(button), Do: func(parts.Form) (page.Outcome, error) { return do() }}, nil
	})
}

// reasoned is a page that asks why something is done.
func (d desk) reasoned(title, lead, button words.Key, head []page.Fact, value string, do func(why string) (page.Outcome, error)) shell.Screen {
	return page.NewTask(d.S, title, words.BanksSaving, func() (page.Brief, error) {
		return page.Brief{Lead: lead, Head: head, Body: parts.NewForm(button, parts.Field{Name: "why", Label: words.BanksWhy, Hint: words.BanksWhyHint, Need: true, Max: 400, Value: value}),
			Do: func(f parts.Form) (page.Outcome, error) { return do(f.Value("why")) }}, nil
	})
}

// oneLine is a text as it fits on one line.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// state is what people call a state.
func (d desk) state(s quiz.Status) string {
	return d.S.T(map[quiz.Status]words.Key{quiz.StatusDraft: words.BanksDraft, quiz.StatusReviewed: words.BanksReviewed, quiz.StatusInUse: words.BanksInUse,
		quiz.StatusRetired: words.BanksRetired}[s])
}
