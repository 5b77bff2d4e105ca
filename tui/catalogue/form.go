package catalogue

import (
	"strconv"
	"strings"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// form adds a course, or changes the one with that id, whose code stays.
func (d desk) form(id string) shell.Screen {
	title := words.CatalogueChangeTitle
	if id == "" {
		title = words.CatalogueNewTitle
	}
	return page.NewTask(d.S, title, words.CatalogueSaving, func() (page.Brief, error) {
		was := courses.Course{Level: 1, Minutes: 120, Least: 4, Most: 8, Lessons: 4, Promotion: courses.Offer, OfferDays: 3, DecideDays: 7, Domain: courses.DomainWindows}
		all, err := d.Store.Courses(d.S.Ctx)
		if err != nil {
			return page.Brief{}, err
		}
		b := page.Brief{Lead: words.CatalogueFormLead}
		if id != "" {
			if was, err = d.read(id); err != nil {
				return page.Brief{}, err
			}
			b.Title = was.Title
		}
		b.Body = parts.NewForm(words.CatalogueSave, d.fields(was, all)...)
		b.Do = func(form parts.Form) (page.Outcome, error) { return d.save(was, filled(was, form)) }
		return b, nil
	})
}

func (d desk) save(was, now courses.Course) (page.Outcome, error) {
	done := page.Outcome{Said: words.CatalogueSaved, Args: []any{"title", now.Title}}
	if was.ID != "" {
		_, err := d.Store.ChangeCourse(d.S.Ctx, d.By(), was, now)
		return done, err
	}
	added, err := d.Store.PutCourse(d.S.Ctx, d.By(), now)
	if err == nil {
		done.Next = d.course(added.ID)
	}
	return done, err
}

// longest is how many characters a field of several things takes.
const longest = 3000

func (d desk) fields(was courses.Course, all []courses.Course) []parts.Field {
	domain := choice("domain", words.CatalogueColDomain, string(was.Domain))
	for _, one := range courses.Domains() {
		domain.Options = append(domain.Options, parts.Option{Value: string(one), Label: d.S.T(words.CourseDomain(string(one)))})
	}
	level := choice("level", words.CatalogueColLevel, strconv.Itoa(was.Level))
	for n := 1; n <= 4; n++ {
		level.Options = append(level.Options, parts.Option{Value: strconv.Itoa(n), Label: d.S.T(words.CourseLevel(n))})
	}
	promotion := choice("promotion", words.CatalogueWaiting, string(was.Promotion))
	for _, one := range courses.Promotions() {
		promotion.Options = append(promotion.Options, parts.Option{Value: string(one), Label: d.S.T(words.CoursePromotion(string(one)))})
	}
	who := parts.Field{Name: "who", Label: words.CatalogueFor, Hint: words.CatalogueForHint, Kind: parts.Many}
	var ticked []string
	for _, one := range was.Audience.Who {
		ticked = append(ticked, string(one))
	}
	who.Value = strings.Join(ticked, "\n")
	for _, one := range courses.Categories() {
		who.Options = append(who.Options, parts.Option{Value: string(one), Label: d.category(one)})
	}
	fields := []parts.Field{
		{Name: "title", Label: words.CatalogueColTitle, Need: true, Max: 60, Value: was.Title},
		{Name: "blurb", Label: words.CatalogueBlurb, Max: 400, Value: was.Blurb},
		{Name: "goals", Label: words.CatalogueGoals, Hint: words.CatalogueGoalsHint, Need: true, Max: longest, Value: strings.Join(was.Goals, "; ")},
		domain, level,
		number("lessons", words.CatalogueColLessons, "", was.Lessons, 1, 60), number("minutes", words.CatalogueMinutes, "", was.Minutes, 15, 480),
		{Name: "outline", Label: words.CatalogueOutline, Hint: words.CatalogueOutlineHint, Max: longest, Value: strings.Join(was.Outline, "; ")},
		number("least", words.CatalogueLeast, words.CatalogueLeastHint, was.Least, 1, 500), number("most", words.CatalogueMost, "", was.Most, 1, 500),
		promotion, number("offer_days", words.CatalogueOfferDays, words.CatalogueOfferHint, was.OfferDays, 1, 30), number("decide_days", words.CatalogueDecideDays, words.CatalogueDecideHint, was.DecideDays, 1, 60),
		{Name: "equipment", Label: words.CatalogueEquipment, Hint: words.CatalogueSplitHint, Max: longest, Value: strings.Join(was.Equipment, "; ")},
		who, number("from", words.CatalogueAgeFrom, words.CatalogueAgeHint, was.Audience.From, 0, 120), number("to", words.CatalogueAgeTo, words.CatalogueAgeHint, was.Audience.To, 0, 120),
	}
	if before := beforeField(was, all); len(before.Options) > 0 {
		fields = append(fields, before)
	}
	if was.ID == "" {
		fields = append([]parts.Field{{Name: "code", Label: words.CatalogueCode, Hint: words.CatalogueCodeHint, Need: true, Max: 40}}, fields...)
	}
	return fields
}

// beforeField lets tick the courses that are asked first.
func beforeField(was courses.Course, all []courses.Course) parts.Field {
	f := parts.Field{Name: "before", Label: words.CatalogueBefore, Kind: parts.Many, Value: strings.Join(was.Before, "\n")}
	for _, c := range all {
		if c.Code != was.Code {
			f.Options = append(f.Options, parts.Option{Value: c.Code, Label: c.Title})
		}
	}
	return f
}

func choice(name string, label words.Key, value string) parts.Field {
	return parts.Field{Name: name, Label: label, Kind: parts.Choice, Need: true, Value: value}
}

// number is a field for a whole number that must be there.
func number(name string, label, hint words.Key, n, low, high int) parts.Field {
	return parts.Field{Name: name, Label: label, Hint: hint, Kind: parts.Number, Need: true, Low: float64(low), High: float64(high), Value: strconv.Itoa(n),
		Check: func(text string) error {
			if _, err := strconv.Atoi(text); err != nil {
				return &data.Invalid{Field: name, Why: data.WhyNumber, Got: data.Clean(text, 20)}
			}
			return nil
		}}
}

// filled is a course with what was typed.
func filled(c courses.Course, form parts.Form) courses.Course {
	whole := func(name string) int {
		n, _ := strconv.Atoi(form.Value(name)) // the field took whole numbers alone
		return n
	}
	if c.ID == "" {
		c.Code = form.Value("code")
	}
	c.Title, c.Blurb, c.Goals, c.Outline, c.Equipment = form.Value("title"), form.Value("blurb"), split(form.Value("goals")), split(form.Value("outline")), split(form.Value("equipment"))
	c.Domain, c.Level, c.Lessons, c.Minutes = courses.Domain(form.Value("domain")), whole("level"), whole("lessons"), whole("minutes")
	c.Least, c.Most, c.Promotion, c.OfferDays, c.DecideDays = whole("least"), whole("most"), courses.Promotion(form.Value("promotion")), whole("offer_days"), whole("decide_days")
	c.Audience = courses.Audience{From: whole("from"), To: whole("to")}
	for _, one := range form.Values("who") {
		c.Audience.Who = append(c.Audience.Who, courses.Category(one))
	}
	c.Before = form.Values("before")
	return c
}

// split reads things on one line, with semicolons between them.
func split(text string) (all []string) {
	for one := range strings.SplitSeq(text, ";") {
		if one = strings.TrimSpace(one); one != "" {
			all = append(all, one)
		}
	}
	return all
}
