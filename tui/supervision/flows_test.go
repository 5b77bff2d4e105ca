package supervision_test

import (
	"testing"
	"time"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
	"digibrug/tui/screentest"
)

// TestArrival brings a candidate from the door to the first question, with one key each.
func TestArrival(t *testing.T) {
	s := hall(t, recruittest.Options{Details: func(d *recruit.Details) { d.Together = true }})
	s.arrives(1, recruittest.Session(1), "PC-2")
	p := s.as("lid1")
	p.Says("hulp 1 · afwezig 2", "! kaart tonen")
	p.Send(keys("home", "i")...)
	p.Says("K-02: u zag de kaart.", "! wacht op start")
	p.Send(keys("a", "down", "enter")...)
	p.Says("1 kandidaat mag beginnen.", "mag beginnen")
	s.Must(s.Store.Start(t.Context(), s.By(1), recruittest.Session(1)))
	s.as("lid2").Says("bezig 1 · afwezig 2", "K-02 PC-2 bezig 1/8 0 1:00:00")
}

// TestOne lets one begin, stops the clock, lets it run, gives time, and ends.
func TestOne(t *testing.T) {
	s := hall(t, recruittest.Options{Details: func(d *recruit.Details) { d.Together = true }})
	s.arrives(0, recruittest.Session(0), "PC-1")
	p := s.as("lid1", keys("home", "i", "l"))
	p.Says("K-01 mag beginnen.")
	s.Must(s.Store.Start(t.Context(), s.By(0), recruittest.Session(0)))
	p = s.as("lid1", keys("p"))
	p.Says("K-01: de klok staat stil.", "stilgelegd")
	p.Send(keys("p")...)
	p.Says("K-01 gaat verder.", "bezig")
	p.Send(screentest.Steps(keys("+"), typed("10"), keys("tab"), typed("Brandalarm in de gang."), keys("enter"))...)
	p.Says("K-01 krijgt 10 minuten extra.", "1:10:00", "extra 1×")
	s.Pass(time.Second, 0)
	p.Send(screentest.Steps(keys("o", "right", "right", "tab"), typed("Legde hem weg."), keys("enter"))...)
	p.Says("Voorval genoteerd bij K-01.", "voorval 1×")
	p.Send(screentest.Steps(keys("e"), typed("Werd ziek."), keys("enter", "down", "enter"))...)
	p.Says("De toets van K-01 is gestopt.", "klaar")
	p.Send(keys("enter")...)
	p.Says("einde: gestopt door de opzichter: Werd ziek.", "voorval: gebruikte een telefoon: Legde hem weg.", "kreeg 10 min extra: Brandalarm in de gang.")
}

// TestReasons asks for a reason and for minutes that can be.
func TestReasons(t *testing.T) {
	s := hall(t, recruittest.Options{})
	s.Start(0)
	p := s.as("lid1", keys("+"), typed("999"), keys("tab", "enter"))
	p.Says("Extra minuten", "van 1 tot 240", `Vul dit in: "Reden".`)
	p = s.as("lid1", keys("e", "enter"))
	p.Says("Toets stoppen", `Vul dit in: "Reden".`)
	p = s.as("lid1", keys("o", "enter", "enter"))
	p.Says(`Vul dit in: "Wat zag u".`)
	p.Send(keys("right", "right", "right", "right", "right", "right", "right", "right", "right", "right", "right", "right", "tab", "enter")...)
	p.Says("< iets anders >", `Vul dit in: "Uitleg".`)
	if room := s.room(); room.Sittings[0].Ended != "" || len(room.Sittings[0].Alerts) > 0 {
		t.Errorf("got %+v", room.Sittings[0])
	}
}

func (s scene) room() recruit.Room {
	s.t.Helper()
	r, err := s.Store.Room(s.t.Context(), s.Actor("lid1"), s.Procedure)
	s.Must(err)
	return r
}

// TestTwoSupervisors tells the second who was first, and changes nothing.
func TestTwoSupervisors(t *testing.T) {
	s := hall(t, recruittest.Options{})
	s.Start(0)
	s.arrives(1, recruittest.Session(1), "PC-2")
	for _, one := range []struct {
		name        string
		first, says string
		keys        []string
		before      func()
	}{
		{name: "card", keys: []string{"home", "i"}, says: "lid1 was u voor bij K-02, om 12:00: kaart gezien.",
			before: func() { s.Must(s.Store.Check(t.Context(), s.Actor("lid1"), s.Candidates[1])) }},
		{name: "pause", keys: []string{"end", "up", "p"}, says: "lid1 was u voor bij K-01, om 12:00: stilgelegd door de opzichter.",
			before: func() { s.Must(s.Store.Pause(t.Context(), s.Actor("lid1"), s.Candidates[0])) }},
	} {
		t.Run(one.name, func(t *testing.T) {
			p := s.as("lid2")
			one.before()
			p.Send(keys(one.keys...)...)
			p.Says(one.says)
		})
	}
}

// TestQuestion answers a question once: who comes second hears who was first, and with what.
func TestQuestion(t *testing.T) {
	s := hall(t, recruittest.Options{})
	s.Start(0)
	s.Must(s.Store.Ask(t.Context(), s.By(0), recruittest.Session(0), 2, "Er staan twee juiste antwoorden."))
	first, second := s.as("lid1", keys("enter")), s.as("lid2", keys("enter"))
	first.Says("Hulp bij vraag 3: Er staan twee juiste antwoorden.")
	second.Send(keys("n")...)
	first.Send(screentest.Steps(keys("v"), typed("Dat klopt."), keys("enter"))...)
	first.Says("K-01, vraag 3: geschrapt voor iedereen.", "vraag 3 geschrapt voor iedereen: Dat klopt.")
	second.Send(screentest.Steps(typed("Lees nog eens."), keys("enter"))...)
	second.Says("lid1 was u voor bij K-01, om 12:00: vraag 3 geschrapt voor iedereen: Dat klopt.")
	if all := s.room().Sittings; all[0].Items != 7 || all[0].Question != nil {
		t.Errorf("got %d items, question %v", all[0].Items, all[0].Question)
	}
}

// TestCut sees a line that is gone, lets the candidate go on at another PC, or sends away who isn't it.
func TestCut(t *testing.T) {
	s := hall(t, recruittest.Options{})
	s.Start(0)
	s.Must(s.Store.CutOff(t.Context(), s.By(0), recruittest.Session(0)))
	s.as("lid1").Says("! lijn weg").Lacks("laten verdergaan")
	s.arrives(0, "session-b", "PC-9")
	p := s.as("lid1", keys("w", "down", "enter"))
	p.Says("Wie met de code van K-01 kwam, is weggestuurd.", "! lijn weg")
	s.arrives(0, "session-c", "PC-8")
	p = s.as("lid1", keys("r"))
	p.Says("Zit K-01 nu zelf aan PC-8?")
	p.Send(keys("down", "enter")...)
	p.Says("K-01 gaat verder.", "K-01 PC-8 bezig")
}

// TestTwice says of a code that was typed at a second PC that there are two.
func TestTwice(t *testing.T) {
	s := hall(t, recruittest.Options{})
	s.Start(0)
	s.arrives(0, "session-b", "PC-9")
	s.as("lid1").Says("! wil verder + 2 pc's", "2 pc's 1×")
}

// TestAll stops all clocks and lets them run; what capitals do, small letters don't.
func TestAll(t *testing.T) {
	s := hall(t, recruittest.Options{})
	s.Start(0)
	s.Start(1)
	p := s.as("lid1", keys("A"))
	p.Says("De klokken van 2 kandidaten stilleggen?")
	p.Send(keys("down", "enter")...)
	p.Says("2 klokken staan stil.", "pauze 2")
	p.Send(keys("A", "down", "enter")...)
	p.Says("2 kandidaten gaan verder.", "bezig 2")
	p.Send(keys("s")...)
	p.Says("Nog bezig: 2, die stoppen dan. Nog niet hier: 1")
	p.Send(keys("down", "enter")...)
	p.Says("De toets is gesloten.")
	if s.room().State != recruit.Closed {
		t.Error("the test is still open")
	}
}

// TestNews says what is new, in words, and keeps the cursor on its candidate when the order changes.
func TestNews(t *testing.T) {
	s := hall(t, recruittest.Options{})
	s.Start(0)
	s.Start(1)
	p := s.as("lid1", keys("home", "p"))
	p.Says("► K-01 PC-1 stilgelegd").Lacks("NIEUW")
	s.Must(s.Store.Ask(t.Context(), s.By(1), recruittest.Session(1), 0, "Ik zie niets."))
	p.Send(keys("p")...) // an act loads anew, as each second does
	p.Says("NIEUW: K-02 vraag · hulp 1 · bezig 1", "► K-01 PC-1 bezig")
	s.Pass(16*time.Second, 0, 1)
	p.Send(keys("p")...)
	p.Lacks("NIEUW")
}

// TestChoice opens the only test of today, lists two, and shows nothing to who has no duty.
func TestChoice(t *testing.T) {
	s := hall(t, recruittest.Options{})
	s.as("lid1").Says("Medewerker onthaal", "afwezig 3")
	s.as("lid3").Says("U bent vandaag bij geen enkele toets opzichter.")
	s.as("lid7").Says("U hebt hier geen toegang toe.")
	s.Exec(`UPDATE procedures SET state = 'closed' WHERE id = $1`, s.Procedure)
	p := s.as("lid1")
	p.Says("Toezicht op de toets", "gesloten", "23/11/2026")
	p.Send(keys("enter", "i", "l", "p", "a", "A", "e")...)
	p.Says("De toets is gesloten.")
}

// TestHostile shows what people typed harmless, whatever is pressed.
func TestHostile(t *testing.T) {
	s := hall(t, recruittest.Options{})
	s.Start(0)
	s.Must(s.Store.Ask(t.Context(), s.By(0), recruittest.Session(0), 1, "=Aa{{.x}}\u202e\u00ad<b>\x1b[2J\u009b31m"))
	for _, steps := range [][]string{{"enter"}, {"enter", "v"}, {"o"}, {"e"}, {"+"}, {}} {
		p := s.show("lid1", 60, 20, keys(steps...), keys("x", "ctrl+x", "f5", "end", "pgdown", "left", "w", "r", "down"))
		p.Fits()
		p.Lacks("\u202e", "\u00ad", "\u009b", "\x1b")
	}
	if got := s.room().Sittings; got[0].Question == nil || got[0].Ended != "" {
		t.Errorf("got %+v", got[0])
	}
}

// TestPlenty asks once more about many minutes, and never puts a number behind one that stood there.
func TestPlenty(t *testing.T) {
	s := hall(t, recruittest.Options{})
	s.Start(0)
	p := s.as("lid1", keys("+"), typed("55"), keys("tab"), typed("Brandalarm."), keys("enter"))
	p.Says("K-01 krijgt 55 minuten extra. Klopt dat?")
	p.Send(keys("enter")...)
	if left := s.room().Sittings[0].Clock.Allowed; left > time.Hour {
		t.Errorf("minutes were given without a yes: %s allowed", left)
	}
	p = s.as("lid1", keys("+"), typed("55"), keys("tab"), typed("Brandalarm."), keys("enter", "down", "enter"))
	p.Says("K-01 krijgt 55 minuten extra.", "1:55:00")
}

// TestClosing says before the test closes who is stopped by it, and who then can't begin any more.
func TestClosing(t *testing.T) {
	s := hall(t, recruittest.Options{Candidates: 2})
	p := s.as("lid1", keys("s"))
	p.Says("2 kandidaten kwamen nog niet, en kunnen dan niet meer beginnen.")
	for i := range s.Candidates {
		s.Start(i)
		s.Must(s.Store.Submit(t.Context(), s.By(i), recruittest.Session(i)))
	}
	s.as("lid1", keys("s")).Says("De toets sluiten? Iedereen is klaar.")
}

// TestLateStart warns of who would begin when the hours of the test end too early for all the time, and lets it.
func TestLateStart(t *testing.T) {
	s := hall(t, recruittest.Options{Settings: map[int]recruit.Settings{1: {Factor: 2}}, Details: func(d *recruit.Details) { d.Together = true }})
	now := s.Hand.Now().In(data.Brussels)
	s.Hand.Forward(time.Date(now.Year(), now.Month(), now.Day(), 16, 30, 0, 0, data.Brussels).Sub(now))
	for _, i := range []int{0, 1} {
		s.arrives(i, recruittest.Session(i), "PC-1")
		s.Must(s.Store.Check(t.Context(), s.Actor("lid1"), s.Candidates[i]))
	}
	p := s.as("lid1", keys("a"))
	p.Says("De uren van de toets eindigen om 18:00", "te vroeg voor alle tijd van 1 van hen.")
	p.Send(keys("esc", "home", "down", "l")...)
	p.Says("K-02 krijgt nu nog 1 u 30 min in plaats van 2 u")
	p.Send(keys("down", "enter")...)
	p.Says("K-02 mag beginnen.")
	p.Send(keys("home", "l")...)
	p.Says("K-01 mag beginnen.")
}

// TestRuled says on the form what the procedure says of a broken item, and names that answer first.
func TestRuled(t *testing.T) {
	s := hall(t, recruittest.Options{Details: func(d *recruit.Details) { d.OutFor = recruit.ThisOne }})
	s.Start(0)
	s.Must(s.Store.Ask(t.Context(), s.By(0), recruittest.Session(0), 0, "Onleesbaar."))
	p := s.as("lid1", keys("home", "enter"))
	p.Says("d weg voor deze · v weg voor iedereen · n vraag blijft")
	p.Send(keys("v")...)
	p.Says("Een foute vraag valt weg voor wie ze meldt.")
}
