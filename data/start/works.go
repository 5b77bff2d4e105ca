package start

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/data/workbook"
)

// alteration is a work of the house that becomes another.
type alteration struct {
	work  *work
	was   data.Employment
	other bool // something besides the last day
}

// grant is a role for an account of the house.
type grant struct {
	account data.KnownLogin
	role    data.Role
}

// spoken is another language for an account of the house.
type spoken struct {
	account  data.KnownLogin
	language string
}

// plan says what the rows of one person come to.
func (s *staff) plan(m *member) {
	lines := m.lines
	s.pair(m, lines)
	for i, l := range lines {
		var deltas []Delta
		if i == 0 && !m.fresh {
			deltas = s.named(m, lines)
		}
		kind := Changed
		switch {
		case l.work == nil && l.gone(s.Today):
			s.passed++
			continue
		case l.work == nil:
			if at := slices.IndexFunc(lines[:i], l.same); at >= 0 {
				s.Problem(l.Row, colFamily, WhySameRow, fmt.Sprint(lines[at].Row.Number), l.name())
				continue
			}
			kind, deltas = Added, append(deltas, s.begin(m, l)...)
		default:
			deltas = append(deltas, s.alter(l)...)
		}
		deltas = append(deltas, s.login(m, l)...)
		s.Change(l.Row, kind, m.Name(), deltas...)
	}
}

// pair finds the work that each row of a person describes in its service: the one that it would begin, so that a file read
// twice finds what it made; then by day, then by function, then whatever lasts.
func (s *staff) pair(m *member, lines []*personLine) {
	rules := []func(*personLine, *work) bool{
		func(l *personLine, w *work) bool {
			made := l.employment(w.From)
			made.ID, made.PersonID, made.ServiceID = w.ID, w.PersonID, w.ServiceID
			return made == w.Employment
		},
		func(l *personLine, w *work) bool {
			return l.from == w.From && data.SortKey(l.job) == data.SortKey(w.Job)
		},
		func(l *personLine, w *work) bool { return l.from == w.From },
		func(l *personLine, w *work) bool { return s.goesOn(l, w) && data.SortKey(l.job) == data.SortKey(w.Job) },
		s.goesOn,
	}
	for _, rule := range rules {
		for _, l := range lines {
			if l.work != nil {
				continue
			}
			if at := slices.IndexFunc(m.works, func(w *work) bool { return w.ID != "" && !w.seen && w.unit == l.unit && rule(l, w) }); at >= 0 {
				l.work = m.works[at]
				l.work.seen = true
			}
		}
	}
}

// goesOn tells whether a row can describe a work that lasts. One that begins after the work ends is a new one.
func (s *staff) goesOn(l *personLine, w *work) bool {
	return w.lasts(s.Today) && (l.from == "" || w.Until == "" || l.from <= w.Until)
}

// named gives somebody the names and the number of the file. Letters that differ only in case or accents are taken
// over, unless the file writes in capitals.
func (s *staff) named(m *member, lines []*personLine) []Delta {
	l := lines[0]
	was := m.Person
	for _, one := range lines {
		if one.number != "" && m.Number == "" {
			m.Number = one.number
			s.house.numbers[m.Number] = m
		}
	}
	m.Given, m.Family = spelt(l.given, m.Given), spelt(l.family, m.Family)
	if m.Person == was {
		return nil
	}
	s.renamed = append(s.renamed, m)
	if key := nameKey(m.Given, m.Family); key != nameKey(was.Given, was.Family) {
		s.house.names[key] = append(s.house.names[key], m)
	}
	return slices.Concat(delta(colNumber, was.Number, m.Number), delta(colGiven, was.Given, m.Given), delta(colFamily, was.Family, m.Family))
}

// spelt is a text as the file has it, or as the house has it when the file just writes it in capitals or small
// letters.
func spelt(text, known string) string {
	if data.SortKey(text) == data.SortKey(known) && (text == strings.ToUpper(text) || text == strings.ToLower(text)) {
		return known
	}
	return text
}

// begin makes a new work of a row.
func (s *staff) begin(m *member, l *personLine) []Delta {
	w := &work{unit: l.unit, seen: true, Employment: l.employment(s.Today)}
	w.ID, w.PersonID = data.NewID(), m.ID
	if l.from == "" {
		s.today(l)
	}
	switch {
	case w.Until != "" && w.Until < w.From:
		s.Problem(l.Row, colUntil, data.WhyEarly, w.From, w.Until)
	case l.unit.over(max(w.From, s.Today)):
		s.Problem(l.Row, colService, WhyClosed, l.unit.ClosedOn, l.unit.Name)
	}
	m.works = append(m.works, w)
	s.works = append(s.works, w)
	s.changed[m] = true
	number := ""
	if m.fresh {
		number = m.Number
	}
	return added(colNumber, number, colService, w.unit.Name, colJob, w.Job, colShare, workbook.ShareText(int64(w.Fraction)), colFrom, w.From,
		colUntil, w.Until, colEmployer, w.Employer)
}

// employment is the work that the row would begin, without its service and person; from is its first day where the row has none.
func (l *personLine) employment(from string) data.Employment {
	e := data.Employment{Job: or(l.job, ""), Fraction: int(l.share), Employer: or(l.employer, ""),
		From: or(l.from, from), Until: or(l.until, "")}
	if e.Fraction == 0 {
		e.Fraction = data.FullTime
	}
	return e
}

// today notes once that work without a first day begins today.
func (s *staff) today(l *personLine) {
	if !slices.ContainsFunc(s.Job.plan.Notes, func(n Note) bool { return n.Kind == NoteToday }) {
		s.note(Note{Sheet: l.reading.Tab, Row: l.Row.Number, Field: colFrom, Kind: NoteToday, Text: s.Today})
	}
}

// alter changes the work that a row describes.
func (s *staff) alter(l *personLine) []Delta {
	w := l.work
	was := w.Employment
	w.Job, w.Employer = spelt(or(l.job, w.Job), was.Job), or(l.employer, w.Employer)
	if l.share > 0 {
		w.Fraction = int(l.share)
	}
	w.From, w.Until = or(l.from, w.From), or(l.until, w.Until)
	if w.Until != "" && w.Until < w.From {
		s.Problem(l.Row, colUntil, data.WhyEarly, w.From, w.Until)
	}
	if w.Employment == was {
		return nil
	}
	rest := w.Employment
	rest.Until = was.Until
	s.altered = append(s.altered, alteration{w, was, rest != was})
	w.moved = w.Until != was.Until
	s.changed[l.who] = s.changed[l.who] || w.moved
	return slices.Concat(delta(colJob, was.Job, w.Job), delta(colShare, workbook.ShareText(int64(was.Fraction)), workbook.ShareText(int64(w.Fraction))),
		delta(colFrom, was.From, w.From), delta(colUntil, was.Until, w.Until), delta(colEmployer, was.Employer, w.Employer))
}

// login plans what a row says of an account. Roles are only added: they are taken away on the screen of accounts.
func (s *staff) login(m *member, l *personLine) []Delta {
	if len(m.accounts) == 0 {
		return s.openAccount(m, l)
	}
	a := &m.accounts[max(0, slices.IndexFunc(m.accounts, func(a data.KnownLogin) bool { return a.Login == l.login }))]
	was := a.Roles
	a.Roles = slices.Clone(was)
	for _, r := range l.roles {
		if slices.Contains(a.Roles, r) {
			continue
		}
		a.Roles = append(a.Roles, r)
		s.changed[m] = true
		s.grants = append(s.grants, grant{*a, r})
	}
	language := a.Language
	if l.language != "" && l.language != language && l == m.speaks() {
		a.Language = l.language
		s.spoken = append(s.spoken, spoken{*a, l.language})
	}
	return slices.Concat(delta(colRoles, rolesText(was), rolesText(a.Roles)), delta(colLanguage, language, a.Language))
}

// speaks is the first row of a person that says a language: it counts for all. Without one it is an empty row.
func (m *member) speaks() *personLine {
	if at := slices.IndexFunc(m.lines, func(l *personLine) bool { return l.language != "" }); at >= 0 {
		return m.lines[at]
	}
	return &personLine{}
}

// openAccount plans an account for who has none, with the roles of all rows of the person: a member of staff, when
// they say none.
func (s *staff) openAccount(m *member, l *personLine) []Delta {
	if l.login == "" {
		if len(l.roles) > 0 && !slices.ContainsFunc(m.lines, func(o *personLine) bool { return o.login != "" }) {
			s.Problem(l.Row, colRoles, WhyNoLogin, "", l.name())
		}
		return nil
	}
	o := &data.OpenAccount{PersonID: m.ID, Login: l.login, Language: m.speaks().language}
	for _, one := range m.lines {
		for _, r := range one.roles {
			if !slices.Contains(o.Roles, r) {
				o.Roles = append(o.Roles, r)
			}
		}
	}
	if len(o.Roles) == 0 {
		o.Roles = []data.Role{data.RoleStaff}
	}
	s.changed[m] = true
	s.opened = append(s.opened, o)
	m.accounts = []data.KnownLogin{{PersonID: m.ID, Login: l.login, Language: o.Language, Roles: slices.Clone(o.Roles)}}
	s.house.logins[l.login] = m
	return added(colLogin, l.login, colRoles, rolesText(o.Roles), colLanguage, o.Language)
}

// tellGone notes how many rows were left out since they are about who left and was never here.
func (s *staff) tellGone(rows []Row) {
	if s.passed > 0 {
		s.note(Note{Sheet: rows[0].reading.Tab, Kind: NoteGone, Text: fmt.Sprint(s.passed)})
	}
}

// write hands over what all rows come to, in an order in which nobody is without work in between.
func (s *staff) write() {
	if len(s.persons)+len(s.renamed)+len(s.works)+len(s.altered)+len(s.opened)+len(s.grants)+len(s.spoken) == 0 {
		return
	}
	s.Write(func(ctx context.Context, tx *data.Tx, by data.Actor) error {
		for _, step := range []func(context.Context, *data.Tx, data.Actor) error{s.writePersons, s.writeWorks, s.writeAccounts, s.writeEnds} {
			if err := step(ctx, tx, by); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *staff) writePersons(ctx context.Context, tx *data.Tx, by data.Actor) error {
	fresh := make([]data.Person, len(s.persons))
	for i, m := range s.persons {
		fresh[i] = m.Person
	}
	if err := data.AddPersons(ctx, tx, by, fresh); err != nil {
		return err
	}
	for _, m := range s.renamed {
		if _, err := data.PutPerson(ctx, tx, by, m.Person); err != nil {
			return err
		}
	}
	return nil
}

func (s *staff) writeWorks(ctx context.Context, tx *data.Tx, by data.Actor) error {
	fresh := make([]data.Employment, len(s.works))
	for i, w := range s.works {
		fresh[i] = w.Employment
		fresh[i].ServiceID = w.unit.ID
	}
	if err := data.AddEmployments(ctx, tx, by, fresh); err != nil {
		return err
	}
	clear(s.resumed)
	for _, m := range s.touched { // roles that end with the last work go on when there is later work
		if last := m.last(); s.changed[m] && len(m.accounts) > 0 && m.ends != nil && m.endsOn >= s.Today && (last == nil || last.Until > m.endsOn) {
			if err := data.ResumeWork(ctx, tx, by, m.ends.ID); err != nil {
				return err
			}
			s.resumed[m.ends] = true
		}
	}
	for _, a := range s.altered {
		e := a.work.Employment
		e.Until = a.was.Until
		if a.work.moved || s.resumed[a.work] {
			e.Until = "" // until writeEnds
		}
		if !a.other && (!a.work.moved || a.was.Until == "" || s.resumed[a.work]) {
			continue
		}
		if _, err := data.PutEmployment(ctx, tx, by, e); err != nil {
			return err
		}
	}
	return nil
}

func (s *staff) writeAccounts(ctx context.Context, tx *data.Tx, by data.Actor) error {
	fresh := make([]data.OpenAccount, len(s.opened))
	for i, o := range s.opened {
		fresh[i] = *o
	}
	if err := data.AddAccounts(ctx, tx, by, fresh); err != nil {
		return err
	}
	for _, g := range s.grants {
		if err := data.GrantRole(ctx, tx, by, g.account, g.role); err != nil {
			return err
		}
	}
	for _, l := range s.spoken {
		if err := data.SetLanguage(ctx, tx, by, l.account, l.language); err != nil {
			return err
		}
	}
	return nil
}

// writeEnds ends what the file ends, with all that work gave. What ends last comes last, so that nothing ends while
// there is other work; new roles end with the last work of who has no work without an end.
func (s *staff) writeEnds(ctx context.Context, tx *data.Tx, by data.Actor) error {
	var ends []*work
	add := func(w *work) {
		if w != nil && w.Until != "" && !slices.Contains(ends, w) {
			ends = append(ends, w)
		}
	}
	for _, m := range s.touched {
		if !s.changed[m] {
			continue
		}
		ends = ends[:0]
		for _, w := range m.works {
			if w.moved || s.resumed[w] {
				add(w)
			}
		}
		if len(m.accounts) > 0 {
			add(m.last())
		}
		slices.SortStableFunc(ends, func(a, b *work) int { return strings.Compare(a.Until, b.Until) })
		for _, w := range ends {
			if _, err := data.EndWork(ctx, tx, by, w.ID, w.Until); err != nil {
				return err
			}
		}
	}
	return nil
}

// last is the work that ends last; nil when one has no end.
func (m *member) last() (last *work) {
	for _, w := range m.works {
		switch {
		case w.Until == "":
			return nil
		case last == nil || w.Until > last.Until:
			last = w
		}
	}
	return last
}

// leavers tells the works that last, in an organisation that the list is about, and that the list has not; and ends
// them when that was asked.
func (s *staff) leavers(rows []Row) {
	lastDay := or(s.Ask.LastDay, s.Today)
	for _, m := range s.house.members {
		if s.doubts[nameKey(m.Given, m.Family)] {
			continue
		}
		for _, w := range m.works {
			if w.seen || w.unit == nil || !s.about[w.unit.org] || w.From > min(lastDay, s.Today) || w.Until != "" && w.Until <= lastDay {
				continue
			}
			l := Leaver{EmploymentID: w.ID, PersonID: m.ID, Name: m.Name(), Number: m.Number, Service: w.unit.Name, Job: w.Job, From: w.From,
				Stays: slices.ContainsFunc(m.works, func(o *work) bool { return o.seen && (o.Until == "" || o.Until > lastDay) })}
			s.Job.plan.Leavers = append(s.Job.plan.Leavers, l)
			if s.Ask.Leavers == End && (s.Ask.Only == nil || slices.Contains(s.Ask.Only, w.ID)) {
				s.end(rows[0], m, w, lastDay)
			}
		}
	}
}

func (s *staff) end(r Row, m *member, w *work, lastDay string) {
	s.Change(Row{reading: r.reading}, Ended, m.Name(), Delta{Field: colService, From: w.unit.Name}, Delta{colUntil, w.Until, lastDay})
	s.Write(func(ctx context.Context, tx *data.Tx, by data.Actor) error {
		_, err := data.EndWork(ctx, tx, by, w.ID, lastDay)
		return err
	})
}
