package devices_test

import "testing"

func TestNone(t *testing.T)         { pages(t, bare) }
func TestList(t *testing.T)         { pages(t, busy) }
func TestListFiltered(t *testing.T) { pages(t, busy, keys("/"), typed("te wissen")) }
func TestReady(t *testing.T)        { pages(t, busy, open("LT-001")) }
func TestOnLoan(t *testing.T)       { pages(t, busy, open("LT-003")) }
func TestCameBack(t *testing.T)     { pages(t, busy, open("LT-004")) }
func TestInRepair(t *testing.T)     { pages(t, busy, open("LT-006")) }
func TestStolenPage(t *testing.T)   { pages(t, busy, open("LT-008")) }
func TestEndOfPage(t *testing.T)    { pages(t, busy, open("LT-004"), keys("end")) }
func TestTooEarly(t *testing.T)     { pages(t, busy, open("LT-004"), keys("t")) }

func TestCheck(t *testing.T)    { pages(t, busy, open("LT-004"), keys("enter")) }
func TestWipe(t *testing.T)     { pages(t, busy, open("LT-005"), keys("enter")) }
func TestTestForm(t *testing.T) { pages(t, busy, open("LT-002"), keys("enter")) }
func TestUntested(t *testing.T) { pages(t, busy, open("LT-002"), keys("enter", "tab", "enter")) }
func TestStepBack(t *testing.T) { pages(t, busy, open("LT-001"), keys("z")) }
func TestRepair(t *testing.T)   { pages(t, busy, open("LT-001"), keys("r")) }
func TestExpect(t *testing.T)   { pages(t, busy, open("LT-006"), keys("r")) }
func TestMended(t *testing.T)   { pages(t, busy, open("LT-006"), keys("enter")) }
func TestLost(t *testing.T)     { pages(t, busy, open("LT-001"), keys("v")) }
func TestLostAsk(t *testing.T)  { pages(t, busy, open("LT-003"), keys("v", "tab", "enter")) }
func TestLostCost(t *testing.T) { pages(t, busy, open("LT-003"), keys("v", "tab")) }
func TestStolen(t *testing.T)   { pages(t, busy, open("LT-001"), keys("g")) }
func TestNoReport(t *testing.T) { pages(t, busy, open("LT-001"), keys("g", "tab", "enter")) }
func TestFound(t *testing.T)    { pages(t, busy, open("LT-007"), keys("enter")) }
func TestRetire(t *testing.T)   { pages(t, busy, open("LT-001"), keys("b")) }
func TestRetireAsk(t *testing.T) {
	pages(t, busy, open("LT-001"), keys("b"), typed("te oud"), keys("enter"))
}
func TestCost(t *testing.T)   { pages(t, busy, open("LT-001"), keys("o")) }
func TestLabel(t *testing.T)  { pages(t, busy, open("LT-001"), keys("e")) }
func TestLabels(t *testing.T) { pages(t, busy, keys("e")) }
func TestPaper(t *testing.T)  { pages(t, busy, keys("p")) }

func TestNewDevice(t *testing.T)  { pages(t, kinds, keys("n")) }
func TestNewNoTypes(t *testing.T) { pages(t, bare, keys("n")) }
func TestChange(t *testing.T)     { pages(t, busy, open("LT-001"), keys("w")) }
func TestChain(t *testing.T)      { pages(t, busy, keys("k")) }
func TestChainNone(t *testing.T)  { pages(t, kinds, keys("k")) }
func TestTypes(t *testing.T)      { pages(t, busy, keys("s")) }
func TestTypesNone(t *testing.T)  { pages(t, bare, keys("s")) }
func TestTypeForm(t *testing.T)   { pages(t, busy, keys("s", "n")) }
func TestTypeChange(t *testing.T) { pages(t, busy, keys("s", "enter")) }
func TestKitsNone(t *testing.T)   { pages(t, busy, keys("t")) }
func TestKitForm(t *testing.T)    { pages(t, busy, keys("t", "n")) }
func TestKitEmpty(t *testing.T)   { pages(t, busy, keys("t", "n"), typed("Kar 1"), keys("enter")) }
func TestKit(t *testing.T)        { pages(t, busy, kit("LT-001", "LT-002")) }
func TestKitAdd(t *testing.T)     { pages(t, busy, kit("LT-001"), keys("n")) }
func TestKitOfKit(t *testing.T) {
	pages(t, busy, kit("LT-001"), keys("n"), typed("LT-999"), keys("enter"))
}
func TestKits(t *testing.T) { pages(t, busy, kit("LT-001", "LT-002"), keys("esc")) }
