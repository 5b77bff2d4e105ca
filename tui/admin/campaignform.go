package admin

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// campaignAdder is what the form for a new campaign needs of the quiz floor; *quiz.Store has it.
type campaignAdder interface {
	Create(ctx context.Context, by data.Actor, c quiz.Campaign) (quiz.Campaign, error)
	Banks(ctx context.Context) ([]quiz.Bank, error)
	campaignKeeper
}

// invitable is what a campaign is made of: who can be invited, and what can be asked.
type invitable struct {
	places
	banks []quiz.Bank
}

// CampaignForm takes a new campaign.
type CampaignForm struct {
	page.Form
	store  campaignAdder
	people people
}

// Codes for what the form finds, or says in other words than the quiz floor.
const (
	whyOrder   data.Why = "admin.order"     // the last day comes before the first
	whyPast    data.Why = "admin.past"      // the last day is over
	whyMinutes data.Why = "admin.minutes"   // no usable time limit; Want: the range
	whyWhole   data.Why = "admin.whole"     // not a whole number
	whyTooFew  data.Why = "admin.too_few"   // the banks lack items; Want lists what
	whyEntry   data.Why = "admin.too_entry" // the banks lack easy items; Want, Got
)

// What the form proposes.
const (
	defaultSpan  = 28 // days
	defaultCount = 2  // items per domain and level
	defaultEntry = 3
	maxCount     = 50 // items per domain and level
	maxMinutes   = 480
)

// NewCampaignForm opens the form.
func NewCampaignForm(s *shell.Session, store campaignAdder, people people) shell.Screen {
	return CampaignForm{Form: page.LoadingForm(s, words.AdminServicesLoading, words.AdminCampaignLead),
		store: store, people: people}
}

func (c CampaignForm) load() tea.Cmd {
	return page.Fetch(c.Loading, func() (invitable, error) {
		found, err := loadPlaces(c.S.Ctx, c.people)
		if err != nil {
			return invitable{}, err
		}
		banks, err := c.store.Banks(c.S.Ctx)
		return invitable{found, banks}, err
	})
}

// Init loads the services.
func (c CampaignForm) Init() tea.Cmd { return c.load() }

// Title is what it is.
func (c CampaignForm) Title() string { return c.S.T(words.AdminCampaignTitle) }

// Update fills in and saves.
func (c CampaignForm) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case page.DoneMsg[invitable]:
		next, ok, tell := page.Settled(c.Page, msg)
		if c.Page = next; ok {
			c.Body = c.fields(msg.Got)
			c.Form = c.Sized()
		}
		return c, tell
	case page.DoneMsg[quiz.Campaign]:
		next, ok, tell := c.Form.Settle(msg.Of, c.translated(msg.Err))
		if c.Form = next; !ok {
			return c, tell
		}
		return c, tea.Batch(shell.Replace(NewCampaign(c.S, c.store, c.people, msg.Got.ID)),
			shell.Notify(shell.Good, words.AdminCampaignSaved))
	}
	if c.Retries(msg) {
		c.Page = c.Again()
		return c, c.load()
	}
	next, event := c.Form.Fill(msg)
	if c.Form = next; event == parts.FormSubmitted {
		return c.save()
	}
	return c, nil
}

func (c CampaignForm) fields(p invitable) parts.Form {
	services, every := p.options(), []string{}
	for _, s := range p.services {
		every = append(every, s.ID)
	}
	today := c.S.Now().In(data.Brussels)
	domains, ticked := c.domains(p.banks)
	option := func(value string, label words.Key) parts.Option {
		return parts.Option{Value: value, Label: c.S.T(label)}
	}
	return parts.NewForm(words.AdminCampaignSave,
		parts.Field{Name: "title", Label: words.AdminTitle, Hint: words.AdminTitleHint, Need: true, Max: maxPersonName},
		parts.Field{Name: "opens", Label: words.AdminFirstDay, Kind: parts.Day, Need: true, Value: today.Format(data.DayLayout)},
		parts.Field{Name: "closes", Label: words.AdminLastDay, Kind: parts.Day, Need: true, Value: today.AddDate(0, 0, defaultSpan).Format(data.DayLayout)},
		parts.Field{Name: "services", Label: words.AdminServices, Kind: parts.Many, Need: true, Options: services, Value: strings.Join(every, "\n")},
		parts.Field{Name: "cells", Label: words.AdminDomains, Hint: words.AdminDomainsHint, Kind: parts.Many, Need: true, Options: domains, Value: strings.Join(ticked, "\n")},
		parts.Field{Name: "count", Label: words.AdminCount, Hint: words.AdminCountHint, Kind: parts.Number, Need: true, Low: 1, High: maxCount,
			Value: strconv.Itoa(defaultCount), Check: checkWhole},
		parts.Field{Name: "entry", Label: words.AdminEntry, Hint: words.AdminEntryHint, Kind: parts.Choice, Value: strconv.Itoa(defaultEntry),
			Options: []parts.Option{option("0", words.AdminEntryNone), option(strconv.Itoa(defaultEntry), words.AdminEntrySome)}},
		parts.Field{Name: "limit", Label: words.AdminLimitMinutes, Hint: words.AdminLimitHint, Kind: parts.Number, Value: "0", Check: checkMinutes},
		parts.Field{Name: "explain", Label: words.AdminExplain, Kind: parts.Choice, Value: string(quiz.ExplainAtSubmit),
			Options: []parts.Option{option(string(quiz.ExplainAtSubmit), words.AdminExplainSubmit),
				option(string(quiz.ExplainAtClose), words.AdminExplainClose), option(string(quiz.ExplainNever), words.AdminExplainNever)}},
		parts.Field{Name: "offer", Label: words.AdminOffer, Hint: words.AdminOfferHint, Max: maxPersonName, Value: c.S.T(words.AdminOfferDefault)},
	)
}

// domains lists the domains of the banks, each once. Ticked are the basics, or all where there are none of these.
func (c CampaignForm) domains(banks []quiz.Bank) (options []parts.Option, ticked []string) {
	var codes []string
	for _, bank := range banks {
		if !slices.Contains(codes, bank.Domain) {
			codes = append(codes, bank.Domain)
			options = append(options, parts.Option{Value: bank.Domain, Label: c.store.DomainTitle(bank.Domain)})
		}
	}
	ticked = slices.DeleteFunc(slices.Clone(codes), func(code string) bool { return !slices.Contains(quiz.Basics(), code) })
	if len(ticked) == 0 {
		ticked = codes
	}
	return options, ticked
}

func checkWhole(value string) error {
	if _, err := strconv.Atoi(value); err != nil {
		return &data.Invalid{Why: whyWhole}
	}
	return nil
}

func checkMinutes(value string) error {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || n > maxMinutes || n > 0 && n < 5 {
		return &data.Invalid{Why: whyMinutes, Want: fmt.Sprint(maxMinutes)}
	}
	return nil
}

// save checks the days against each other and today, and creates the draft.
func (c CampaignForm) save() (shell.Screen, tea.Cmd) {
	opens, closes := c.Body.Value("opens"), c.Body.Value("closes")
	var bad error
	switch {
	case closes < opens:
		bad = &data.Invalid{Field: "closes", Why: whyOrder}
	case closes < data.DayOf(c.S.Now()):
		bad = &data.Invalid{Field: "closes", Why: whyPast}
	}
	if bad != nil {
		c.Form, _ = c.Blamed(bad)
		return c, nil
	}
	draft := quiz.Campaign{Title: c.Body.Value("title"), Blueprint: c.blueprint(), OpensOn: opens, ClosesOn: closes,
		Limit: time.Duration(whole(c.Body.Value("limit"))) * time.Minute, Explain: quiz.Explaining(c.Body.Value("explain")),
		Offer: c.Body.Value("offer"), Services: c.Body.Values("services")}
	c.Page = c.Acts(words.AdminCampaignSaving)
	return c, page.Fetch(c.Acting, func() (quiz.Campaign, error) { return c.store.Create(c.S.Ctx, c.By(), draft) })
}

func (c CampaignForm) blueprint() quiz.Blueprint {
	b := quiz.Blueprint{Entry: whole(c.Body.Value("entry"))}
	for _, domain := range c.Body.Values("cells") {
		for level := 1; level <= 4; level++ {
			b.Cells = append(b.Cells, quiz.Cell{Domain: domain, Level: level, Count: whole(c.Body.Value("count"))})
		}
	}
	return b
}

// whole reads what checkWhole or checkMinutes let through.
func whole(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// maxLacks is how many lacks are named.
const maxLacks = 4

// translated turns the problems of a blueprint into those of the form's fields: which domain lacks what at
// which level goes under the number of items.
func (c CampaignForm) translated(err error) error {
	var all quiz.Problems
	if !errors.As(err, &all) {
		return err
	}
	var out quiz.Problems
	var short []lack
	for _, bad := range all {
		domain, level, isCell := strings.Cut(bad.Field, "/")
		switch {
		case isCell && bad.Why == quiz.WhyTooFew:
			short = noted(short, lack{domain, level, bad.Want, bad.Got})
		case bad.Field == "entry" && bad.Why == quiz.WhyTooFew:
			out = append(out, &data.Invalid{Field: "entry", Why: whyEntry, Want: bad.Want, Got: bad.Got})
		case bad.Field == "cells" && bad.Why == quiz.WhyCount:
			out = append(out, &data.Invalid{Field: "count", Why: bad.Why, Want: bad.Want, Got: bad.Got})
		default:
			out = append(out, bad)
		}
	}
	if len(short) > 0 {
		out = append(out, &data.Invalid{Field: "count", Why: whyTooFew, Want: c.told(short)})
	}
	return out
}

// lack says that a domain has too few items at some levels.
type lack struct{ domain, levels, want, got string }

// noted adds a lack; levels of one domain that lack the same go together.
func noted(short []lack, one lack) []lack {
	if last := len(short) - 1; last >= 0 && short[last].domain == one.domain && short[last].want == one.want && short[last].got == one.got {
		short[last].levels += ", " + one.levels
		return short
	}
	return append(short, one)
}

// told names what lacks, a line for each.
func (c CampaignForm) told(short []lack) string {
	var lines []string
	for _, l := range short[:min(len(short), maxLacks)] {
		lines = append(lines, c.S.T(words.AdminLack, "domain", c.store.DomainTitle(l.domain), "levels", l.levels, "want", l.want, "got", l.got))
	}
	if more := len(short) - maxLacks; more > 0 {
		lines = append(lines, c.S.T(words.AdminLackMore, "n", more))
	}
	return strings.Join(lines, "\n")
}
