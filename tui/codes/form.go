package codes

import (
	"strings"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/quiz"
	"digibrug/tui/page"
	"digibrug/tui/papers"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// Form asks for new letters.
type Form struct {
	page.Form
	desk     Desk
	topics   []quiz.Topic
	proposed data.Window // days that the program put in the fields
	order    papers.Order
}

// choices is what the form loads.
type choices struct {
	topics   []quiz.Topic
	services []data.Service
}

// counted is how many people an order is about.
type counted struct {
	order papers.Order
	n     int
}

// Values of the choice what letters are for, beside the ids of campaigns, and of the other choices.
const (
	forStaff  = "staff"
	onePage   = "1"
	eightPage = "8"
)

// staffDays is how many days a code for "Ik werk hier" is good unless somebody says otherwise.
const staffDays = 30

// NewForm opens the form.
func NewForm(s *shell.Session, desk Desk) shell.Screen {
	return Form{Form: page.LoadingForm(s, words.CodeLoading, words.CodeFormLead), desk: desk}
}

func (f Form) load() tea.Cmd {
	return page.Fetch(f.Loading, func() (c choices, err error) {
		if c.topics, err = f.desk.Mailing.Campaigns.Topics(f.S.Ctx, f.By()); err != nil {
			return c, err
		}
		c.services, err = f.desk.Mailing.People.Services(f.S.Ctx)
		return c, err
	})
}

// Init loads the campaigns and services.
func (f Form) Init() tea.Cmd { return f.load() }

// Title is what it is.
func (f Form) Title() string { return f.S.T(words.CodeFormTitle) }

// Update fills in, counts, asks, and makes.
func (f Form) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case page.DoneMsg[choices]:
		next, ok, tell := page.Settled(f.Page, msg)
		if f.Page = next; ok {
			f = f.fields(msg.Got)
			f.Form = f.Sized()
		}
		return f, tell
	case page.DoneMsg[counted]:
		return f.ask(msg)
	case page.YesMsg:
		next, ok := f.Agreed(msg)
		if f.Page = next; ok {
			return f.make()
		}
		return f, nil
	case page.DoneMsg[made]:
		next, ok, tell := f.Settle(msg.Of, msg.Err)
		if f.Form = next; !ok {
			return f, tell
		}
		return f, shell.Replace(newMade(f.S, f.desk, msg.Got))
	}
	if f.Retries(msg) {
		f.Page = f.Again()
		return f, f.load()
	}
	next, event := f.Fill(msg)
	f.Form = next
	switch event {
	case parts.FormChanged:
		return f.proposing(), nil
	case parts.FormSubmitted:
		return f.count()
	}
	return f, nil
}

func (f Form) fields(c choices) Form {
	var topics []parts.Option
	f.topics = nil
	for _, t := range c.topics {
		if t.State != quiz.Closed {
			f.topics = append(f.topics, t)
			topics = append(topics, parts.Option{Value: t.ID, Label: t.Title})
		}
	}
	topics = append(topics, parts.Option{Value: forStaff, Label: f.S.T(words.CodeStaffTitle)})
	services := []parts.Option{{Label: f.S.T(words.CodeEveryService)}}
	for _, s := range c.services {
		if !s.IsCluster {
			services = append(services, parts.Option{Value: s.ID, Label: s.Name})
		}
	}
	f.proposed = f.days(topics[0].Value)
	all := []parts.Field{
		{Name: "for", Label: words.CodeColFor, Kind: parts.Choice, Need: true, Options: topics, Value: topics[0].Value},
		{Name: "service", Label: words.CodeColService, Kind: parts.Choice, Options: services},
		{Name: "person", Label: words.CodeOnly, Hint: words.CodeOnlyHint, Max: 80},
		{Name: "from", Label: words.CodeFrom, Kind: parts.Day, Need: true, Value: data.DayOf(f.proposed.From)},
		{Name: "until", Label: words.CodeUntil, Kind: parts.Day, Need: true, Value: f.proposed.LastDay()},
		{Name: "layout", Label: words.CodeLayout, Kind: parts.Choice, Value: onePage,
			Options: []parts.Option{{Value: onePage, Label: f.S.T(words.CodeLayoutOne)}, {Value: eightPage, Label: f.S.T(words.CodeLayoutEight)}}},
		{Name: "address", Label: words.CodePlaces, Hint: words.CodePlacesHint, Max: 200, Check: checkPlaces},
	}
	if len(f.desk.Channels) > 1 {
		all = append(all, f.channels())
	}
	f.Body = parts.NewForm(words.CodeFormSave, all...)
	return f
}

// channels asks how the letters leave, where there is a choice.
func (f Form) channels() parts.Field {
	names := map[outbox.Channel]words.Key{outbox.Fetch: words.CodeByFetch, outbox.Folder: words.CodeByFolder, outbox.Print: words.CodeByPrint}
	field := parts.Field{Name: "channel", Label: words.CodeChannel, Kind: parts.Choice, Value: string(f.desk.Channels[0])}
	for _, c := range f.desk.Channels {
		if name, known := names[c]; known {
			field.Options = append(field.Options, parts.Option{Value: string(c), Label: f.S.T(name)})
		}
	}
	return field
}

// days are those of a campaign from today on, or a month for "Ik werk hier".
func (f Form) days(what string) data.Window {
	today := data.DayOf(f.S.Now())
	from, until := today, data.DayOf(f.S.Now().AddDate(0, 0, staffDays))
	for _, t := range f.topics {
		if t.ID == what {
			from, until = max(today, t.OpensOn), max(today, t.ClosesOn)
		}
	}
	w, err := data.Days(from, until)
	if err != nil { // a campaign whose days are wrong is for who made it to mend
		w, _ = data.Days(today, today)
	}
	return w
}

// proposing keeps the days in step with the campaign until somebody typed others.
func (f Form) proposing() Form {
	next, look := f.days(f.Body.Value("for")), f.S.Look()
	if next == f.proposed || f.Body.Value("from") != data.DayOf(f.proposed.From) || f.Body.Value("until") != f.proposed.LastDay() {
		return f
	}
	f.Body, f.proposed = f.Body.Set(look, "from", data.DayOf(next.From)).Set(look, "until", next.LastDay()), next
	return f
}

// places cuts what was typed at commas and spaces.
func places(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' })
}

func checkPlaces(value string) error {
	_, err := data.ParseAddresses(places(value))
	return err
}

// count finds out how many people the order is about.
func (f Form) count() (shell.Screen, tea.Cmd) {
	w, err := data.Days(f.Body.Value("from"), f.Body.Value("until"))
	if err != nil {
		f.Form, _ = f.Blamed(err)
		return f, nil
	}
	order := papers.Order{Window: w}
	if what := f.Body.Value("for"); what != forStaff {
		order.Campaign = what
	}
	if service := f.Body.Value("service"); service != "" {
		order.Services = []string{service}
	}
	if order.Addresses, err = data.ParseAddresses(places(f.Body.Value("address"))); err != nil {
		f.Form, _ = f.Blamed(err)
		return f, nil
	}
	name := f.Body.Value("person")
	f.Page = f.Acts(words.CodeCounting)
	return f, page.Fetch(f.Acting, func() (counted, error) {
		if name != "" {
			one, err := f.desk.Mailing.People.PersonNamed(f.S.Ctx, f.By(), name)
			if err != nil {
				return counted{}, err
			}
			order.Persons = []string{one.ID}
		}
		ids, err := f.desk.Mailing.Recipients(f.S.Ctx, f.By(), order)
		return counted{order, len(ids)}, err
	})
}

// ask puts the question whether so many letters are wanted.
func (f Form) ask(msg page.DoneMsg[counted]) (shell.Screen, tea.Cmd) {
	next, ok, tell := f.Settle(msg.Of, msg.Err)
	if f.Form = next; !ok {
		return f, tell
	}
	if msg.Got.n == 0 {
		return f, shell.Notify(shell.Warn, words.CodeNoRecipients)
	}
	f.order = msg.Got.order
	var cmd tea.Cmd
	f.Page, cmd = f.Ask("", words.CodeFormAsk, words.CodeFormYes, "n", msg.Got.n)
	return f, cmd
}

// make makes the codes and their letters.
func (f Form) make() (shell.Screen, tea.Cmd) {
	layout, channel := papers.OnePage, outbox.Fetch
	if f.Body.Value("layout") == eightPage {
		layout = papers.EightSheet
	}
	if len(f.desk.Channels) > 1 {
		channel = outbox.Channel(f.Body.Value("channel"))
	}
	order := f.order
	f.Page = f.Acts(words.CodeMaking)
	return f, page.Fetch(f.Acting, func() (m made, err error) {
		m.letters, err = f.desk.Mailing.Issue(f.S.Ctx, f.By(), order, papers.ToOutbox(f.By(), channel, layout, &m.paper))
		return m, err
	})
}
