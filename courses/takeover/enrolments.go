package takeover

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/start"
	"digibrug/data/workbook"
)

// enrolments is the sheet of who was in a series, with the lessons where the person was.
type enrolments struct{}

// entry is somebody in a series, of the register or the file.
type entry struct {
	courses.Enrolment
	of    *series
	who   *person
	row   start.Row // of the file that is about it; its Number is 0 for none
	marks []marked  // to write
	known bool      // the register has it
}

// marked says how somebody was at a lesson.
type marked struct {
	lesson int // number
	mark   courses.Mark
}

func (enrolments) Name() string { return EnrolmentSheet }

func entryStates() []choice[courses.EnrolmentState] {
	return []choice[courses.EnrolmentState]{{"ingeschreven", courses.Booked}, {"wachtlijst", courses.Waiting}, {"geannuleerd", courses.Withdrawn}}
}

func payments() []choice[courses.Paid] {
	return []choice[courses.Paid]{{"betaald", courses.PaidFee}, {"te betalen", courses.Due}, {"kwijtgescholden", courses.Waived}}
}

// markColumns are the columns with numbers of lessons.
func markColumns() []choice[courses.Mark] {
	return []choice[courses.Mark]{{colPresent, courses.Present}, {colLate, courses.Late}, {colExcused, courses.Excused}, {colAbsent, courses.Absent}}
}

func (enrolments) Fields() []start.Field {
	return []start.Field{
		{Head: colSeries, Need: true, Also: []string{"reeks", "code reeks"}, Example: []string{"voorbeeld: 25-011", "voorbeeld: 26-004"}},
		{Head: colGiven, Example: []string{"Mieke", "Anke"}},
		{Head: colFamily, Need: true, Also: []string{"naam", "achternaam"}, Example: []string{"Wouters", "Daems"}},
		{Head: colPhone, Also: []string{"tel", "gsm", "telefoonnummer"}, Example: []string{"", ""}},
		{Head: colMail, Also: []string{"mail", "email", "e-mailadres"}, Example: []string{"", ""}},
		{Head: colEnrolled, Day: true, Also: []string{"datum inschrijving"}, Example: []string{"2025-09-12", ""}},
		{Head: colState, Known: names(entryStates()), Also: []string{"status"}, Example: []string{"ingeschreven", "wachtlijst"}},
		{Head: colFee, Also: []string{"prijs"}, Example: []string{"15,00", ""}},
		{Head: colPaid, Known: names(payments()), Also: []string{"betaling"}, Example: []string{"betaald", ""}},
		{Head: colPresent, Also: []string{"lessen aanwezig"}, Example: []string{"1; 3", ""}},
		{Head: colLate, Also: []string{"lessen te laat"}, Example: []string{"", ""}},
		{Head: colExcused, Also: []string{"lessen verontschuldigd"}, Example: []string{"2", ""}},
		{Head: colAbsent, Also: []string{"lessen afwezig"}, Example: []string{"", ""}},
	}
}

// Plan adds who was in the series. Who is in one already stays as it is; lessons of which nobody said how the person was
// are filled in.
func (enrolments) Plan(ctx context.Context, j *start.Job, rows []start.Row) error {
	b, err := bookOf(ctx, j)
	if err != nil {
		return err
	}
	for _, r := range rows {
		b.entryRow(j, r)
	}
	b.kept(j)
	b.seat(j)
	return nil
}

func (b *book) entryRow(j *start.Job, r start.Row) {
	s, who := b.seriesOf(j, r), b.personNamed(j, r)
	if s == nil || who == nil {
		return
	}
	at := slices.IndexFunc(who.entries, func(e *entry) bool { return e.of == s })
	var e *entry
	if at >= 0 {
		e = who.entries[at]
	}
	if e != nil && e.row.Number > 0 {
		j.Problem(r, colFamily, start.WhySameRow, fmt.Sprint(e.row.Number), who.Name())
		return
	}
	if e == nil {
		e = b.enter(j, r, s, who)
	}
	e.row = r
	deltas := b.attendance(j, r, e)
	switch {
	case !e.known:
		b.entries = append(b.entries, e)
		deltas = append(start.Changes(colSeries, "", s.Code, colState, "", called(entryStates(), e.State), colFee, "", feeText(e.Fee)), deltas...)
		j.Change(r, start.Added, who.Name(), deltas...)
	default:
		if len(e.marks) > 0 {
			b.entries = append(b.entries, e)
		}
		j.Change(r, start.Changed, who.Name(), deltas...)
	}
}

func feeText(f courses.Fee) string {
	if !f.Known {
		return ""
	}
	return euro(f.Cents)
}

// seriesOf finds the series of a row; nil after telling a problem, also for one that has a problem of its own.
func (b *book) seriesOf(j *start.Job, r start.Row) *series {
	code := j.Needed(r, colSeries, codeLimit)
	if code == "" {
		return nil
	}
	s := b.series[data.SortKey(code)]
	switch {
	case s == nil:
		j.Problem(r, colSeries, WhyNoSeries, "", code)
	case !s.known && (s.broken || len(s.sessions) == 0):
		return nil
	}
	return s
}

// personNamed finds the participant of a row; nil after telling a problem.
func (b *book) personNamed(j *start.Job, r start.Row) *person {
	given, family := j.Name(r, colGiven, nameLimit), j.Needed(r, colFamily, nameLimit)
	if family == "" {
		return nil
	}
	name := data.Clean(given+" "+family, 0)
	switch found := b.like(given, family, r.Text(colPhone), r.Text(colMail)); len(found) {
	case 0:
		j.Problem(r, colFamily, WhyNobody, "", name)
	case 1:
		return found[0]
	default:
		j.Problem(r, colFamily, WhyNamesakes, "", name)
	}
	return nil
}

// enter plans an enrolment that is not here yet.
func (b *book) enter(j *start.Job, r start.Row, s *series, who *person) *entry {
	now, over := j.Q.Now(), !s.Last.After(j.Q.Now())
	e := &entry{of: s, who: who, Enrolment: courses.Enrolment{ID: data.NewID(), SeriesID: s.ID, ParticipantID: who.ID, Participant: who.Name(), State: courses.Booked,
		Source: courses.ByImport, Category: who.Category}}
	if state, ok := pick(j, r, colState, entryStates()); ok {
		e.State = state
	}
	if e.State == courses.Waiting && !s.First.After(now) || e.State != courses.Withdrawn && s.State == courses.SeriesCancelled {
		j.Problem(r, colState, WhyStand, "", called(entryStates(), e.State))
	}
	day := j.DayOf(r, colEnrolled)
	if day > j.Today {
		j.Problem(r, colEnrolled, WhyFuture, j.Today, day)
	}
	if day == "" {
		day = min(j.Today, data.DayOf(s.First))
	}
	if e.Queued = noon(day); e.Queued.After(now) {
		e.Queued = now
	}
	if e.State == courses.Withdrawn {
		e.Ended = now
		if over {
			e.Ended = e.Queued
		}
	}
	b.charge(j, r, e, day)
	who.entries, s.entries = append(who.entries, e), append(s.entries, e)
	return e
}

// charge settles the fee: what the file says was asked, or else what the rules said on the day of enrolment.
func (b *book) charge(j *start.Job, r start.Row, e *entry, day string) {
	e.Fee = b.FeeThen(e.of.CourseID, e.Category, day)
	if cents, ok := j.Money(r, colFee); ok {
		e.Fee = courses.Fee{Known: true, Cents: cents, Why: courses.FeePaper, Category: e.Category, On: day}
	}
	paid, said := pick(j, r, colPaid, payments())
	switch {
	case e.Fee.Known && e.Fee.Cents == 0:
		e.Paid = courses.NoFee
	case said:
		e.Paid = paid
	case e.Fee.Known:
		e.Paid = courses.Due
	default:
		e.Paid = courses.UnknownFee
	}
}

// seat looks, in the order of the file, whether those who are new in a series can be: there is a seat, and for one that is
// not over the course is for such people and the person has no other lesson then.
func (b *book) seat(j *start.Job) {
	taken := map[*series]int{}
	for _, s := range b.series {
		for _, e := range s.entries {
			if e.known && e.Seat > 0 {
				taken[s]++
			}
		}
	}
	for _, e := range b.entries {
		if e.known || e.State == courses.Withdrawn {
			continue
		}
		if e.State == courses.Booked {
			if taken[e.of]++; taken[e.of] > e.of.Seats {
				j.Problem(e.row, colSeries, WhyFull, strconv.Itoa(e.of.Seats), e.of.Code)
			}
		}
		if !e.of.Last.After(j.Q.Now()) {
			continue
		}
		if err := e.of.of.Admits(e.Category); err != nil {
			j.Wrong(e.row, colSeries, err)
		}
		for _, o := range e.who.entries[:slices.Index(e.who.entries, e)] {
			if o.State == courses.Booked && meet(o.of.sessions, e.of.sessions) {
				j.Problem(e.row, colSeries, WhyBusy, o.of.Code, e.who.Name())
			}
		}
	}
}

// meet tells whether two series have lessons at the same time.
func meet(a, b []courses.Session) bool {
	return slices.ContainsFunc(a, func(x courses.Session) bool {
		return x.State != courses.SessionCancelled && slices.ContainsFunc(b, func(y courses.Session) bool { return y.State != courses.SessionCancelled && x.Meets(y.Slot) })
	})
}

// attendance reads at which lessons somebody was, and plans what nobody said yet.
func (b *book) attendance(j *start.Job, r start.Row, e *entry) (deltas []start.Delta) {
	in, now := map[int]string{}, j.Q.Now()
	for _, column := range markColumns() {
		all, ok := numbers(r.Cell(column.name), len(e.of.sessions))
		if !ok {
			j.Problem(r, column.name, WhyLessons, strconv.Itoa(len(e.of.sessions)), r.Text(column.name))
			continue
		}
		var fresh []string
		for _, n := range all {
			lesson := e.of.sessions[n-1]
			switch {
			case in[n] != "":
				j.Problem(r, column.name, WhyBoth, in[n], strconv.Itoa(n))
			case lesson.Instants().From.After(now):
				j.Problem(r, column.name, WhyAhead, "", strconv.Itoa(n))
			case e.State != courses.Booked:
				j.Problem(r, column.name, WhyStand, "", called(entryStates(), e.State))
			case lesson.State != courses.SessionCancelled && !b.Marked[e.ID][n]:
				e.marks, fresh = append(e.marks, marked{n, column.value}), append(fresh, strconv.Itoa(n))
			}
			in[n] = column.name
		}
		deltas = append(deltas, start.Changes(column.name, "", strings.Join(fresh, "; "))...)
	}
	return deltas
}

// everyLesson is what a cell holds of who was at all lessons.
const everyLesson = "alle"

// numbers reads a list of lessons from 1 to most: "1; 3", "1-4", "alle", each once. ok is false for what is none, and for
// what a spreadsheet made a day of.
func numbers(c workbook.Cell, most int) (all []int, ok bool) {
	text := data.SortKey(c.Text)
	switch {
	case c.Kind != workbook.Text && c.Kind != workbook.Number && text != "":
		return nil, false
	case text == everyLesson:
		text = "1-" + strconv.Itoa(most)
	}
	text = strings.NewReplacer("–", "-", " - ", "-", " tot en met ", "-", " t/m ", "-", " en ", ";").Replace(text)
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ';' || r == ',' || r == ' ' }) {
		from, until, span := strings.Cut(part, "-")
		if !span {
			until = from
		}
		first, bad := strconv.Atoi(from)
		last, worse := strconv.Atoi(until)
		if bad != nil || worse != nil || first < 1 || last > most || last < first {
			return nil, false
		}
		for n := first; n <= last; n++ {
			if !slices.Contains(all, n) {
				all = append(all, n)
			}
		}
	}
	return all, true
}

// kept tells the rows of who was in no series for so long that the register keeps no name of them: a list doesn't bring
// back what the purge took away.
func (b *book) kept(j *start.Job) {
	for _, p := range b.people {
		last := ""
		for _, e := range p.entries {
			last = max(last, data.DayOf(e.of.Last))
		}
		for _, e := range p.entries {
			if !e.known && last < b.Keeps {
				j.Problem(e.row, colSeries, WhyKept, b.Keeps, p.Name())
			}
		}
	}
}

// Fill gives nothing: who was where is in the register, and isn't taken over again.
func (enrolments) Fill(context.Context, data.Query) ([][]string, error) { return nil, nil }
