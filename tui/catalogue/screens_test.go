package catalogue_test

import "testing"

func TestNone(t *testing.T)      { pages(t, bare) }
func TestList(t *testing.T)      { pages(t, busy) }
func TestModelAsk(t *testing.T)  { pages(t, busy, keys("m")) }
func TestCourse(t *testing.T)    { pages(t, busy, keys("down", "enter")) }
func TestUnpriced(t *testing.T)  { pages(t, school, keys("enter")) }
func TestRetireAsk(t *testing.T) { pages(t, busy, keys("enter", "u")) }
func TestForm(t *testing.T)      { pages(t, busy, keys("down", "enter", "w")) }
func TestNewForm(t *testing.T)   { pages(t, busy, keys("n")) }
func TestFeesNone(t *testing.T)  { pages(t, school, keys("p")) }
func TestFees(t *testing.T)      { pages(t, busy, keys("p")) }
func TestFeeReduced(t *testing.T) {
	pages(t, busy, keys("p"), keys("/"), typed("inwoner"), keys("enter"))
}
func TestFeeForm(t *testing.T)      { pages(t, busy, keys("p", "enter")) }
func TestFeeNew(t *testing.T)       { pages(t, busy, keys("p", "n")) }
func TestMaterial(t *testing.T)     { pages(t, taught, keys("enter", "m")) }
func TestMaterialForm(t *testing.T) { pages(t, taught, keys("enter", "m", "enter")) }
func TestNoMaterial(t *testing.T)   { pages(t, busy, keys("enter", "m")) }
func TestCancelForm(t *testing.T)   { pages(t, taught, keys("enter", "a")) }
func TestCancelRules(t *testing.T)  { pages(t, taught, keys("enter")) }
