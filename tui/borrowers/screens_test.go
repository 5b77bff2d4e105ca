package borrowers_test

import "testing"

func TestEmpty(t *testing.T)     { pages(t, clerk) }
func TestFound(t *testing.T)     { pages(t, clerk, typed("peet")) }
func TestNobody(t *testing.T)    { pages(t, clerk, typed("xyz")) }
func TestPage(t *testing.T)      { pages(t, clerk, find("zoe")) }
func TestMinor(t *testing.T)     { pages(t, clerk, find("kim")) }
func TestBlocked(t *testing.T)   { pages(t, clerk, find("lou")) }
func TestClient(t *testing.T)    { pages(t, clerk, find("mo claes")) }
func TestSocial(t *testing.T)    { pages(t, social, find("mo claes")) }
func TestGround(t *testing.T)    { pages(t, social, find("mo claes"), keys("t")) }
func TestNew(t *testing.T)       { pages(t, clerk, keys("f5")) }
func TestChange(t *testing.T)    { pages(t, clerk, find("kim"), keys("w")) }
func TestBlock(t *testing.T)     { pages(t, clerk, find("zoe"), keys("b")) }
func TestLift(t *testing.T)      { pages(t, clerk, find("lou"), keys("d")) }
func TestHousehold(t *testing.T) { pages(t, clerk, find("lou"), keys("g")) }
func TestEraseHeld(t *testing.T) { pages(t, clerk, find("zoe"), keys("x")) }
func TestErase(t *testing.T)     { pages(t, clerk, find("lou"), keys("x")) }
func TestEraseAsk(t *testing.T)  { pages(t, clerk, find("lou"), keys("x", "enter")) }
func TestLoans(t *testing.T)     { pages(t, clerk, find("zoe"), keys("u")) }
func TestCard(t *testing.T)      { pages(t, clerk, find("zoe"), keys("k")) }
