package start

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"digibrug/data"
)

// staff is the planning of the sheet of people at work.
type staff struct {
	*Job
	house   *house
	lines   []*personLine
	claims  []*claim
	touched []*member // in the order of their first row
	doubts  map[string]bool
	about   map[*org]bool // organisations that the list is about
	passed  int           // rows of who left before, and was never here

	persons []*member // to add
	renamed []*member
	works   []*work // to add
	altered []alteration
	opened  []*data.OpenAccount
	grants  []grant
	spoken  []spoken
	resumed map[*work]bool   // at work: have no last day for a moment
	changed map[*member]bool // new work, another last day, or roles
}

// claim is the rows of one person in the file, held together by a payroll number or a log-in name. Rows without
// either are a claim each, and matched by name and service.
type claim struct {
	lines         []*personLine
	number, login string
	failed        bool
}

func (c *claim) first() *personLine { return c.lines[0] }

// identify finds for each row whom it is about, or makes somebody new.
//
// A payroll number decides; then a log-in name; then the name, for who works in the service of the row. A name that
// is also that of somebody elsewhere is a question to the reader, never a guess: two people must not become one.
func (s *staff) identify() {
	s.gather()
	for _, c := range s.claims {
		if c.number != "" {
			s.byNumber(c)
		}
	}
	for _, c := range s.claims {
		if c.login != "" && !c.failed {
			s.byLogin(c)
		}
	}
	var loose []*claim
	for _, c := range s.claims {
		if c.failed || c.first().who != nil {
			continue
		}
		if c.number == "" && c.login == "" {
			loose = append(loose, c)
		} else if !s.byService(c) && !c.failed {
			s.newcomer(c)
		}
	}
	for _, c := range loose {
		s.byName(c.first())
	}
	for _, l := range s.lines {
		switch {
		case l.who == nil:
			s.doubt(l)
		case !slices.Contains(l.who.lines, l):
			if len(l.who.lines) == 0 {
				s.touched = append(s.touched, l.who)
			}
			l.who.lines = append(l.who.lines, l)
		}
	}
}

// gather puts the rows of one number or log-in name together.
func (s *staff) gather() {
	numbers, logins := map[string]*claim{}, map[string]*claim{}
	add := func(l *personLine) *claim {
		c := &claim{lines: []*personLine{l}, number: l.number, login: l.login}
		s.claims = append(s.claims, c)
		return c
	}
	s.lines = slices.DeleteFunc(s.lines, func(l *personLine) bool { return s.stranger(l) })
	for _, l := range s.lines {
		if l.number == "" {
			continue
		}
		c := numbers[l.number]
		switch {
		case c == nil:
			c = add(l)
			numbers[l.number] = c
		case unlike(l, c.first().given, c.first().family):
			s.fail(nil, l, colNumber, WhyOtherName, c.first().name(), l.number)
			continue
		default:
			c.lines = append(c.lines, l)
		}
		if l.login == "" {
			continue
		}
		if other := logins[l.login]; other != nil && other != c {
			s.fail(nil, l, colLogin, WhyLoginTaken, other.first().name(), l.login)
			continue
		}
		if c.login != "" && c.login != l.login {
			s.fail(nil, l, colLogin, WhyOtherLogin, c.login, l.login)
			continue
		}
		c.login, logins[l.login] = l.login, c
	}
	for _, l := range s.lines {
		switch c := logins[l.login]; {
		case l.number != "":
		case l.login == "" || c == nil:
			if c = add(l); l.login != "" {
				logins[l.login] = c
			}
		case unlike(l, c.first().given, c.first().family):
			s.fail(nil, l, colLogin, WhyLoginTaken, c.first().name(), l.login)
		default:
			c.lines = append(c.lines, l)
		}
	}
	slices.SortStableFunc(s.claims, func(a, b *claim) int { return cmp.Compare(a.first().Number, b.first().Number) })
}

// stranger tells whether a row is about somebody who has left and was never in this house: such people are not taken
// in.
func (s *staff) stranger(l *personLine) bool {
	if !l.gone(s.Today) || s.house.numbers[l.number] != nil || s.house.logins[l.login] != nil || len(s.house.names[l.key()]) > 0 {
		return false
	}
	s.passed++
	return true
}

// unlike tells whether a row has another given name and another family name: one of them may change, both make
// somebody else.
func unlike(l *personLine, given, family string) bool {
	return data.SortKey(l.given) != data.SortKey(given) && data.SortKey(l.family) != data.SortKey(family)
}

// fail tells a problem with a row of a claim (nil: of that row alone), which then is about nobody.
func (s *staff) fail(c *claim, l *personLine, field string, why data.Why, want, got string) {
	s.Problem(l.Row, field, why, want, got)
	if c != nil {
		c.failed = true
	}
}

// give makes a claim that of a member.
func (c *claim) give(m *member) {
	for _, l := range c.lines {
		l.who = m
	}
	m.claimed = c
}

func (s *staff) byNumber(c *claim) {
	m := s.house.numbers[c.number]
	switch {
	case m == nil:
	case unlike(c.first(), m.Given, m.Family):
		s.fail(c, c.first(), colNumber, WhyOtherName, m.Name(), c.number)
	default:
		c.give(m)
	}
}

// withLogin is the row of a claim that says the log-in name.
func (c *claim) withLogin() *personLine {
	return c.lines[max(0, slices.IndexFunc(c.lines, func(l *personLine) bool { return l.login != "" }))]
}

func (s *staff) byLogin(c *claim) {
	m, who, l := s.house.logins[c.login], c.first().who, c.withLogin()
	switch {
	case m == nil && who != nil && len(who.accounts) > 0:
		s.fail(c, l, colLogin, WhyOtherLogin, who.accounts[0].Login, c.login)
	case m == nil, m == who:
	case who != nil, c.number != "" && m.Number != "", unlike(l, m.Given, m.Family):
		s.fail(c, l, colLogin, WhyLoginTaken, m.Name(), c.login)
	default:
		c.give(m)
	}
}

// byService finds the one without a number (or, for a claim by log-in name, without an account) who has the name and
// works in a service of the claim.
func (s *staff) byService(c *claim) bool {
	found := slices.DeleteFunc(slices.Clone(s.house.names[c.first().key()]), func(m *member) bool {
		return m.claimed != nil || m.fresh || c.number != "" && m.Number != "" || c.login != "" && len(m.accounts) > 0 ||
			!slices.ContainsFunc(c.lines, func(l *personLine) bool { return m.worksAs(l, s.Today) })
	})
	switch len(found) {
	case 0:
		return false
	case 1:
		c.give(found[0])
		return true
	}
	s.fail(c, c.first(), colNumber, WhySeveral, s.wheres(found), c.first().name())
	return false
}

func (s *staff) wheres(members []*member) string {
	var texts []string
	for _, m := range members {
		texts = append(texts, m.where(s.Today))
	}
	return strings.Join(texts, "; ")
}

// worksAs tells whether somebody has, or will have, work in the service of a row, or had it from the day that the
// row says.
func (m *member) worksAs(l *personLine, today string) bool {
	return slices.ContainsFunc(m.works, func(w *work) bool { return w.unit == l.unit && (w.lasts(today) || w.From == l.from) })
}

// newcomer makes somebody new of a claim, unless somebody of that name works elsewhere, who may be meant.
func (s *staff) newcomer(c *claim) {
	for _, m := range s.house.names[c.first().key()] {
		if m.claimed == nil && !m.fresh && m.here(s.Today) && (c.number == "" || m.Number == "") {
			s.fail(c, c.first(), colNumber, WhyNamesake, m.where(s.Today), c.first().name())
			return
		}
	}
	c.give(s.addNew(c.first(), c.number))
}

func (s *staff) addNew(l *personLine, number string) *member {
	m := s.house.addMember(&member{Person: data.Person{ID: data.NewID(), Given: l.given, Family: l.family, Number: number}, fresh: true})
	s.persons = append(s.persons, m)
	return m
}

// byName finds whom a row without number and log-in name is about: who has the name and works in its service.
func (s *staff) byName(l *personLine) {
	var here, elsewhere []*member
	for _, m := range s.house.names[l.key()] {
		switch {
		case m.claimed == nil && !m.fresh && m.worksAs(l, s.Today):
			here = append(here, m)
		case m.claimed != nil, m.fresh, m.here(s.Today):
			elsewhere = append(elsewhere, m)
		}
	}
	switch {
	case len(here) > 0:
		s.nearest(l, here)
	case len(elsewhere) == 0:
		l.who = s.addNew(l, "")
		l.who.loose = []*personLine{l}
	default:
		for _, m := range elsewhere {
			for _, other := range slices.Concat(m.loose, claimLines(m.claimed)) {
				if l.same(other) {
					s.Problem(l.Row, colFamily, WhySameRow, fmt.Sprint(other.Row.Number), l.name())
					return
				}
			}
		}
		where := elsewhere[0].where(s.Today)
		if lines := slices.Concat(elsewhere[0].loose, claimLines(elsewhere[0].claimed)); elsewhere[0].fresh && len(lines) > 0 {
			where = lines[0].unit.Name
		}
		s.Problem(l.Row, colNumber, WhyNamesake, where, l.name())
	}
}

func claimLines(c *claim) []*personLine {
	if c == nil {
		return nil
	}
	return c.lines
}

// nearest takes of several with one name in one service the one whose work the row describes best; in doubt it asks.
func (s *staff) nearest(l *personLine, found []*member) {
	best, points, equal := (*work)(nil), -1, false
	var who *member
	for _, m := range found {
		for _, w := range m.works {
			if w.unit != l.unit || w.seen {
				continue
			}
			n := l.likeness(w, s.Today)
			if n == points && m != who {
				equal = true
			}
			if n > points {
				best, points, equal, who = w, n, false, m
			}
		}
	}
	switch {
	case len(found) == 1 && s.alone(l, found[0]):
		l.who, found[0].loose = found[0], append(found[0].loose, l)
	case len(found) == 1:
	case best == nil:
		s.Problem(l.Row, colNumber, WhyNamesake, found[0].where(s.Today), l.name())
	case equal && points < exactly:
		s.Problem(l.Row, colNumber, WhySeveral, s.wheres(found), l.name())
	default:
		l.who, l.work, best.seen = who, best, true
	}
}

// alone tells whether a row can be about the one person of its name in its service: an earlier row there must have
// another of the person's works. Else it is told: the row is there twice, or about another one of that name.
func (s *staff) alone(l *personLine, m *member) bool {
	rows, works := 0, 0
	for _, o := range m.loose {
		if o.same(l) && !slices.ContainsFunc(m.works, func(w *work) bool { return w.unit == l.unit && l.from == w.From }) {
			s.Problem(l.Row, colFamily, WhySameRow, fmt.Sprint(o.Row.Number), l.name())
			return false
		}
		if o.unit == l.unit {
			rows++
		}
	}
	for _, w := range m.works {
		if w.unit == l.unit && (w.lasts(s.Today) || w.From == l.from) {
			works++
		}
	}
	if rows >= works {
		s.Problem(l.Row, colNumber, WhyNamesake, m.where(s.Today), l.name())
	}
	return rows < works
}

// exactly is the likeness of a work that a row describes in full.
const exactly = 31

// likeness says how well a row describes a work in its service: days weigh more than the function, that more than
// the rest.
func (l *personLine) likeness(w *work, today string) (n int) {
	for i, like := range []bool{
		l.share == 0 || l.share == int64(w.Fraction), l.until == w.Until, data.SortKey(l.job) == data.SortKey(w.Job), w.lasts(today), l.from == w.From,
	} {
		if like {
			n += 1 << i
		}
	}
	return n
}
