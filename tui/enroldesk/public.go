package enroldesk

import (
	"slices"
	"strings"
	"time"

	"digibrug/courses"
	"digibrug/data/calendar"
	"digibrug/tui/coursewords"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// The pages of a kiosk.
const (
	PublicRoom shell.Room = "enrol.public"
	SignInRoom shell.Room = "enrol.signin"
	FreeRoom   shell.Room = "enrol.free"
)

// NewPublic opens the programme for everybody at a kiosk.
func NewPublic(s *shell.Session, of Desk) shell.Screen {
	d := at(s, of)
	load := func() ([]courses.Listed, error) { return d.Store.Programme(d.ctx()) }
	return d.programmeTo(load, func(id string) shell.Screen { return d.leaflet(id) })
}

// leaflet shows a series, and takes the name of who wants to come.
func (d desk) leaflet(series string) shell.Screen {
	return page.NewTask(d.S, words.EnrolEnrol, words.EnrolEnrolling, func() (page.Brief, error) {
		f, err := d.Store.Leaflet(d.ctx(), series)
		if err != nil {
			return page.Brief{}, err
		}
		lead, fields := words.EnrolPublicLead, d.visitorFields(f)
		if f.ForStaff {
			lead, fields = words.EnrolStaffOnly, nil
		}
		body := parts.NewForm(words.EnrolEnrol, fields...)
		if f.ForStaff {
			body = parts.NewForm(words.EnrolBack)
		}
		return page.Brief{Title: f.Course, Lead: lead, Head: leafletFacts(d.S.Lang(), f), Body: body, Do: func(form parts.Form) (page.Outcome, error) {
			if f.ForStaff {
				return page.Outcome{}, nil
			}
			return d.enrolVisitor(f, form)
		}}, nil
	})
}

// visitorFields are what a visitor says: a name and a number, and where the person lives when the fee goes by that.
func (d desk) visitorFields(f courses.Leaflet) []parts.Field {
	fields := []parts.Field{{Name: "given", Label: words.EnrolGiven, Need: true, Max: mostName}, {Name: "family", Label: words.EnrolFamily, Need: true, Max: mostName},
		{Name: "phone", Label: words.EnrolPhone, Hint: words.EnrolPhoneHint, Need: true, Digits: true, Max: 30}}
	if len(f.Prices) < 2 {
		return fields
	}
	return append(fields, parts.Field{Name: "category", Label: words.EnrolLives, Kind: parts.Choice, Need: true, Value: string(courses.Resident), Options: []parts.Option{
		{Value: string(courses.Resident), Label: d.S.T(words.EnrolLivesHere)}, {Value: string(courses.NonResident), Label: d.S.T(words.EnrolLivesElsewhere)}}})
}

func (d desk) enrolVisitor(f courses.Leaflet, form parts.Form) (page.Outcome, error) {
	kind := courses.Category(form.Value("category"))
	if kind == "" {
		kind = f.Prices[0].Category
	}
	e, err := d.Store.EnrolVisitor(d.ctx(), d.By(), f.ID, courses.Participant{Given: form.Value("given"), Family: form.Value("family"), Phone: form.Value("phone"),
		Category: kind, Language: string(d.S.Lang())})
	if err != nil {
		return page.Outcome{}, err
	}
	place, err := d.Store.Place(d.ctx(), d.By(), e.ID)
	return page.Outcome{Next: thanks{Page: page.Still(d.S), e: e, of: f.Listed, place: place}}, err
}

// thanks says what happens next, and makes way: nothing of a visitor stays.
type thanks struct {
	page.Page
	e     courses.Enrolment
	of    courses.Listed
	place int
}

// thanksFor is how long a visitor may read what happens next.
const thanksFor = 40 * time.Second

func gone() tea.Msg { return shell.GoneMsg{} }

// Init makes way after a while.
func (t thanks) Init() tea.Cmd { return tea.Tick(thanksFor, func(time.Time) tea.Msg { return gone() }) }

// Title is what it was about.
func (t thanks) Title() string { return t.S.T(words.EnrolEnrol) }

// Update makes way on Enter and on Esc.
func (t thanks) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		t.W, t.H = msg.Width, msg.Height
	case tea.KeyPressMsg:
		if key.Matches(msg, t.S.Keys().Enter, t.S.Keys().Back) {
			return t, gone
		}
	}
	return t, nil
}

// View says what happens next.
func (t thanks) View() string {
	title := words.EnrolThanksIn
	next := []string{text(t.S.Lang(), "", t.e, t.of, t.place, nil)}
	if t.e.State == courses.Waiting {
		title = words.EnrolThanksWaiting
	}
	lines := []string{t.S.Theme().Good.Render(parts.Cut(t.S.T(title), t.W)), ""}
	lines = append(lines, parts.Paragraphs(t.W, append(next, t.S.T(words.EnrolThanksClose))...)...)
	return parts.Rows(lines, t.H)
}

// Inside: Esc makes way too, and leaves nothing behind.
func (t thanks) Inside() bool { return true }

// ShortHelp is the footer.
func (t thanks) ShortHelp() []key.Binding { return []key.Binding{t.Enter(words.EnrolClose)} }

// FullHelp is the help page.
func (t thanks) FullHelp() [][]key.Binding { return [][]key.Binding{t.ShortHelp()} }

// NewSignIn opens the lessons that run now: choose a name and press Enter.
func NewSignIn(s *shell.Session, of Desk) shell.Screen {
	d := at(s, of)
	return page.NewSheet(s, page.Sheeted[[]courses.RunningSession]{
		Title: func([]courses.RunningSession) string { return s.T(words.EnrolSignIn) },
		Doing: words.EnrolLoading,
		Load: func() ([]courses.RunningSession, error) {
			all, err := d.Store.Running(d.ctx(), d.By())
			return slices.DeleteFunc(all, func(r courses.RunningSession) bool { return len(r.Who) == 0 }), err
		},
		Top: func(p page.Page, all []courses.RunningSession) []string {
			if len(all) == 0 {
				return nil
			}
			return p.Paragraphs(s.T(words.EnrolSignInLead))
		},
		Columns: []parts.Column{{Title: words.EnrolColName, Min: 14, Grow: 2}, {Title: words.EnrolColCourse, Min: 16, Grow: 3}, {Title: words.EnrolColHour, Min: 6}, {Title: words.EnrolColState, Min: 10}},
		Rows: func(all []courses.RunningSession) (rows []parts.Row) {
			for _, r := range all {
				for _, who := range r.Who {
					in := ""
					if who.In {
						in = s.T(words.EnrolSignedIn)
					}
					rows = append(rows, parts.Row{ID: who.Enrolment, Cells: []string{who.Name, r.Course, words.Hour(s.Lang(), r.From), in}})
				}
			}
			return rows
		},
		None: words.EnrolSignInNone, Filter: true,
		Ways: func(all []courses.RunningSession, id string) []page.Way {
			for _, r := range all {
				for _, who := range r.Who {
					if who.Enrolment == id && !who.In {
						return []page.Way{{Key: d.Enter(words.EnrolThatsMe), Doing: words.EnrolSigningIn, Do: func() (page.Outcome, error) {
							_, err := d.Store.SignIn(d.ctx(), d.By(), id)
							return page.Outcome{Said: words.EnrolWelcome, Args: []any{"name", who.Name}}, err
						}}}
					}
				}
			}
			return nil
		},
	})
}

// NewFree tells how many PCs are free now, and when a lesson begins.
func NewFree(s *shell.Session, of Desk) shell.Screen {
	d := at(s, of)
	return page.NewSheet(s, page.Sheeted[[]courses.FreeRoom]{
		Title:   func([]courses.FreeRoom) string { return s.T(words.EnrolFreePCs) },
		Doing:   words.EnrolLoading,
		Load:    func() ([]courses.FreeRoom, error) { return d.Store.FreeRooms(d.ctx(), d.By()) },
		Columns: []parts.Column{{Title: words.EnrolColRoom, Min: 14, Grow: 1}, {Title: words.EnrolColNow, Min: 17, Grow: 1}, {Title: words.EnrolColThen, Min: 19, Grow: 3}},
		Rows: func(all []courses.FreeRoom) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, r := range all {
				rows[i] = parts.Row{ID: r.Room, Cells: []string{r.Room, s.T(words.EnrolPCs, "n", r.Free), d.then(r)}}
			}
			return rows
		},
		None: words.EnrolNoPCs,
	})
}

// then says until when that holds.
func (d desk) then(r courses.FreeRoom) string {
	at := words.Clock(d.S.Lang(), r.Until)
	switch {
	case r.Shut:
		return d.S.T(words.EnrolThenShut)
	case r.Free == 0 && !r.Again.IsZero():
		return d.S.T(words.EnrolThenAgain, "at", words.Clock(d.S.Lang(), r.Again))
	case r.Free == 0:
		return ""
	case r.Until.IsZero():
		return d.S.T(words.EnrolThenFree)
	case r.Then == "":
		return d.S.T(words.EnrolThenTaken, "at", at)
	}
	return d.S.T(words.EnrolThenLesson, "at", at, "course", r.Then)
}

// leafletFacts are what everybody should know of a series: when, where, whether there is a seat, and what it costs.
func leafletFacts(lang words.Lang, f courses.Leaflet) []page.Fact {
	var days []string
	for _, one := range f.Planned {
		span := one.Instants()
		days = append(days, words.WeekdayDay(lang, one.Day)+" "+words.Clock(lang, span.From)+"\u2011"+words.Clock(lang, span.To))
	}
	facts := []page.Fact{page.Named(words.EnrolColLevel, coursewords.Level(lang, f.Level)), page.Named(words.EnrolColDays, strings.Join(days, ", ")),
		page.Named(words.EnrolColPlace, calendar.Joined(", ", f.Location, f.Rooms, f.Address.String())), page.Named(words.EnrolColFree, coursewords.Free(lang, f.Listed))}
	labels := []words.Key{words.EnrolPrice}
	prices := f.Prices
	if len(prices) == 2 && price(lang, prices[0]) == price(lang, prices[1]) {
		prices = prices[:1]
	} else if len(prices) == 2 {
		labels = []words.Key{words.EnrolPriceHere, words.EnrolPriceElsewhere}
	}
	for i, p := range prices {
		facts = append(facts, page.Named(labels[i], price(lang, p)))
	}
	return facts
}

// price is what somebody pays, and what with a proof.
func price(lang words.Lang, p courses.Price) string {
	text := coursewords.Amount(lang, p.Fee)
	if p.Reduced.Known && (!p.Fee.Known || p.Reduced.Cents < p.Fee.Cents) {
		text += " " + words.T(lang, words.EnrolReduced, "amount", coursewords.Amount(lang, p.Reduced))
	}
	return text
}
