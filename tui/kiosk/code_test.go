package kiosk_test

import (
	"slices"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/tui/screentest"

	tea "charm.land/bubbletea/v2"
)

func TestCode(t *testing.T)      { pages(t, calm, keys("enter")) }
func TestCodeTyped(t *testing.T) { pages(t, calm, keys("enter"), typed("bcdfg-hj")) }
func TestCodeFull(t *testing.T)  { pages(t, calm, keys("enter"), typed(annCode)) }
func TestCodeHelp(t *testing.T)  { pages(t, calm, keys("enter", "f1")) }
func TestCodeShort(t *testing.T) { pages(t, calm, keys("enter"), typed("bcd"), keys("enter")) }
func TestCodeLetter(t *testing.T) {
	pages(t, calm, keys("enter"), typed("bcdfahjknc"), keys("enter"))
}
func TestCodeSlip(t *testing.T)  { pages(t, calm, keys("enter"), typed("cbdfghjknc"), keys("enter")) }
func TestCodeWrong(t *testing.T) { pages(t, calm, keys("enter"), typed(other), keys("enter")) }
func TestCodeUsed(t *testing.T) {
	pages(t, failing(data.ErrCodeUsed), keys("enter"), typed(annCode), keys("enter"))
}
func TestCodeClosed(t *testing.T) {
	pages(t, failing(data.ErrCodesClosed), keys("enter"), typed(annCode), keys("enter"))
}

// other is a code that nobody has.
const other = "xxxxxxxxxn"

// TestCodesAreForgiving types the same code in the ways in which people do.
func TestCodesAreForgiving(t *testing.T) {
	for name, steps := range map[string][]tea.Msg{
		"small letters":         typed("bcdfghjknc"),
		"capitals and a dash":   typed("BCDFG-HJKNC"),
		"spaces":                typed("b c d f g   h j k n c "),
		"a slip, erased":        screentest.Steps(typed("bcdx"), keys("backspace"), typed("fghjknc")),
		"a letter put between":  screentest.Steps(typed("bcdghjknc"), keys("home", "right", "right", "right"), typed("f")),
		"a letter taken out":    screentest.Steps(typed("bbcdfghjknc"), keys("home", "delete")),
		"pasted":                {tea.PasteMsg{Content: " BCDFG-HJKNC\r\n"}},
		"with what looks alike": typed("8cdfghjknc"),
		"an accent":             typed("bçdfghjknc"),
	} {
		gate := calm()
		s := screentest.Show(t, home(t, gate, "nl"), 80, 24, screentest.Steps(keys("enter"), steps, keys("enter"))...)
		if len(gate.entered) != 1 || gate.entered[0].Name != "Ann Peeters" || gate.entered[0].Method != "kiosk" || gate.entered[0].KioskID != "k1" {
			t.Errorf("%s: entered %+v; the page:\n%s", name, gate.entered, s.Text())
		}
	}
}

// TestSlipsAreNoTries: what can't be a code never reaches the gate, and the cursor goes to the letter that can't be.
func TestSlipsAreNoTries(t *testing.T) {
	gate := calm()
	s := screentest.Show(t, home(t, gate, "nl"), 80, 24, screentest.Steps(keys("enter", "enter"), typed("bcdfahjknc"), keys("enter"))...)
	has(t, s.Text(), "Letter 5 komt in geen enkele code voor")
	s.Send(screentest.Steps(keys("delete"), typed("g"))...)
	lacks(t, s.Text(), "Letter 5")
	if gate.tried() != 0 {
		t.Errorf("%d slips reached the gate", gate.tried())
	}
	s.Send(keys("enter")...)
	if gate.tried() != 1 || len(gate.entered) != 1 {
		t.Errorf("after the correction: %d tries, %d came in", gate.tried(), len(gate.entered))
	}
}

// TestSlipIsMended types the right letter over the wrong one, with Backspace first or without.
func TestSlipIsMended(t *testing.T) {
	for name, mend := range map[string][]tea.Msg{"typed over": typed("g"), "backspace first": screentest.Steps(keys("backspace"), typed("g")),
		"delete first": screentest.Steps(keys("delete"), typed("g"))} {
		gate := calm()
		s := screentest.Show(t, home(t, gate, "nl"), 80, 24, screentest.Steps(keys("enter"), typed("bcdfahjknc"), keys("enter"), mend, keys("enter"))...)
		if len(gate.entered) != 1 {
			t.Errorf("%s: nobody came in:\n%s", name, s.Text())
		}
	}
}

// TestBackspaceEmpties: after a refused code the cursor stands on the wrong letter, and whoever keeps Backspace down still
// begins anew.
func TestBackspaceEmpties(t *testing.T) {
	gate := calm()
	rubs := slices.Repeat(keys("backspace"), 12)
	s := screentest.Show(t, home(t, gate, "nl"), 80, 24, screentest.Steps(keys("enter"), typed("aaaaaaaaaa"), keys("enter"), rubs)...)
	s.Says("_ _ _ _ _ - _ _ _ _ _").Send(screentest.Steps(typed("bcdfghjknc"), keys("enter"))...)
	if len(gate.entered) != 1 {
		t.Errorf("nobody came in:\n%s", s.Text())
	}
}

// TestGateFails keeps what was typed when the database is away, and says nothing about the code.
func TestGateFails(t *testing.T) {
	gate := failing(errBroken)()
	s := screentest.Show(t, home(t, gate, "nl"), 80, 24, screentest.Steps(keys("enter"), typed(annCode), keys("enter"))...)
	has(t, s.Text(), "Uw code nakijken. Probeer het later opnieuw of vraag hulp. (referentie", "B C D F G - H J K N C")
	lacks(t, s.Text(), "kennen we niet", "fire")
	gate.err = nil
	s.Send(keys("enter")...)
	if len(gate.entered) != 1 {
		t.Errorf("the second try: %+v", gate.entered)
	}
}

// TestHostileTyping types and pastes what is no letter: nothing of it shows, and the field keeps its place.
func TestHostileTyping(t *testing.T) {
	for name, text := range map[string]string{
		"escapes":       "\x1b]0;pwned\x07\x1b[2J\x9b31m",
		"right to left": "\u202eabc\u200f",
		"wide letters":  strings.Repeat("漢字", 40),
		"combining":     "b" + strings.Repeat("\u0301", 500),
		"very long":     strings.Repeat("bcdfg", 20000),
		"lines":         "b\nc\r\nd\te",
		"bad UTF-8":     "b\xff\xfec",
		"fullwidth":     "ＢＣＤＦＧ",
	} {
		for how, msg := range map[string][]tea.Msg{"typed": typed(text[:min(len(text), 400)]), "pasted": {tea.PasteMsg{Content: text}}} {
			s := screentest.Show(t, home(t, calm(), "nl"), 60, 20, screentest.Steps(keys("enter"), msg, keys("enter"))...)
			s.Fits()
			for _, sign := range []string{"\x1b]", "\u202e", "\x07", "\u0301", "漢", "Ｂ", "\t"} {
				if strings.Contains(s.Text()+s.View().WindowTitle, sign) {
					t.Errorf("%s, %s: %q shows:\n%s", name, how, sign, s.Text())
				}
			}
			has(t, s.Text(), "Typ de code van uw brief")
		}
	}
}

// TestLeftWhileLookedAt: who goes back while the gate makes the code wait, does not come in after all.
func TestLeftWhileLookedAt(t *testing.T) {
	gate := calm()
	d := drive(t, gate).press("enter", annCode)
	gate.hold = make(chan struct{})
	arrives := d.later("enter")
	has(t, d.text(), "Even geduld. We kijken uw code na.")
	d.press("esc")
	close(gate.hold)
	arrives()
	lacks(t, d.text(), "Ann Peeters")
	if len(gate.entered) != 0 {
		t.Errorf("entered: %+v", gate.entered)
	}
	gate.hold = nil
	has(t, d.press("enter", other, "enter").text(), "Deze code kennen we niet")
}
