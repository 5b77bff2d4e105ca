package papers

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/screentest"
	"digibrug/tui/words"
)

// counter is the uitleendienst of the Town: An is a clerk, Dora a social worker, Chris the finance director of the
// municipality, lid14 that of the OCMW. It is closed on 14 and 15 December.
type counter struct {
	*datatest.Town
	clock                      *datatest.Hand
	store                      *loans.Store
	papers                     LoanPapers
	an, ivo, dora, chris, ocmw data.Actor
	laptop                     loans.Type
	library                    string
	t                          testing.TB
}

// must stops the test at an error.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func newCounter(t testing.TB) *counter {
	t.Helper()
	clock := &datatest.Hand{}
	db := datatest.Open(t, datatest.SQLite(t), data.WithClock(clock.Now))
	town := datatest.NewTown(t, db)
	c := &counter{Town: town, clock: clock, store: loans.NewStore(db), t: t}
	for login, role := range map[string]data.Role{"an.peeters": data.RoleClerk, "dora.claes": data.RoleSocial, "chris.wouters": data.RoleFinance, "lid14": data.RoleFinance} {
		c.ok(town.Accounts.Grant(t.Context(), datatest.Operator, login, role, "2020-01-01", ""))
	}
	c.an, c.ivo, c.dora = town.Actor("an.peeters"), town.Actor("ivo.ict"), town.Actor("dora.claes")
	c.chris, c.ocmw = town.Actor("chris.wouters"), town.Actor("lid14")
	var week calendar.Week
	for d := time.Monday; d <= time.Friday; d++ {
		week[d] = calendar.Hours{{From: 9 * 60, To: 17 * 60}}
	}
	shut := []calendar.Closure{{First: parseDay(t, "2026-12-14"), Last: parseDay(t, "2026-12-15"), Reason: "verhuis"}}
	places := calendar.NewStore(db)
	c.library = must(places.AddLocation(t.Context(), datatest.Operator, c.gemeente(), "Bibliotheek", calendar.Calendar{Week: week, Closures: shut}))(t).ID
	c.laptop = must(c.store.PutType(t.Context(), c.ivo, loans.Type{Name: "laptop", Accessories: []loans.Accessory{{Name: "lader", Cents: 2500}, {Name: "tas", Cents: 1500}}}))(t)
	c.papers = NewLoanPapers(c.store, data.NewSettings(db), places, clock.Now)
	return c
}

func (c *counter) ok(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *counter) gemeente() string { return c.Services["Burgerzaken"].OrganisationID }

func parseDay(t testing.TB, s string) time.Time {
	t.Helper()
	return must(data.ParseDay(s))(t)
}

func (c *counter) days(n int) { c.clock.Forward(time.Duration(n) * 24 * time.Hour) }

// device adds a device of the municipality that can be lent; owner is another organisation.
func (c *counter) device(name string, owner ...string) loans.Device {
	c.t.Helper()
	d := loans.Device{TypeID: c.laptop.ID, Name: name, Serial: "5CG" + name, PriceCents: 45000, BoughtOn: "2026-09-01", OrganisationID: append(owner, c.gemeente())[0], LocationID: c.library}
	d = must(c.store.AddDevice(c.t.Context(), c.an, d))(c.t)
	c.ok(c.store.Move(c.t.Context(), c.an, d.ID, loans.Ready, loans.Proof{Tested: true}))
	return d
}

// borrower adds somebody; who may is the social worker for a client of the OCMW.
func (c *counter) borrower(b loans.Borrower) loans.Borrower {
	c.t.Helper()
	by := c.an
	if b.Category == loans.Client {
		by = c.dora
	}
	if b.Phone == "" {
		b.Phone = "051 12 34 56"
	}
	return must(c.store.PutBorrower(c.t.Context(), by, b))(c.t)
}

func (c *counter) zoe() loans.Borrower {
	return c.borrower(loans.Borrower{Category: loans.Citizen, Given: "Zoë", Family: "D'Hondt", Mail: "zoe@voorbeeld.example", Household: "Kerkstraat 5"})
}

func (c *counter) lend(d loans.Device, b loans.Borrower, more ...func(*loans.LendAsk)) loans.Loan {
	c.t.Helper()
	ask := loans.LendAsk{Device: d.ID, Borrower: b.ID, Pay: loans.Bancontact}
	for _, change := range more {
		change(&ask)
	}
	return must(c.store.Lend(c.t.Context(), c.an, ask))(c.t)
}

// both is a document as text and as PDF, for a golden.
func both(t testing.TB, d Document) string {
	t.Helper()
	return d.Text(76) + "=== PDF\n" + strings.Join(pagesOf(t, documentPDF(t, d)), "\f\n")
}

func TestContractPaper(t *testing.T) {
	c := newCounter(t)
	father := c.borrower(loans.Borrower{Category: loans.Citizen, Given: "Piet", Family: "Claes"})
	child := c.borrower(loans.Borrower{Category: loans.Minor, Given: "Lena", Family: "Claes", BirthMonth: "2013-03", GuardianID: father.ID})
	adult := c.lend(c.device("LT-014"), c.zoe(), func(a *loans.LendAsk) { a.Condition = "kras op het deksel" })
	minor := c.lend(c.device("LT-015"), child, func(a *loans.LendAsk) { a.Pay = "" })
	for name, one := range map[string]struct {
		contract string
		lang     words.Lang
	}{"adult": {adult.ContractID, ""}, "minor": {minor.ContractID, words.NL}, "french": {adult.ContractID, words.FR}, "english": {minor.ContractID, words.EN}} {
		t.Run(name, func(t *testing.T) {
			d := must(c.papers.Contract(t.Context(), c.an, one.contract, one.lang))(t)
			if pages := len(pagesOf(t, documentPDF(t, d))); pages > 2*max(1, len(d.Copies)) {
				t.Errorf("a contract for one device takes %d pages", pages)
			}
			screentest.Text(t, both(t, d))
		})
	}
	must(c.store.Sign(t.Context(), c.an, loans.SignAsk{Contract: adult.ContractID, When: loans.AtHandOver, Borrower: adult.BorrowerID, Name: "Zoë D'Hondt",
		Text: must(c.papers.Contract(t.Context(), c.an, adult.ContractID, words.NL))(t).Text(0)}))(t)
	receipts := must(c.store.Receipts(t.Context(), c.an, adult.ContractID))(t)
	text := must(c.papers.Contract(t.Context(), c.an, adult.ContractID, words.NL))(t).Text(0)
	if !strings.Contains(strings.ReplaceAll(text, " ", ""), receipts[0].Hash) || strings.Contains(text, "......") {
		t.Errorf("the signed contract lacks its hash, or asks to sign again:\n%s", text)
	}
	if _, err := c.papers.Contract(t.Context(), c.an, "nergens", words.NL); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("an unknown contract: %v", err)
	}
	if _, err := c.papers.Contract(t.Context(), c.Actor("lid1"), adult.ContractID, words.NL); !errors.Is(err, data.ErrDenied) {
		t.Errorf("who has no desk gets a contract: %v", err)
	}
}

func TestReturnSlip(t *testing.T) {
	c := newCounter(t)
	l := c.lend(c.device("LT-014"), c.zoe())
	c.days(25)
	must(c.store.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID, Missing: []string{"lader"}, Condition: "scherm heeft een kras", Charges: []loans.Charge{{Cents: 4000, Note: "scherm"}}}))(t)
	d := must(c.papers.ReturnSlip(t.Context(), c.an, l.ID, words.NL))(t)
	screentest.Text(t, both(t, d)+"=== FR\n"+must(c.papers.ReturnSlip(t.Context(), c.an, l.ID, words.FR))(t).Text(60))
	account := must(c.store.Account(t.Context(), c.an, l.ID))(t)
	for i, want := range []string{"We kregen € 60,00 van Zoë D'Hondt.", "We rekenen € 40,00 aan."} {
		at := -1
		for n, e := range account.Entries {
			if i == 0 && e.Kind == loans.Received || i == 1 && e.Kind == loans.Charged && e.Cents == 4000 {
				at = n
			}
		}
		text := must(c.papers.MoneyReceipt(t.Context(), c.an, l.ID, account.Entries[at].ID, words.NL))(t).Text(0)
		if !strings.Contains(text, want) {
			t.Errorf("want %q in\n%s", want, text)
		}
		if message := loans.Message(l.Contract); strings.Contains(text, message) != (i == 1) {
			t.Errorf("the message %s belongs on what is to be paid alone:\n%s", message, text)
		}
	}
	if _, err := c.papers.MoneyReceipt(t.Context(), c.an, l.ID, "nergens", words.NL); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("an unknown entry: %v", err)
	}
}

// TestReminderPapers: one letter for a household, a script for a call, a task and never a letter for a client.
func TestReminderPapers(t *testing.T) {
	c := newCounter(t)
	c.ok(data.NewSettings(c.DB).Set(t.Context(), datatest.Operator, data.SettingHelp, "Bel de uitleendienst, 051 12 34 56."))
	zoe := c.zoe()
	son := c.borrower(loans.Borrower{Category: loans.Minor, Given: "Tuur", Family: "D'Hondt", BirthMonth: "2012-05", GuardianID: zoe.ID, Household: "Kerkstraat 5"})
	client := c.borrower(loans.Borrower{Category: loans.Client, Given: "Wim", Family: "Bos"})
	c.lend(c.device("LT-014"), zoe)
	c.lend(c.device("LT-015"), son)
	c.lend(c.device("LT-016"), client)
	for _, step := range []struct {
		name string
		days int
	}{{"before", 21}, {"call", 6}, {"second", 7}, {"third", 11}, {"registered", 14}} {
		c.days(step.days)
		t.Run(step.name, func(t *testing.T) {
			var text strings.Builder
			for _, by := range []data.Actor{c.an, c.dora} {
				due := must(c.store.Reminders(t.Context(), by))(t)
				var notices []loans.Notice
				for _, r := range due {
					notices = append(notices, r.Notice)
				}
				for _, d := range must(c.papers.Reminder(t.Context(), by, notices...))(t) {
					text.WriteString(d.Text(76) + "---\n")
				}
				for _, b := range loans.Bundles(due) {
					text.WriteString("SMS: " + must(c.papers.Text(t.Context(), b))(t) + "\n---\n")
					done, paper, err := c.papers.Remind(t.Context(), by, outbox.Fetch, b)
					if err != nil || len(done) != len(b.All) || paper.Size == 0 {
						t.Errorf("%d of %d steps done, %d bytes, %v", len(done), len(b.All), paper.Size, err)
					}
					if done, _, err := c.papers.Remind(t.Context(), by, outbox.Fetch, b); len(done) != 0 || err != nil {
						t.Errorf("a second time %d are done, %v", len(done), err)
					}
				}
				for _, n := range notices {
					must(c.store.Remind(t.Context(), by, n.ID, nil))(t)
				}
			}
			screentest.Text(t, text.String())
		})
	}
}

// TestNoFineForAClient: whatever the regulation asks, a paper about a client of the OCMW has no amount.
func TestNoFineForAClient(t *testing.T) {
	c := newCounter(t)
	v := loans.Version{Regulation: loans.ModelRegulation(), Name: "met boete"}
	v.From, v.ID = c.DB.Today(), ""
	v.Cells[loans.Cell{}][loans.FineCents], v.Cells[loans.Cell{}][loans.FineCap] = 250, 2000
	must(c.store.PutVersion(t.Context(), c.ivo, v))(t)
	client := c.borrower(loans.Borrower{Category: loans.Client, Given: "Wim", Family: "Bos"})
	c.lend(c.device("LT-016"), client, func(a *loans.LendAsk) { a.Pay = "" })
	c.lend(c.device("LT-017"), c.zoe(), func(a *loans.LendAsk) { a.Pay = "" })
	seen := map[bool]bool{}
	for range 60 {
		c.days(1)
		for _, by := range []data.Actor{c.an, c.dora} {
			for _, r := range must(c.store.Reminders(t.Context(), by))(t) {
				for _, d := range must(c.papers.Reminder(t.Context(), by, r.Notice))(t) {
					fine := strings.Contains(d.Text(0), "€ 2,50")
					if about := strings.Contains(d.Text(0), "Wim"); about && fine {
						t.Errorf("step %d asks a fine of a client:\n%s", r.Step, d.Text(76))
					} else if fine {
						seen[true] = true
					}
				}
				must(c.store.Remind(t.Context(), by, r.ID, nil))(t)
			}
		}
	}
	if !seen[true] {
		t.Error("nobody is asked a fine: the test sees nothing")
	}
}

func TestNoodblad(t *testing.T) {
	c := newCounter(t)
	zoe := c.zoe()
	c.lend(c.device("LT-014"), zoe)
	c.device("LT-015")
	c.days(23) // due that day, after the closure
	must(c.store.Book(t.Context(), c.an, loans.BookAsk{Type: c.laptop.ID, Borrower: c.borrower(loans.Borrower{Category: loans.Citizen, Given: "Jef", Family: "Bos"}).ID,
		From: c.DB.Today(), To: "2026-12-18"}))(t)
	d := must(c.papers.Noodblad(t.Context(), c.an))(t)
	pages := pagesOf(t, documentPDF(t, d))
	if len(pages) != 4 {
		t.Errorf("%d pages, want the day, the tables and two contracts", len(pages))
	}
	screentest.Text(t, strings.Join(pages, "\f\n"))
	if _, err := c.papers.Noodblad(t.Context(), c.Actor("lid1")); !errors.Is(err, data.ErrDenied) {
		t.Errorf("who has no desk gets names: %v", err)
	}
}

func TestRegulationText(t *testing.T) {
	all := Articles{{1, "Voorwerp en eigendom", []string{"Het toestel blijft van ons."}}, {2, "Woorden", []string{"Toestel: wat we uitlenen.", "Ontlener: wie het leent."}}}
	d := RegulationText("Zandwerve", "Uitleenreglement", "Model. Laat dit nakijken.", datatest.Noon, all)
	if text := d.Text(60); !strings.Contains(text, "Artikel 2. Woorden\n  Toestel: wat we uitlenen.") || !strings.Contains(text, "! Model.") || d.FileName(FormatPDF) != "uitleenreglement-2026-11-23.pdf" {
		t.Errorf("%s:\n%s", d.FileName(FormatPDF), text)
	}
}

// TestLoanPapersOfHostileNames: what people typed reaches no terminal, in any paper.
func TestLoanPapersOfHostileNames(t *testing.T) {
	c := newCounter(t)
	for i, text := range hostile()[9:20] {
		b := c.borrower(loans.Borrower{Category: loans.Association, Family: "x" + text, Household: text})
		d := c.device("H" + string(rune('a'+i)))
		l := c.lend(d, b, func(a *loans.LendAsk) { a.Condition = text })
		docs := []Document{must(c.papers.Contract(t.Context(), c.an, l.ContractID, words.NL))(t), must(c.papers.ReturnSlip(t.Context(), c.an, l.ID, words.EN))(t)}
		for _, doc := range docs {
			for _, r := range doc.Text(0) {
				if r < ' ' && r != '\n' || r == 0x7F || r >= 0x80 && r < 0xA0 || r == '\u202e' {
					t.Fatalf("%q leaves %U on a paper", text, r)
				}
			}
			if !bytes.HasPrefix(documentPDF(t, doc), []byte("%PDF")) {
				t.Error("no PDF")
			}
		}
	}
}

// TestDaySheet gives each owner a page, and the finance director the own one.
func TestDaySheet(t *testing.T) {
	c := newCounter(t)
	if _, err := c.papers.DaySheet(t.Context(), c.an, c.DB.Today()); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("a day without money: %v", err)
	}
	c.ok(c.store.Set(t.Context(), c.ivo, loans.SettingCash, "1"))
	c.lend(c.device("LT-014"), c.zoe())
	l := c.lend(c.device("LT-015", c.Services["Sociale dienst"].OrganisationID), c.zoe(), func(a *loans.LendAsk) { a.Pay = loans.Cash })
	must(c.store.Charge(t.Context(), c.an, l.ID, loans.Damage, loans.Charge{Cents: 1250, Note: "=1+1"}))(t)
	must(c.store.Pay(t.Context(), c.an, l.ID, loans.Damage, 1250, loans.Transfer))(t)
	entries := must(c.store.Account(t.Context(), c.an, l.ID))(t).Entries
	must(c.store.Reverse(t.Context(), c.an, entries[len(entries)-1].ID, "dubbel"))(t)
	must(c.store.CountCash(t.Context(), c.an, l.OrganisationID, 5900, "een euro te weinig"))(t)
	screentest.Text(t, both(t, must(c.papers.DaySheet(t.Context(), c.an, c.DB.Today()))(t)))
	if text := must(c.papers.DaySheet(t.Context(), c.chris, c.DB.Today()))(t).Text(76); strings.Contains(text, "OCMW") || !strings.Contains(text, "Gemeente Zandwerve") {
		t.Errorf("the finance director of the municipality reads\n%s", text)
	}
	if _, err := c.papers.DaySheet(t.Context(), c.dora, c.DB.Today()); !errors.Is(err, data.ErrDenied) {
		t.Errorf("a social worker: %v", err)
	}
}

// TestBooks is the ledger as the books want it, in a file that a spreadsheet opens.
func TestBooks(t *testing.T) {
	c := newCounter(t)
	l := c.lend(c.device("LT-014"), c.zoe())
	must(c.store.Charge(t.Context(), c.an, l.ID, loans.Damage, loans.Charge{Cents: 1250, Note: "=1+1"}))(t)
	must(c.store.Pay(t.Context(), c.an, l.ID, loans.Damage, 1250, loans.Transfer))(t)
	entries := must(c.store.Account(t.Context(), c.an, l.ID))(t).Entries
	must(c.store.Reverse(t.Context(), c.an, entries[len(entries)-1].ID, "dubbel"))(t)
	s := must(c.papers.Books(t.Context(), c.chris, c.DB.Today(), c.DB.Today()))(t)
	screentest.Text(t, string(made(t, FormatCSV, s)))
	shelf := NewShelf(c.DB, data.NewSettings(c.DB), LoanBooks(c.papers))
	if month := must(shelf.Fill(t.Context(), c.chris, "loan-books", Ask{}))(t); len(month.Rows) != len(s.Rows) || !strings.Contains(month.Notes[0], "01/11/2026") {
		t.Errorf("this month has %d rows: %v", len(month.Rows), month.Notes)
	}
	if past := must(shelf.Fill(t.Context(), c.chris, "loan-books", Ask{From: "2026-01-01", Until: "2026-01-31"}))(t); len(past.Rows) != 0 {
		t.Errorf("January has %d rows", len(past.Rows))
	}
	var late *data.Invalid
	if _, err := shelf.Fill(t.Context(), c.chris, "loan-books", Ask{From: "2026-12-01"}); !errors.As(err, &late) {
		t.Errorf("from after until: %v", err)
	}
	if _, err := shelf.Fill(t.Context(), c.dora, "loan-books", Ask{}); !errors.Is(err, data.ErrDenied) {
		t.Errorf("a social worker gets the books: %v", err)
	}
	if s := must(c.papers.Books(t.Context(), c.ocmw, c.DB.Today(), c.DB.Today()))(t); len(s.Rows) != 0 {
		t.Errorf("the OCMW gets %d rows of the municipality", len(s.Rows))
	}
	var p outbox.Paper
	c.ok(c.DB.InTx(t.Context(), func(tx *data.Tx) (err error) {
		p, err = SendSheet(t.Context(), tx, c.an, outbox.Fetch, FormatCSV, s)
		return err
	}))
	if p.Name != "loan-books-2026-11-23.csv" || p.Media != "text/csv; charset=utf-8" {
		t.Errorf("got %+v", p)
	}
	var bad *data.Invalid
	if err := c.DB.InTx(t.Context(), func(tx *data.Tx) error {
		_, err := SendSheet(t.Context(), tx, c.an, outbox.Fetch, "odt", s)
		return err
	}); !errors.As(err, &bad) || bad.Field != "format" {
		t.Errorf("a form that is none: %v", err)
	}
}

func TestBookingSlip(t *testing.T) {
	c := newCounter(t)
	c.device("LT-014")
	k := must(c.store.Book(t.Context(), c.an, loans.BookAsk{Type: c.laptop.ID, Borrower: c.zoe().ID, From: "2026-11-25", To: "2026-12-08"}))(t)
	screentest.Text(t, both(t, must(c.papers.BookingSlip(t.Context(), k))(t)))
}
