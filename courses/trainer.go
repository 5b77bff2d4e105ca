package courses

import (
	"context"
	"fmt"
	"slices"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
)

// TrainerKind says how somebody gives courses.
type TrainerKind string

// The kinds.
const (
	TrainerStaff     TrainerKind = "staff"
	TrainerVolunteer TrainerKind = "volunteer"
	TrainerFirm      TrainerKind = "firm"
)

// TrainerKinds lists them in the order in which screens show them.
func TrainerKinds() []TrainerKind {
	return []TrainerKind{TrainerStaff, TrainerVolunteer, TrainerFirm}
}

// Trainer gives courses. Many have no account: PersonID is empty then, and attendance is typed from paper.
type Trainer struct {
	ID             string
	PersonID       string
	Name           string
	Kind           TrainerKind
	Phone          string
	Mail           string
	AllowanceCents int64 // per hour; 0: none
	TravelMinutes  int   // between two locations where nothing else is said, 0 to 240
	Windows        calendar.Week
	Leave          []Leave // in order
	EndedOn        string  // YYYY-MM-DD, the last day as a trainer; empty: no end
}

// Leave is a span of days on which a trainer gives no lessons, both included, YYYY-MM-DD.
type Leave struct{ First, Last string }

// anyTime tells whether a trainer said nothing of when: then any time will do.
func anyTime(w calendar.Week) bool {
	return !slices.ContainsFunc(w[:], func(h calendar.Hours) bool { return len(h) > 0 })
}

// Available tells whether a trainer can give a lesson on a day from and until two times of the wall, by the hours and the
// leave that were said; it knows nothing of other lessons.
func (t Trainer) Available(day time.Time, from, until calendar.Minute) Fault {
	text := data.DayText(day)
	switch {
	case t.EndedOn != "" && text > t.EndedOn:
		return FaultTrainerEnded
	case slices.ContainsFunc(t.Leave, func(l Leave) bool { return l.First <= text && text <= l.Last }):
		return FaultTrainerLeave
	case !anyTime(t.Windows) && !covers(t.Windows[day.Weekday()], from, until):
		return FaultTrainerHours
	}
	return ""
}

// covers tells whether the hours of a day hold a span altogether; blocks that touch are one.
func covers(hours calendar.Hours, from, until calendar.Minute) bool {
	at := from
	for _, b := range hours {
		if b.From <= at && at < b.To {
			at = b.To
		}
	}
	return at >= until
}

func (t Trainer) check() (Trainer, error) {
	if err := data.ShortTexts(nameLimit, data.Typed("name", &t.Name), data.Typed("phone", &t.Phone), data.Typed("mail", &t.Mail)); err != nil {
		return Trainer{}, err
	}
	switch {
	case t.Name == "":
		return Trainer{}, &data.Invalid{Field: "name", Why: data.WhyEmpty}
	case !slices.Contains(TrainerKinds(), t.Kind):
		return Trainer{}, &data.Invalid{Field: "kind", Why: data.WhyNotOneOf, Want: fmt.Sprint(TrainerKinds()), Got: data.Clean(string(t.Kind), 20)}
	case t.Mail != "" && !isMail(t.Mail):
		return Trainer{}, &data.Invalid{Field: "mail", Why: WhyMail, Got: t.Mail}
	case t.AllowanceCents < 0 || t.AllowanceCents > 100_000:
		return Trainer{}, &data.Invalid{Field: "allowance", Why: data.WhyNumber, Want: "0 … 1000"}
	case t.TravelMinutes < 0 || t.TravelMinutes > 240:
		return Trainer{}, &data.Invalid{Field: "travel", Why: data.WhyNumber, Want: "0 … 240"}
	}
	for _, l := range t.Leave {
		if err := checkSpan("leave", l.First, l.Last); err != nil {
			return Trainer{}, err
		}
	}
	slices.SortFunc(t.Leave, func(a, b Leave) int { return cmpText(a.First+a.Last, b.First+b.Last) })
	week, err := calendar.Calendar{Week: t.Windows}.Normal()
	t.Windows = week.Week
	if err == nil {
		err = data.OptionalDay("ended", t.EndedOn)
	}
	return t, err
}

// PutTrainer adds a trainer with the leave, or changes the one with that id, and audits it. It returns an *data.Invalid,
// and data.ErrNotFound.
func (s *Store) PutTrainer(ctx context.Context, by data.Actor, t Trainer) (Trainer, error) {
	return s.putTrainer(ctx, by, nil, t)
}

// ChangeTrainer is PutTrainer for who saw the trainer as it was: it returns ErrChanged when somebody was first.
func (s *Store) ChangeTrainer(ctx context.Context, by data.Actor, was, now Trainer) (Trainer, error) {
	now.ID = was.ID
	return s.putTrainer(ctx, by, &was, now)
}

func (s *Store) putTrainer(ctx context.Context, by data.Actor, was *Trainer, t Trainer) (Trainer, error) {
	t, err := t.check()
	if err != nil {
		return Trainer{}, err
	}
	put := t
	err = s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		put = t
		if was != nil {
			all, err := trainers(ctx, tx)
			if err := still(*was, all, err, func(o Trainer) bool { return o.ID == was.ID }); err != nil {
				return err
			}
		}
		action, fresh := "trainer.change", put.ID == ""
		if fresh {
			put.ID, action = data.NewID(), "trainer.add"
		}
		if err := writeTrainer(ctx, tx, put, fresh); err != nil {
			return err
		}
		return tx.Audit(ctx, by, action, put.ID, "name", put.Name)
	})
	if data.IsUnique(err) {
		return Trainer{}, &data.Invalid{Field: "person", Why: data.WhyTwice}
	}
	if err != nil {
		return Trainer{}, fmt.Errorf("put trainer: %w", err)
	}
	return put, nil
}

// writeTrainer writes a trainer that was checked, with the leave.
func writeTrainer(ctx context.Context, tx *data.Tx, t Trainer, fresh bool) (err error) {
	if fresh {
		_, err = tx.ExecContext(ctx, `INSERT INTO trainers (id, person_id, name, sort_key, kind, phone, mail, allowance_cents, travel_minutes, windows, ended_on, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`, t.ID, data.OrNull(t.PersonID), t.Name, data.SortKey(t.Name), string(t.Kind), t.Phone, t.Mail,
			t.AllowanceCents, t.TravelMinutes, data.Pack(t.Windows), t.EndedOn, tx.Now().UnixMilli())
	} else {
		err = data.OneRow(tx.ExecContext(ctx, `UPDATE trainers SET person_id = $1, name = $2, sort_key = $3, kind = $4, phone = $5, mail = $6, allowance_cents = $7,
			travel_minutes = $8, windows = $9, ended_on = $10 WHERE id = $11`, data.OrNull(t.PersonID), t.Name, data.SortKey(t.Name), string(t.Kind), t.Phone, t.Mail,
			t.AllowanceCents, t.TravelMinutes, data.Pack(t.Windows), t.EndedOn, t.ID))
	}
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM trainer_leave WHERE trainer_id = $1`, t.ID); err != nil {
		return err
	}
	for _, l := range t.Leave {
		if _, err := tx.ExecContext(ctx, `INSERT INTO trainer_leave (id, trainer_id, from_on, until_on) VALUES ($1, $2, $3, $4)`, data.NewID(), t.ID, l.First, l.Last); err != nil {
			return err
		}
	}
	return nil
}

// Trainers lists all trainers by name, with their leave.
func (s *Store) Trainers(ctx context.Context, by data.Actor) (all []Trainer, err error) {
	err = s.db.ViewFor(ctx, by, readers(), func(q data.Query) error {
		all, err = trainers(ctx, q)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list trainers: %w", err)
	}
	return all, nil
}

func trainers(ctx context.Context, q data.Query) ([]Trainer, error) {
	leave := map[string][]Leave{}
	if _, err := data.List(ctx, q, func(scan func(...any) error) (l Leave, err error) {
		var of string
		if err = scan(&of, &l.First, &l.Last); err == nil {
			leave[of] = append(leave[of], l)
		}
		return l, err
	}, `SELECT trainer_id, from_on, until_on FROM trainer_leave ORDER BY trainer_id, from_on, until_on`); err != nil {
		return nil, err
	}
	return data.List(ctx, q, func(scan func(...any) error) (t Trainer, err error) {
		var windows string
		if err = scan(&t.ID, &t.PersonID, &t.Name, &t.Kind, &t.Phone, &t.Mail, &t.AllowanceCents, &t.TravelMinutes, &windows, &t.EndedOn); err != nil {
			return t, err
		}
		t.Leave = leave[t.ID]
		return t, data.Unpack(windows, &t.Windows)
	}, `SELECT id, coalesce(person_id, ''), name, kind, phone, mail, allowance_cents, travel_minutes, windows, ended_on FROM trainers ORDER BY sort_key, id`)
}

// checkSpan says what is wrong with a span of days that both count.
func checkSpan(field, from, until string) error {
	for _, day := range []string{from, until} {
		if _, err := data.ParseDay(day); err != nil {
			return &data.Invalid{Field: field, Why: data.WhyDay, Want: "YYYY-MM-DD", Got: data.Clean(day, 40)}
		}
	}
	if until < from {
		return &data.Invalid{Field: field, Why: data.WhyEarly, Want: from, Got: until}
	}
	return nil
}
