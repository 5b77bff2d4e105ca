package bookings_test

import (
	"testing"

	"digibrug/tui/screentest"
)

const clerk = "an.peeters"

func TestNoBookings(t *testing.T) { pages(t, newScene, clerk) }
func TestBookings(t *testing.T)   { pages(t, busyScene, clerk) }
func TestPickUps(t *testing.T)    { pages(t, busyScene, clerk, keys("a")) }
func TestNoPickUps(t *testing.T)  { pages(t, newScene, clerk, keys("a")) }
func TestBooking(t *testing.T)    { pages(t, busyScene, clerk, keys("enter")) }
func TestCancelAsk(t *testing.T)  { pages(t, busyScene, clerk, keys("enter", "delete")) }
func TestFree(t *testing.T)       { pages(t, busyScene, clerk, keys("v", "tab")) }
func TestFreeOther(t *testing.T) {
	pages(t, busyScene, clerk, keys("v", "pgdown", "tab", "down", "down", "down", "right", "right", "right"))
}
func TestFreeNothing(t *testing.T) { pages(t, emptyScene, clerk, keys("v")) }
func TestWho(t *testing.T)         { pages(t, busyScene, clerk, keys("n"), typed("e")) }
func TestWhoFound(t *testing.T)    { pages(t, busyScene, clerk, keys("n"), typed("zoe p")) }
func TestWhoNone(t *testing.T)     { pages(t, busyScene, clerk, keys("n"), typed("xyz")) }
func TestForm(t *testing.T) {
	pages(t, newScene, clerk, keys("n"), typed("zoe"), keys("enter", "right"))
}
func TestFormClosed(t *testing.T) {
	pages(t, newScene, clerk, keys("n"), typed("zoe"), keys("enter", "right", "tab", "tab"), screentest.Clear(), typed("25/12/2026"))
}
func TestRefused(t *testing.T) {
	pages(t, busyScene, clerk, keys("n"), typed("zoe"), keys("enter", "right", "tab"), screentest.Clear(), typed("27/11/2026"), keys("tab"), screentest.Clear(), typed("25/12/2026"), keys("tab", "tab", "enter"))
}
func TestWaits(t *testing.T)      { pages(t, busyScene, clerk, keys("w")) }
func TestWaitsLater(t *testing.T) { pages(t, busyScene, clerk, keys("w", "down")) }
func TestNoWaits(t *testing.T)    { pages(t, newScene, clerk, keys("w")) }
