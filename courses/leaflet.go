package courses

import (
	"context"
	"fmt"
	"slices"

	"digibrug/data"
)

// Price is what a kind of participant pays for a course today.
type Price struct {
	Category Category
	Fee      Fee
	Reduced  Fee // once somebody saw the proof of a right to a lower fee; equal to Fee where there is none
}

// Leaflet is all that the public reads of a series.
type Leaflet struct {
	Listed
	About    Course
	Planned  []Session // in order
	Prices   []Price   // of residents and of who lives elsewhere, as far as the course is for them
	ForStaff bool      // the course is for nobody but who works here
}

// Leaflet gives one series of the programme with its lessons and prices. Anybody may. It returns data.ErrNotFound also for
// a series that isn't published.
func (s *Store) Leaflet(ctx context.Context, id string) (f Leaflet, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		all, err := listed(ctx, q, SeriesFilter{States: []SeriesState{Published, Going}, Open: true})
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(l Listed) bool { return l.ID == id })
		if at < 0 {
			return data.ErrNotFound
		}
		f = Leaflet{Listed: all[at]}
		if f.About, err = courseOf(ctx, q, f.CourseID); err != nil {
			return err
		}
		sessions, err := sessionsOf(ctx, q, id)
		if err != nil {
			return err
		}
		f.Planned = slices.DeleteFunc(sessions, func(one Session) bool { return one.State != Planned })
		rules, err := feeRules(ctx, q)
		if err != nil {
			return err
		}
		for _, kind := range []Category{Resident, NonResident} {
			if f.About.Admits(kind) != nil {
				continue
			}
			facts := FeeFacts{CourseID: f.CourseID, Category: kind, On: data.DayOf(q.Now())}
			p := Price{Category: kind, Fee: FeeOf(rules, facts)}
			facts.Proof = Proof{On: facts.On, By: "-"}
			p.Reduced = FeeOf(rules, facts)
			f.Prices = append(f.Prices, p)
		}
		f.ForStaff = len(f.Prices) == 0
		return nil
	})
	if err != nil {
		return Leaflet{}, fmt.Errorf("leaflet of series %s: %w", data.Clean(id, 40), err)
	}
	return f, nil
}

// Place tells a kiosk at which place of the waiting list somebody stands who enrolled there just now; 0 for who doesn't
// wait.
func (s *Store) Place(ctx context.Context, by data.Actor, enrolment string) (place int, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		if _, err := data.OwnKiosk(ctx, q, by); err != nil {
			return err
		}
		e, err := enrolmentOf(ctx, q, enrolment)
		if err != nil {
			return err
		}
		place, err = placeOf(ctx, q, e)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("place of enrolment %s: %w", data.Clean(enrolment, 40), err)
	}
	return place, nil
}
