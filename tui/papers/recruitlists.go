package papers

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/words"
)

// What can be wrong with the procedure that is asked for.
const (
	WhyNoProcedure   data.Why = "recruitpaper.no_procedure" // the reader has no duty in such a procedure
	WhyTwoProcedures data.Why = "recruitpaper.several"      // more than one is called so
)

// RecruitLists are the lists of recruitments: the procedures, the ranking, scores by part, decisions, names, what happened in
// the test room, and what was destroyed. Candidates are labels until the names are open.
type RecruitLists struct {
	Recruit recruitLists
	Titles  domainTitles
}

// recruitLists is what the lists need of the procedures; *recruit.Store has it.
type recruitLists interface {
	Procedures(ctx context.Context, by data.Actor) ([]recruit.Summary, error)
	Names(ctx context.Context, by data.Actor, procedure string) ([]recruit.NameRow, error)
	Scores(ctx context.Context, by data.Actor, procedure string) ([]recruit.Score, error)
	Decisions(ctx context.Context, by data.Actor, procedure string) (recruit.Decisions, error)
	Events(ctx context.Context, by data.Actor, procedure, candidate string) ([]recruit.Event, error)
	Purges(ctx context.Context, by data.Actor, procedure string) ([]recruit.Purged, error)
}

// domainTitles names the domains of a test; *quiz.Store has it.
type domainTitles interface{ DomainTitle(domain string) string }

// Names of the lists of a procedure.
const (
	ListOfRanking   = "recruit-ranking"
	ListOfNames     = "recruit-names"
	listOfEvents    = "recruit-events"
	listOfDestroyed = "recruit-destroyed"
)

// Papers are all lists, those of every day first. Roles say who is offered a list; the store asks for the duty in the procedure.
func (l RecruitLists) Papers() []Paper {
	jury := []data.Role{data.RoleRecruiter, data.RoleJury}
	of := []Question{AsksProcedure}
	all := []Paper{
		{Name: "recruit-list", Title: words.RecruitpaperList, Roles: []data.Role{data.RoleRecruiter, data.RoleSupervisor, data.RoleJury, data.RoleMarker}, fill: l.procedures},
		{Name: ListOfRanking, Title: words.RecruitpaperRanking, Roles: jury, fill: l.of(words.RecruitpaperRanking, l.ranking)},
		{Name: "recruit-scores", Title: words.RecruitpaperScores, Roles: jury, fill: l.of(words.RecruitpaperScores, l.scores)},
		{Name: "recruit-decisions", Title: words.RecruitpaperDecisions, Roles: jury, fill: l.of(words.RecruitpaperDecisions, l.decisions)},
		{Name: ListOfNames, Title: words.RecruitpaperNameRows, Roles: jury, fill: l.of(words.RecruitpaperNameRows, l.names)},
		{Name: listOfEvents, Title: words.RecruitpaperEvents, Roles: append(jury, data.RoleSupervisor), fill: l.of(words.RecruitpaperEvents, l.events)},
		{Name: listOfDestroyed, Title: words.RecruitpaperDestroyed, Roles: []data.Role{data.RoleRecruiter}, fill: l.of(words.RecruitpaperDestroyed, l.destroyed)},
	}
	for i := range all[1:] {
		all[i+1].Asks = of
	}
	return all
}

// of fills a list of one procedure, and names it after that.
func (l RecruitLists) of(title words.Key, fill func(context.Context, data.Actor, recruit.Procedure) (Sheet, error)) func(context.Context, data.Actor, Ask) (Sheet, error) {
	return func(ctx context.Context, by data.Actor, ask Ask) (Sheet, error) {
		p, err := ProcedureNamed(ctx, l.Recruit, by, ask.Procedure)
		if err != nil {
			return Sheet{}, err
		}
		s, err := fill(ctx, by, p)
		s.Title = nl.T(words.RecruitpaperOf, "title", nl.T(title), "procedure", p.Title)
		return s, err
	}
}

// ProcedureNamed finds a procedure in which the actor has a duty, by vacancy, title, id or the start of an id. It returns an
// *data.Invalid for none and for more than one.
func ProcedureNamed(ctx context.Context, store interface {
	Procedures(ctx context.Context, by data.Actor) ([]recruit.Summary, error)
}, by data.Actor, asked string) (recruit.Procedure, error) {
	wrong := func(why data.Why) error {
		return &data.Invalid{Field: string(AsksProcedure), Why: why, Got: data.Clean(asked, gotLen)}
	}
	if asked == "" {
		return recruit.Procedure{}, wrong(data.WhyEmpty)
	}
	all, err := store.Procedures(ctx, by)
	if err != nil {
		return recruit.Procedure{}, err
	}
	for _, fits := range []func(recruit.Procedure) bool{
		func(p recruit.Procedure) bool { return p.ID == asked },
		func(p recruit.Procedure) bool { return data.SortKey(p.Vacancy) == data.SortKey(asked) },
		func(p recruit.Procedure) bool { return data.SortKey(p.Title) == data.SortKey(asked) },
		func(p recruit.Procedure) bool { return strings.HasPrefix(p.ID, strings.ToLower(asked)) },
	} {
		found := slices.DeleteFunc(slices.Clone(all), func(s recruit.Summary) bool { return !fits(s.Procedure) })
		switch {
		case len(found) == 1:
			return found[0].Procedure, nil
		case len(found) > 1:
			return recruit.Procedure{}, wrong(WhyTwoProcedures)
		}
	}
	return recruit.Procedure{}, wrong(WhyNoProcedure)
}

func (l RecruitLists) procedures(ctx context.Context, by data.Actor, _ Ask) (Sheet, error) {
	all, err := l.Recruit.Procedures(ctx, by)
	s := Sheet{Columns: columns(column("vacancy", words.RecruitpaperVacancy, KindText), column("title", words.RecruitpaperProcedure, KindText), column("organisation", words.RecruitpaperColFor, KindText),
		column("state", words.RecruitpaperColState, KindText), column("from", words.RecruitpaperColFrom, KindDay), column("until", words.RecruitpaperColUntil, KindDay),
		column("candidates", words.RecruitpaperCandidates, KindNumber), column("ended", words.RecruitpaperColEnded, KindNumber), column("keep_until", words.RecruitpaperColKeep, KindDay))}
	for _, p := range all {
		s.Rows = append(s.Rows, []Cell{textIf(p.Vacancy), Text(p.Title), Text(p.Organisation), Coded(nl.T(words.RecruitState(string(p.State))), string(p.State)),
			Day(p.Days.From), Day(p.Days.Until), Count(p.Candidates), Count(p.Ended), Day(p.KeepUntil)})
	}
	return s, err
}

// named gives the names by label once they are open; before that nothing, and nothing is asked.
func named(ctx context.Context, store interface {
	Names(ctx context.Context, by data.Actor, procedure string) ([]recruit.NameRow, error)
}, by data.Actor, p recruit.Procedure) (map[string]recruit.Name, error) {
	if p.NamedAt.IsZero() {
		return nil, nil
	}
	all, err := store.Names(ctx, by, p.ID)
	names := map[string]recruit.Name{}
	for _, n := range all {
		names[n.Label] = n.Name
	}
	return names, err
}

// sure is how many standard errors lie to each side of a score: 95 of 100 times.
const sure = 1.96

// points gives hundredths of a point as a number.
func points(hundredths int) float64 { return float64(hundredths) / 100 }

func (l RecruitLists) ranking(ctx context.Context, by data.Actor, p recruit.Procedure) (s Sheet, err error) {
	scores, err := l.Recruit.Scores(ctx, by, p.ID)
	if err != nil {
		return s, err
	}
	names, err := named(ctx, l.Recruit, by, p)
	s = Sheet{Columns: columns(column("place", words.RecruitpaperPlaceNr, KindNumber), column("label", words.RecruitpaperColLabel, KindText), column("name", words.RecruitpaperColName, KindText),
		Column{Name: "score", Title: nl.T(words.RecruitpaperColScore), Kind: KindNumber, Decimals: 2}, Column{Name: "on", Title: nl.T(words.RecruitpaperColOn), Kind: KindNumber, Decimals: 2},
		Column{Name: "low", Title: nl.T(words.RecruitpaperColLow), Kind: KindNumber, Decimals: 2}, Column{Name: "high", Title: nl.T(words.RecruitpaperColHigh), Kind: KindNumber, Decimals: 2},
		Column{Name: "share", Title: nl.T(words.RecruitpaperColShare), Kind: KindShare, Decimals: 1}, column("advice", words.RecruitpaperColAdvice, KindText),
		column("tied", words.RecruitpaperColTied, KindList)), Notes: []string{nl.T(words.RecruitpaperRankNote), nl.T(words.RecruitpaperAdviceNote)}}
	s.Columns[0].Ordinal = true
	if p.Pass.Ties {
		s.Notes = append(s.Notes, nl.T(words.RecruitpaperTiesNote))
	}
	r := recruit.Rank(scores, p.Pass)
	for _, one := range r.Places {
		c := one.Score
		low, high := c.Interval(sure)
		row := []Cell{Count(one.Place), Text(c.Label), textIf(listedName(names[c.Label])), Number(points(c.On)), Number(points(c.OnMax)), Number(points(low)), Number(points(high)), Cell{},
			verdictCell(c.Verdict), Cell{}}
		if c.Max > 0 {
			row[7] = Share(float64(c.Points) / float64(c.Max))
		}
		if len(one.Tied) > 0 {
			row[9] = List(one.Tied, nil)
		}
		s.Rows = append(s.Rows, row)
	}
	for _, away := range []struct {
		labels  []string
		verdict recruit.Verdict
	}{{r.Absent, recruit.VerdictAbsent}, {r.Withdrawn, recruit.VerdictWithdrawn}} {
		for _, label := range away.labels {
			s.Rows = append(s.Rows, []Cell{{}, Text(label), textIf(listedName(names[label])), {}, {}, {}, {}, {}, verdictCell(away.verdict), {}})
		}
	}
	return s, err
}

func verdictCell(v recruit.Verdict) Cell {
	if v == "" {
		return Cell{}
	}
	return Coded(nl.T(words.RecruitVerdict(string(v))), string(v))
}

// scores has a row for each part of each candidate, and one for the total.
func (l RecruitLists) scores(ctx context.Context, by data.Actor, p recruit.Procedure) (Sheet, error) {
	all, err := l.Recruit.Scores(ctx, by, p.ID)
	s := Sheet{Columns: columns(column("label", words.RecruitpaperColLabel, KindText), column("form", words.RecruitpaperColForm, KindText), column("part", words.RecruitpaperColPart, KindText),
		Column{Name: "points", Title: nl.T(words.RecruitpaperColPoints), Kind: KindNumber, Decimals: 2}, Column{Name: "most", Title: nl.T(words.RecruitpaperColMost), Kind: KindNumber, Decimals: 2},
		Column{Name: "mark", Title: nl.T(words.RecruitpaperColMark), Kind: KindShare}, Column{Name: "se", Title: nl.T(words.RecruitpaperColSe), Kind: KindNumber, Decimals: 2},
		column("method", words.RecruitpaperColMethod, KindText), column("advice", words.RecruitpaperColAdvice, KindText)), Notes: []string{nl.T(words.RecruitpaperAdviceNote)}}
	row := func(c recruit.Score, part, code string, got, most, mark int, e recruit.Precision, v recruit.Verdict) {
		cells := []Cell{Text(c.Label), textIf(c.Form), Coded(part, code), Number(points(got)), Number(points(most)), {}, Number(e.SE / 100), {}, verdictCell(v)}
		if mark > 0 {
			cells[5] = Share(float64(mark) / 100)
		}
		if e.Method != "" {
			cells[7] = Coded(nl.T(words.RecruitMethod(string(e.Method))), string(e.Method))
		}
		s.Rows = append(s.Rows, cells)
	}
	for _, c := range all {
		if !c.Sat() {
			continue
		}
		for _, part := range c.Parts {
			row(c, l.Titles.DomainTitle(part.Domain), part.Domain, part.Points, part.Max, part.Pass, part.Error, part.Verdict)
		}
		row(c, nl.T(words.RecruitpaperTotal), "total", c.Points, c.Max, p.Pass.Total, c.Error, c.Verdict)
	}
	return s, err
}

func (l RecruitLists) decisions(ctx context.Context, by data.Actor, p recruit.Procedure) (s Sheet, err error) {
	d, err := l.Recruit.Decisions(ctx, by, p.ID)
	if err != nil {
		return s, err
	}
	names, err := named(ctx, l.Recruit, by, p)
	s = Sheet{Columns: columns(column("label", words.RecruitpaperColLabel, KindText), column("name", words.RecruitpaperColName, KindText), column("outcome", words.RecruitpaperColOutcome, KindText),
		column("reason", words.RecruitpaperColReason, KindText), column("until", words.RecruitpaperColReserve, KindDay), column("by", words.RecruitpaperColBy, KindText), column("at", words.RecruitpaperColAt, KindMoment))}
	for _, one := range d.All {
		outcome := Cell{}
		if one.Outcome != "" {
			outcome = Coded(nl.T(words.RecruitOutcome(string(one.Outcome))), string(one.Outcome))
		}
		s.Rows = append(s.Rows, []Cell{Text(one.Label), textIf(listedName(names[one.Label])), outcome, textIf(one.Reason), Day(one.Until), textIf(one.By), Moment(one.At)})
	}
	for _, x := range d.Signatures {
		s.Notes = append(s.Notes, nl.T(words.RecruitpaperSigned, "name", x.Name, "at", words.Moment(lang, x.At)))
	}
	for _, m := range d.Missing {
		s.Notes = append(s.Notes, nl.T(words.RecruitpaperUnsigned, "name", m.Name))
	}
	return s, err
}

func (l RecruitLists) names(ctx context.Context, by data.Actor, p recruit.Procedure) (Sheet, error) {
	all, err := l.Recruit.Names(ctx, by, p.ID)
	s := Sheet{Columns: columns(column("label", words.RecruitpaperColLabel, KindText), column("family", words.RecruitpaperColFamily, KindText), column("given", words.RecruitpaperColGiven, KindText),
		column("email", words.RecruitpaperColEmail, KindText), column("phone", words.RecruitpaperColPhone, KindText), column("street", words.RecruitpaperColStreet, KindText),
		column("town", words.RecruitpaperColTown, KindText), column("reference", words.RecruitpaperColReference, KindText), column("settings", words.RecruitpaperColSettings, KindList))}
	for _, n := range all {
		set := recruitHead{}.settings(lang, p.Details, n.Settings)
		if n.Withdrawn {
			set = append(set, nl.T(words.RecruitpaperWithdrew))
		}
		cell := Cell{}
		if len(set) > 0 {
			cell = List(set, nil)
		}
		s.Rows = append(s.Rows, []Cell{Text(n.Label), textIf(n.Family), textIf(n.Given), textIf(n.Email), textIf(n.Phone), textIf(n.Street), textIf(n.Town), textIf(n.Reference), cell})
	}
	return s, err
}

func (l RecruitLists) events(ctx context.Context, by data.Actor, p recruit.Procedure) (Sheet, error) {
	all, err := l.Recruit.Events(ctx, by, p.ID, "")
	s := Sheet{Columns: columns(column("at", words.RecruitpaperColAt, KindMoment), column("label", words.RecruitpaperColLabel, KindText), column("event", words.RecruitpaperColEvent, KindText),
		column("item", words.RecruitpaperColItem, KindNumber), column("detail", words.RecruitpaperColDetail, KindText), column("by", words.RecruitpaperColBy, KindText))}
	for _, e := range all {
		item := Cell{}
		if e.N >= 0 {
			item = Count(e.N + 1)
		}
		s.Rows = append(s.Rows, []Cell{Moment(e.At), Text(e.Label), Coded(nl.T(words.RecruitEvent(string(e.Kind))), string(e.Kind)), item, textIf(eventDetail(e)), textIf(e.By)})
	}
	return s, err
}

// eventDetail says in words what is kept with an event.
func eventDetail(e recruit.Event) string {
	code, note := e.Parts()
	said := func(key words.Key) string { return strings.TrimSuffix(nl.T(key)+": "+note, ": ") }
	switch e.Kind {
	case recruit.Irregularity:
		return said(words.RecruitIrregularity(code))
	case recruit.Answering:
		return said(words.DutyScope(code))
	case recruit.Ended:
		return said(words.RecruitEnd(code))
	case recruit.ExtraTime:
		return nl.T(words.RecruitpaperExtra, "minutes", code, "why", note)
	case recruit.Silent, recruit.Started:
		seconds, _ := strconv.Atoi(code) // we wrote it
		return words.Duration(lang, time.Duration(seconds)*time.Second)
	case recruit.Pasted:
		return nl.T(words.RecruitpaperPasted, "count", code)
	}
	return e.Detail
}

func (l RecruitLists) destroyed(ctx context.Context, by data.Actor, p recruit.Procedure) (Sheet, error) {
	all, err := l.Recruit.Purges(ctx, by, p.ID)
	s := Sheet{Columns: columns(column("at", words.RecruitpaperColAt, KindMoment), column("label", words.RecruitpaperColLabel, KindText))}
	for _, c := range destroyedColumns() {
		s.Columns = append(s.Columns, column(c.name, c.title, KindNumber))
	}
	s.Columns = append(s.Columns, column("signed_by", words.RecruitpaperColSignedBy, KindText))
	for _, one := range all {
		s.Notes = append(s.Notes, nl.T(words.RecruitpaperControlOf, "at", words.Moment(lang, one.At), "hash", one.Hash))
		for _, d := range one.List {
			row := []Cell{Moment(one.At), Text(d.Label)}
			for _, c := range destroyedColumns() {
				row = append(row, Count(c.of(d)))
			}
			s.Rows = append(s.Rows, append(row, textIf(one.SignedBy)))
		}
	}
	return s, err
}

// destroyedColumn is a kind of what was destroyed.
type destroyedColumn struct {
	name  string
	title words.Key
	of    func(recruit.Destroyed) int
}

func destroyedColumns() []destroyedColumn {
	return []destroyedColumn{
		{"name", words.RecruitpaperColName, func(d recruit.Destroyed) int { return d.Name }},
		{"sitting", words.RecruitpaperColSitting, func(d recruit.Destroyed) int { return d.Sitting }},
		{"answers", words.RecruitpaperColAnswers, func(d recruit.Destroyed) int { return d.Answers }},
		{"events", words.RecruitpaperColLog, func(d recruit.Destroyed) int { return d.Events }},
		{"questions", words.RecruitpaperColAsked, func(d recruit.Destroyed) int { return d.Questions }},
		{"marks", words.RecruitpaperColMarks, func(d recruit.Destroyed) int { return d.Marks }},
		{"score", words.RecruitpaperColScore, func(d recruit.Destroyed) int { return d.Score }},
		{"decision", words.RecruitpaperColDecision, func(d recruit.Destroyed) int { return d.Decision }},
	}
}
