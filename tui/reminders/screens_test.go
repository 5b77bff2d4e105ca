package reminders_test

import "testing"

const (
	clerk  = "an.peeters"
	social = "dora.claes"
)

func TestNothing(t *testing.T) { pages(t, newScene, clerk) }
func TestNoTasks(t *testing.T) { pages(t, newScene, social) }
func TestToday(t *testing.T)   { pages(t, lateScene, clerk) }
func TestTasks(t *testing.T)   { pages(t, lateScene, social) }
func TestCall(t *testing.T)    { pages(t, lateScene, clerk, keys("enter")) }
func TestCallGuardian(t *testing.T) {
	pages(t, lateScene, clerk, keys("down", "enter", "g", "enter"))
}
func TestNoted(t *testing.T)   { pages(t, lateScene, clerk, keys("enter", "n")) }
func TestTask(t *testing.T)    { pages(t, lateScene, social, keys("enter")) }
func TestLetters(t *testing.T) { pages(t, letterScene, clerk) }
func TestLetter(t *testing.T)  { pages(t, letterScene, clerk, keys("enter")) }
func TestMail(t *testing.T)    { pages(t, lateScene, clerk, keys("end", "enter")) }
func TestAllAsk(t *testing.T)  { pages(t, letterScene, clerk, keys("m")) }
func TestHistory(t *testing.T) { pages(t, letterScene, clerk, keys("h")) }
func TestOut(t *testing.T)     { pages(t, letterScene, clerk, keys("u")) }
func TestExtra(t *testing.T)   { pages(t, letterScene, clerk, keys("u", "enter", "e")) }
