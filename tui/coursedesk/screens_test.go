package coursedesk_test

import (
	"testing"

	"digibrug/tui/coursedesk"
)

func TestNone(t *testing.T)       { pages(t, school, coursedesk.New) }
func TestList(t *testing.T)       { pages(t, busy, coursedesk.New) }
func TestOverNone(t *testing.T)   { pages(t, school, coursedesk.New, keys("v")) }
func TestSeries(t *testing.T)     { pages(t, busy, coursedesk.New, open("26-001")) }
func TestDraft(t *testing.T)      { pages(t, busy, coursedesk.New, open("26-002")) }
func TestPublish(t *testing.T)    { pages(t, busy, coursedesk.New, open("26-002"), keys("p")) }
func TestChange(t *testing.T)     { pages(t, busy, coursedesk.New, open("26-003"), keys("w")) }
func TestMove(t *testing.T)       { pages(t, busy, coursedesk.New, open("26-001"), keys("enter")) }
func TestDropLesson(t *testing.T) { pages(t, busy, coursedesk.New, open("26-001"), keys("delete")) }
func TestShift(t *testing.T)      { pages(t, busy, coursedesk.New, open("26-002"), keys("down", "s")) }
func TestStop(t *testing.T)       { pages(t, busy, coursedesk.New, open("26-001"), keys("a")) }
func TestStopAsk(t *testing.T) {
	pages(t, busy, coursedesk.New, open("26-001"), keys("a"), typed("te weinig cursisten"), keys("enter"))
}
func TestNew(t *testing.T) { pages(t, busy, coursedesk.New, keys("n")) }
func TestPreview(t *testing.T) {
	pages(t, busy, coursedesk.New, fill("8/12/2026", "14u-16u"), keys("tab"), typed("4"), keys("tab", "tab", "tab", "tab", "tab", "tab", "enter"))
}

func TestDecideNone(t *testing.T) { pages(t, school, coursedesk.NewDecide) }
func TestDecide(t *testing.T)     { pages(t, busy, coursedesk.NewDecide) }
func TestDecision(t *testing.T)   { pages(t, busy, coursedesk.NewDecide, keys("enter")) }
func TestGo(t *testing.T)         { pages(t, busy, coursedesk.NewDecide, keys("g")) }
func TestMerge(t *testing.T)      { pages(t, busy, coursedesk.NewDecide, keys("m")) }
func TestLater(t *testing.T)      { pages(t, busy, coursedesk.NewDecide, keys("l")) }
