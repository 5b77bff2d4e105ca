package till_test

import (
	"testing"

	"digibrug/tui/screentest"
)

const (
	clerk   = "an.peeters"
	finance = "chris.wouters"
)

func TestNothingOpen(t *testing.T)   { pages(t, newScene, clerk) }
func TestOpen(t *testing.T)          { pages(t, busyScene, clerk) }
func TestOpenOfFinance(t *testing.T) { pages(t, busyScene, finance) }
func TestAccount(t *testing.T)       { pages(t, busyScene, clerk, keys("enter")) }
func TestAccountOfFinance(t *testing.T) {
	pages(t, busyScene, finance, keys("enter"))
}
func TestAccountDebt(t *testing.T)  { pages(t, busyScene, clerk, keys("down", "down", "enter")) }
func TestAccountEmpty(t *testing.T) { pages(t, busyScene, clerk, keys("end", "enter")) }
func TestSettle(t *testing.T)       { pages(t, busyScene, clerk, keys("enter", "t")) }
func TestSettleUnseen(t *testing.T) { pages(t, busyScene, clerk, keys("down", "enter", "t")) }
func TestReceive(t *testing.T)      { pages(t, busyScene, clerk, keys("end", "enter", "o", "tab", "right")) }
func TestPay(t *testing.T)          { pages(t, busyScene, clerk, keys("down", "down", "enter", "b")) }
func TestWaive(t *testing.T)        { pages(t, busyScene, clerk, keys("down", "down", "enter", "k")) }
func TestCharge(t *testing.T)       { pages(t, busyScene, clerk, keys("enter", "r")) }
func TestReverse(t *testing.T)      { pages(t, busyScene, clerk, keys("enter", "enter")) }
func TestDay(t *testing.T)          { pages(t, busyScene, clerk, keys("d")) }
func TestDayOfFinance(t *testing.T) { pages(t, cashScene, finance, keys("d")) }
func TestDayCash(t *testing.T) {
	pages(t, cashScene, clerk, keys("d", "k"), screentest.Clear(), typed("50"), keys("tab"), typed("72,40"), keys("tab"), typed("10 cent te weinig"), keys("enter"))
}
func TestDayNone(t *testing.T) { pages(t, busyScene, clerk, keys("d", "left")) }
func TestCount(t *testing.T)   { pages(t, cashScene, clerk, keys("d", "k", "tab"), typed("20,00")) }
