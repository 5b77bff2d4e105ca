package recruitdesk_test

import (
	"testing"

	"digibrug/tui/screentest"
)

func TestNone(t *testing.T)      { pages(t, ready, other) }
func TestList(t *testing.T)      { pages(t, ready, rik) }
func TestPresets(t *testing.T)   { pages(t, ready, rik, keys("n")) }
func TestNew(t *testing.T)       { pages(t, ready, rik, keys("n", "enter"), typed("Medewerker onthaal")) }
func TestBare(t *testing.T)      { pages(t, bare, other, keys("enter")) }
func TestProcedure(t *testing.T) { pages(t, ready, rik, keys("enter")) }
func TestOpening(t *testing.T)   { pages(t, ready, rik, keys("enter", "o")) }
func TestOpen(t *testing.T)      { pages(t, opened, rik, keys("enter")) }
func TestWarnings(t *testing.T)  { pages(t, ready, rik, keys("enter", "down", "enter")) }
func TestDetails(t *testing.T)   { pages(t, bare, other, keys("enter", "enter")) }
func TestExpert(t *testing.T)    { pages(t, ready, rik, keys("enter"), screentest.Row(5)) }
func TestPeople(t *testing.T)    { pages(t, ready, rik, keys("enter"), screentest.Row(3)) }
func TestDuties(t *testing.T)    { pages(t, ready, rik, keys("enter"), screentest.Row(3), keys("n")) }
func TestGive(t *testing.T) {
	pages(t, ready, rik, keys("enter"), screentest.Row(3), keys("n"), screentest.Row(1))
}
func TestCandidates(t *testing.T) { pages(t, ready, rik, keys("enter"), screentest.Row(2)) }
func TestAdd(t *testing.T)        { pages(t, ready, rik, keys("enter"), screentest.Row(2), keys("n")) }
func TestSeveral(t *testing.T) {
	pages(t, ready, rik, keys("enter"), screentest.Row(2), keys("m"), typed("Ann Van den Berg"), keys("enter"), typed("Bram Claes bram@voorbeeld.example"))
}
func TestSettings(t *testing.T) {
	pages(t, ready, rik, keys("enter"), screentest.Row(2), keys("enter"))
}
func TestClosing(t *testing.T) { pages(t, invited, rik, keys("enter", "g")) }
func TestCandidatesSealed(t *testing.T) {
	pages(t, invited, rik, keys("enter", "down", "enter"))
}
