package town

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"digibrug/courses/activity"
	"digibrug/data"
	dates "digibrug/data/calendar"
)

// childNames are children of the Kinderclub with their age and their guardian: all invented.
const childNames = `Noor Baert 8 Els Hermans; Mo Bakkali 11 Samira Bakkali; Lou Cools 4 Jan Cools; Sem Dockx 7 Ria Dockx; Yara Everaert 9 Tom Everaert; Finn Geerts 6 Katrien Smet;
	Amina Haddad 10 Youssef Haddad; Juul Ickx 5 Bart Ickx; Elif Kaya 8 Derya Kaya; Wout Lambert 9 Sofie Nijs; Lotte Lambert 6 Sofie Nijs; Oskar Mertens 7 Piet Mertens;
	Zita Naert 4 Lien Naert; Ilyas Omar 10 Hodan Omar`

// clubPlaces are the places of a half-day of the Kinderclub: fewer than children who want to come on the first morning.
const clubPlaces = 12

// club is the week of the Kinderclub.
type club struct {
	*builder
	store *activity.Store
	by    data.Actor // who coordinates
	week  activity.Activity
}

// clubWeek gives the town a week of the Kinderclub around the real day, for which parents came to the desk on the morning of a day
// well before it.
func (b *builder) clubWeek(db *data.DB, asked time.Time) (*club, error) {
	locations, _, err := dates.All(b.ctx, db)
	if err != nil {
		return nil, err
	}
	where := slices.IndexFunc(locations, func(l dates.Location) bool { return l.Name == library })
	coordinator := slices.IndexFunc(b.crowd, func(p *inhabitant) bool { return p.role == data.RoleCoordinator })
	if coordinator < 0 || where < 0 {
		return nil, errors.New("no place for the Kinderclub, or nobody who coordinates it")
	}
	c := &club{builder: b, store: activity.NewStore(db), by: b.crowd[coordinator].identity().Actor()}
	b.clock.set(asked.Add(8 * time.Hour))
	monday := data.StoredDay(data.DayOf(b.now.AddDate(0, 0, 2))) // on a weekend: that of the week to come
	monday = monday.AddDate(0, 0, -(int(monday.Weekday())+6)%7)
	plan := activity.Plan{Morning: dates.Block{From: 9 * 60, To: 12 * 60}, Afternoon: dates.Block{From: 13 * 60, To: 16*60 + 30}, Capacity: clubPlaces}
	for range 5 { // a week in which the place is closed makes way for the next
		ask := activity.Activity{Title: "Kinderclub vakantieweek", LocationID: locations[where].ID, First: monday, Last: monday.AddDate(0, 0, 4),
			Groups: []activity.Group{{Name: "Kleuters", From: 3, To: 5}, {Name: "Lagere school", From: 6, To: 12}}}
		week, _, err := c.store.Add(b.ctx, c.by, ask, plan)
		var closed *data.Invalid
		if errors.As(err, &closed) && closed.Why == activity.WhyNoDays {
			monday = monday.AddDate(0, 0, 7)
			continue
		}
		if err != nil {
			return nil, err
		}
		c.week = week
		return c, c.enrol()
	}
	return nil, fmt.Errorf("%s is closed for five weeks", library)
}

// enrol gives all children the first morning, as far as there are places, and some of the other half-days.
func (c *club) enrol() error {
	_, halves, err := c.store.Activity(c.ctx, c.by, c.week.ID)
	if err != nil {
		return err
	}
	for i, text := range strings.Split(childNames, ";") {
		var child activity.Child
		var age int
		var given, family string
		if _, err := fmt.Sscan(text, &child.Given, &child.Family, &age, &given, &family); err != nil {
			return fmt.Errorf("child %q: %w", text, err)
		}
		// The month before the week: the birthday is past, whatever day it is.
		child.Born = c.week.First.AddDate(-age, -1, 0).Format("2006-01")
		child.Guardian, child.Phone = given+" "+family, fmt.Sprintf("0472 %02d %02d %02d", 12+i, 24+i, 36+i)
		switch i % 4 {
		case 0:
			child.Fetchers, child.Note = "oma Rita", "bril"
		case 1:
			child.Alone = age >= 9
		case 2:
			child.Second = fmt.Sprintf("opa, 0473 %02d %02d %02d", 12+i, 24+i, 36+i)
		}
		ask := activity.Ask{Child: child, HalfDays: []string{halves[0].ID}}
		for n, h := range halves[1:] {
			if (n+i)%3 != 0 {
				ask.HalfDays = append(ask.HalfDays, h.ID)
			}
		}
		if _, err := c.store.Enrol(c.ctx, c.by, ask); err != nil {
			return fmt.Errorf("%s: %w", child.Name(), err)
		}
		c.clock.set(c.clock.Now().Add(7 * time.Minute))
	}
	return nil
}

// now marks who came and who left by the real moment, of half-days that began.
func (c *club) now() error {
	c.clock.set(c.builder.now)
	lists, err := c.store.DayLists(c.ctx, c.by, c.week.First, data.StoredDay(data.DayOf(c.builder.now)))
	if err != nil {
		return err
	}
	for _, d := range lists {
		for i, p := range d.Booked {
			if err := c.sees(p, i); err != nil {
				return fmt.Errorf("%s: %w", p.Child.Name(), err)
			}
		}
	}
	return nil
}

// sees marks the ith child of a half-day as far as the moment has come.
func (c *club) sees(p activity.Place, i int) error {
	h := p.HalfDay
	at, gone := h.From+dates.Minute(i%9), h.To+dates.Minute(i%6)
	past := func(m dates.Minute) bool { return !dates.Local{Day: h.Day, At: m}.Bound().After(c.clock.Now()) }
	if !past(at) {
		return nil
	}
	if i == 3 {
		_, err := c.store.See(c.ctx, c.by, p.ID, activity.Sight{Step: activity.StayOff})
		return err
	}
	if _, err := c.store.See(c.ctx, c.by, p.ID, activity.Sight{Step: activity.Arrive, At: at}); err != nil || !past(gone) {
		return err
	}
	sight := activity.Sight{Step: activity.Leave, How: activity.WithGuardian, At: gone}
	switch fetchers := p.Child.MayFetch(); {
	case p.Child.Alone:
		sight.How = activity.Alone
	case len(fetchers) > 0:
		sight.How, sight.By = activity.WithListed, fetchers[0]
	}
	_, err := c.store.See(c.ctx, c.by, p.ID, sight)
	return err
}
