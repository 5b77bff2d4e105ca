package activities_test

import "testing"

func TestNone(t *testing.T)        { pages(t, empty, planner) }
func TestList(t *testing.T)        { pages(t, busy, planner) }
func TestOver(t *testing.T)        { pages(t, quiet, clerk, keys("v")) }
func TestNew(t *testing.T)         { pages(t, empty, planner, keys("n"), typed("Kinderclub")) }
func TestHalves(t *testing.T)      { pages(t, busy, planner, keys("enter")) }
func TestHalvesClerk(t *testing.T) { pages(t, busy, clerk, keys("enter")) }
func TestChange(t *testing.T)      { pages(t, busy, planner, keys("enter", "w")) }
func TestAddHalf(t *testing.T)     { pages(t, busy, planner, keys("enter", "e")) }
func TestChangeHalf(t *testing.T)  { pages(t, busy, planner, keys("enter", "u")) }
func TestCancelHalf(t *testing.T) {
	pages(t, busy, planner, keys("enter", "delete"), typed("ziek"), keys("tab", "enter"))
}
func TestEnrol(t *testing.T) { pages(t, busy, clerk, keys("enter", "i")) }
func TestEnrolHalves(t *testing.T) {
	pages(t, busy, clerk, keys("enter", "i", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab"))
}
func TestKnown(t *testing.T) { pages(t, busy, clerk, keys("enter", "k"), typed("noor")) }
func TestAgain(t *testing.T) {
	pages(t, busy, clerk, keys("enter", "down", "down", "k"), typed("mo"), keys("enter"))
}
func TestDayBefore(t *testing.T) { pages(t, busy, clerk, keys("enter", "enter")) }
func TestDay(t *testing.T)       { pages(t, morning, host, keys("enter", "enter")) }
func TestDayEmpty(t *testing.T)  { pages(t, quiet, clerk, keys("enter", "enter")) }
func TestDayCancelled(t *testing.T) {
	pages(t, busy, clerk, keys("enter", "end", "enter"))
}
func TestFetched(t *testing.T) { pages(t, morning, host, keys("enter", "enter", "d")) }
func TestWaits(t *testing.T)   { pages(t, busy, clerk, keys("enter", "enter", "w")) }
func TestCalls(t *testing.T)   { pages(t, busy, clerk, keys("enter", "end", "enter", "b")) }
func TestCard(t *testing.T)    { pages(t, morning, clerk, keys("enter", "enter", "enter")) }
func TestLeaveAsk(t *testing.T) {
	pages(t, busy, clerk, keys("enter", "enter", "enter", "delete"))
}
