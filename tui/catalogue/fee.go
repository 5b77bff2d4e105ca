package catalogue

import (
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

// ruled is a rule of what courses cost, with the title of its course.
type ruled struct {
	courses.FeeRule
	course string
}

func (d desk) rules() (all []ruled, err error) {
	rules, err := d.Store.FeeRules(d.S.Ctx, d.By())
	if err != nil {
		return nil, err
	}
	titles, err := d.titles()
	for _, r := range slices.Backward(rules) { // the newest first
		all = append(all, ruled{r, titles[r.CourseID]})
	}
	return all, err
}

// titles are those of the courses by id; of none: all courses.
func (d desk) titles() (map[string]string, error) {
	all, err := d.Store.Courses(d.S.Ctx)
	titles := map[string]string{"": d.S.T(words.CatalogueAllCourses)}
	for _, c := range all {
		titles[c.ID] = c.Title
	}
	return titles, err
}

// fees lists the rules of what courses cost, those of before too.
func (d desk) fees() shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[[]ruled]{
		Title: func([]ruled) string { return d.S.T(words.CatalogueFeesTitle) },
		Doing: words.CatalogueLoading,
		Load:  d.rules,
		Columns: []parts.Column{{Title: words.CatalogueCourse, Min: 16, Grow: 2}, {Title: words.CatalogueColWho, Min: 14, Grow: 2}, {Title: words.CatalogueColPays, Min: 9, Right: true},
			{Title: words.CatalogueFrom, Min: 10, Drop: 1}, {Title: words.CatalogueUntil, Min: 10, Drop: 2}},
		Rows: func(all []ruled) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, r := range all {
				rows[i] = parts.Row{ID: r.ID, Cells: []string{r.course, d.category(r.Category), d.cents(r.FeeRule), d.Day(r.From), d.dayOrDash(r.Until)}}
			}
			return rows
		},
		Foot: func(all []ruled, row string) string {
			at := slices.IndexFunc(all, func(r ruled) bool { return r.ID == row })
			if at < 0 {
				return ""
			}
			return d.ground(all[at])
		},
		None: words.CatalogueFeesNone, Filter: true, Opens: words.CatalogueChange,
		Open: func(all []ruled, id string) tea.Cmd {
			at := slices.IndexFunc(all, func(r ruled) bool { return r.ID == id })
			return shell.Open(d.feeForm(all[at].FeeRule))
		},
		Ways: func([]ruled, string) []page.Way {
			return []page.Way{{Key: d.Letter("n", words.CatalogueNew), Open: func() shell.Screen { return d.feeForm(courses.FeeRule{From: d.today()}) }}}
		},
	})
}

func (d desk) dayOrDash(day string) string {
	if day == "" {
		return "-"
	}
	return d.Day(day)
}

func (d desk) cents(r courses.FeeRule) string {
	if r.Cents == 0 {
		return d.S.T(words.CatalogueFree)
	}
	return words.Money(d.S.Lang(), r.Cents)
}

// ground says by which decision a rule holds, whether it holds today, and what it asks.
func (d desk) ground(r ruled) string {
	stands := words.CatalogueHolds
	if !r.HoldsOn(d.today()) {
		stands = words.CatalogueHoldsNot
	}
	all := []string{d.S.T(words.CatalogueGround, "decision", r.Decision, "day", d.Day(r.DecidedOn)), d.S.T(stands)}
	if r.Reduced {
		all = append(all, d.S.T(words.CatalogueReducedLine, "n", r.ProofDays))
	}
	if r.Note != "" {
		all = append(all, r.Note)
	}
	return strings.Join(all, " ")
}

// feeForm adds a rule, or changes the one with its id. What people owe already stays.
func (d desk) feeForm(was courses.FeeRule) shell.Screen {
	title := words.CatalogueFeeChange
	if was.ID == "" {
		title = words.CatalogueFeeNew
	}
	return page.NewTask(d.S, title, words.CatalogueSaving, func() (page.Brief, error) {
		all, err := d.Store.Courses(d.S.Ctx)
		if err != nil {
			return page.Brief{}, err
		}
		return page.Brief{Title: d.S.T(title), Lead: words.CatalogueFeeLead, Body: parts.NewForm(words.CatalogueSave, d.feeFields(was, all)...),
			Do: func(form parts.Form) (page.Outcome, error) {
				now, err := filledFee(was, form)
				switch {
				case err != nil:
				case was.ID == "":
					_, err = d.Store.PutFeeRule(d.S.Ctx, d.By(), now)
				default:
					_, err = d.Store.ChangeFeeRule(d.S.Ctx, d.By(), was, now)
				}
				return page.Outcome{Said: words.CatalogueFeeSaved}, err
			}}, nil
	})
}

const (
	yes = "yes"
	no  = "no"
)

func (d desk) feeFields(was courses.FeeRule, all []courses.Course) []parts.Field {
	course := choice("course", words.CatalogueCourse, was.CourseID)
	course.Options = []parts.Option{{Label: d.S.T(words.CatalogueAllCourses)}}
	for _, c := range all {
		course.Options = append(course.Options, parts.Option{Value: c.ID, Label: c.Title})
	}
	who := choice("category", words.CatalogueColWho, string(was.Category))
	who.Options = []parts.Option{{Label: d.category("")}}
	for _, one := range courses.Categories() {
		who.Options = append(who.Options, parts.Option{Value: string(one), Label: d.category(one)})
	}
	course.Need, who.Need = false, false // the first choice, for all, has no value
	reduced := choice("reduced", words.CatalogueReduced, no)
	reduced.Hint, reduced.Options = words.CatalogueReducedHint, []parts.Option{{Value: no, Label: d.S.T(words.CatalogueNo)}, {Value: yes, Label: d.S.T(words.CatalogueYes)}}
	if was.Reduced {
		reduced.Value = yes
	}
	amount := ""
	if was.ID != "" {
		amount = strings.TrimPrefix(words.Money(words.NL, was.Cents), "€ ")
	}
	return []parts.Field{course, who,
		{Name: "cents", Label: words.CatalogueAmount, Hint: words.CatalogueAmountHint, Need: true, Digits: true, Max: 12, Value: amount,
			Check: func(text string) error { _, err := data.ParseEuro(text); return err }},
		reduced, number("proof_days", words.CatalogueProofDays, words.CatalogueProofHint, was.ProofDays, 0, 800),
		{Name: "decision", Label: words.CatalogueDecision, Hint: words.CatalogueDecisionHint, Need: true, Max: 80, Value: was.Decision},
		{Name: "decided", Label: words.CatalogueDecided, Kind: parts.Day, Need: true, Value: was.DecidedOn},
		{Name: "from", Label: words.CatalogueFrom, Kind: parts.Day, Need: true, Value: was.From},
		{Name: "until", Label: words.CatalogueUntil, Hint: words.CatalogueUntilHint, Kind: parts.Day, Value: was.Until},
		{Name: "note", Label: words.CatalogueNote, Max: 300, Value: was.Note}}
}

func filledFee(r courses.FeeRule, form parts.Form) (courses.FeeRule, error) {
	cents, err := data.ParseEuro(form.Value("cents"))
	if err != nil {
		return r, err
	}
	days, _ := strconv.Atoi(form.Value("proof_days")) // the field took whole numbers alone
	r.CourseID, r.Category, r.Cents, r.Reduced, r.ProofDays = form.Value("course"), courses.Category(form.Value("category")), cents, form.Value("reduced") == yes, days
	r.Decision, r.DecidedOn, r.From, r.Until, r.Note = form.Value("decision"), form.Value("decided"), form.Value("from"), form.Value("until"), form.Value("note")
	return r, nil
}
