package courses

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"digibrug/courses/ics"
	"digibrug/data"
)

// News is what one person must hear at one time of one series, with how that stands now.
type News struct {
	About     About       // the newest of what there is to tell
	Enrolment Enrolment   // zero for a trainer
	Place     int         // on the waiting list, from 1; 0: doesn't wait
	To        Participant // zero for a trainer
	Trainer   Trainer     // zero for a participant
	Series    Series
	Sessions  []Session
	// For a mail: what to change in the person's calendar since the mail before, in order of time. Words, guests and who
	// invites are the writer's.
	Request, Cancel []ics.Event

	ids []string // of the rows
}

// Mail is the address of who must hear it.
func (n News) Mail() string { return cmp.Or(n.To.Mail, n.Trainer.Mail) }

// Name is who must hear it.
func (n News) Name() string { return cmp.Or(n.Trainer.Name, n.To.Name()) }

// Language is that in which the person reads: nl, en or fr.
func (n News) Language() string { return cmp.Or(n.To.Language, "nl") }

// holder is under whom the invitations are kept.
func (n News) holder() string { return cmp.Or(n.To.ID, n.Trainer.ID) }

// Saying gives the words of a lesson in somebody's calendar, in a language.
type Saying func(language string, l Lesson) (summary, description string)

// Write puts what somebody must hear on paper or in a mail, in the transaction in which it is written down as told. It may
// run more than once.
type Write func(ctx context.Context, tx *data.Tx, n News) error

// newsDays is for how many days news of a series that is over is still told: that it was cancelled, for one.
const newsDays = 30

// mailable are the rows about people who get mails: a trainer's, and those of a participant with an address who asked for
// nothing else. Reach has the last word.
const mailable = ` AND v.at > $1 AND (v.trainer_id IS NOT NULL OR EXISTS (SELECT 1 FROM enrolments e JOIN participants p ON p.id = e.participant_id
	WHERE e.id = v.enrolment_id AND p.mail <> '' AND p.channel <> 'letter' AND (p.channel <> 'phone' OR p.phone = '')))`

// TellByMail writes to all who must hear something and get mails: write puts the mail in the outbox, in the transaction in
// which the news becomes told, so that each mail is there once or not yet. One that can't be written stays, and the others
// go on. It does nothing where mails can't leave the house. It returns how many were written to.
func (s *Store) TellByMail(ctx context.Context, by data.Actor, said Saying, write Write) (n int, err error) {
	if !s.mails {
		return 0, nil
	}
	var failed []error
	skip := map[string]bool{}
	for ctx.Err() == nil {
		due, err := s.mailsDue(ctx, by, skip)
		if err != nil || len(due) == 0 {
			return n, errors.Join(append(failed, err)...)
		}
		var sent bool
		err = s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
			sent, err = mailOne(ctx, tx, by, due[0], said, write)
			return err
		})
		if err != nil {
			failed = append(failed, fmt.Errorf("mail the news of enrolment %s: %w", due[0].enrolment+due[0].trainer, err))
		}
		skip[due[0].id] = true // told, or for another round
		if sent {
			n++
		}
	}
	return n, errors.Join(append(failed, ctx.Err())...)
}

// mailsDue lists the rows to write mails about, but for some.
func (s *Store) mailsDue(ctx context.Context, by data.Actor, skip map[string]bool) (due []waitingNews, err error) {
	err = s.db.ViewFor(ctx, by, planners(), func(q data.Query) error {
		due, err = newsWhere(ctx, q, mailable, q.Now().AddDate(0, 0, -newsDays).UnixMilli())
		return err
	})
	return slices.DeleteFunc(due, func(n waitingNews) bool { return skip[n.id] }), err
}

// mailOne tells one person by mail what a row is about and all that goes with it. sent is false for who gets no mails, for
// what was told meanwhile, and for what came to nothing: a lesson that moved back before anybody was told.
func mailOne(ctx context.Context, tx *data.Tx, by data.Actor, row waitingNews, said Saying, write Write) (sent bool, err error) {
	rows, err := newsWhere(ctx, tx, ` AND v.series_id = $1 AND coalesce(v.enrolment_id, '') = $2 AND coalesce(v.trainer_id, '') = $3`, row.series, row.enrolment, row.trainer)
	if err != nil || len(rows) == 0 {
		return false, err
	}
	n, err := newsOf(ctx, tx, rows)
	if err != nil || n.Trainer.ID == "" && n.To.Reach(true) != ByMail {
		return false, err
	}
	if n.Request, n.Cancel, err = calendarChanges(ctx, tx, n, said); err != nil {
		return false, err
	}
	nothing := len(n.Request)+len(n.Cancel) == 0 && n.About == AboutLessons && n.Enrolment.State != Offered
	if !nothing {
		if err := write(ctx, tx, n); err != nil {
			return false, err
		}
		if err := keepInvited(ctx, tx, n); err != nil {
			return false, err
		}
	}
	how := string(ByMail)
	if nothing {
		how = "stale"
	}
	return !nothing, settle(ctx, tx, by, n, how)
}

// newsOf gathers rows of one person about one series.
func newsOf(ctx context.Context, q data.Query, rows []waitingNews) (n News, err error) {
	newest := rows[len(rows)-1]
	n.About = newest.about
	for _, r := range rows {
		n.ids = append(n.ids, r.id)
		if r.about != AboutLessons && r.about != AboutGoing { // how it stands comes before what changed
			n.About = r.about
		}
	}
	if n.Series, err = seriesOf(ctx, q, newest.series); err != nil {
		return n, err
	}
	if n.Sessions, err = sessionsOf(ctx, q, newest.series); err != nil {
		return n, err
	}
	if newest.trainer != "" {
		known, err := trainers(ctx, q)
		at := slices.IndexFunc(known, func(t Trainer) bool { return t.ID == newest.trainer })
		if err == nil && at < 0 {
			err = fmt.Errorf("trainer %s: %w", newest.trainer, data.ErrNotFound)
		}
		if err != nil {
			return n, err
		}
		n.Trainer = known[at]
		return n, nil
	}
	if n.Enrolment, err = enrolmentOf(ctx, q, newest.enrolment); err != nil {
		return n, err
	}
	if n.Place, err = placeOf(ctx, q, n.Enrolment); err != nil {
		return n, err
	}
	n.To, err = participantOf(ctx, q, n.Enrolment.ParticipantID)
	return n, err
}

// calendarChanges says what changed in a person's lessons of the series since the last mail, and where somebody came from
// another series also what is over there.
func calendarChanges(ctx context.Context, q data.Query, n News, said Saying) (request, cancel []ics.Event, err error) {
	before, err := data.List(ctx, q, func(scan func(...any) error) (e ics.Event, err error) {
		var text string
		if err = scan(&text); err != nil {
			return e, err
		}
		return e, data.Unpack(text, &e)
	}, `SELECT event FROM course_invited WHERE holder = $1 ORDER BY session_id`, n.holder())
	if err != nil {
		return nil, nil, err
	}
	f := LessonFilter{From: data.DayOf(q.Now()), Participant: n.To.ID, Trainer: n.Trainer.ID}
	now, err := lessons(ctx, q, f)
	if err != nil {
		return nil, nil, err
	}
	after := Events(now, func(l Lesson) (string, string) { return said(n.Language(), l) })
	request, cancel = ics.Changes(before, after, q.Now())
	if n.About != AboutMoved {
		other := func(e ics.Event) bool {
			return !slices.ContainsFunc(n.Sessions, func(x Session) bool { return e.UID == ics.UID(x.ID) })
		}
		request, cancel = slices.DeleteFunc(request, other), slices.DeleteFunc(cancel, other)
	}
	return request, cancel, nil
}

// keepInvited writes down what somebody has in the calendar after a mail.
func keepInvited(ctx context.Context, tx *data.Tx, n News) error {
	for _, e := range slices.Concat(n.Request, n.Cancel) {
		if _, err := tx.ExecContext(ctx, `INSERT INTO course_invited (holder, session_id, event) VALUES ($1, $2, $3) ON CONFLICT (holder, session_id) DO UPDATE SET event = excluded.event`,
			n.holder(), ics.SessionOf(e.UID), data.Pack(e)); err != nil {
			return fmt.Errorf("keep what %s was sent: %w", n.holder(), err)
		}
	}
	return nil
}

// settle writes down that news was told.
func settle(ctx context.Context, tx *data.Tx, by data.Actor, n News, how string) error {
	for _, id := range n.ids {
		if _, err := tx.ExecContext(ctx, `UPDATE course_news SET told_at = $1, how = $2 WHERE id = $3`, tx.Now().UnixMilli(), how, id); err != nil {
			return err
		}
	}
	if n.Enrolment.ID == "" {
		return tx.Audit(ctx, by, "trainer.told", n.Trainer.ID, "number", n.Series.Code, "method", how)
	}
	if err := addEvent(ctx, tx, by, n.Enrolment, "told", how); err != nil {
		return err
	}
	return tx.Audit(ctx, by, "enrolment.told", n.Enrolment.ID, "number", n.Series.Code, "method", how)
}

// TellByLetter writes letters: to all of a series who must hear something and get no mail, or with an empty series to all
// who are told by letter. All letters are there and written down as told, or none. It returns how many.
func (s *Store) TellByLetter(ctx context.Context, by data.Actor, series string, write Write) (n int, err error) {
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		n = 0
		due, err := s.callsOf(ctx, tx)
		if err != nil {
			return err
		}
		for _, c := range due {
			if c.Series.ID != series && (series != "" || c.Channel != ByLetter) {
				continue
			}
			one, err := newsOf(ctx, tx, c.rows)
			if err != nil {
				return err
			}
			if err := write(ctx, tx, one); err != nil {
				return fmt.Errorf("letter about enrolment %s: %w", c.ID, err)
			}
			if err := settle(ctx, tx, by, one, string(ByLetter)); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("tell by letter: %w", err)
	}
	return n, nil
}

// Call is somebody to reach by phone or letter: nobody has told what happened to the enrolment.
type Call struct {
	Enrolment
	Series  Series  // of the news: its ID, Code, Course and State
	Channel Channel // ByPhone or ByLetter
	About   About   // the newest of what there is to tell
	At      time.Time

	rows []waitingNews
}

// Calls lists whom to reach, the most urgent first: offers by the day on which they lapse, then the rest by when it
// happened. Who was there when it happened needn't be called, and who gets mails isn't on it where mails can leave the house.
func (s *Store) Calls(ctx context.Context, by data.Actor) (all []Call, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = s.callsOf(ctx, q)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list whom to reach: %w", err)
	}
	return all, nil
}

func (s *Store) callsOf(ctx context.Context, q data.Query) ([]Call, error) {
	list, err := data.List(ctx, q, func(scan func(...any) error) (c Call, err error) {
		var at int64
		r, p := waitingNews{}, Participant{}
		c.Enrolment, err = scanEnrolment(func(dest ...any) error {
			return scan(append(dest, &p.Channel, &r.id, &r.about, &r.heard, &at, &c.Series.ID, &c.Series.Code, &c.Series.State, &c.Series.Course)...)
		})
		p.Phone, p.Mail = c.Phone, c.Mail
		r.at, r.series, r.enrolment = data.Milli(at), c.Series.ID, c.ID
		c.At, c.About, c.Channel, c.rows = r.at, r.about, p.Reach(s.mails), []waitingNews{r}
		if r.heard && (c.Channel == ByPhone || p.Channel != ByLetter) && c.Channel != ByMail { // was there
			c.rows = nil
		}
		return c, err
	}, `SELECT `+enrolmentFields+`, p.channel, v.id, v.about, v.heard = 1, v.at, s.id, s.code, s.state, c.title
		FROM course_news v JOIN enrolments e ON e.id = v.enrolment_id JOIN participants p ON p.id = e.participant_id
		JOIN course_series s ON s.id = v.series_id JOIN courses c ON c.id = s.course_id
		WHERE v.told_at = 0 AND (s.last_at > $1 OR v.at > $2) AND p.family <> '' ORDER BY v.at, v.id`, q.Now().UnixMilli(), q.Now().AddDate(0, 0, -newsDays).UnixMilli())
	if err != nil {
		return nil, err
	}
	var all []Call
	for _, c := range list {
		if len(c.rows) == 0 || c.Channel == ByMail {
			continue
		}
		at := slices.IndexFunc(all, func(o Call) bool { return o.ID == c.ID && o.Series.ID == c.Series.ID })
		if at < 0 {
			all = append(all, c)
			continue
		}
		if all[at].At = c.At; c.About != AboutLessons && c.About != AboutGoing {
			all[at].About = c.About
		}
		all[at].rows = append(all[at].rows, c.rows...)
	}
	slices.SortStableFunc(all, func(a, b Call) int {
		return cmp.Or(boolInt(b.State == Offered)-boolInt(a.State == Offered), cmp.Compare(a.OfferUntil, b.OfferUntil), a.At.Compare(b.At))
	})
	return all, nil
}
