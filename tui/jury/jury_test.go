package jury_test

import (
	"testing"

	"digibrug/quiz/recruit"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
)

func TestRanking(t *testing.T) { pages(t, scored) }
func TestRanked(t *testing.T)  { pages(t, decided, keys("home", "down")) }
func TestWhy(t *testing.T)     { pages(t, scored, keys("home", "down", "enter")) }
func TestCourse(t *testing.T)  { pages(t, scored, keys("home", "down", "enter", "v")) }
func TestDecide(t *testing.T)  { pages(t, scored, keys("home", "b")) }

// TestEarly says why there is nothing to judge before the scores are frozen, and lets go on once they are.
func TestEarly(t *testing.T) {
	pages(t, state(recruit.Open), keys("enter"))
	for at, says := range map[recruit.State]string{recruit.Closed: "De test is gesloten", recruit.Dropped: "stopgezet"} {
		state(at)(t).as(member, keys("enter")).Says(says).Lacks("Niet gelukt", "scores bekijken")
	}
	s := state(recruit.Closed)(t)
	p := s.as(member, keys("enter"))
	s.Exec(`UPDATE procedures SET state = 'scored' WHERE id = $1`, s.Procedure)
	p.Send(shell.ShownMsg{}).Says("De scores liggen nu vast.").Send(keys("o")...).Says("K-01", "Advies")
}

// state is scored, in another state.
func state(at recruit.State) func(testing.TB) scene {
	return func(t testing.TB) scene {
		s := scored(t)
		s.Exec(`UPDATE procedures SET state = $1 WHERE id = $2`, string(at), s.Procedure)
		return s
	}
}

// TestOverview has a sum that hangs on ids, which is why it is no golden.
func TestOverview(t *testing.T) {
	for _, size := range screentest.Sizes() {
		p := decided(t).show(member, size[0], size[1], keys("o"))
		p.Fits()
		p.Says("Over iedereen is beslist. Nog 1 jurylid moet tekenen.", "Controlegetal", "Moeten nog tekenen Bert Maes", "geslaagd: Kent alles wat de job vraagt.")
		p.Send(keys("home", "down")...)
		p.Says("wervingsreserve t.e.m. 23/11/2027: Sterk in mail.")
	}
}

// TestJudge decides about one with a reason, and never without.
func TestJudge(t *testing.T) {
	s := scored(t)
	p := s.as(member, keys("home", "b", "enter", "enter", "enter", "enter"))
	p.Says(`Vul dit in: "Reden".`)
	p = s.as(member, keys("home", "b", "tab"), typed("Kent alles."), keys("enter", "enter", "enter"))
	p.Says(`Vul dit in: "Beslissing".`)
	p = s.as(member, keys("home", "b", "right", "right", "tab"), typed("Kent alles."), keys("tab", "tab", "enter"))
	p.Says("een laatste dag nodig")
	p.Send(screentest.Steps(keys("home", "up", "up", "tab", "tab"), screentest.Clear(), typed("23/11/2027"), keys("tab", "enter"))...)
	d, err := s.Store.Decisions(t.Context(), s.Actor(member), s.Procedure)
	s.Must(err)
	if d.All[0].Outcome != recruit.Reserve && d.All[0].Outcome != "" {
		t.Errorf("got %+v", d.All[0])
	}
	p = s.as(member, keys("home", "b", "right", "tab"), screentest.Clear(), typed("Kent alles."), keys("tab"), screentest.Clear(), keys("tab", "enter"))
	p.Says("Beslissing over K-01 bewaard.", "Over 4 kandidaten moet de jury nog beslissen.")
}

// TestSign signs what was read, and not before everybody has a decision and the names are open.
func TestSign(t *testing.T) {
	scored(t).as(member, keys("o", "t")).Lacks("tekenen?", "U hebt getekend.")
	s := decided(t)
	p := s.as(member, keys("o", "t"))
	p.Says("De beslissingen over 5 kandidaten tekenen, met controlegetal")
	p.Send(keys("down", "enter")...)
	p.Says("U hebt getekend.", "De hele jury heeft getekend.")
	other := s.as(member, keys("enter", "home", "b"))
	other.Says("Er is al getekend. Verandert u iets, dan vervallen alle handtekeningen.")
}

// TestSignOld refuses to sign what is no longer what was read.
func TestSignOld(t *testing.T) {
	s := decided(t)
	p := s.as(member, keys("o", "t"))
	s.Must(s.Store.Decide(t.Context(), s.Actor(member), s.Candidates[0], recruit.Decision{Outcome: recruit.Failed, Reason: "Toch niet."}))
	p.Send(keys("down", "enter")...)
	p.Lacks("U hebt getekend.")
	if d, err := s.Store.Decisions(t.Context(), s.Actor(member), s.Procedure); err != nil || len(d.Signatures) > 0 {
		t.Errorf("got %+v, %v", d.Signatures, err)
	}
}

// TestTampered says what was changed behind the back of the program.
func TestTampered(t *testing.T) {
	s := scored(t)
	s.Exec(`UPDATE sitting_answers SET answer = '{"choices":[0]}' WHERE candidate_id = $1 AND n = 5`, s.Candidates[3])
	s.Exec(`UPDATE procedure_items SET weight = 900 WHERE procedure_id = $1 AND n = 3`, s.Procedure)
	p := s.as(member)
	p.Says("Er klopt iets niet. Beslis niet en verwittig de ICT-verantwoordelijke.", "De vragen of de grenzen zijn niet meer zoals ze vastgelegd zijn.").Lacks("kloppen met het logboek")
}

// TestRights shows nothing to who is on no jury.
func TestRights(t *testing.T) {
	s := scored(t)
	s.as("lid1").Says("U zit bij geen enkele toets in de jury.")
	s.as("lid7").Says("U hebt hier geen toegang toe.")
}

// TestHostile shows what people typed harmless, whatever is pressed.
func TestHostile(t *testing.T) {
	s := decided(t)
	s.Exec(`UPDATE candidate_decisions SET reason = $1`, "=Aa{{.x}}\u202e\u00ad<b>\x1b[2J\u009b31m")
	for _, steps := range [][]string{{}, {"enter"}, {"enter", "v"}, {"b"}, {"o"}} {
		p := s.show(member, 60, 20, keys(steps...), keys("x", "ctrl+x", "f5", "end", "pgdown", "left"))
		p.Fits()
		p.Lacks("\u202e", "\u00ad", "\u009b", "\x1b")
	}
}

// TestRule says all of the rule by which somebody passes, and that the margin on the screen is another than that of the interview.
func TestRule(t *testing.T) {
	scored(t).as(member).Says("Nodig om te slagen: 50 % van de punten. De computer geeft advies").Lacks("meetfout", "onderdelen")
	s := scoredBy(t, func(d *recruit.Details) {
		d.Pass.Band, d.Pass.Error, d.Pass.Parts = true, 1, map[string]int{"mail": 50}
	})
	s.as(member).Says("Ook onderdelen hebben een grens", "Wie binnen 1 keer de meetfout van een grens zit, krijgt een gesprek.", "De marge hieronder is ruimer: 1,96 keer de meetfout.")
}

// TestDoubts asks once more before somebody passes who was absent, or is absent who sat the test.
func TestDoubts(t *testing.T) {
	s := scored(t)
	p := s.as(member, keys("end", "b", "right", "tab"), typed("Kwam niet."), keys("tab", "tab", "enter"))
	p.Says("K-05 maakte de toets niet. Toch geslaagd?")
	p.Send(keys("down", "enter")...)
	p.Says("Beslissing over K-05 bewaard.")
	p = s.as(member, keys("home", "b", "right", "right", "right", "right", "tab"), typed("Kwam niet."), keys("tab", "tab", "enter"))
	p.Says("K-01 maakte de toets. Toch afwezig?")
}

// TestInterviewFirst: who is so near a mark that an interview decides isn't passed or failed without a word about it.
func TestInterviewFirst(t *testing.T) {
	s := scoredBy(t, func(d *recruit.Details) { d.Pass.Band, d.Pass.Error = true, 1 })
	p := s.as(member, keys("down", "down", "b", "right", "right", "right", "tab"), typed("Onder de grens."), keys("tab", "tab", "enter"))
	p.Says("K-03 zit zo dicht bij een grens dat een gesprek met de jury beslist. Is dat gesprek gevoerd?")
	p.Send(keys("enter")...).Lacks("bewaard")
	p.Send(keys("enter", "down", "enter")...).Says("Beslissing over K-03 bewaard.")
}
