package courses

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"digibrug/data"
)

// PutCourse adds a course to the catalogue, or changes the one with that id, and audits it. Series that were made keep what
// was copied. It returns an *data.Invalid, and data.ErrNotFound.
func (s *Store) PutCourse(ctx context.Context, by data.Actor, c Course) (Course, error) {
	return s.changeCourse(ctx, by, nil, c)
}

// ChangeCourse is PutCourse for who saw the course as it was: it returns ErrChanged when somebody was first.
func (s *Store) ChangeCourse(ctx context.Context, by data.Actor, was, now Course) (Course, error) {
	now.ID = was.ID
	return s.changeCourse(ctx, by, &was, now)
}

func (s *Store) changeCourse(ctx context.Context, by data.Actor, was *Course, c Course) (Course, error) {
	c, err := c.Normal()
	if err != nil {
		return Course{}, err
	}
	put := c
	err = s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		if was != nil {
			now, err := courseOf(ctx, tx, was.ID)
			if err != nil {
				return err
			}
			if !reflect.DeepEqual(now, *was) {
				return ErrChanged
			}
		}
		put, err = putCourse(ctx, tx, by, c)
		return err
	})
	if err != nil {
		return Course{}, fmt.Errorf("put course: %w", err)
	}
	return put, nil
}

func putCourse(ctx context.Context, tx *data.Tx, by data.Actor, c Course) (Course, error) {
	action, fresh := "course.change", c.ID == ""
	if fresh {
		c.ID, action = data.NewID(), "course.add"
	}
	if err := writeCourse(ctx, tx, c, fresh); err != nil {
		return Course{}, err
	}
	return c, tx.Audit(ctx, by, action, c.ID, "title", c.Title)
}

// writeCourse writes a course that is Normal. It returns an *data.Invalid for a code that another one has.
func writeCourse(ctx context.Context, tx *data.Tx, c Course, fresh bool) (err error) {
	if fresh {
		_, err = tx.ExecContext(ctx, `INSERT INTO courses (id, code, title, sort_key, domain, level, details, retired_on, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			c.ID, c.Code, c.Title, data.SortKey(c.Title), string(c.Domain), c.Level, data.Pack(c), c.RetiredOn, tx.Now().UnixMilli())
	} else {
		err = data.OneRow(tx.ExecContext(ctx, `UPDATE courses SET code = $1, title = $2, sort_key = $3, domain = $4, level = $5, details = $6, retired_on = $7 WHERE id = $8`,
			c.Code, c.Title, data.SortKey(c.Title), string(c.Domain), c.Level, data.Pack(c), c.RetiredOn, c.ID))
	}
	if data.IsUnique(err) {
		return &data.Invalid{Field: "code", Why: data.WhyTwice, Got: c.Code}
	}
	return err
}

func scanCourse(scan func(...any) error) (c Course, err error) {
	var id, details, retired string
	if err = scan(&id, &details, &retired); err != nil {
		return c, err
	}
	err = data.Unpack(details, &c)
	c.ID, c.RetiredOn = id, retired
	return c, err
}

// Courses lists the catalogue by title; those that are offered no more come with a RetiredOn. Anybody may read it.
func (s *Store) Courses(ctx context.Context) (all []Course, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		all, err = data.List(ctx, q, scanCourse, `SELECT id, details, retired_on FROM courses ORDER BY sort_key, id`)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list courses: %w", err)
	}
	return all, nil
}

func courseOf(ctx context.Context, q data.Query, id string) (Course, error) {
	all, err := data.List(ctx, q, scanCourse, `SELECT id, details, retired_on FROM courses WHERE id = $1`, id)
	return first(all, err, "course", id)
}

// TakeModel puts the model courses into the catalogue whose codes it doesn't have yet, and audits each. It returns how many.
func (s *Store) TakeModel(ctx context.Context, by data.Actor, model []Course) (added int, err error) {
	err = s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		added = 0
		have, err := data.List(ctx, tx, scanCourse, `SELECT id, details, retired_on FROM courses ORDER BY id`)
		if err != nil {
			return err
		}
		for _, c := range model {
			if slices.ContainsFunc(have, func(h Course) bool { return h.Code == c.Code }) {
				continue
			}
			c.ID = ""
			if c, err = c.Normal(); err != nil {
				return err
			}
			if _, err := putCourse(ctx, tx, by, c); err != nil {
				return err
			}
			added++
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("take the model catalogue: %w", err)
	}
	return added, nil
}

// PutFeeRule adds a rule of what courses cost, or changes the one with that id, and audits it. What people owe already
// stays as it was. It returns an *data.Invalid, and data.ErrNotFound.
func (s *Store) PutFeeRule(ctx context.Context, by data.Actor, r FeeRule) (FeeRule, error) {
	return s.putFeeRule(ctx, by, nil, r)
}

// ChangeFeeRule is PutFeeRule for who saw the rule as it was: it returns ErrChanged when somebody was first.
func (s *Store) ChangeFeeRule(ctx context.Context, by data.Actor, was, now FeeRule) (FeeRule, error) {
	now.ID = was.ID
	return s.putFeeRule(ctx, by, &was, now)
}

func (s *Store) putFeeRule(ctx context.Context, by data.Actor, was *FeeRule, r FeeRule) (FeeRule, error) {
	r, err := r.Normal()
	if err != nil {
		return FeeRule{}, err
	}
	put := r
	err = s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		put = r
		if was != nil {
			all, err := feeRules(ctx, tx)
			if err := still(*was, all, err, func(o FeeRule) bool { return o.ID == was.ID }); err != nil {
				return err
			}
		}
		action := "fee.change"
		if put.ID == "" {
			put.ID, action = data.NewID(), "fee.add"
			err = addFeeRule(ctx, tx, put)
		} else {
			err = data.OneRow(tx.ExecContext(ctx, `UPDATE course_fee_rules SET course_id = $1, details = $2, from_on = $3, until_on = $4 WHERE id = $5`,
				put.CourseID, data.Pack(put), put.From, put.Until, put.ID))
		}
		if err != nil {
			return err
		}
		return tx.Audit(ctx, by, action, put.ID, "cents", fmt.Sprint(put.Cents))
	})
	if err != nil {
		return FeeRule{}, fmt.Errorf("put fee rule: %w", err)
	}
	return put, nil
}

// addFeeRule writes a new rule that is Normal.
func addFeeRule(ctx context.Context, tx *data.Tx, r FeeRule) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO course_fee_rules (id, course_id, details, from_on, until_on, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		r.ID, r.CourseID, data.Pack(r), r.From, r.Until, tx.Now().UnixMilli())
	return err
}

// FeeRules lists all rules, by the day from which they hold.
func (s *Store) FeeRules(ctx context.Context, by data.Actor) (all []FeeRule, err error) {
	err = s.db.ViewFor(ctx, by, append(readers(), data.RoleFinance), func(q data.Query) error {
		all, err = feeRules(ctx, q)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list fee rules: %w", err)
	}
	return all, nil
}

func feeRules(ctx context.Context, q data.Query) ([]FeeRule, error) {
	return data.List(ctx, q, func(scan func(...any) error) (r FeeRule, err error) {
		var details string
		if err = scan(&r.ID, &details); err != nil {
			return r, err
		}
		return r, data.Unpack(details, &r)
	}, `SELECT id, details FROM course_fee_rules ORDER BY from_on, id`)
}

// feeFor is what somebody pays who enrols now. proof: the actor saw one just now.
func feeFor(ctx context.Context, tx *data.Tx, by data.Actor, c Course, kind Category, proof bool) (Fee, error) {
	rules, err := feeRules(ctx, tx)
	if err != nil {
		return Fee{}, err
	}
	f := FeeFacts{CourseID: c.ID, Category: kind, On: tx.Today()}
	if proof {
		f.Proof = Proof{On: tx.Today(), By: actorName(by)}
	}
	return FeeOf(rules, f), nil
}

// Quote is what a kind of participant would pay for a course today, and why. Anybody may ask.
func (s *Store) Quote(ctx context.Context, course string, kind Category, proven bool) (fee Fee, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		rules, err := feeRules(ctx, q)
		if err != nil {
			return err
		}
		today := data.DayOf(q.Now())
		f := FeeFacts{CourseID: course, Category: kind, On: today}
		if proven {
			f.Proof = Proof{On: today, By: "?"}
		}
		fee = FeeOf(rules, f)
		return nil
	})
	if err != nil {
		return Fee{}, fmt.Errorf("quote for course %s: %w", data.Clean(course, 40), err)
	}
	return fee, nil
}

// still tells whether what somebody saw is among what there is now, as it was: ErrChanged when it is otherwise, and
// data.ErrNotFound when it is gone. err is that of reading all.
func still[T any](was T, all []T, err error, same func(T) bool) error {
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, same)
	switch {
	case at < 0:
		return data.ErrNotFound
	case !reflect.DeepEqual(all[at], was):
		return ErrChanged
	}
	return nil
}
