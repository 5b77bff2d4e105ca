package start

import (
	"context"
	"strings"

	"digibrug/data"
	"digibrug/data/workbook"
)

// people is the sheet of who works where. A row is one employment; who has several has several rows, with the same
// payroll number or log-in name.
type people struct{}

func (people) Name() string { return PeopleSheet }

func (people) Fields() []Field {
	return []Field{
		{Head: colNumber, Also: []string{"nummer", "nr", "pers.nr.", "personeelsnr", "personeels nr.", "stamnummer", "stamnr", "werknemersnummer", "matricule", "id"},
			Example: []string{"voorbeeld: 1001", "voorbeeld: 1002", "voorbeeld: 1002"}},
		{Head: colGiven, Need: true, Also: []string{"roepnaam", "prénom", "first name"}, Example: []string{"An", "Bert", "Bert"}},
		{Head: colFamily, Need: true, Also: []string{"achternaam", "naam", "nom", "last name"}, Example: []string{"Peeters", "Van den Broeck", "Van den Broeck"}},
		{Head: colService, Need: true, Also: []string{"afdeling", "team", "naam dienst", "service"}, Example: []string{"Burgerzaken", "Bibliotheek", "Sociale dienst"}},
		{Head: colOrganisation, Also: []string{"werkgever", "bestuur", "entiteit", "rechtspersoon"},
			Example: []string{"Gemeente Zandwerve", "Gemeente Zandwerve", "OCMW Zandwerve"}},
		{Head: colJob, Also: []string{"functietitel", "functiebenaming", "job", "graad"}, Example: []string{"loketmedewerker", "bibliothecaris", "maatschappelijk werker"}},
		{Head: colShare, Also: []string{"prestatie", "percentage", "tewerkstellingsbreuk", "tewerkstelling", "% tewerkstelling", "fte", "vte", "prestatiebreuk"},
			Example: []string{"100 %", "1/2", "50 %"}},
		{Head: colFrom, Day: true, Also: []string{"in dienst", "datum in dienst", "indiensttreding", "van", "begindatum", "startdatum", "sinds"},
			Example: []string{"2020-01-01", "2021-09-01", "2021-09-01"}},
		{Head: colUntil, Day: true, Also: []string{"uit dienst", "datum uit dienst", "uitdiensttreding", "tot en met", "einddatum", "t/m"}, Example: []string{"", "2027-08-31", ""}},
		{Head: colEmployer, Also: []string{"interimkantoor", "betaald door"}, Example: []string{"", "", "Gemeente Duinkerke"}},
		{Head: colLogin, Also: []string{"login", "gebruikersnaam", "aanmeldnaam", "gebruiker", "account"}, Example: []string{"an.peeters", "", ""}},
		{Head: colRoles, Known: roleTexts(), Also: []string{"rol"}, Example: []string{"medewerker; diensthoofd", "", ""}},
		{Head: colLanguage, Known: []string{"nl", "en", "fr"}, Also: []string{"taalcode"}, Example: []string{"nl", "", ""}},
	}
}

// personLine is a row of the sheet at work. Empty values leave what the house has; Erase takes it away.
type personLine struct {
	Row
	number, given, family string
	unit                  *unit
	job, employer         string
	share                 int64
	from, until           string
	login, language       string
	roles                 []data.Role

	who  *member
	work *work
}

func (l *personLine) key() string  { return nameKey(l.given, l.family) }
func (l *personLine) name() string { return data.Clean(l.given+" "+l.family, 0) }

// gone tells whether the row says that the work is over.
func (l *personLine) gone(today string) bool {
	return l.until != "" && l.until != Erase && l.until < today
}

// same tells whether two rows say the same work: a function that is taken away is one that isn't there.
func (l *personLine) same(o *personLine) bool {
	return l.unit == o.unit && data.SortKey(or(l.job, "")) == data.SortKey(or(o.job, "")) && l.from == o.from
}

// Plan finds out who is meant by each row, and what it changes.
func (people) Plan(ctx context.Context, j *Job, rows []Row) error {
	h, err := j.open(ctx)
	if err != nil {
		return err
	}
	if j.Ask.LastDay != "" {
		if _, err := data.ParseDay(j.Ask.LastDay); err != nil {
			return &data.Invalid{Field: "last_day", Why: data.WhyDay, Got: data.Clean(j.Ask.LastDay, 40)}
		}
	}
	s := &staff{Job: j, resumed: map[*work]bool{}, house: h, changed: map[*member]bool{}, doubts: map[string]bool{}, about: map[*org]bool{}}
	for _, r := range rows {
		if l := s.line(r); l != nil {
			s.lines = append(s.lines, l)
		}
	}
	s.identify()
	for _, m := range s.touched {
		s.plan(m)
	}
	s.tellGone(rows)
	s.write()
	s.leavers(rows)
	return nil
}

// line reads a row; nil when somebody can't be told from it.
func (s *staff) line(r Row) *personLine {
	l := &personLine{Row: r, number: s.Name(r, colNumber, numberLimit), given: s.Needed(r, colGiven, nameLimit), family: s.Needed(r, colFamily, nameLimit)}
	if l.number == Erase {
		l.number = ""
	}
	l.unit = s.unit(s.house, r, colService, s.org(s.house, r, colOrganisation, false))
	l.job, l.employer = s.Name(r, colJob, nameLimit), s.Name(r, colEmployer, nameLimit)
	var err error
	if l.share, err = r.Cell(colShare).Share(); err != nil {
		s.Wrong(r, colShare, err)
	}
	if l.from, err = r.Cell(colFrom).Day(); err != nil {
		s.Wrong(r, colFrom, err)
	}
	if l.until = r.Text(colUntil); l.until != Erase {
		if l.until, err = r.Cell(colUntil).Day(); err != nil {
			s.Wrong(r, colUntil, err)
		}
	}
	s.account(l)
	if l.unit != nil {
		s.about[l.unit.org] = true
	}
	if l.given == "" || l.family == "" || l.unit == nil {
		s.doubt(l)
		return nil
	}
	return l
}

// account reads what a row says of a log-in.
func (s *staff) account(l *personLine) {
	if text := l.Text(colLogin); text != "" && text != Erase {
		login, err := data.ParseLogin(text)
		if err != nil {
			s.Wrong(l.Row, colLogin, err)
		}
		l.login = login
	}
	for _, text := range pieces(l.Cell(colRoles).Text) {
		role, ok := roleCalled(text)
		if !ok && text != Erase {
			s.Problem(l.Row, colRoles, data.WhyNotOneOf, strings.Join(roleTexts(), ", "), text)
		}
		if ok {
			l.roles = append(l.roles, role)
		}
	}
	l.language = s.OneOf(l.Row, colLanguage, []string{"nl", "en", "fr"})
}

// doubt keeps those who may be meant by a row that can't be read from being told as leavers.
func (s *staff) doubt(l *personLine) { s.doubts[l.key()] = true }

// Fill gives the works that last or are still to begin.
func (people) Fill(ctx context.Context, q data.Query) ([][]string, error) {
	h, err := readHouse(ctx, q)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for _, m := range h.members {
		account := data.KnownLogin{}
		if len(m.accounts) > 0 {
			account = m.accounts[0]
		}
		for _, w := range m.works {
			if !w.lasts(h.today) {
				continue
			}
			rows = append(rows, []string{kept(m.Number), m.Given, m.Family, w.unit.Name, w.unit.org.Name, kept(w.Job), workbook.ShareText(int64(w.Fraction)),
				w.From, w.Until, kept(w.Employer), account.Login, rolesText(account.Roles), account.Language})
		}
	}
	return rows, nil
}
