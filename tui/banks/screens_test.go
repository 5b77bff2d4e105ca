package banks_test

import (
	"testing"

	"digibrug/tui/screentest"
)

func TestBanks(t *testing.T)     { pages(t, lived, rik) }
func TestNewBank(t *testing.T)   { pages(t, empty, rik, keys("n")) }
func TestBank(t *testing.T)      { pages(t, lived, rik, screentest.Row(1)) }
func TestShipped(t *testing.T)   { pages(t, lived, "ivo.ict", keys("enter")) }
func TestItem(t *testing.T)      { pages(t, lived, rita, screentest.Row(1), keys("enter")) }
func TestItemBelow(t *testing.T) { pages(t, lived, rita, screentest.Row(1), keys("enter", "end")) }
func TestExpert(t *testing.T)    { pages(t, lived, rita, screentest.Row(1), keys("enter", "v")) }
func TestRetire(t *testing.T)    { pages(t, lived, rita, screentest.Row(1), keys("enter", "i")) }
func TestPublish(t *testing.T)   { pages(t, lived, rik, screentest.Row(1), keys("enter", "p")) }
func TestReview(t *testing.T)    { pages(t, filled, rita, screentest.Row(1), keys("r")) }
func TestSendBack(t *testing.T)  { pages(t, filled, rita, screentest.Row(1), keys("r", "t")) }
func TestFinish(t *testing.T)    { pages(t, filled, rita, screentest.Row(1), keys("r", "k")) }
func TestKinds(t *testing.T)     { pages(t, filled, rik, screentest.Row(1), keys("n")) }
func TestNewItem(t *testing.T)   { pages(t, filled, rik, screentest.Row(1), keys("n", "enter")) }
func TestEdit(t *testing.T)      { pages(t, filled, rik, screentest.Row(1), keys("enter", "w")) }
