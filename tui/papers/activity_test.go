package papers

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"digibrug/courses/activity"
	"digibrug/courses/activity/activitytest"
	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/tui/screentest"
)

// camp is the Kinderclub with two places: one child came and left, one is absent, one waits.
func camp(t *testing.T) (*activitytest.Camp, []activity.HalfDay, *Shelf) {
	c := activitytest.New(t, datatest.SQLite(t))
	_, halves := c.Week(2)
	first := c.Join(activity.Child{Given: "Noor", Family: "Adams", Born: "2018", Guardian: "Els Hermans", Phone: "0470 11 00 01", Second: "opa Jos 0470 11 00 09", Fetchers: "oma Rita", Note: "bril"}, halves[0])[0]
	second := c.Join(activity.Child{Given: "Mo", Family: "=HYPERLINK(1)\x1b[2J", Born: "2022-03", Guardian: "Samira Bakkali", Phone: "0470 11 00 02", Alone: true}, halves[0])[0]
	c.Join(activity.Child{Given: "Sem", Family: "Dockx", Born: "2016", Guardian: "Ria Dockx", Phone: "0470 11 00 04"}, halves[0])
	c.On("2026-12-21 09:05")
	for place, steps := range map[string][]activity.Sight{
		first.ID:  {{Step: activity.Arrive}, {Step: activity.Leave, How: activity.WithOther, By: "tante An", Why: "mama belde"}},
		second.ID: {{Step: activity.StayOff}},
	} {
		for _, step := range steps {
			_, err := c.See(t.Context(), c.Host, place, step)
			c.OK(err)
		}
	}
	_, err := c.CancelHalfDay(t.Context(), c.An, halves[7].ID, "zieke begeleider")
	c.OK(err)
	return c, halves, NewShelf(c.DB, data.NewSettings(c.DB), Activities{c.Store, c.Clock.Now}.Papers()...)
}

func TestActivityLists(t *testing.T) {
	c, halves, shelf := camp(t)
	var all strings.Builder
	for _, p := range shelf.All() {
		all.WriteString(must(shelf.Fill(t.Context(), c.An, p.Name, Ask{}))(t).Table(180) + "\n")
	}
	d, err := c.DayList(t.Context(), c.Host, halves[0].ID)
	c.OK(err)
	s := ActivityDay(d)
	s.Place, s.At = "Zandwerve", c.Clock.Now()
	all.WriteString(s.Table(150))
	screentest.Text(t, all.String())
	for _, f := range []Format{FormatCSV, FormatXLSX, FormatJSON, FormatPDF} {
		var out bytes.Buffer
		if err := Write(&out, f, s); err != nil || out.Len() == 0 || bytes.Contains(out.Bytes(), []byte("\x1b[2J")) {
			t.Errorf("as %s: %d bytes, %v", f, out.Len(), err)
		}
	}
}

func TestActivityListsAreFor(t *testing.T) {
	c, _, shelf := camp(t)
	may := map[string]string{"an.peeters": "activity-days activity-waiting activity-counts", "lid4": "activity-days activity-waiting activity-counts", "lid5": "activity-days activity-counts",
		"dirk.adm": "activity-counts", "lid7": ""}
	for login, names := range may {
		for _, p := range shelf.All() {
			s, err := shelf.Fill(t.Context(), c.Town.Actor(login), p.Name, Ask{})
			if want := strings.Contains(names, p.Name); want != (err == nil) || !want && !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s asks for %s: %v", login, p.Name, err)
			} else if want && !strings.Contains(strings.Join(s.Notes, " "), "geen fiscaal attest") {
				t.Errorf("%s doesn't say what it is not: %v", p.Name, s.Notes)
			}
		}
	}
	for name, ask := range map[string]Ask{"backwards": {From: "2026-12-21", Until: "2026-12-20"}, "two years": {From: "2026-01-01", Until: "2028-01-01"}, "no day": {From: "morgen"}} {
		var bad *data.Invalid
		if _, err := shelf.Fill(t.Context(), c.An, "activity-days", ask); !errors.As(err, &bad) {
			t.Errorf("%s: %v, want an invalid day", name, err)
		}
	}
	later := must(shelf.Fill(t.Context(), c.An, "activity-days", Ask{From: "2026-12-22"}))(t)
	if len(later.Rows) != 0 {
		t.Errorf("from the second day on: %v", later.Rows)
	}
}
