package start

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/data/calendar"
)

// house is what the sheets of this package compare a file with: the municipality as it is, and what the file adds to
// it, sheet after sheet. What the file adds has no id until it is written, so sheets refer to each other by pointer.
type house struct {
	today   string
	orgs    []*org
	units   []*unit
	members []*member
	places  []*place
	rooms   []data.Room
	halls   []*hall // the rooms with those that the file adds

	unsaid   map[string]*org // whose location a row means that does not say whose, by folded name
	orgKeys  map[string]*org
	unitKeys map[string][]*unit // by folded name
	numbers  map[string]*member
	logins   map[string]*member
	names    map[string][]*member // by folded name, family name first
}

// org is an organisation.
type org struct {
	data.Organisation
	row int // of the file that names it; 0 when none did
}

// unit is a service or cluster.
type unit struct {
	data.Service
	org     *org
	cluster *unit
	row     int
}

// member is a person with work and log-in names.
type member struct {
	data.Person
	fresh    bool // not in the house yet
	works    []*work
	ends     *work  // the work that ends last, as the house has it; nil when one has no end
	endsOn   string // its last day
	accounts []data.KnownLogin
	claimed  *claim        // of the file, by number or log-in name
	loose    []*personLine // of the file, by name alone
	lines    []*personLine // of the file, in their order
}

// work is an employment.
type work struct {
	data.Employment
	unit  *unit
	seen  bool // the file has it
	moved bool // the file has another last day
}

// lasts tells whether a work goes on, or ends on a later day.
func (w *work) lasts(today string) bool { return w.Until == "" || w.Until >= today }

// place is a location with its calendar.
type place struct {
	calendar.Location
	org   *org
	hours calendar.Calendar
}

// hall is a room of a location.
type hall struct {
	data.Room
	place *place
}

// open reads the house, once for all sheets of a job.
func (j *Job) open(ctx context.Context) (*house, error) {
	if j.house != nil {
		return j.house, nil
	}
	h, err := readHouse(ctx, j.Q)
	if err != nil {
		return nil, fmt.Errorf("read the house: %w", err)
	}
	j.house = h
	return h, nil
}

func readHouse(ctx context.Context, q data.Query) (*house, error) {
	h := &house{today: data.DayOf(q.Now()), unsaid: map[string]*org{}, orgKeys: map[string]*org{}, unitKeys: map[string][]*unit{}, numbers: map[string]*member{},
		logins: map[string]*member{}, names: map[string][]*member{}}
	orgs, err := data.Organisations(ctx, q)
	if err != nil {
		return nil, err
	}
	byOrg := map[string]*org{}
	for _, one := range orgs {
		byOrg[one.ID] = h.addOrg(&org{Organisation: one})
	}
	if err := h.readUnits(ctx, q, byOrg); err != nil {
		return nil, err
	}
	if err := h.readMembers(ctx, q); err != nil {
		return nil, err
	}
	locations, calendars, err := calendar.All(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, l := range locations {
		h.places = append(h.places, &place{Location: l, org: byOrg[l.OrganisationID], hours: calendars[l.ID]})
	}
	h.rooms, err = data.Rooms(ctx, q)
	for _, r := range h.rooms {
		at := slices.IndexFunc(h.places, func(p *place) bool { return p.ID == r.LocationID })
		h.halls = append(h.halls, &hall{r, h.places[at]}) // the schema holds that it is there
	}
	return h, err
}

func (h *house) readUnits(ctx context.Context, q data.Query, byOrg map[string]*org) error {
	services, err := data.Services(ctx, q)
	if err != nil {
		return err
	}
	byID := map[string]*unit{}
	for _, s := range services {
		byID[s.ID] = h.addUnit(&unit{Service: s, org: byOrg[s.OrganisationID]})
	}
	for _, u := range h.units {
		u.cluster = byID[u.ClusterID]
	}
	return nil
}

func (h *house) readMembers(ctx context.Context, q data.Query) error {
	persons, err := data.Persons(ctx, q)
	if err != nil {
		return err
	}
	byID := map[string]*member{}
	for _, p := range persons {
		byID[p.ID] = h.addMember(&member{Person: p})
	}
	units := map[string]*unit{}
	for _, u := range h.units {
		units[u.ID] = u
	}
	employments, err := data.Employments(ctx, q)
	if err != nil {
		return err
	}
	for _, e := range employments {
		m := byID[e.PersonID]
		m.works = append(m.works, &work{Employment: e, unit: units[e.ServiceID]})
	}
	for _, m := range h.members {
		if m.ends = m.last(); m.ends != nil {
			m.endsOn = m.ends.Until
		}
	}
	logins, err := data.Logins(ctx, q)
	if err != nil {
		return err
	}
	for _, a := range logins {
		m := byID[a.PersonID]
		m.accounts = append(m.accounts, a)
		h.logins[a.Login] = m
	}
	return nil
}

func (h *house) addOrg(o *org) *org {
	h.orgs = append(h.orgs, o)
	h.orgKeys[data.SortKey(o.Name)] = o
	return o
}

func (h *house) addUnit(u *unit) *unit {
	h.units = append(h.units, u)
	key := data.SortKey(u.Name)
	h.unitKeys[key] = append(h.unitKeys[key], u)
	return u
}

func (h *house) addMember(m *member) *member {
	h.members = append(h.members, m)
	if m.Number != "" {
		h.numbers[m.Number] = m
	}
	key := nameKey(m.Given, m.Family)
	h.names[key] = append(h.names[key], m)
	return m
}

// nameKey is equal for names that a reader takes for the same.
func nameKey(given, family string) string { return data.SortKey(family) + "\n" + data.SortKey(given) }

// org finds the organisation that a cell names. An empty cell is a problem when it is needed; nil without a problem
// means that the cell is empty.
func (j *Job) org(h *house, r Row, field string, need bool) *org {
	text := r.Text(field)
	if text == "" {
		if need {
			j.Problem(r, field, data.WhyEmpty)
		}
		return nil
	}
	switch found := h.orgsCalled(text); len(found) {
	case 1:
		return found[0]
	case 0:
		j.Problem(r, field, WhyUnknown, "", text)
	default:
		j.Problem(r, field, WhySeveral, orgNames(found), text)
	}
	return nil
}

// orgsCalled finds the organisations with a name; "OCMW" is enough where there is one.
func (h *house) orgsCalled(text string) []*org {
	if o := h.orgKeys[data.SortKey(text)]; o != nil {
		return []*org{o}
	}
	var ofKind []*org
	for _, o := range h.orgs {
		if strings.EqualFold(string(o.Kind), text) {
			ofKind = append(ofKind, o)
		}
	}
	return ofKind
}

func orgNames(orgs []*org) string {
	names := make([]string, len(orgs))
	for i, o := range orgs {
		names[i] = o.Name
	}
	return strings.Join(names, ", ")
}

// unit finds the service that a cell names, within an organisation where that is known (not nil).
func (j *Job) unit(h *house, r Row, field string, of *org) *unit {
	text := r.Text(field)
	if text == "" {
		j.Problem(r, field, data.WhyEmpty)
		return nil
	}
	found := slices.DeleteFunc(slices.Clone(h.unitKeys[data.SortKey(text)]), func(u *unit) bool { return of != nil && u.org != of })
	if len(found) > 1 { // a service that is over gives way to one of the same name that is not
		if open := slices.DeleteFunc(slices.Clone(found), func(u *unit) bool { return u.over(h.today) }); len(open) == 1 {
			found = open
		}
	}
	switch len(found) {
	case 1:
		return found[0]
	case 0:
		j.Problem(r, field, WhyUnknown, "", text)
	default:
		var orgs []*org
		for _, u := range found {
			orgs = append(orgs, u.org)
		}
		j.Problem(r, field, WhySeveral, orgNames(orgs), text)
	}
	return nil
}

// over tells whether a service is no more.
func (u *unit) over(today string) bool { return u.ClosedOn != "" && u.ClosedOn <= today }

// whom finds the persons that a text names: by payroll number, log-in name, or name in either order. Of several with
// a name those who work here go before those who left.
func (h *house) whom(text string) []*member {
	if m := h.numbers[text]; m != nil {
		return []*member{m}
	}
	if m := h.logins[data.SortKey(text)]; m != nil {
		return []*member{m}
	}
	var found []*member
	if family, given, comma := strings.Cut(text, ","); comma {
		found = h.names[nameKey(given, family)]
	} else {
		words := strings.Fields(text)
		for i := 1; i < len(words); i++ {
			one, other := strings.Join(words[:i], " "), strings.Join(words[i:], " ")
			for _, m := range slices.Concat(h.names[nameKey(one, other)], h.names[nameKey(other, one)]) {
				if !slices.Contains(found, m) {
					found = append(found, m)
				}
			}
		}
	}
	here := slices.DeleteFunc(slices.Clone(found), func(m *member) bool { return !m.here(h.today) })
	if len(here) > 0 {
		return here
	}
	return found
}

// here tells whether somebody works here, or will.
func (m *member) here(today string) bool {
	return slices.ContainsFunc(m.works, func(w *work) bool { return w.lasts(today) })
}

// called is a text by which whom finds just this person; empty when there is none.
func (h *house) called(m *member) string {
	tries := []string{m.Name(), m.Family + ", " + m.Given, m.Number}
	for _, a := range m.accounts {
		tries = append(tries, a.Login)
	}
	for _, text := range tries {
		if found := h.whom(text); text != "" && len(found) == 1 && found[0] == m {
			return text
		}
	}
	return ""
}

// where says who somebody is beside the name: the services where the person works, and the payroll number.
func (m *member) where(today string) string {
	var parts []string
	for _, w := range m.works {
		if w.unit != nil && w.lasts(today) && !slices.Contains(parts, w.unit.Name) {
			parts = append(parts, w.unit.Name)
		}
	}
	if m.Number != "" {
		parts = append(parts, m.Number)
	}
	return cmp.Or(strings.Join(parts, ", "), m.Name())
}

// places finds the locations with a name.
func (h *house) placesCalled(name string, of *org) (found []*place) {
	for _, p := range h.places {
		if data.SortKey(p.Name) == data.SortKey(name) && (of == nil || p.org == of) {
			found = append(found, p)
		}
	}
	return found
}
