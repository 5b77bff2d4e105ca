package pcroom_test

import "testing"

func TestBoard(t *testing.T)       { pages(t, busy) }
func TestBoardQuiet(t *testing.T)  { pages(t, quiet) }
func TestBoardLesson(t *testing.T) { pages(t, lesson) }
func TestBoardShut(t *testing.T)   { pages(t, shut) }
func TestVisitor(t *testing.T)     { pages(t, busy, keys("home", "down")) }
func TestComing(t *testing.T)      { pages(t, busy, keys("k")) }
func TestReserve(t *testing.T)     { pages(t, busy, keys("k", "n")) }
func TestRooms(t *testing.T)       { pages(t, busy, keys("a")) }
