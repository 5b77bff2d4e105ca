package groups_test

import (
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/tui/groups"
)

func TestNeeds(t *testing.T)   { pages(t, needy, groups.New) }
func TestNoNeeds(t *testing.T) { pages(t, school, groups.New) }
func TestNeed(t *testing.T)    { pages(t, needy, groups.New, keys("enter")) }
func TestClose(t *testing.T)   { pages(t, needy, groups.New, keys("delete")) }
func TestWho(t *testing.T)     { pages(t, needy, groups.New, keys("n"), typed("lid nummer0")) }
func TestAdd(t *testing.T) {
	pages(t, needy, groups.New, keys("n"), typed("zoe 2"), keys("enter", "tab", "tab"), typed("di vm"))
}
func TestTarget(t *testing.T)   { pages(t, measured, groups.New, keys("k")) }
func TestGaps(t *testing.T)     { pages(t, measured, groups.New, keys("k", "right", "enter")) }
func TestNoPlan(t *testing.T)   { pages(t, needy, groups.NewPlan) }
func TestChoose(t *testing.T)   { pages(t, needy, groups.NewPlan, keys("enter")) }
func TestCover(t *testing.T)    { pages(t, planned, groups.NewPlan, keys("b")) }
func TestPlan(t *testing.T)     { pages(t, planned, groups.NewPlan) }
func TestUnplaced(t *testing.T) { pages(t, planned, groups.NewPlan, keys("end")) }
func TestGroup(t *testing.T)    { pages(t, planned, groups.NewPlan, keys("v", "enter")) }
func TestPlace(t *testing.T)    { pages(t, planned, groups.NewPlan, keys("enter", "enter")) }
func TestChanges(t *testing.T)  { pages(t, planned, groups.NewPlan, keys("c")) }
func TestApply(t *testing.T)    { pages(t, planned, groups.NewPlan, keys("t")) }
func TestApplied(t *testing.T)  { pages(t, planned, groups.NewPlan, keys("t", "down", "enter")) }

// measured has eight colleagues of whom six are below the second level in e-mail or texts, and one who left.
func measured(t testing.TB) *scene {
	t.Helper()
	s := needy(t)
	at := s.Clock.Now().Add(-24 * time.Hour)
	for i, login := range []string{"lid1", "lid2", "lid3", "lid4", "lid5", "lid6", "lid7", "lid8"} {
		person := s.Town.Actor(login).PersonID
		s.levels = append(s.levels, courses.Measured{PersonID: person, Domain: courses.DomainMail, At: at, Level: 1 + i%3}, courses.Measured{PersonID: person, Domain: courses.DomainText, At: at, Level: 1 + i%2})
	}
	s.levels = append(s.levels, courses.Measured{PersonID: "who left", Domain: courses.DomainText, At: at, Level: 1})
	return s
}
