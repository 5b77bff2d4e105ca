package calendar_test

import (
	"os"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// day reads YYYY-MM-DD.
func day(s string) time.Time {
	d, err := data.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// text is a day as YYYY-MM-DD, and utc an instant.
func text(d time.Time) string { return d.Format(data.DayLayout) }
func utc(at time.Time) string { return at.UTC().Format("2006-01-02T15:04Z") }
