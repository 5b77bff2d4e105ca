// Package activitytest is an invented holiday week for tests: a town with a house for children, on any throw-away
// database.
package activitytest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"digibrug/courses/activity"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
)

// Camp is a datatest.Town with a Kinderclub in the week of Monday 21 December 2026; it is 23 November. An (an.peeters) is
// the coordinator, Lid 4 a clerk, Lid 5 a trainer, Lid 7 nobody in particular. The house is open on weekdays from nine to
// six, and closed on the public holidays: Friday 25 December is one.
type Camp struct {
	*activity.Store
	DB              *data.DB
	Clock           *datatest.Hand
	Town            *datatest.Town
	An, Clerk, Host data.Actor // coordinator, clerk, trainer
	Other           data.Actor // staff without a part in it
	House           string     // location
	Room            data.Room
	T               testing.TB
	children        int
}

// New fills an empty database.
func New(t testing.TB, url string) *Camp {
	t.Helper()
	c := &Camp{Clock: &datatest.Hand{}, T: t}
	c.DB = datatest.Open(t, url, data.WithClock(c.Clock.Now))
	c.Store, c.Town = activity.NewStore(c.DB), datatest.NewTown(t, c.DB)
	for login, role := range map[string]data.Role{"an.peeters": data.RoleCoordinator, "lid4": data.RoleClerk, "lid5": data.RoleTrainer} {
		c.OK(c.Town.Accounts.Grant(t.Context(), datatest.Operator, login, role, "2020-01-01", ""))
	}
	c.An, c.Clerk, c.Host, c.Other = c.Town.Actor("an.peeters"), c.Town.Actor("lid4"), c.Town.Actor("lid5"), c.Town.Actor("lid7")
	var week calendar.Week
	for d := time.Monday; d <= time.Friday; d++ {
		week[d] = calendar.Hours{{From: 9 * 60, To: 18 * 60}}
	}
	l, err := calendar.NewStore(c.DB).AddLocation(t.Context(), datatest.Operator, c.Town.Services["Jeugd"].OrganisationID, "Jeugdhuis De Kade",
		calendar.Calendar{Week: week, Ticks: calendar.PublicHolidays()})
	c.OK(err)
	c.House = l.ID
	c.OK(c.DB.InTx(t.Context(), func(tx *data.Tx) (err error) {
		c.Room, err = data.PutRoom(t.Context(), tx, datatest.Operator, data.Room{LocationID: l.ID, Name: "Speelzaal", Kind: "leslokaal", Seats: 30})
		return err
	}))
	return c
}

// Each runs a test at a camp on both engines.
func Each(t *testing.T, test func(t *testing.T, c *Camp)) {
	t.Helper()
	datatest.EachURL(t, func(t *testing.T, url string) { test(t, New(t, url)) })
}

// OK stops the test at an error.
func (c *Camp) OK(err error) {
	c.T.Helper()
	if err != nil {
		c.T.Fatal(err)
	}
}

// Day reads YYYY-MM-DD.
func Day(t testing.TB, text string) time.Time {
	t.Helper()
	day, err := data.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

// Hours of the parts of a day, as the week has them.
func hours() (morning, afternoon calendar.Block) {
	return calendar.Block{From: 9 * 60, To: 12 * 60}, calendar.Block{From: 13 * 60, To: 16*60 + 30}
}

// Ask is the week of the Kinderclub before it is made, with this many places in each half-day.
func (c *Camp) Ask(places int) (activity.Activity, activity.Plan) {
	morning, afternoon := hours()
	return activity.Activity{Title: "Kinderclub kerstweek", LocationID: c.House, RoomID: c.Room.ID, First: Day(c.T, "2026-12-21"), Last: Day(c.T, "2026-12-25"),
		Groups: []activity.Group{{Name: "Kleuters", From: 3, To: 5}, {Name: "Lagere school", From: 6, To: 12}}}, activity.Plan{Morning: morning, Afternoon: afternoon, Capacity: places}
}

// Week makes it, and gives its half-days: mornings and afternoons of four days, in order.
func (c *Camp) Week(places int) (activity.Activity, []activity.HalfDay) {
	c.T.Helper()
	ask, plan := c.Ask(places)
	a, _, err := c.Add(c.T.Context(), c.An, ask, plan)
	c.OK(err)
	a, all, err := c.Activity(c.T.Context(), c.An, a.ID)
	c.OK(err)
	return a, all
}

// Child is a new child of eight with a mother who may be called: Noor 1, Noor 2, and so on.
func (c *Camp) Child() activity.Child {
	c.children++
	return activity.Child{Given: fmt.Sprintf("Noor %d", c.children), Family: "Hermans", Born: "2018", Guardian: "Els Hermans", Phone: fmt.Sprintf("0470 11 %02d %02d", c.children/100, c.children%100)}
}

// Join enrols a child in half-days, and gives its places in order.
func (c *Camp) Join(child activity.Child, halves ...activity.HalfDay) []activity.Place {
	c.T.Helper()
	ask := activity.Ask{Child: child}
	for _, h := range halves {
		ask.HalfDays = append(ask.HalfDays, h.ID)
	}
	all, err := c.Enrol(c.T.Context(), c.Clerk, ask)
	c.OK(err)
	return all
}

// On moves the clock to a time in Brussels, such as "2026-12-21 09:05".
func (c *Camp) On(text string) {
	c.T.Helper()
	day, at, _ := strings.Cut(text, " ")
	minute, err := calendar.ParseMinute(at)
	c.OK(err)
	c.Clock.Forward(calendar.Local{Day: Day(c.T, day), At: minute}.Bound().Sub(c.Clock.Now()))
}
