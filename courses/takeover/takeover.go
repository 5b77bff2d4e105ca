// Package takeover has the sheets of the start workbook by which last year's courses come in: trainers, courses, series of
// lessons, participants, and who was at which lesson. They are read as every other sheet is (package start): a preview
// first, each problem with its place, all or nothing, and a second reading changes only what is different.
//
// Series that are over come in as series that are done, with their attendance: attests can be made, and former
// participants invited. What is kept of people ends when it would have ended had they enrolled here.
package takeover

import (
	"context"
	"fmt"
	"strings"
	"time"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/start"
)

// The names of the sheets.
const (
	TrainerSheet     = "Lesgevers"
	CourseSheet      = "Cursussen"
	SeriesSheet      = "Lessenreeksen"
	ParticipantSheet = "Cursisten"
	EnrolmentSheet   = "Inschrijvingen en aanwezigheid"
)

// The heads of the columns. They are a file format: the same in every language.
const (
	colTrainer     = "lesgever"
	colTrainerKind = "soort lesgever"
	colColleague   = "personeelslid"
	colPhone       = "telefoon"
	colMail        = "e-mail"
	colAllowance   = "vergoeding per uur"
	colTravel      = "reistijd in minuten"
	colFree        = "beschikbaar"

	colCode     = "cursuscode"
	colTitle    = "cursustitel"
	colDomain   = "onderwerp"
	colLevel    = "niveau"
	colGoals    = "doelen"
	colLessons  = "lessen"
	colMinutes  = "minuten per les"
	colLeast    = "minimum"
	colMost     = "maximum"
	colFee      = "inschrijvingsgeld"
	colDecision = "raadsbesluit"
	colDecided  = "besluit van"
	colValid    = "geldt vanaf"

	colSeries = "lessenreeks"
	colCourse = "cursus"
	colDays   = "lesdagen"
	colFrom   = "van"
	colUntil  = "tot"
	colRoom   = "lokaal"
	colSeats  = "plaatsen"
	colState  = "stand"
	colNote   = "opmerking"

	colGiven    = "voornaam"
	colFamily   = "familienaam"
	colCategory = "soort cursist"
	colLanguage = "taal"

	colEnrolled = "ingeschreven op"
	colPaid     = "betaald"
	colPresent  = "aanwezig"
	colLate     = "te laat"
	colExcused  = "verontschuldigd"
	colAbsent   = "afwezig"
)

// What can be wrong with a row, besides what is wrong with a cell.
const (
	WhyNoCourse     data.Why = "coursetake.no_course"     // Got is neither a code nor a title of a course
	WhyNoSeries     data.Why = "coursetake.no_series"     // Got is the code of no series
	WhyNoTrainer    data.Why = "coursetake.no_trainer"    // Got is no trainer
	WhyNoRoom       data.Why = "coursetake.no_room"       // Got is no room of the location Want
	WhyNobody       data.Why = "coursetake.nobody"        // Got is no participant
	WhyNamesakes    data.Why = "coursetake.namesakes"     // several are called Got
	WhyOther        data.Why = "coursetake.other_course"  // the series is there already, of the course Want
	WhyDiffers      data.Why = "coursetake.differs"       // the series is there already, with other lessons
	WhyStand        data.Why = "coursetake.stand"         // Got can't be, by the days of the lessons
	WhyRoomTaken    data.Why = "coursetake.room_taken"    // the room Got is taken at Want
	WhyRoomShut     data.Why = "coursetake.room_shut"     // the room Got can't be used at Want
	WhyTrainerTaken data.Why = "coursetake.trainer_taken" // the trainer Got gives another lesson at Want
	WhyTrainerAway  data.Why = "coursetake.trainer_away"  // the trainer Got can't come at Want
	WhyBusy         data.Why = "coursetake.busy"          // has another lesson then, of the series Want
	WhyFull         data.Why = "coursetake.full"          // the series has Want seats, and they are taken
	WhyKept         data.Why = "coursetake.kept"          // the last series ended before Want: no name is kept as long
	WhyFuture       data.Why = "coursetake.future"        // Got is after today, Want
	WhyLessons      data.Why = "coursetake.lessons"       // Got is no list of lessons from 1 to Want
	WhyBoth         data.Why = "coursetake.both"          // lesson Got stands in the column Want too
	WhyAhead        data.Why = "coursetake.ahead"         // lesson Got is still to come
	WhyFeeSet       data.Why = "coursetake.fee_set"       // the course has a fee of Want already
)

// Bounds of what cells hold, in characters; courses checks the rest.
const (
	nameLimit = 80
	codeLimit = 20
	noteLimit = 500
)

// Sheets are the sheets of this package, in the order in which they are planned: behind those of package start, since they
// name its locations, rooms and people.
func Sheets() []start.Sheet {
	return []start.Sheet{trainers{}, catalogue{}, lessons{}, participants{}, enrolments{}}
}

// choice is what a cell calls a value.
type choice[T comparable] struct {
	name  string
	value T
}

func names[T comparable](all []choice[T]) (out []string) {
	for _, c := range all {
		out = append(out, c.name)
	}
	return out
}

// pick gives the value of a cell that names one; ok is false for an empty cell, and after telling a problem.
func pick[T comparable](j *start.Job, r start.Row, field string, all []choice[T]) (value T, ok bool) {
	text := j.OneOf(r, field, names(all))
	for _, c := range all {
		if c.name == text {
			return c.value, true
		}
	}
	return value, false
}

// called is what a cell calls a value.
func called[T comparable](all []choice[T], value T) string {
	for _, c := range all {
		if c.value == value {
			return c.name
		}
	}
	return ""
}

// book is the register with what the file adds to it. Everything in it has an id, but rooms and locations get theirs when
// they are written.
type book struct {
	courses.Archive
	doctor   courses.Doctor
	trainers []*trainer
	courses  []*course
	series   map[string]*series // by folded code
	people   []*person
	rooms    map[start.Hall]string // how the doctor calls a room
	fees     []courses.FeeRule     // new ones
	entries  []*entry
}

type bookKey struct{}

// bookOf reads the register, once for all sheets, and writes what they found when all are planned.
func bookOf(ctx context.Context, j *start.Job) (*book, error) {
	return start.Once(j, bookKey{}, func() (*book, error) {
		b, err := readBook(ctx, j.Q)
		if err == nil {
			j.Later(func() {
				j.Write(func(ctx context.Context, tx *data.Tx, by data.Actor) error {
					return courses.TakeOver(ctx, tx, by, b.taken(tx.Now()))
				})
			})
		}
		return b, err
	})
}

func readBook(ctx context.Context, q data.Query) (*book, error) {
	a, err := courses.ReadArchive(ctx, q)
	if err != nil {
		return nil, err
	}
	b := &book{Archive: a, series: map[string]*series{}, rooms: map[start.Hall]string{}}
	if b.doctor, err = courses.Physician(ctx, q); err != nil {
		return nil, err
	}
	for _, t := range a.Trainers {
		b.trainers = append(b.trainers, &trainer{Trainer: t})
	}
	byCourse := map[string]*course{}
	for _, c := range a.Courses {
		one := &course{Course: c}
		b.courses, byCourse[c.ID] = append(b.courses, one), one
	}
	bySeries := map[string]*series{}
	for _, s := range a.Series {
		one := &series{Series: s, of: byCourse[s.CourseID], sessions: a.Sessions[s.ID], known: true}
		b.series[data.SortKey(s.Code)], bySeries[s.ID] = one, one
	}
	byPerson := map[string]*person{}
	for _, p := range a.Participants {
		one := &person{Participant: p}
		b.people, byPerson[p.ID] = append(b.people, one), one
	}
	for _, e := range a.Enrolments {
		who := byPerson[e.ParticipantID]
		one := &entry{Enrolment: e, of: bySeries[e.SeriesID], who: who, known: true}
		one.of.entries = append(one.of.entries, one)
		if who != nil { // whose name the register still has
			who.entries = append(who.entries, one)
		}
	}
	return b, nil
}

// taken is all that is to be written, now that rooms and locations have their ids.
func (b *book) taken(now time.Time) (t courses.Taken) {
	t.Fees = b.fees
	for _, c := range b.courses {
		if c.write {
			t.Courses = append(t.Courses, courses.TakenCourse{Course: c.Course, New: c.fresh})
		}
	}
	for _, one := range b.trainers {
		if one.write {
			t.Trainers = append(t.Trainers, courses.TakenTrainer{Trainer: one.Trainer, New: one.fresh})
		}
	}
	for _, p := range b.people {
		if p.write {
			t.Participants = append(t.Participants, courses.TakenParticipant{Participant: p.Participant, Since: p.since(now)})
		}
	}
	for _, s := range b.inOrder() {
		t.Series = append(t.Series, s.taken())
	}
	for _, e := range b.entries {
		if !e.known {
			t.Enrolments = append(t.Enrolments, e.Enrolment)
		}
		for _, m := range e.marks {
			t.Marks = append(t.Marks, courses.TakenMark{Session: e.of.sessions[m.lesson-1].ID, Enrolment: e.ID, Mark: m.mark})
		}
	}
	return t
}

// pieces cuts a cell with several things at ; and line ends.
func pieces(text string) (all []string) {
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ';' || r == '\n' }) {
		if part = data.Clean(part, 0); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// euro writes an amount as a cell holds it: 12,50.
func euro(cents int64) string { return fmt.Sprintf("%d,%02d", cents/100, cents%100) }

// noon is the middle of a day in Brussels, YYYY-MM-DD.
func noon(day string) time.Time {
	at := data.StoredDay(day)
	return time.Date(at.Year(), at.Month(), at.Day(), 12, 0, 0, 0, data.Brussels)
}

// whole reads a whole number up to most into at; an empty cell leaves it.
func whole(j *start.Job, r start.Row, field string, most int, at *int) {
	n, err := r.Cell(field).Whole(most)
	switch {
	case err != nil:
		j.Wrong(r, field, err)
	case n >= 0:
		*at = n
	}
}
