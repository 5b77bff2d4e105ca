package regulation_test

import "testing"

func TestHomeOfNothing(t *testing.T)      { pages(t, emptyTown, ict) }
func TestHomeOfNothingClerk(t *testing.T) { pages(t, emptyTown, clerk) }
func TestHome(t *testing.T)               { pages(t, lending, ict) }
func TestHomeOfDirector(t *testing.T)     { pages(t, lending, director) }
func TestExpert(t *testing.T)             { pages(t, lending, ict, keys("v")) }
func TestFigures(t *testing.T)            { pages(t, lending, ict, expert(toFigures)) }
func TestMatrix(t *testing.T)             { pages(t, lending, ict, keys("enter")) }
func TestMatrixTaken(t *testing.T) {
	pages(t, lending, clerk, keys("enter", "down", "down", "down", "right"))
}
func TestMatrixOfMode(t *testing.T)     { pages(t, lending, ict, expert(toModes)) }
func TestCell(t *testing.T)             { pages(t, lending, ict, keys("enter", "down", "down", "down", "enter")) }
func TestCellOfMode(t *testing.T)       { pages(t, lending, ict, expert(toModes), keys("enter")) }
func TestVersions(t *testing.T)         { pages(t, lending, ict, expert(toVersions)) }
func TestNoVersions(t *testing.T)       { pages(t, emptyTown, ict, expert(toVersions)) }
func TestCompare(t *testing.T)          { pages(t, lending, clerk, expert(toVersions), keys("enter")) }
func TestDecisions(t *testing.T)        { pages(t, lending, ict, expert(toDecisions)) }
func TestDecision(t *testing.T)         { pages(t, lending, ict, expert(toDecisions), keys("enter")) }
func TestLadder(t *testing.T)           { pages(t, lending, ict, expert(toLadder)) }
func TestLadderOfClerk(t *testing.T)    { pages(t, lending, clerk, expert(toLadder)) }
func TestRung(t *testing.T)             { pages(t, lending, ict, expert(toLadder), keys("down", "enter")) }
func TestRungAsk(t *testing.T)          { pages(t, lending, ict, expert(toLadder), keys("delete")) }
func TestTariffs(t *testing.T)          { pages(t, lending, ict, expert(toTariffs)) }
func TestNoTariffs(t *testing.T)        { pages(t, emptyTown, ict, expert(toTariffs)) }
func TestTariffNew(t *testing.T)        { pages(t, lending, ict, expert(toTariffs), keys("n")) }
func TestSettings(t *testing.T)         { pages(t, lending, ict, expert(toSettings)) }
func TestSimulator(t *testing.T)        { pages(t, lending, ict, expert(toSimulate)) }
func TestPresetWhat(t *testing.T)       { pages(t, emptyTown, ict, keys("i")) }
func TestPresetRenew(t *testing.T)      { pages(t, emptyTown, ict, keys("i"), next(1)) }
func TestPresetMost(t *testing.T)       { pages(t, emptyTown, ict, keys("i"), next(2)) }
func TestPresetMoney(t *testing.T)      { pages(t, emptyTown, ict, keys("i"), next(3)) }
func TestPresetPlace(t *testing.T)      { pages(t, emptyTown, ict, keys("i"), next(4)) }
func TestPresetNewPlace(t *testing.T)   { pages(t, bareTown, ict, keys("i"), next(4)) }
func TestPresetLate(t *testing.T)       { pages(t, emptyTown, ict, keys("i"), next(5)) }
func TestPresetSummary(t *testing.T)    { pages(t, emptyTown, ict, keys("i"), next(6)) }
func TestPresetDone(t *testing.T)       { pages(t, emptyTown, ict, keys("i"), next(6), keys("enter")) }
func TestPresetAgain(t *testing.T)      { pages(t, lending, ict, keys("i"), next(6)) }
func TestPresetAgainAsked(t *testing.T) { pages(t, lending, ict, keys("i"), next(6), keys("enter")) }
