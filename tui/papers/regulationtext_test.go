package papers

import (
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/regulation"
	"digibrug/loans"
	"digibrug/tui/words"
)

// written gives the figures of a version as the text has them.
func written(l words.Lang, change func(cells map[loans.Cell]map[loans.Param]int64)) map[string]string {
	v := loans.ModelRegulation()
	if change != nil {
		change(v.Cells)
	}
	return figureWriter{speaker{l}, loans.Rules{Version: loans.Version{Regulation: v}, Types: map[string]string{"t": "tablet", "c": "camera"}, KeepDays: 730}, "Zandwerve"}.all()
}

func TestFiguresOfTheModel(t *testing.T) {
	for l, want := range map[words.Lang]map[string]string{
		words.NL: {"term_days": "21 dagen", "term_days_other": "cursisten (28 dagen), verenigingen (7 dagen), medewerkers (90 dagen)", "renewals": "2 keer",
			"most_loans": "1 toestel", "most_household": "2 toestellen", "most_year": "8 keer", "lead_days": "", "deposit_cents": "€ 60,00",
			"deposit_cents_other": "medewerkers (geen)", "fee_cents": "", "fine_cents": "", "fine_days": "", "fine_cap": "", "block_per_day": "1 dag",
			"block_per_day_other": "cliënten van het OCMW (geen), medewerkers (geen)", "block_cap": "90 dagen", "youngest_months": "12 jaar", "youngest_months_other": "",
			"term_hours": "", "term_rule": "", "keep_days": "2 jaar", "place": "Zandwerve"},
		words.EN: {"term_days": "21 days", "most_loans": "1 device", "youngest_months": "12 years", "fee_cents": ""},
		words.FR: {"term_days": "21 jours", "most_loans": "1 appareil", "youngest_months": "12 ans"},
	} {
		got := written(l, nil)
		for name, text := range want {
			if plain := strings.ReplaceAll(got[name], "\u00a0", " "); plain != text {
				t.Errorf("%s: %s is %q, want %q", l, name, plain, text)
			}
		}
	}
}

func TestFigures(t *testing.T) {
	all, tablet, camera := loans.Cell{}, loans.Cell{Device: "t"}, loans.Cell{Device: "c"}
	club := loans.Cell{Category: loans.Association}
	for name, c := range map[string]struct {
		change func(map[loans.Cell]map[loans.Param]int64)
		want   map[string]string
	}{
		"a fine that its cap takes away": {func(m map[loans.Cell]map[loans.Param]int64) { m[all][loans.FineCents], m[all][loans.FineCap] = 100, 0 },
			map[string]string{"fine_cents": "", "fine_cap": "", "fine_days": ""}},
		"a fine a week": {func(m map[loans.Cell]map[loans.Param]int64) {
			m[all][loans.FineCents], m[all][loans.FineCap] = 100, 2000
		},
			map[string]string{"fine_cents": "€ 1,00", "fine_cap": "€ 20,00", "fine_days": "week"}},
		"a fine a day": {func(m map[loans.Cell]map[loans.Param]int64) {
			m[all][loans.FineCents], m[all][loans.FineDays] = 50, 1
			delete(m[all], loans.FineCap)
		}, map[string]string{"fine_cents": "€ 0,50", "fine_cap": "", "fine_days": "dag"}},
		"no bound": {func(m map[loans.Cell]map[loans.Param]int64) { delete(m[all], loans.MostYear) },
			map[string]string{"most_year": "", "most_year_other": "verenigingen (12 keer), medewerkers (1000 keer)"}},
		"no renewal": {func(m map[loans.Cell]map[loans.Param]int64) {
			for _, cell := range m {
				cell[loans.Renewals] = 0
			}
		}, map[string]string{"renewals": "", "renewals_other": "", "renewal_days": "", "renewal_days_other": "", "renew_before": ""}},
		"a year and a half": {func(m map[loans.Cell]map[loans.Param]int64) { m[all][loans.YoungestMonths] = 18 }, map[string]string{"youngest_months": "1 jaar en 6 maanden"}},
		"an age for minors, and one for tablets": {func(m map[loans.Cell]map[loans.Param]int64) {
			m[loans.Cell{Category: loans.Minor}] = map[loans.Param]int64{loans.YoungestMonths: 120}
			m[loans.Cell{Category: loans.Minor, Device: "t"}] = map[loans.Param]int64{loans.YoungestMonths: 72}
		}, map[string]string{"youngest_months": "10 jaar", "youngest_months_other": "tablet (6 jaar)"}},
		// Who has a figure of their own has it for every device; what is named for both is named.
		"devices": {func(m map[loans.Cell]map[loans.Param]int64) {
			clear(m)
			m[all] = map[loans.Param]int64{loans.TermDays: 21}
			m[tablet] = map[loans.Param]int64{loans.TermDays: 14}
			m[club] = map[loans.Param]int64{loans.TermDays: 7}
			m[loans.Cell{Category: loans.Association, Device: "c"}] = map[loans.Param]int64{loans.TermDays: 3}
		}, map[string]string{"term_days_other": "tablet (14 dagen), verenigingen (7 dagen), verenigingen, camera (3 dagen)"}},
		"who has what all have, and not what the device has": {func(m map[loans.Cell]map[loans.Param]int64) {
			clear(m)
			m[all] = map[loans.Param]int64{loans.TermDays: 21}
			m[tablet] = map[loans.Param]int64{loans.TermDays: 14}
			m[club] = map[loans.Param]int64{loans.TermDays: 21}
		}, map[string]string{"term_days_other": "tablet (14 dagen), verenigingen, tablet (21 dagen)"}},
		"hours for a camera": {func(m map[loans.Cell]map[loans.Param]int64) {
			m[camera] = map[loans.Param]int64{loans.TermHours: 4, loans.TermRule: 1}
		}, map[string]string{"term_days": "21 dagen", "term_hours": "", "term_hours_other": "camera (4 uur)", "term_rule_other": "camera (terug bij de volgende opening)",
			"term_days_other": "cursisten (28 dagen), verenigingen (7 dagen), medewerkers (90 dagen)"}},
		"hours for all": {func(m map[loans.Cell]map[loans.Param]int64) {
			clear(m)
			m[all] = map[loans.Param]int64{loans.TermDays: 21, loans.TermHours: 4}
		}, map[string]string{"term_days": "", "term_mode": "", "term_hours": "4 uur"}},
		"a type that is gone": {func(m map[loans.Cell]map[loans.Param]int64) {
			m[loans.Cell{Device: "gone"}] = map[loans.Param]int64{loans.TermDays: 1}
		}, map[string]string{"term_days_other": "cursisten (28 dagen), verenigingen (7 dagen), medewerkers (90 dagen)"}},
	} {
		got := written(words.NL, c.change)
		for figure, want := range c.want {
			if plain := strings.ReplaceAll(got[figure], "\u00a0", " "); plain != want {
				t.Errorf("%s: %s is %q, want %q", name, figure, plain, want)
			}
		}
	}
}

// TestFiguresFillEveryLanguage: the model fills in in each language, also where nothing is set, and leaves no brace.
func TestFiguresFillEveryLanguage(t *testing.T) {
	model := must(regulation.Model(regulation.Loan))(t)
	for _, l := range words.Langs() {
		for _, change := range []func(map[loans.Cell]map[loans.Param]int64){nil, func(m map[loans.Cell]map[loans.Param]int64) { clear(m) }} {
			for _, short := range []bool{false, true} {
				d, in, err := model.Content.Read(string(l), short)
				full := must(d.Fill(written(words.Lang(in), change)))(t)
				if text := full.String(); err != nil || strings.Contains(text, "{{") || strings.Contains(text, "  ") || strings.Contains(text, " .") {
					t.Errorf("%s: %v\n%s", l, err, text)
				}
			}
		}
	}
}

func TestFiguresDay(t *testing.T) {
	v := func(from string) regulation.Version {
		return regulation.Version{ID: from, Status: regulation.Published, From: from}
	}
	all := []regulation.Version{{ID: "d", Status: regulation.Draft}, v("2027-01-01"), v("2026-06-01"), v("2025-01-01"), v("2024-01-01")}
	want := []string{"2026-11-23", "2027-01-01", "2026-11-23", "2026-05-31", "2024-12-31"}
	for i, one := range all {
		if got := figuresDay(one, all, "2026-11-23"); got != want[i] {
			t.Errorf("%s is filled in with the figures of %s, want %s", one.ID, got, want[i])
		}
	}
}

// TestRegulationPaper prints the model, which says on top that it is one, and what was decided, which does not.
func TestRegulationPaper(t *testing.T) {
	clock := &datatest.Hand{}
	db := datatest.Open(t, datatest.SQLite(t), data.WithClock(clock.Now))
	town := datatest.NewTown(t, db)
	ivo, texts := town.Actor("ivo.ict"), regulation.NewStore(db)
	r := LoanRegulation{Texts: texts, Rules: loans.NewStore(db), Settings: data.NewSettings(db), Now: clock.Now}
	e := must(r.Today(t.Context()))(t)
	paper := must(r.Paper(t.Context(), e))(t)
	text := paper.Text(letterWide)
	for _, says := range []string{"! Dit is een model.", "Artikel 1. Voorwerp en eigendom", "De uitleentermijn is 21 dagen.", "Artikel 20."} {
		if !strings.Contains(text, says) {
			t.Errorf("the paper lacks %q:\n%s", says, text)
		}
	}
	own := must(e.Content.Adopted())(t)
	must(texts.PutDraft(t.Context(), ivo, regulation.Loan, "eerste", own))(t)
	must(texts.Publish(t.Context(), ivo, regulation.Loan, regulation.Decision{From: "2026-11-24", Body: "gemeenteraad", DecidedOn: "2026-11-20"}, loans.TextFigures()))(t)
	must(texts.PutDraft(t.Context(), ivo, regulation.Loan, "tweede", own))(t)
	clock.Forward(24 * time.Hour)
	all := must(r.Editions(t.Context(), ivo))(t)
	if len(all) != 3 || all[0].Holds || !all[1].Holds || all[2].Holds || !all[2].IsModel() {
		t.Fatalf("editions %+v", all)
	}
	if seen := must(r.Editions(t.Context(), data.Actor{}))(t); len(seen) != 2 {
		t.Errorf("everybody sees %d editions, want the published one and the model", len(seen))
	}
	text = must(r.Paper(t.Context(), all[1]))(t).Text(0)
	if strings.Contains(text, "model") || !strings.Contains(text, "Dit reglement geldt sinds 24/11/2026. Beslist door: gemeenteraad, op 20/11/2026.") {
		t.Errorf("the paper of what was decided:\n%s", text)
	}
	p := must(r.Print(t.Context(), db, ivo, "fetch", all[1]))(t)
	if p.Name != "uitleenreglement-2026-11-24.pdf" {
		t.Errorf("printed as %s", p.Name)
	}
}
