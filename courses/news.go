package courses

import (
	"context"
	"fmt"
	"slices"
	"time"

	"digibrug/courses/ics"
	"digibrug/data"
	"digibrug/data/outbox"
)

// Channel is the way by which somebody is told.
type Channel string

// The channels.
const (
	ByMail   Channel = "mail"
	ByPhone  Channel = "phone"
	ByLetter Channel = "letter"
)

// Channels lists them in the order in which screens show them.
func Channels() []Channel { return []Channel{ByMail, ByPhone, ByLetter} }

// byPresence is how somebody was told who was there when it happened.
const byPresence = "present"

// Reach is the way by which a participant is told: the one that was asked for where that can be, else by mail where there
// is an address, by phone where there is a number, and else by letter. mails tells whether mails can leave the house.
func (p Participant) Reach(mails bool) Channel {
	mails = mails && goodMail(p.Mail)
	switch {
	case p.Channel == ByLetter:
		return ByLetter
	case p.Channel == ByPhone && p.Phone != "":
		return ByPhone
	case mails:
		return ByMail
	case p.Phone != "":
		return ByPhone
	}
	return ByLetter
}

// goodMail tells whether an invitation can be sent to an address.
func goodMail(to string) bool { return ics.GoodMail(to) && outbox.GoodAddress(to) }

// About is what somebody must hear.
type About string

// What somebody must hear. All but the last two are how an enrolment stands now, and make older news of it stale.
const (
	AboutBooked    About = "booked"
	AboutWaiting   About = "waiting"
	AboutAsked     About = "approval" // the head of service must say yes first
	AboutOffered   About = "offered"
	AboutRefused   About = "refused" // by the head
	AboutLapsed    About = "lapsed"
	AboutCancelled About = "cancelled"
	AboutMoved     About = "moved"   // to another series of the course
	AboutStopped   About = "stopped" // the series doesn't go ahead
	AboutGoing     About = "going"   // it does
	AboutLessons   About = "lessons" // a lesson has another time or room, or was cancelled
)

// Abouts are all that somebody may have to hear.
func Abouts() []About {
	return []About{AboutBooked, AboutWaiting, AboutAsked, AboutOffered, AboutRefused, AboutLapsed, AboutCancelled, AboutMoved, AboutStopped, AboutGoing, AboutLessons}
}

// aboutState is what somebody hears of an enrolment that stands so.
func aboutState(s EnrolmentState) About {
	switch s {
	case Withdrawn:
		return AboutCancelled
	case MovedOn:
		return AboutMoved
	}
	return About(s)
}

// tell writes down that somebody must hear how an enrolment stands. heard is for who was there: without a mail address, and
// unless a letter was asked for, that is enough.
func tell(ctx context.Context, tx *data.Tx, e Enrolment, about About, heard bool) error {
	if about != AboutGoing && about != AboutLessons {
		if err := stale(ctx, tx, e.ID); err != nil {
			return err
		}
	}
	return addNews(ctx, tx, e, e.SeriesID, about, heard)
}

// stale writes down that what was to be said of an enrolment is over.
func stale(ctx context.Context, tx *data.Tx, enrolment string) error {
	_, err := tx.ExecContext(ctx, `UPDATE course_news SET told_at = $1, how = 'stale' WHERE enrolment_id = $2 AND told_at = 0`, tx.Now().UnixMilli(), enrolment)
	return err
}

// addNews writes a row for an enrolment about a series: its own, or one in which a lesson is caught up.
func addNews(ctx context.Context, tx *data.Tx, e Enrolment, series string, about About, heard bool) error {
	p, err := participantOf(ctx, tx, e.ParticipantID)
	if err != nil {
		return err
	}
	var state SeriesState
	if err := data.One(ctx, tx, []any{&state}, `SELECT state FROM course_series WHERE id = $1`, series); err != nil || state == Draft {
		return err // nobody hears of a draft
	}
	told, how := int64(0), ""
	if heard && p.Channel != ByLetter && p.Reach(true) != ByMail {
		told, how = tx.Now().UnixMilli(), byPresence
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO course_news (id, series_id, enrolment_id, trainer_id, about, heard, at, told_at, how) VALUES ($1, $2, $3, NULL, $4, $5, $6, $7, $8)
		ON CONFLICT (enrolment_id, series_id, about) WHERE told_at = 0 AND enrolment_id IS NOT NULL DO UPDATE SET at = excluded.at, heard = excluded.heard`,
		data.NewID(), series, e.ID, string(about), boolInt(heard), tx.Now().UnixMilli(), told, how); err != nil {
		return fmt.Errorf("news of enrolment %s: %w", e.ID, err)
	}
	return nil
}

// tellLesson writes down that those who have a seat in a series, those who would catch up a lesson there and the trainers
// with a mail address must hear that it changed. Nobody hears of a draft.
func tellLesson(ctx context.Context, tx *data.Tx, of Series, session string, trainers []string) error {
	if of.State == Draft {
		return nil
	}
	in, err := data.List(ctx, tx, scanEnrolment, enrolmentColumns+` WHERE e.series_id = $1 AND e.state IN `+seated+`
		OR e.id IN (SELECT a.enrolment_id FROM attendance a WHERE a.session_id = $2 AND a.instead <> '' AND a.mark = 'expected') ORDER BY e.id`, of.ID, session)
	if err != nil {
		return err
	}
	for _, e := range in {
		if err := addNews(ctx, tx, e, of.ID, AboutLessons, false); err != nil {
			return err
		}
	}
	return tellTrainers(ctx, tx, of, trainers)
}

// tellTrainers writes down that trainers must get the changes of a series' lessons. Those without a mail address see them
// on their own list of lessons.
func tellTrainers(ctx context.Context, tx *data.Tx, of Series, ids []string) error {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	if of.State == Draft || len(ids) == 0 {
		return nil
	}
	known, err := trainers(ctx, tx)
	if err != nil {
		return err
	}
	for _, t := range known {
		if !slices.Contains(ids, t.ID) || !goodMail(t.Mail) {
			continue
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO course_news (id, series_id, enrolment_id, trainer_id, about, heard, at, told_at, how) VALUES ($1, $2, NULL, $3, 'lessons', 0, $4, 0, '')
			ON CONFLICT (trainer_id, series_id, about) WHERE told_at = 0 AND trainer_id IS NOT NULL DO UPDATE SET at = excluded.at`,
			data.NewID(), of.ID, t.ID, tx.Now().UnixMilli()); err != nil {
			return fmt.Errorf("news of trainer %s: %w", t.ID, err)
		}
	}
	return nil
}

// tellSeated writes down that all who have a seat in a series must hear something.
func tellSeated(ctx context.Context, tx *data.Tx, of Series, about About) error {
	in, err := data.List(ctx, tx, scanEnrolment, enrolmentColumns+` WHERE e.series_id = $1 AND e.state IN `+seated+` ORDER BY e.seat`, of.ID)
	if err != nil {
		return err
	}
	for _, e := range in {
		if err := tell(ctx, tx, e, about, false); err != nil {
			return err
		}
	}
	return nil
}

// trainersOf are the trainers of lessons.
func trainersOf(all []Session) (ids []string) {
	for _, x := range all {
		ids = append(ids, x.Trainers...)
	}
	return ids
}

// waitingNews is news that nobody told yet, of a participant or a trainer.
type waitingNews struct {
	id, series, enrolment, trainer string
	about                          About
	heard                          bool
	at                             time.Time
}

// newsWhere lists news that nobody told yet, the oldest first.
func newsWhere(ctx context.Context, q data.Query, where string, args ...any) ([]waitingNews, error) {
	return data.List(ctx, q, func(scan func(...any) error) (n waitingNews, err error) {
		var at int64
		err = scan(&n.id, &n.series, &n.enrolment, &n.trainer, &n.about, &n.heard, &at)
		n.at = data.Milli(at)
		return n, err
	}, `SELECT v.id, v.series_id, coalesce(v.enrolment_id, ''), coalesce(v.trainer_id, ''), v.about, v.heard = 1, v.at FROM course_news v WHERE v.told_at = 0`+where+` ORDER BY v.at, v.id`, args...)
}

// told writes down that news was told, up to what was seen of it: what came later is still to be told.
func told(ctx context.Context, tx *data.Tx, column, id string, seen time.Time, how string) (n int64, err error) {
	res, err := tx.ExecContext(ctx, `UPDATE course_news SET told_at = $1, how = $2 WHERE told_at = 0 AND at <= $3 AND `+column+` = $4`,
		tx.Now().UnixMilli(), data.Clean(how, nameLimit), seen.UnixMilli(), id)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// NewsLine is what somebody had to hear, and whether that was done.
type NewsLine struct {
	Who     string // participant or trainer
	Trainer bool
	Code    string // of the series
	About   About
	At      time.Time
	ToldAt  time.Time // zero: not yet
	How     string    // a Channel, "present" for who was there, "stale" for what something newer came over; else as somebody typed it
}

// News lists what people of a series had to hear, the oldest first. It returns data.ErrNotFound.
func (s *Store) News(ctx context.Context, by data.Actor, series string) (all []NewsLine, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		if _, err := seriesOf(ctx, q, series); err != nil {
			return err
		}
		all, err = data.List(ctx, q, func(scan func(...any) error) (n NewsLine, err error) {
			var given, family, trainer string
			var at, told int64
			err = scan(&given, &family, &trainer, &n.Code, &n.About, &at, &told, &n.How)
			n.Who, n.Trainer, n.At, n.ToldAt = data.Clean(given+" "+family+trainer, 0), trainer != "", data.Milli(at), data.StoredInstant(told)
			return n, err
		}, `SELECT coalesce(p.given, ''), coalesce(p.family, ''), coalesce(t.name, ''), s.code, v.about, v.at, v.told_at, v.how
			FROM course_news v JOIN course_series s ON s.id = v.series_id LEFT JOIN enrolments e ON e.id = v.enrolment_id LEFT JOIN participants p ON p.id = e.participant_id
			LEFT JOIN trainers t ON t.id = v.trainer_id WHERE v.series_id = $1 ORDER BY v.at, v.id`, series)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("news of series %s: %w", data.Clean(series, 40), err)
	}
	return all, nil
}
