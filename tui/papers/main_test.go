package papers

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"digibrug/data/datatest"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// sample is a sheet with a column of every kind, whole, empty and negative cells.
func sample() Sheet {
	return Sheet{
		Name: "proef", Title: "Toestellen en ontleners", Place: "Zandwerve", At: datatest.Noon,
		Columns: []Column{
			{Name: "name", Title: "Naam", Kind: KindText},
			{Name: "roles", Title: "Rollen", Kind: KindList},
			{Name: "phone", Title: "Telefoon", Kind: KindText},
			{Name: "times", Title: "Aantal uitleningen", Kind: KindNumber},
			{Name: "length", Title: "Duur", Kind: KindNumber, Unit: "dagen", Decimals: 1},
			{Name: "share", Title: "Op tijd", Kind: KindShare},
			{Name: "deposit", Title: "Waarborg", Kind: KindMoney},
			{Name: "born", Title: "Sinds", Kind: KindDay},
			{Name: "seen", Title: "Laatst", Kind: KindMoment},
		},
		Rows: [][]Cell{
			{Text("An Peeters"), List([]string{"medewerker", "diensthoofd"}, []string{"staff", "head"}), Text("+32 470 12 34 56"),
				Count(1234), Number(2.35), Share(0.756), Money(123450), Day("2020-02-29"), Moment(datatest.Noon)},
			{Coded("Zoë D'Hondt; \"de lange\"", "zoe"), List(nil, nil), Text(""), Count(0), Number(-0.04), Share(1), Money(-5), Day(""), Cell{}},
			{{}, {}, {}, {}, {}, {}, {}, {}, {}},
			{Text("Jean-Baptiste van der Straeten-Waillet de Sint-Genesius-Rode"), List([]string{"=1+1"}, nil), Text("0470 12 34 56"),
				Count(-7), Number(1e6), Share(0), Money(1 << 50), Day("1999-12-31"), Moment(datatest.Noon.AddDate(0, -5, 0))},
		},
		Notes: []string{"Groepen van minstens vijf mensen.", "Wie niets heeft ontleend, staat er niet bij: vraag de ICT-dienst om een volledige lijst als u die nodig hebt."},
	}
}

// made is a sheet in a format.
func made(t testing.TB, f Format, s Sheet) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, f, s); err != nil {
		t.Fatalf("Write %s: %v", f, err)
	}
	return out.Bytes()
}

// hostile are texts that somebody may type to hurt a terminal, a spreadsheet or a reader of files.
func hostile() []string {
	return []string{
		`=HYPERLINK("http://kwaad.example","klik")`, `@SUM(A1:A9)`, `+cmd|' /C calc'!A0`, `-2+3`, "\t=1+1", "\r=1+1", `"=1+1`, `'=1+1`,
		"  =1+1", "\u00a0=1+1", "=1+1;=2+2", "Jan,=1+1", "een;  '=2", `""";"=1+1`, "＝1+1", "+32 470 12 34 56", "a\x00b\x1b[31mrood\x1b[0m\x07",
		"\x1b]0;titel\x07\x1b]52;c;aGFs\x07", "regel een\r\nregel twee", "\u202egnp.exe", "\ufeffmerk", "_x0041_ _x005F_", "_x0041_x001b_x003D_1", "_x_x0041__x005F_x0042_", "<b>&amp;</b>]]>",
		"Nguyễn Thị Ánh", "李小龍 🦊 مرحبا", "e" + strings.Repeat("\u0301", 50), "\xff\xfe kapot", "(haak\\je)", "\U00010000\U0010FFFF",
		strings.Repeat("onbreekbaar", 300), strings.Repeat("woord ", 800), "", "   ", "'", "''=1", "=", ";", ",=", "\u2212" + "5",
	}
}

// hostileSheet has the hostile texts as cells, codes, heads, title, place and notes.
func hostileSheet() Sheet {
	s := Sheet{Name: "hostile", Title: hostile()[0], Place: hostile()[17], At: datatest.Noon, Notes: hostile(), Columns: []Column{
		{Name: "text", Title: "=1+1", Kind: KindText}, {Name: "list", Title: "\x1b[2J", Kind: KindList}, {Name: "n", Title: "N", Unit: "@x\x07", Kind: KindNumber}}}
	for _, text := range hostile() {
		s.Rows = append(s.Rows, []Cell{Text(text), List([]string{text, text}, nil), Count(-1)})
	}
	return s
}

func TestNoControlByteLeaves(t *testing.T) {
	s := hostileSheet()
	for _, f := range []Format{FormatTable, FormatCSV, FormatJSON} {
		text := string(made(t, f, s))
		for _, r := range strings.NewReplacer("\r\n", "\n").Replace(text) {
			if r < ' ' && r != '\n' || r == 0x7F || r >= 0x80 && r < 0xA0 || r == '\u202e' {
				t.Fatalf("%s has a control character %U", f, r)
			}
		}
	}
	narrow := s.Table(40)
	for _, r := range narrow {
		if r < ' ' && r != '\n' {
			t.Fatalf("the narrow table has a control character %U", r)
		}
	}
}
