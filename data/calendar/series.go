package calendar

import (
	"fmt"
	"strconv"
	"time"

	"digibrug/data"
)

// Bounds of a series: ten years of weeks, and how many of them in a row may be skipped.
const (
	mostTimes   = 520
	mostSkipped = 104
)

// Weekly gives n instants, UTC, a week apart on the wall: 18:30 stays 18:30 when the clock changes. A day
// for which skip says true is left out and made up for at the end, so that six lessons are six lessons.
// skip gets midnight UTC and may be nil. It returns a *WallError when one of the days doesn't have that
// time or has it twice, and an *data.Invalid when n is over 520 or no week is free for two years.
// n of 0 or less gives none.
func Weekly(start Local, n int, skip func(day time.Time) bool) ([]time.Time, error) {
	if n > mostTimes {
		return nil, &data.Invalid{Field: "times", Why: data.WhyNumber, Want: "0 … " + strconv.Itoa(mostTimes), Got: strconv.Itoa(n)}
	}
	var all []time.Time
	for l, skipped := (Local{dayOf(start.Day), start.At}), 0; len(all) < n; l.Day = l.Day.AddDate(0, 0, 7) {
		if skip != nil && skip(l.Day) {
			if skipped++; skipped > mostSkipped {
				return nil, &data.Invalid{Field: "times", Why: WhyNoWeek, Want: strconv.Itoa(n), Got: strconv.Itoa(len(all))}
			}
			continue
		}
		at, err := l.Instant()
		if err != nil {
			return nil, fmt.Errorf("time %d of the series: %w", len(all)+1, err)
		}
		all, skipped = append(all, at), 0
	}
	return all, nil
}
