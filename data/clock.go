package data

import (
	"fmt"
	"time"
	_ "time/tzdata" // a kiosk server without zoneinfo must still know Brussels
)

// DayLayout is how a day is stored and exchanged: YYYY-MM-DD, local to Europe/Brussels.
const DayLayout = "2006-01-02"

// Clock tells the time. The server's clock decides; tests hand over one that stands still.
type Clock func() time.Time

// SystemClock is the clock of the machine, in UTC.
func SystemClock() time.Time { return time.Now().UTC() }

// Brussels is the zone that days and hours are shown in.
var Brussels = mustZone("Europe/Brussels")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(fmt.Sprintf("time zone %s is not embedded: %v", name, err)) // can't happen: tzdata is linked in
	}
	return zone
}

// DayOf is the day in Brussels on which an instant falls, as YYYY-MM-DD.
func DayOf(at time.Time) string { return at.In(Brussels).Format(DayLayout) }

// ParseDay reads YYYY-MM-DD and gives midnight UTC of that day, the form in which rules take days.
func ParseDay(s string) (time.Time, error) {
	day, err := time.Parse(DayLayout, s)
	if err != nil {
		return time.Time{}, &Invalid{Field: "day", Why: WhyDay, Want: "YYYY-MM-DD", Got: Clean(s, 40)}
	}
	return day, nil
}

// StartOf is the instant at which a day (midnight UTC, as ParseDay gives it) begins in Brussels.
func StartOf(day time.Time) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, Brussels).UTC()
}

// Milli turns a stored instant (milliseconds since 1970, UTC) into a time.
func Milli(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
