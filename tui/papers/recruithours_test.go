package papers

import (
	"testing"

	"digibrug/quiz/recruit"
	"digibrug/tui/words"
)

// TestRecruitHours writes the end of a day as its end: between 00:00 and 00:00 there is nothing.
func TestRecruitHours(t *testing.T) {
	for _, one := range []struct {
		open, close int
		from, until string
	}{
		{9 * 60, 12*60 + 30, "09:00", "12:30"},
		{0, 0, "00:00", "24:00"},
		{13 * 60, 24 * 60, "13:00", "24:00"},
		{0, 12 * 60, "00:00", "12:00"},
	} {
		from, until := recruitHead{}.hours(words.NL, recruit.Days{From: "2026-11-26", Until: "2026-11-26", Open: one.open, Close: one.close})
		if from != one.from || until != one.until {
			t.Errorf("%d-%d: between %s and %s, want %s and %s", one.open, one.close, from, until, one.from, one.until)
		}
	}
	if _, until := (recruitHead{}).hours(words.FR, recruit.Days{From: "2026-11-26", Until: "2026-11-26"}); until[:2] != "24" {
		t.Errorf("in French the day ends at %s", until)
	}
}
