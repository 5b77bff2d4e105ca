package staffing

import (
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/data/staffing"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// JoinForm books somebody in.
type JoinForm struct {
	page.Form
	desk     Desk
	services []parts.Option
	known    []data.Person // people of the name that was typed, once that was looked up
	asked    string        // for whom they were looked up
}

// maxName is how many characters a name or function takes.
const maxName = 80

// fresh is the choice that somebody is not one of the people of that name.
const fresh = "new"

// namesakes is what looking up a name brought.
type namesakes struct{ all []data.Person }

func newJoinForm(s *shell.Session, desk Desk) shell.Screen {
	return JoinForm{Form: page.LoadingForm(s, words.StaffingLoading, words.StaffingJoinLead), desk: desk}
}

func (f JoinForm) load() tea.Cmd {
	return page.Fetch(f.Loading, func() ([]data.Service, error) { return f.desk.People.Services(f.S.Ctx) })
}

// Init loads the services.
func (f JoinForm) Init() tea.Cmd { return f.load() }

// Title is what it is.
func (f JoinForm) Title() string { return f.S.T(words.StaffingJoinTitle) }

// Update fills in, looks whether the house knows somebody of the name, and books in.
func (f JoinForm) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case page.DoneMsg[[]data.Service]:
		next, ok, tell := page.Settled(f.Page, msg)
		if f.Page = next; ok {
			f.services = serviceOptions(f.S, msg.Got)
			f.Body = f.fields()
			f.Form = f.Sized()
		}
		return f, tell
	case page.DoneMsg[namesakes]:
		next, ok, tell := f.Settle(msg.Of, msg.Err)
		if f.Form = next; !ok {
			return f, tell
		}
		return f.looked(msg.Got.all)
	case page.DoneMsg[staffing.Case]:
		next, ok, tell := f.Settle(msg.Of, msg.Err)
		if f.Form = next; !ok {
			return f, tell
		}
		return f, tea.Batch(shell.Replace(newCase(f.S, f.desk, msg.Got.EmploymentID, staffing.Join)),
			shell.Notify(shell.Good, words.StaffingJoined, "name", msg.Got.Person.Name(), "day", f.Day(msg.Got.Day)))
	}
	if f.Retries(msg) {
		f.Page = f.Again()
		return f, f.load()
	}
	next, event := f.Fill(msg)
	if f.Form = next; event == parts.FormSubmitted {
		return f.submit()
	}
	return f, nil
}

// serviceOptions are the services that are there today, clusters left out.
func serviceOptions(s *shell.Session, all []data.Service) []parts.Option {
	options := []parts.Option{{Label: s.T(words.StaffingChoose)}}
	today := data.DayOf(s.Now())
	for _, one := range all {
		if !one.IsCluster && (one.ClosedOn == "" || one.ClosedOn > today) {
			options = append(options, parts.Option{Value: one.ID, Label: one.Name})
		}
	}
	return options
}

// fields are those of the form, filled in as they were; with namesakes there is one more.
func (f JoinForm) fields() parts.Form {
	was := func(name, otherwise string) string {
		if f.asked == "" {
			return otherwise
		}
		return f.Body.Value(name)
	}
	all := []parts.Field{
		{Name: "given", Label: words.StaffingGiven, Need: true, Max: maxName, Value: was("given", "")},
		{Name: "family", Label: words.StaffingFamily, Need: true, Max: maxName, Value: was("family", "")},
	}
	if len(f.known) > 0 {
		same := parts.Field{Name: "same", Label: words.StaffingSame, Hint: words.StaffingSameHint, Kind: parts.Choice, Need: true,
			Options: []parts.Option{{Label: f.S.T(words.StaffingChoose)}}}
		for _, p := range f.known {
			same.Options = append(same.Options, parts.Option{Value: p.ID, Label: f.S.T(words.StaffingSameYes, "name", p.Name(), "number", numberOf(f.S, p))})
		}
		same.Options = append(same.Options, parts.Option{Value: fresh, Label: f.S.T(words.StaffingSameNo)})
		all = append(all, same)
	}
	all = append(all,
		parts.Field{Name: "number", Label: words.StaffingNumberField, Hint: words.StaffingNumberHint, Max: 20, Digits: true, Value: was("number", "")},
		parts.Field{Name: "service", Label: words.StaffingService, Kind: parts.Choice, Need: true, Options: f.services, Value: was("service", "")},
		parts.Field{Name: "job", Label: words.StaffingJob, Max: maxName, Value: was("job", "")},
		parts.Field{Name: "from", Label: words.StaffingFrom, Kind: parts.Day, Need: true, Value: was("from", data.DayOf(f.S.Now()))},
		parts.Field{Name: "until", Label: words.StaffingUntil, Hint: words.StaffingUntilHint, Kind: parts.Day, Value: was("until", "")},
		parts.Field{Name: "fraction", Label: words.StaffingFraction, Hint: words.StaffingFractionHint, Kind: parts.Number, Need: true, Low: 1, High: 100,
			Value: was("fraction", "100")},
		parts.Field{Name: "employer", Label: words.StaffingEmployer, Hint: words.StaffingEmployerHint, Max: maxName, Value: was("employer", "")},
	)
	return parts.NewForm(words.StaffingJoinSave, all...)
}

func numberOf(s *shell.Session, p data.Person) string {
	if p.Number == "" {
		return s.T(words.StaffingNoNumber)
	}
	return s.T(words.StaffingNumber, "number", p.Number)
}

// typedName is the name in the fields, folded.
func (f JoinForm) typedName() string {
	return data.SortKey(f.Body.Value("given")) + " / " + data.SortKey(f.Body.Value("family"))
}

// submit books in, once it is known that nobody of the name is meant.
func (f JoinForm) submit() (shell.Screen, tea.Cmd) {
	if f.asked == f.typedName() {
		return f.save()
	}
	given, family := f.Body.Value("given"), f.Body.Value("family")
	f.Page = f.Acts(words.StaffingSaving)
	return f, page.Fetch(f.Acting, func() (namesakes, error) {
		all, err := f.desk.Store.Namesakes(f.S.Ctx, f.By(), given, family)
		return namesakes{all}, err
	})
}

// looked asks which of the namesakes it is, or books in when there are none.
func (f JoinForm) looked(all []data.Person) (shell.Screen, tea.Cmd) {
	f.asked, f.known = f.typedName(), all
	if len(all) == 0 && f.Body.Value("same") == "" {
		return f.save()
	}
	f.Body = f.fields()
	f.Form = f.Sized()
	f.Body = f.Body.On(f.S.Look(), "same")
	return f, shell.Notify(shell.Warn, words.StaffingNamesake)
}

func (f JoinForm) save() (shell.Screen, tea.Cmd) {
	percent, _ := strconv.ParseFloat(strings.ReplaceAll(f.Body.Value("fraction"), ",", "."), 64)
	n := staffing.Joiner{Person: data.Person{Given: f.Body.Value("given"), Family: f.Body.Value("family"), Number: f.Body.Value("number")},
		Employment: data.Employment{ServiceID: f.Body.Value("service"), Job: f.Body.Value("job"), Employer: f.Body.Value("employer"),
			Fraction: int(percent*data.FullTime/100 + 0.5), From: f.Body.Value("from"), Until: f.Body.Value("until")}}
	if same := f.Body.Value("same"); len(f.known) > 0 && same != fresh {
		n.PersonID = same
	}
	f.Page = f.Acts(words.StaffingSaving)
	return f, page.Fetch(f.Acting, func() (staffing.Case, error) { return f.desk.Store.Join(f.S.Ctx, f.By(), n) })
}
