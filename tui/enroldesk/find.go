package enroldesk

import (
	"strings"

	"digibrug/courses"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// found is a participant that a name finds, or the new one that it would be.
type found struct {
	courses.Participant
	fresh bool
}

// mostFound is how many participants a name shows.
const mostFound = 30

// find finds who is enrolled in a series by some letters of the name or the phone number, and ends with who that is, new.
// with is who was chosen already, for two who come together; nil: nobody.
func (d desk) find(series string, with *comer) shell.Screen {
	title, lead := words.EnroldeskWho, words.EnroldeskWhoLead
	if with != nil {
		title, lead = words.EnroldeskWith, words.EnroldeskWithLead
	}
	columns := []parts.Column{{Title: words.EnroldeskColName, Min: 20, Grow: 2}, {Title: words.EnroldeskColPhone, Min: 14, Grow: 1}, {Title: words.EnroldeskColKind, Min: 12, Drop: 1, Grow: 1}}
	return page.NewFinder(d.S, words.EnroldeskSearching, columns, page.Finding[found]{
		Title: title, Lead: lead, None: words.EnroldeskWhoNone, NoCode: words.EnroldeskWhoNone, Chooses: words.EnroldeskChoose,
		Search: func(typed string) ([]found, error) { return d.search(typed, with) },
		IsCode: func(string) bool { return false },
		Row: func(f found) parts.Row {
			if f.fresh {
				return parts.Row{ID: "new", Cells: []string{d.S.T(words.EnroldeskNewRow, "name", f.Name()), f.Phone}}
			}
			return parts.Row{ID: f.ID, Cells: []string{f.Name(), f.Phone, d.S.T(words.CourseCategory(string(f.Category)))}}
		},
		Open: func(f found) tea.Cmd {
			if f.fresh {
				return shell.Replace(d.person(series, f.Participant, with))
			}
			return shell.Replace(d.sure(series, chosen(f.Participant, with)...))
		},
	})
}

// chosen is who comes: the first, and who comes along.
func chosen(p courses.Participant, with *comer) []comer {
	if with == nil {
		return []comer{{Participant: p}}
	}
	return []comer{*with, {Participant: p}}
}

func (d desk) search(typed string, with *comer) (all []found, err error) {
	if len([]rune(typed)) < 2 {
		return nil, nil
	}
	known, err := d.Store.Participants(d.ctx(), d.By(), typed, mostFound)
	if err != nil {
		return nil, err
	}
	for _, p := range known {
		if with == nil || p.ID != with.ID {
			all = append(all, found{Participant: p})
		}
	}
	return append(all, found{named(typed), true}), nil
}

// named takes apart what was typed of somebody new: a phone number, or a given name and a family name.
func named(typed string) (p courses.Participant) {
	if strings.ContainsAny(typed, "0123456789") {
		p.Phone = typed
		return p
	}
	given, family, two := strings.Cut(typed, " ")
	if !two {
		given, family = "", given
	}
	p.Given, p.Family = capital(given), capital(family)
	return p
}

func capital(s string) string {
	if s != strings.ToLower(s) {
		return s // typed with care
	}
	fields := strings.Fields(s)
	for i, f := range fields {
		r := []rune(f)
		fields[i] = strings.ToUpper(string(r[:1])) + string(r[1:])
	}
	return strings.Join(fields, " ")
}

// person is the form for somebody new.
func (d desk) person(series string, p courses.Participant, with *comer) shell.Screen {
	return page.NewTask(d.S, words.EnroldeskNew, words.EnroldeskSaving, func() (page.Brief, error) {
		kinds := parts.Field{Name: "category", Label: words.EnroldeskColKind, Kind: parts.Choice, Need: true, Value: string(courses.Resident)}
		for _, c := range courses.Categories() {
			kinds.Options = append(kinds.Options, parts.Option{Value: string(c), Label: d.S.T(words.CourseCategory(string(c)))})
		}
		langs := parts.Field{Name: "language", Label: words.EnroldeskLanguage, Kind: parts.Choice, Need: true, Value: string(words.NL)}
		for _, l := range words.Langs() {
			langs.Options = append(langs.Options, parts.Option{Value: string(l), Label: l.Name()})
		}
		return page.Brief{Lead: words.EnroldeskNewLead, Body: parts.NewForm(words.EnroldeskNext,
			parts.Field{Name: "given", Label: words.EnroldeskGiven, Need: true, Value: p.Given, Max: mostName},
			parts.Field{Name: "family", Label: words.EnroldeskFamily, Need: true, Value: p.Family, Max: mostName},
			parts.Field{Name: "phone", Label: words.EnroldeskColPhone, Digits: true, Value: p.Phone, Max: mostName}, kinds,
			parts.Field{Name: "mail", Label: words.EnroldeskMail, Value: p.Mail, Max: mostName}, langs, d.channels(),
			parts.Field{Name: "address", Label: words.CoursetellAddress, Hint: words.CoursetellAddressHint, Max: mostAddress}),
			Do: func(f parts.Form) (page.Outcome, error) {
				put, err := d.Store.PutParticipant(d.ctx(), d.By(), courses.Participant{Given: f.Value("given"), Family: f.Value("family"), Phone: f.Value("phone"),
					Mail: f.Value("mail"), Category: courses.Category(f.Value("category")), Language: f.Value("language"),
					Channel: courses.Channel(f.Value("channel")), Address: f.Value("address")})
				if err != nil {
					return page.Outcome{}, err
				}
				return page.Outcome{Next: d.sure(series, chosen(put, with)...)}, nil
			}}, nil
	})
}

// channels asks how somebody wants to hear of changes.
func (d desk) channels() parts.Field {
	f := parts.Field{Name: "channel", Label: words.CoursetellChannel, Kind: parts.Choice, Options: []parts.Option{{Label: d.S.T(words.CoursetellChannelAuto)}}}
	names := map[courses.Channel]words.Key{courses.ByMail: words.CoursetellChannelMail, courses.ByPhone: words.CoursetellChannelPhone, courses.ByLetter: words.CoursetellChannelLetter}
	for _, c := range courses.Channels() {
		f.Options = append(f.Options, parts.Option{Value: string(c), Label: d.S.T(names[c])})
	}
	return f
}

// mostAddress is how many characters an address takes.
const mostAddress = 200

// mostName is how many characters a name takes.
const mostName = 80
