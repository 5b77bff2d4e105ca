package opening_test

import (
	"testing"

	"digibrug/tui/screentest"
)

const (
	ict    = "ivo.ict"
	deputy = "lid1"
)

func TestNoLocations(t *testing.T)         { pages(t, emptyScene, ict) }
func TestNoLocationsOfDeputy(t *testing.T) { pages(t, emptyScene, deputy) }
func TestPlaces(t *testing.T)              { pages(t, newScene, ict) }
func TestNewLocation(t *testing.T)         { pages(t, newScene, ict, keys("n")) }
func TestPlace(t *testing.T)               { pages(t, newScene, ict, library()) }
func TestPlaceOfDeputy(t *testing.T)       { pages(t, newScene, deputy, library()) }
func TestPlaceWithNothing(t *testing.T)    { pages(t, newScene, ict, keys("down", "enter")) }
func TestHoursOfADay(t *testing.T)         { pages(t, newScene, ict, library(), keys("down", "down", "enter")) }
func TestHoursOfDays(t *testing.T)         { pages(t, newScene, ict, library(), keys("u")) }
func TestHoursWrong(t *testing.T) {
	pages(t, newScene, ict, library(), keys("enter"), keys("tab", "tab"), screentest.Clear(), typed("9-12, 11-13"), keys("enter"))
}
func TestRename(t *testing.T)        { pages(t, newScene, ict, library(), row(toName)) }
func TestMonth(t *testing.T)         { pages(t, newScene, ict, library(), keys("m")) }
func TestMonthDecember(t *testing.T) { pages(t, newScene, ict, library(), keys("m", "right")) }
func TestMonthOfDeputy(t *testing.T) { pages(t, newScene, deputy, library(), row(toMonth)) }
func TestSeasons(t *testing.T)       { pages(t, newScene, ict, library(), row(toSeasons)) }
func TestNoSeasons(t *testing.T)     { pages(t, newScene, ict, keys("down"), library(), row(toSeasons)) }
func TestSeason(t *testing.T)        { pages(t, newScene, ict, library(), row(toSeasons), keys("enter")) }
func TestSeasonForm(t *testing.T)    { pages(t, newScene, ict, library(), row(toSeasons), keys("n")) }
func TestSeasonAsk(t *testing.T)     { pages(t, newScene, ict, library(), row(toSeasons), keys("delete")) }
func TestSeasonChange(t *testing.T) {
	pages(t, newScene, ict, library(), row(toSeasons), keys("enter", "end", "enter"))
}
func TestClosures(t *testing.T)         { pages(t, newScene, ict, library(), row(toClosures)) }
func TestClosuresOfDeputy(t *testing.T) { pages(t, newScene, deputy, library(), row(toClosures)) }
func TestClosureForm(t *testing.T)      { pages(t, newScene, ict, library(), keys("s")) }
func TestClosureLong(t *testing.T) {
	pages(t, newScene, ict, library(), keys("s"), screentest.Clear(), typed("21/12/2026"), keys("tab"), screentest.Clear(), typed("3/1/2027"), keys("tab"), typed("kerstverlof"))
}
func TestClosureOver(t *testing.T) {
	pages(t, newScene, ict, library(), keys("s", "tab"), screentest.Clear(), typed("27/11/2026"), keys("tab"), typed("feest"), keys("enter"))
}
func TestClosureAsk(t *testing.T) {
	pages(t, newScene, ict, library(), row(toClosures), keys("delete"))
}
func TestHalfDays(t *testing.T) { pages(t, newScene, ict, library(), row(toHalf)) }
func TestHalfDayForm(t *testing.T) {
	pages(t, newScene, ict, library(), row(toHalf), keys("n"), typed("31/12/2026"))
}
func TestTicks(t *testing.T)         { pages(t, newScene, ict, library(), row(toTicks)) }
func TestTicksOfDeputy(t *testing.T) { pages(t, newScene, deputy, library(), row(toTicks)) }
func TestTicksEnd(t *testing.T) {
	pages(t, newScene, ict, library(), row(toTicks), keys("end", "space"))
}
func TestLocalDays(t *testing.T) { pages(t, newScene, ict, library(), row(toLocal)) }
func TestLocalForm(t *testing.T) { pages(t, newScene, ict, library(), row(toLocal), keys("n")) }
func TestLocalAsk(t *testing.T)  { pages(t, newScene, ict, library(), row(toLocal), keys("delete")) }
func TestSchool(t *testing.T)    { pages(t, newScene, ict, keys("v")) }
func TestSchoolOfDeputy(t *testing.T) {
	pages(t, newScene, deputy, keys("v"))
}
func TestSchoolForm(t *testing.T) { pages(t, newScene, ict, keys("v", "enter")) }
func TestSchoolAsk(t *testing.T)  { pages(t, newScene, ict, keys("v", "down", "down", "delete")) }
