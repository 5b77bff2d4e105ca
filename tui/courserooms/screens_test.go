package courserooms_test

import "testing"

func TestRooms(t *testing.T)        { pages(t, busy) }
func TestRoomPlain(t *testing.T)    { pages(t, school, keys("enter")) }
func TestRoom(t *testing.T)         { pages(t, busy, keys("enter")) }
func TestRoomForm(t *testing.T)     { pages(t, busy, keys("enter", "w")) }
func TestClosure(t *testing.T)      { pages(t, busy, keys("enter", "n")) }
func TestClosureDrop(t *testing.T)  { pages(t, busy, keys("enter", "delete")) }
func TestTrainers(t *testing.T)     { pages(t, busy, keys("l")) }
func TestTrainer(t *testing.T)      { pages(t, busy, keys("l", "down", "enter")) }
func TestTrainerStaff(t *testing.T) { pages(t, busy, keys("l", "enter")) }
func TestTrainerForm(t *testing.T)  { pages(t, busy, keys("l", "down", "enter", "w")) }
func TestTrainerNew(t *testing.T)   { pages(t, busy, keys("l", "n")) }
func TestLeave(t *testing.T)        { pages(t, busy, keys("l", "down", "enter", "n")) }
func TestUnlink(t *testing.T)       { pages(t, busy, keys("l", "enter", "k")) }
func TestFind(t *testing.T) {
	pages(t, busy, keys("l", "down", "enter", "k"), typed("bert"))
}
func TestLink(t *testing.T) {
	pages(t, busy, keys("l", "down", "enter", "k"), typed("bert"), keys("enter"))
}
func TestTravel(t *testing.T)     { pages(t, busy, keys("r")) }
func TestTravelForm(t *testing.T) { pages(t, school, keys("r", "enter")) }
func TestRoomNew(t *testing.T)    { pages(t, busy, keys("n")) }
func TestRoomKind(t *testing.T)   { pages(t, busy, keys("enter", "v")) }
