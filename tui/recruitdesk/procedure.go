package recruitdesk

import (
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// file is all that the page of a procedure shows.
type file struct {
	recruit.Procedure
	lacks      []recruit.Missing
	marking    *recruit.LackError // what is to be done before the scores of a closed test can be frozen; nil: nothing
	members    []recruit.Member
	candidates []recruit.Candidate
	sealed     bool
	ended      int    // sittings of an open test that are over
	door       string // of an open test: what letters say of where it is; empty: nothing
	decisions  recruit.Decisions
	purges     []recruit.Purged
}

func (d desk) load(id string) (f file, err error) {
	if f.Procedure, err = d.Store.Procedure(d.ctx(), d.By(), id); err != nil {
		return f, err
	}
	if f.lacks, err = d.Store.Checklist(d.ctx(), d.By(), id); err != nil {
		return f, err
	}
	if f.members, err = d.Store.Members(d.ctx(), d.By(), id); err != nil {
		return f, err
	}
	if f.candidates, err = d.Store.Candidates(d.ctx(), d.By(), id); err != nil {
		return f, err
	}
	if f.sealed, err = d.Store.Sealed(d.ctx(), d.By(), id); err != nil {
		return f, err
	}
	if f.State == recruit.Open {
		if err = d.open(&f); err != nil {
			return f, err
		}
	}
	if f.State == recruit.Closed {
		if f.marking, err = d.Store.Lacking(d.ctx(), d.By(), id); err != nil {
			return f, err
		}
	}
	if f.frozen() {
		if f.decisions, err = d.Store.Decisions(d.ctx(), d.By(), id); err != nil {
			return f, err
		}
	}
	f.purges, err = d.Store.Purges(d.ctx(), d.By(), id)
	return f, err
}

// open reads what matters of a test that is open.
func (d desk) open(f *file) error {
	now, err := d.Store.Summary(d.ctx(), d.By(), f.ID)
	if err != nil {
		return err
	}
	if f.ended = now.Ended; d.Door != nil {
		f.door, err = d.Door(d.ctx())
	}
	return err
}

// frozen tells whether there are scores.
func (f file) frozen() bool {
	return slices.Contains([]recruit.State{recruit.Scored, recruit.Named, recruit.Decided}, f.State)
}

// taking counts who takes part, and who of them has no paper code yet.
func (f file) taking() (n, uninvited int) {
	for _, c := range f.candidates {
		if c.Withdrawn {
			continue
		}
		n++
		if c.Code == "" {
			uninvited++
		}
	}
	return n, uninvited
}

// unsigned counts destruction lists that nobody signed.
func (f file) unsigned() (n int) {
	for _, p := range f.purges {
		if p.SignedBy == "" {
			n++
		}
	}
	return n
}

// The rows of the page that are no lack.
const (
	rowNext       = "next"
	rowMarking    = "marking"
	rowDetails    = "details"
	rowExpert     = "expert"
	rowPeople     = "people"
	rowCandidates = "candidates"
	rowResults    = "results"
	rowDecisions  = "decisions"
	rowKeep       = "keep"
	rowPurges     = "purges"
	rowPapers     = "papers"
	rowLack       = "lack:"
)

// procedure is the page of one: what is next, what lacks, and where the rest is.
func (d desk) procedure(id string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[file]{
		Title:   func(f file) string { return f.Title },
		Doing:   words.RecruitdeskLoading,
		Load:    func() (file, error) { return d.load(id) },
		Columns: []parts.Column{{Title: words.RecruitdeskColWhat, Min: 20}, {Title: words.RecruitdeskColHow, Min: 26, Grow: 1}},
		Rows:    d.fileRows,
		Top:     d.fileTop,
		Foot:    d.fileFoot,
		Opens:   words.RecruitdeskOpen,
		Open:    d.openRow,
		Ways:    d.fileWays,
	})
}

// fileTop says how the procedure stands.
func (d desk) fileTop(p page.Page, f file) []string {
	lines := []string{p.Headline(f.Title + " (" + d.state(f.State) + ")")}
	day := d.span(f.Days)
	if f.Days.From != "" {
		day += ", " + hours(f.Days)
	}
	lines = append(lines, p.Paragraphs(d.S.T(stands(f.State), "day", day))...)
	if f.HeldOn(d.today()) {
		lines = append(lines, d.warned(p, d.S.T(words.RecruitdeskHeldTop, "day", d.asDay(f.keptTo(d.today()))))...)
	}
	return lines
}

// stands says in a sentence how a procedure stands.
func stands(s recruit.State) words.Key {
	switch s {
	case recruit.Draft:
		return words.RecruitdeskStandsDraft
	case recruit.Open:
		return words.RecruitdeskStandsOpen
	case recruit.Closed:
		return words.RecruitdeskStandsClosed
	case recruit.Scored:
		return words.RecruitdeskStandsScored
	case recruit.Named:
		return words.RecruitdeskStandsNamed
	case recruit.Decided:
		return words.RecruitdeskStandsDecided
	}
	return words.RecruitdeskStandsDropped
}

// act is a step that the recruiter can take, with the key for it.
type act struct {
	letter      string
	does, leads words.Key // what the footer calls it; what the row "next" says; empty: it is not the next step
	open        func() shell.Screen
}

// acts are the steps that a procedure can take now; the first that leads is the next.
func (d desk) acts(f file) (all []act) {
	switch f.State {
	case recruit.Draft:
		a := act{letter: "o", does: words.RecruitdeskDoOpen, open: func() shell.Screen { return d.opening(f) }}
		if recruit.Ready(f.lacks) {
			a.leads = words.RecruitdeskNextOpen
		}
		return []act{a}
	case recruit.Open:
		return d.openActs(f)
	case recruit.Closed:
		if f.marking != nil {
			return nil // others have to finish first
		}
		return []act{{"s", words.RecruitdeskDoScore, words.RecruitdeskNextScore, func() shell.Screen { return d.scoring(f) }}}
	case recruit.Scored:
		return []act{{"n", words.RecruitdeskDoName, words.RecruitdeskNextName, func() shell.Screen { return d.naming(f) }}}
	}
	return nil
}

// openActs are the steps of an open procedure: letters first, then the seal, then the close.
func (d desk) openActs(f file) (all []act) {
	if _, uninvited := f.taking(); uninvited > 0 && d.Invitations != nil {
		all = append(all, act{"u", words.RecruitdeskDoInvite, words.RecruitdeskNextInvite, func() shell.Screen { return d.inviting(f) }})
	}
	if !f.sealed {
		all = append(all, act{"z", words.RecruitdeskDoSeal, words.RecruitdeskNextSeal, func() shell.Screen { return d.sealing(f) }})
	}
	leads := words.RecruitdeskNextClose
	if f.ended == 0 {
		leads = words.RecruitdeskNextSit
	}
	return append(all, act{"g", words.RecruitdeskDoClose, leads, func() shell.Screen { return d.closing(f) }})
}

// next is the step that is due; ok is false where the recruiter has none.
func (d desk) next(f file) (act, bool) {
	for _, a := range d.acts(f) {
		if a.leads != "" {
			return a, true
		}
	}
	return act{}, false
}

func (d desk) fileRows(f file) (rows []parts.Row) {
	add := func(id string, name words.Key, how string) {
		rows = append(rows, parts.Row{ID: id, Cells: []string{d.S.T(name), how}})
	}
	if a, ok := d.next(f); ok {
		add(rowNext, words.RecruitdeskRowNext, d.S.T(a.leads))
	}
	if f.marking != nil {
		add(rowMarking, words.RecruitdeskRowMarking, d.waitsFor(f.marking))
	}
	for i, m := range f.lacks {
		name := words.RecruitdeskRowLack
		switch {
		case m.Accepted:
			name = words.RecruitdeskRowAccepted
		case m.Lack.Warns():
			name = words.RecruitdeskRowWarn
		}
		add(rowLack+strconv.Itoa(i), name, d.lack(m))
	}
	n, uninvited := f.taking()
	add(rowCandidates, words.RecruitdeskRowCandidates, d.candidatesAre(f, n, uninvited))
	add(rowPeople, words.RecruitdeskRowPeople, d.peopleAre(f))
	add(rowDetails, words.RecruitdeskRowDetails, d.detailsAre(f))
	add(rowExpert, words.RecruitdeskRowExpert, d.rule(f.Procedure))
	if f.frozen() {
		add(rowResults, words.RecruitdeskRowResults, d.S.T(words.RecruitdeskResultsAre, "day", words.ShortDay(d.S.Lang(), f.ScoredAt)))
		add(rowDecisions, words.RecruitdeskRowDecisions, d.decisionsAre(f))
	}
	if n := len(d.printable(f)); n > 0 {
		add(rowPapers, words.RecruitprintRow, d.S.T(words.RecruitprintAre, "n", n))
	}
	if f.State != recruit.Draft {
		add(rowKeep, words.RecruitdeskRowKeep, d.keepIs(f))
	}
	if len(f.purges) > 0 {
		add(rowPurges, words.RecruitdeskRowPurges, d.S.T(words.RecruitdeskPurgesAre, "n", len(f.purges), "unsigned", f.unsigned()))
	}
	return rows
}

// waitsFor says what is still to be done before the scores can be frozen.
func (d desk) waitsFor(lack *recruit.LackError) string {
	var all []string
	for _, one := range []struct {
		n    int
		said words.Key
	}{{lack.Unmarked, words.RecruitdeskToMark}, {lack.Disputed, words.RecruitdeskToSettle}, {lack.Questions, words.RecruitdeskToAnswer}} {
		if one.n > 0 {
			all = append(all, d.S.T(one.said, "n", one.n))
		}
	}
	return strings.Join(all, ", ")
}

// lack is a line of the checklist.
func (d desk) lack(m recruit.Missing) string {
	of := m.Of
	if domain, level, cell := strings.Cut(m.Of, "/"); cell {
		of = d.S.T(words.RecruitdeskCell, "domain", d.Tests.DomainTitle(domain), "level", level)
		if level == recruit.OfWritten {
			of = d.S.T(words.RecruitdeskCellWritten, "domain", d.Tests.DomainTitle(domain))
		}
	} else if m.Lack == recruit.LackPart {
		of = d.Tests.DomainTitle(m.Of)
	}
	got := m.Got
	if page.IsDay(got) {
		got = d.Day(got)
	}
	return d.S.T(words.RecruitLack(string(m.Lack)), "of", of, "want", m.Want, "got", got)
}

func (d desk) candidatesAre(f file, n, uninvited int) string {
	if f.State == recruit.Open && uninvited > 0 {
		return d.S.T(words.RecruitdeskCandidatesUninvited, "n", n, "uninvited", uninvited)
	}
	return d.S.T(words.RecruitdeskCandidatesAre, "n", n)
}

// peopleAre counts who has which duty: "1 opzichter, 2 juryleden".
func (d desk) peopleAre(f file) string {
	var all []string
	for _, one := range []struct {
		duty recruit.Duty
		said words.Key
	}{{recruit.Supervisor, words.RecruitdeskPeopleSupervisor}, {recruit.Jury, words.RecruitdeskPeopleJury}, {recruit.Marker, words.RecruitdeskPeopleMarker},
		{recruit.Recruiter, words.RecruitdeskPeopleRecruiter}} {
		n := 0
		for _, m := range f.members {
			if m.Duty == one.duty {
				n++
			}
		}
		if n > 0 {
			all = append(all, d.S.T(one.said, "n", n))
		}
	}
	return strings.Join(all, ", ")
}

func (d desk) detailsAre(f file) string {
	return d.S.T(words.RecruitdeskDetailsAre, "n", f.Asked(), "minutes", f.Minutes, "vacancy", f.Vacancy)
}

func (d desk) decisionsAre(f file) string {
	decided := 0
	for _, one := range f.decisions.All {
		if one.Outcome != "" {
			decided++
		}
	}
	signed := len(f.decisions.Signatures)
	return d.S.T(words.RecruitdeskDecisionsAre, "decided", decided, "all", len(f.decisions.All), "signed", signed, "jury", signed+len(f.decisions.Missing))
}

func (d desk) keepIs(f file) string {
	if f.PurgedOn != "" {
		return d.S.T(words.RecruitdeskPurgedOn, "day", d.asDay(f.PurgedOn))
	}
	said := words.RecruitdeskKeptUntil
	if f.HeldOn(d.today()) {
		said = words.RecruitdeskHeldUntil
	}
	kept := d.S.T(said, "day", d.asDay(f.keptTo(d.today())))
	if day := f.reserved(); day > f.keptTo(d.today()) {
		return d.S.T(words.RecruitdeskKeptReserve, "kept", kept, "day", d.asDay(day))
	}
	return kept
}

// keptTo is the last day on which all is kept: of the term, or of an appeal that runs longer.
func (f file) keptTo(today string) string {
	if f.HeldOn(today) {
		return max(f.KeepUntil, f.HoldUntil)
	}
	return f.KeepUntil
}

// reserved is the last day of whoever is longest in the reserve; empty: nobody is.
func (f file) reserved() (last string) {
	for _, one := range f.decisions.All {
		if one.Outcome == recruit.Reserve {
			last = max(last, one.Until)
		}
	}
	return last
}

// fileFoot is all of a line that may be cut.
func (d desk) fileFoot(f file, id string) string {
	for _, row := range d.fileRows(f) {
		if row.ID == id {
			return row.Cells[1]
		}
	}
	return ""
}

// openRow opens what belongs to a row.
func (d desk) openRow(f file, id string) tea.Cmd {
	if at, lack := strings.CutPrefix(id, rowLack); lack {
		return shell.Open(d.mend(f, f.lacks[whole(at)]))
	}
	switch id {
	case rowNext:
		if a, ok := d.next(f); ok {
			return shell.Open(a.open())
		}
	case rowDetails:
		if f.State == recruit.Draft {
			return shell.Open(d.change(f.Procedure, ""))
		}
		return shell.Open(d.facts(f.Procedure))
	case rowExpert:
		return shell.Open(d.expert(f.Procedure, ""))
	case rowPeople, rowMarking:
		return shell.Open(d.people(f.Procedure))
	case rowCandidates:
		return shell.Open(d.candidates(f.ID))
	}
	return d.openLater(f, id)
}

// mend opens what takes a line of the checklist away.
func (d desk) mend(f file, m recruit.Missing) shell.Screen {
	field := map[recruit.Lack]string{recruit.LackVacancy: "vacancy", recruit.LackProfile: "profile", recruit.LackBlueprint: "domains", recruit.LackMinutes: "minutes",
		recruit.LackPass: "pass.total", recruit.LackDays: "days.from", recruit.LackPast: "days.from", recruit.LackPlace: "place", recruit.LackPractical: "practical", recruit.LackContact: "contact"}
	switch {
	case m.Lack.Warns():
		return d.accepting(f)
	case field[m.Lack] != "":
		return d.change(f.Procedure, field[m.Lack])
	case m.Lack == recruit.LackSupervisor:
		return d.give(f.Procedure, recruit.Supervisor)
	case m.Lack == recruit.LackJury:
		return d.give(f.Procedure, recruit.Jury)
	case m.Lack == recruit.LackMarkers:
		return d.give(f.Procedure, recruit.Marker)
	case m.Lack == recruit.LackCandidates:
		return d.several(f.Procedure)
	case m.Lack == recruit.LackKeep:
		return d.expert(f.Procedure, "keep")
	case m.Lack == recruit.LackPoints:
		return d.expert(f.Procedure, writtenPoints)
	case m.Lack == recruit.LackPurpose:
		return d.expert(f.Procedure, "purpose")
	}
	return d.expert(f.Procedure, "")
}

// fileWays are the keys of a procedure.
func (d desk) fileWays(f file, _ string) (all []page.Way) {
	for _, a := range d.acts(f) {
		all = append(all, page.Way{Key: d.Letter(a.letter, a.does), Open: a.open})
	}
	if f.State.May(recruit.Dropped) {
		all = append(all, page.Way{Key: d.Del(words.RecruitdeskDoDrop), Open: func() shell.Screen { return d.dropping(f) }})
	}
	return all
}

// untilOr is a stored day, or another where it has none.
func untilOr(day, other string) string {
	if _, err := data.ParseDay(day); err != nil {
		return other
	}
	return day
}
