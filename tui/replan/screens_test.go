package replan_test

import "testing"

func TestNothingMoves(t *testing.T) { pages(t, newScene) }
func TestMoves(t *testing.T)        { pages(t, shutScene) }
func TestAsk(t *testing.T)          { pages(t, shutScene, keys("v")) }
func TestMoveLater(t *testing.T)    { pages(t, shutScene, keys("enter")) }
func TestMoveEarlier(t *testing.T)  { pages(t, shutScene, keys("down", "enter")) }
func TestMoveClash(t *testing.T)    { pages(t, shutScene, keys("down", "down", "enter")) }
func TestMoveStuck(t *testing.T)    { pages(t, shutScene, keys("end", "up", "enter")) }
func TestMoveBooking(t *testing.T)  { pages(t, shutScene, keys("end", "enter")) }
func TestMoved(t *testing.T)        { pages(t, shutScene, keys("v", "down", "enter")) }
func TestPastNone(t *testing.T)     { pages(t, newScene, keys("p")) }
func TestPast(t *testing.T)         { pages(t, movedScene, keys("p")) }
func TestPastUndone(t *testing.T)   { pages(t, undoneScene, keys("p", "enter")) }
func TestPastOne(t *testing.T)      { pages(t, movedScene, keys("p", "enter")) }
func TestUndoAsk(t *testing.T)      { pages(t, movedScene, keys("p", "enter", "o")) }
