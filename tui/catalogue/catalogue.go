// Package catalogue is the room of what courses there are: the list, one course with what each kind of participant would
// pay today and why, the form to add or change one, the model catalogue to take over, and the prices as the council
// decided them.
package catalogue

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "catalogue"

// Desk is what the room works with.
type Desk struct {
	Store *courses.Store
	Model func() ([]courses.Course, error) // the catalogue that ships with the program
}

// desk is a Desk at work for one visit.
type desk struct {
	Desk
	page.Page // that loads nothing: session, language, who acts
}

// New opens the catalogue.
func New(s *shell.Session, of Desk) shell.Screen { return desk{of, page.Still(s)}.list() }

func (d desk) today() string { return data.DayOf(d.S.Now()) }

// retired tells whether no series is planned of a course any more.
func (d desk) retired(c courses.Course) bool { return c.RetiredOn != "" && c.RetiredOn <= d.today() }

func (d desk) list() shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[[]courses.Course]{
		Title: func([]courses.Course) string { return d.S.T(words.CatalogueTitle) },
		Doing: words.CatalogueLoading,
		Load:  d.courses,
		Columns: []parts.Column{{Title: words.CatalogueColTitle, Min: 22, Grow: 3}, {Title: words.CatalogueColLevel, Min: 8}, {Title: words.CatalogueColDomain, Min: 18, Grow: 1, Drop: 1},
			{Title: words.CatalogueColLessons, Min: 6, Right: true}, {Title: words.CatalogueColState, Min: 10, Drop: 2}},
		Rows: func(all []courses.Course) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, c := range all {
				state := d.S.T(words.CatalogueInUse)
				if d.retired(c) {
					state = d.S.T(words.CatalogueRetired)
				}
				rows[i] = parts.Row{ID: c.ID, Cells: []string{c.Title, d.S.T(words.CourseLevel(c.Level)), d.S.T(words.CourseDomain(string(c.Domain))), strconv.Itoa(c.Lessons), state}}
			}
			return rows
		},
		None: words.CatalogueNone, Filter: true, Opens: words.CatalogueOpen,
		Open: func(_ []courses.Course, id string) tea.Cmd { return shell.Open(d.course(id)) },
		Ways: func([]courses.Course, string) []page.Way {
			return []page.Way{{Key: d.Letter("n", words.CatalogueNew), Open: func() shell.Screen { return d.form("") }},
				{Key: d.Letter("p", words.CataloguePrices), Open: d.fees}, d.takeModel()}
		},
	})
}

// courses lists the catalogue: what is in use first.
func (d desk) courses() ([]courses.Course, error) {
	all, err := d.Store.Courses(d.S.Ctx)
	slices.SortStableFunc(all, func(a, b courses.Course) int {
		return cmp.Compare(btoi(d.retired(a)), btoi(d.retired(b)))
	})
	return all, err
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// takeModel takes over what the model catalogue has and this one doesn't.
func (d desk) takeModel() page.Way {
	return page.Way{Key: d.Letter("m", words.CatalogueTakeModel), Doing: words.CatalogueTaking, Ask: page.Question{Ask: words.CatalogueTakeAsk, Yes: words.CatalogueTakeYes},
		Do: func() (page.Outcome, error) {
			model, err := d.Model()
			if err != nil {
				return page.Outcome{}, err
			}
			n, err := d.Store.TakeModel(d.S.Ctx, d.By(), model)
			return page.Outcome{Said: words.CatalogueTook, Args: []any{"n", n}}, err
		}}
}

func (d desk) read(id string) (courses.Course, error) {
	all, err := d.Store.Courses(d.S.Ctx)
	if err != nil {
		return courses.Course{}, err
	}
	at := slices.IndexFunc(all, func(c courses.Course) bool { return c.ID == id })
	if at < 0 {
		return courses.Course{}, data.ErrNotFound
	}
	return all[at], nil
}

// priced is a course with what each kind of participant would pay today.
type priced struct {
	courses.Course
	before []string // titles of what is asked first
	quotes []quote
}

// quote is what a kind pays, without a proof of the right to a lower fee, and with one.
type quote struct{ plain, proven courses.Fee }

func (d desk) priced(id string) (p priced, err error) {
	if p.Course, err = d.read(id); err != nil {
		return p, err
	}
	all, err := d.Store.Courses(d.S.Ctx)
	if err != nil {
		return p, err
	}
	for _, c := range all {
		if slices.Contains(p.Before, c.Code) {
			p.before = append(p.before, c.Title)
		}
	}
	for _, kind := range courses.Categories() {
		var q quote
		if q.plain, err = d.Store.Quote(d.S.Ctx, id, kind, false); err != nil {
			return p, err
		}
		if q.proven, err = d.Store.Quote(d.S.Ctx, id, kind, true); err != nil {
			return p, err
		}
		p.quotes = append(p.quotes, q)
	}
	return p, nil
}

// course is the page of one course.
func (d desk) course(id string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[priced]{
		Title: func(p priced) string { return cmp.Or(p.Title, d.S.T(words.CatalogueCourse)) },
		Doing: words.CatalogueLoading,
		Load:  func() (priced, error) { return d.priced(id) },
		Columns: []parts.Column{{Title: words.CatalogueColWho, Min: 24, Grow: 1}, {Title: words.CatalogueColPays, Min: 10, Right: true},
			{Title: words.CatalogueColProven, Min: 10, Right: true}, {Title: words.CatalogueColWhy, Min: 20, Grow: 3, Drop: 1}},
		Rows: func(p priced) []parts.Row {
			rows := make([]parts.Row, len(p.quotes))
			for i, q := range p.quotes {
				rows[i] = parts.Row{ID: string(q.plain.Category), Cells: []string{d.category(q.plain.Category), d.amount(q.plain), d.amount(q.proven), d.why(q.plain)}}
			}
			return rows
		},
		Top: d.facts,
		Foot: func(p priced, row string) string {
			for _, q := range p.quotes {
				if string(q.plain.Category) == row {
					return d.category(q.plain.Category) + ": " + d.why(q.plain)
				}
			}
			return ""
		},
		Ways: func(p priced, _ string) []page.Way {
			if p.ID == "" {
				return nil
			}
			return []page.Way{{Key: d.Letter("w", words.CatalogueChange), Open: func() shell.Screen { return d.form(id) }},
				{Key: d.Letter("m", words.CatalogueMaterial), Open: func() shell.Screen { return d.material(id) }},
				{Key: d.Letter("a", words.CatalogueCancel), Open: func() shell.Screen { return d.cancelForm(id) }},
				{Key: d.Letter("p", words.CataloguePrices), Open: d.fees}, d.retire(p.Course)}
		},
	})
}

func (d desk) category(c courses.Category) string {
	if c == "" {
		return d.S.T(words.CatalogueEverybody)
	}
	return d.S.T(words.CourseCategory(string(c)))
}

// amount is what a fee comes to; an unknown one is not zero.
func (d desk) amount(f courses.Fee) string {
	switch {
	case !f.Known:
		return d.S.T(words.CatalogueUnknown)
	case f.Cents == 0:
		return d.S.T(words.CatalogueFree)
	}
	return words.Money(d.S.Lang(), f.Cents)
}

func (d desk) why(f courses.Fee) string {
	return d.S.T(words.CourseFeeWhy(string(f.Why)), "n", f.Others+1, "decision", f.Rule.Decision, "decided", d.Day(f.Rule.DecidedOn), "category", d.category(f.Category))
}

// facts are what the catalogue promises, the most wanted first: a small window cuts the rest.
func (d desk) facts(at page.Page, p priced) []string {
	who := d.S.T(words.CatalogueEverybody)
	if len(p.Audience.Who) > 0 {
		var all []string
		for _, c := range p.Audience.Who {
			all = append(all, d.category(c))
		}
		who = strings.Join(all, ", ")
	}
	facts := []page.Fact{
		page.Named(words.CatalogueGoals, strings.Join(p.Goals, "; ")),
		page.Named(words.CatalogueFor, who+"; "+words.CourseAges(d.S.Lang(), p.Audience.From, p.Audience.To)),
		page.Named(words.CatalogueShape, d.S.T(words.CatalogueShapeLine, "n", p.Lessons, "minutes", p.Minutes, "least", p.Least, "most", p.Most)),
		page.Named(words.CatalogueColLevel, d.S.T(words.CourseLevel(p.Level))+", "+d.S.T(words.CourseDomain(string(p.Domain)))),
	}
	more := func(label words.Key, text string) {
		if text != "" {
			facts = append(facts, page.Named(label, text))
		}
	}
	if d.retired(p.Course) {
		more(words.CatalogueColState, d.S.T(words.CatalogueRetired))
	}
	more(words.CatalogueBefore, strings.Join(p.before, ", "))
	more(words.CatalogueWaiting, d.S.T(words.CoursePromotion(string(p.Promotion))))
	more(words.CatalogueBlurb, p.Blurb)
	more(words.CatalogueOutline, strings.Join(p.Outline, "; "))
	more(words.CatalogueCancelTitle, d.cancelling(p.CancelRules))
	var material []string
	for _, m := range p.Material {
		material = append(material, m.Title)
	}
	more(words.CatalogueMaterialTitle, strings.Join(material, ", "))
	return at.Facts(facts...)
}

// retire takes a course out of the catalogue, or puts it back. Series that there are go on.
func (d desk) retire(c courses.Course) page.Way {
	now := c
	w := page.Way{Key: d.Letter("u", words.CatalogueRetire), Doing: words.CatalogueSaving, Ask: page.Question{Ask: words.CatalogueRetireAsk, Yes: words.CatalogueRetireYes, Args: []any{"title", c.Title}}}
	said := words.CatalogueRetiredNow
	if now.RetiredOn = d.today(); d.retired(c) {
		now.RetiredOn, said = "", words.CatalogueBackNow
		w.Key, w.Ask = d.Letter("u", words.CatalogueBack), page.Question{}
	}
	w.Do = func() (page.Outcome, error) {
		_, err := d.Store.ChangeCourse(d.S.Ctx, d.By(), c, now)
		return page.Outcome{Said: said, Args: []any{"title", c.Title}}, err
	}
	return w
}
