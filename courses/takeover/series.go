package takeover

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/start"
	"digibrug/data/workbook"
)

// lessons is the sheet of series: a row per series, or several rows with the same code for lessons at other times or in
// other rooms.
type lessons struct{}

// series is one of the register or the file.
type series struct {
	courses.Series
	of       *course
	place    start.Place
	sessions []courses.Session // in order; RoomID is how the doctor calls a room
	halls    []start.Hall      // of sessions
	rows     []start.Row       // of sessions
	first    start.Row
	state    *courses.SeriesState // as the file says it; nil: it follows from the days
	seats    int
	least    int
	entries  []*entry
	known    bool // the register has it
	broken   bool // a problem was told
}

func (lessons) Name() string { return SeriesSheet }

func stands() []choice[courses.SeriesState] {
	return []choice[courses.SeriesState]{{"ontwerp", courses.Draft}, {"open", courses.Published}, {"gegeven", courses.Closed}}
}

func (lessons) Fields() []start.Field {
	return []start.Field{
		{Head: colSeries, Need: true, Also: []string{"reeks", "code reeks"}, Example: []string{"voorbeeld: 25-011", "voorbeeld: 26-004"}},
		{Head: colCourse, Need: true, Example: []string{"foto-starters", "rekenblad-basis"}},
		{Head: colDays, Need: true, Also: []string{"dagen", "data"}, Example: []string{"7/10/2025; 14/10/2025; 21/10/2025", "12/1/2027"}},
		{Head: colFrom, Need: true, Also: []string{"begin", "beginuur"}, Example: []string{"14:00", "9:30"}},
		{Head: colUntil, Need: true, Also: []string{"einde", "einduur"}, Example: []string{"16:00", "12:00"}},
		{Head: start.ColLocation, Need: true, Also: []string{"gebouw", "plaats"}, Example: []string{"Gemeentehuis", "Bibliotheek"}},
		{Head: colRoom, Need: true, Also: []string{"zaal"}, Example: []string{"Openbare computerruimte", "Leeszaal"}},
		{Head: colTrainer, Also: []string{"lesgevers"}, Example: []string{"Rik Verlinden", ""}},
		{Head: colSeats, Also: []string{"aantal plaatsen"}, Example: []string{"10", ""}},
		{Head: colLeast, Example: []string{"5", ""}},
		{Head: colState, Known: names(stands()), Also: []string{"status"}, Example: []string{"gegeven", "ontwerp"}},
		{Head: colNote, Also: []string{"nota"}, Example: []string{"", ""}},
	}
}

// Plan adds series with their lessons. One that is here already stays as it is: its lessons may have moved since.
func (lessons) Plan(ctx context.Context, j *start.Job, rows []start.Row) error {
	b, err := bookOf(ctx, j)
	if err != nil {
		return err
	}
	var found []*series
	for _, r := range rows {
		s, err := b.seriesRow(ctx, j, r)
		if err != nil {
			return err
		}
		if s != nil && !slices.Contains(found, s) {
			found = append(found, s)
		}
	}
	slices.SortStableFunc(found, func(a, b *series) int { return cmp.Compare(a.First.Unix(), b.First.Unix()) })
	for _, s := range found {
		if s.known {
			b.same(j, s)
		} else {
			b.plan(j, s)
		}
	}
	return nil
}

// seriesRow takes in one row; nil after telling that it is of no series.
func (b *book) seriesRow(ctx context.Context, j *start.Job, r start.Row) (*series, error) {
	code, c := j.Needed(r, colSeries, codeLimit), b.course(j, r)
	if code == "" || c == nil {
		return nil, nil
	}
	s := b.series[data.SortKey(code)]
	if s == nil {
		s = &series{Series: courses.Series{ID: data.NewID(), Code: code, CourseID: c.ID, Course: c.Title}, of: c, first: r}
		b.series[data.SortKey(code)] = s
	}
	if s.of != c {
		j.Problem(r, colCourse, WhyOther, s.of.Title, code)
		s.broken = true
		return s, nil
	}
	if s.known && len(s.rows) == 0 {
		s.first = r
	}
	slots := s.slots(j, r)
	if s.known {
		for range slots {
			s.rows = append(s.rows, r)
		}
		return s, s.compare(j, r, slots)
	}
	if state, ok := pick(j, r, colState, stands()); ok {
		s.state = &state
	}
	whole(j, r, colSeats, 500, &s.seats)
	whole(j, r, colLeast, 500, &s.least)
	if note := j.Name(r, colNote, noteLimit); note != "" {
		s.Note = note
	}
	return s, b.add(ctx, j, r, s, slots)
}

// slots reads the days and times of a row.
func (s *series) slots(j *start.Job, r start.Row) (all []courses.Slot) {
	from, err := calendar.ParseMinute(j.Needed(r, colFrom, nameLimit))
	if err != nil {
		j.Wrong(r, colFrom, err)
	}
	until, bad := calendar.ParseMinute(j.Needed(r, colUntil, nameLimit))
	if bad != nil {
		j.Wrong(r, colUntil, bad)
	}
	days := s.days(j, r)
	if err != nil || bad != nil || len(days) == 0 {
		s.broken = true
		return nil
	}
	for _, day := range days {
		slot, err := courses.NewSlot(data.StoredDay(day), from, until)
		if err != nil {
			j.Wrong(r, colFrom, err)
			s.broken = true
			return nil
		}
		all = append(all, slot)
	}
	return all
}

// days reads a cell with one day or several.
func (s *series) days(j *start.Job, r start.Row) (all []string) {
	cell := r.Cell(colDays)
	texts := strings.FieldsFunc(cell.Text, func(r rune) bool { return r == ';' || r == ',' || r == '\n' })
	if cell.Kind != workbook.Text {
		texts = []string{cell.Text}
	}
	for _, text := range texts {
		cell.Text = data.Clean(text, 0)
		day, err := cell.Day()
		if err != nil {
			j.Wrong(r, colDays, err)
			return nil
		}
		if day != "" {
			all = append(all, day)
		}
	}
	if len(all) == 0 {
		j.Problem(r, colDays, data.WhyEmpty)
	}
	return all
}

// add gives a series of the file the lessons of a row.
func (b *book) add(ctx context.Context, j *start.Job, r start.Row, s *series, slots []courses.Slot) error {
	at, _, ok, err := j.Place(ctx, r)
	if err != nil || !ok {
		s.broken = true
		return err
	}
	hall, ok, err := j.Hall(ctx, r, at, colRoom)
	if err != nil {
		return err
	}
	if !ok {
		s.broken = true
		if name := j.Needed(r, colRoom, nameLimit); name != "" {
			j.Problem(r, colRoom, WhyNoRoom, at.Name(), name)
		}
		return nil
	}
	if len(s.sessions) == 0 {
		s.place, s.Location, s.LocationID = at, at.Name(), at.ID()
	}
	var given []string
	for _, name := range pieces(r.Cell(colTrainer).Text) {
		t := b.trainer(j, r, colTrainer, name, true)
		if t == nil {
			s.broken = true
			continue
		}
		if !slices.Contains(given, t.ID) {
			given = append(given, t.ID)
		}
	}
	for _, slot := range slots {
		s.sessions = append(s.sessions, courses.Session{ID: data.NewID(), SeriesID: s.ID, Slot: slot, RoomID: b.roomID(hall), Trainers: given, State: courses.Planned})
		s.halls, s.rows = append(s.halls, hall), append(s.rows, r)
		span := slot.Instants()
		if s.First.IsZero() || span.From.Before(s.First) {
			s.First = span.From
		}
		if span.To.After(s.Last) {
			s.Last = span.To
		}
	}
	return nil
}

// roomID is how the doctor calls a room; one of the file is exclusive, and open at any time.
func (b *book) roomID(h start.Hall) string {
	if id := h.Room().ID; id != "" {
		return id
	}
	if b.rooms[h] == "" {
		b.rooms[h] = data.NewID()
		room := h.Room()
		room.ID = b.rooms[h]
		b.doctor.Rooms[room.ID] = courses.Room{Room: room, Mode: courses.Exclusive}
	}
	return b.rooms[h]
}

// compare tells that a series that is over has other lessons here than a row says.
func (s *series) compare(j *start.Job, r start.Row, slots []courses.Slot) error {
	for _, slot := range slots {
		if s.State == courses.Closed && !slices.ContainsFunc(s.sessions, func(x courses.Session) bool { return x.Slot == slot }) {
			j.Problem(r, colDays, WhyDiffers, "", s.Code)
			s.broken = true
		}
	}
	return nil
}

// same tells that the rows of a series that is here change nothing.
func (b *book) same(j *start.Job, s *series) {
	for i, r := range s.rows {
		if i == 0 || s.rows[i-1].Number != r.Number {
			j.Change(r, start.Same, s.Code)
		}
	}
}

// taken is the series as it is written, now that its location and rooms have ids.
func (s *series) taken() courses.TakenSeries {
	one := courses.TakenSeries{Series: s.Series, Sessions: slices.Clone(s.sessions)}
	one.LocationID = s.place.ID()
	for i := range one.Sessions {
		one.Sessions[i].RoomID = s.halls[i].Room().ID
	}
	return one
}

// inOrder gives the series of the file by when they begin: each finds the rooms as the ones before left them.
func (b *book) inOrder() (all []*series) {
	for _, s := range b.series {
		if !s.known {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b *series) int {
		return cmp.Or(cmp.Compare(a.First.Unix(), b.First.Unix()), cmp.Compare(a.Code, b.Code))
	})
	return all
}
