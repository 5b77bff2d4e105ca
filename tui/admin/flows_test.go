package admin_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/tui/admin"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// show opens a screen of 80×24 and presses steps.
func show(t *testing.T, screen shell.Screen, steps ...[]tea.Msg) *screentest.Screen {
	t.Helper()
	s := screentest.Show(t, screen, 80, 24, screentest.Steps(steps...)...)
	s.Fits()
	return s
}

func TestNewAccountComesIn(t *testing.T) {
	s := newScene(t)
	page := show(t, ict(s), zoe(), keys("enter", "down", "space", "enter"))
	page.Says(first, "zoe.vandenbossche", "maar één keer")
	page.Send(keys("esc")...)
	page.Says("Hebt u het wachtwoord opgeschreven?")
	page.Send(keys("down", "enter")...)
	page.Says("► Zoë Van de", "zoe.van")
	page.Lacks(first)

	gate := data.NewGate(s.Accounts, slog.New(slog.DiscardHandler))
	id, err := gate.Password(t.Context(), "zoe.vandenbossche", first, "192.0.2.9")
	if err != nil || !id.MustChange || !slices.Equal(id.Roles, []data.Role{data.RoleHead, data.RoleStaff}) {
		t.Errorf("log-in gives %+v, %v", id, err)
	}
}

func TestNewPasswordWorks(t *testing.T) {
	s := newScene(t)
	page := show(t, deputy(s), find("bert"), keys("enter", "down", "enter"))
	page.Says(first, "bert.maes")
	gate := data.NewGate(s.Accounts, slog.New(slog.DiscardHandler))
	if _, err := gate.Password(t.Context(), "bert.maes", datatest.Password, "192.0.2.9"); !errors.Is(err, data.ErrDenied) {
		t.Errorf("the old password: %v", err)
	}
	if id, err := gate.Password(t.Context(), "bert.maes", first, "192.0.2.9"); err != nil || !id.MustChange {
		t.Errorf("the new password: %+v, %v", id, err)
	}
	page.Send(keys("enter", "down", "enter")...)
	page.Says("voorlopig, tot de eerste aanmelding")
}

func TestRolesAreSaved(t *testing.T) {
	s := newScene(t)
	page := show(t, ict(s), find("bert"), keys("down", "enter", "down", "space", "down", "space", "enter"))
	page.Says("Erbij vanaf vandaag: personeelsverantwoordelijke.", "Meteen weg: diensthoofd.")
	page.Send(keys("down", "enter")...)
	page.Says("De rollen van Bert Maes zijn gewijzigd.", "medewerker, personeelsverantwoordelijke")
	if got := s.who("bert.maes").Roles; !slices.Equal(got, []data.Role{data.RoleStaff, data.RoleRecruiter}) {
		t.Errorf("Bert holds %v", got)
	}
}

func TestRolesThatCanNotBe(t *testing.T) {
	s := newScene(t)
	roles := keys("down", "enter")
	show(t, ict(s), find("lid3"), roles, keys("space", "enter")).Says("Kies minstens één rol")
	show(t, ict(s), find("ivo"), roles, keys("end", "up", "up", "space", "enter")).Says("Uw eigen rol van ICT-verantwoordelijke kunt u niet wegnemen")
	page := show(t, ict(s), find("lid3"), roles, keys("down", "space", "esc"))
	page.Says("De rollen zijn nog niet bewaard.")
	page = show(t, ict(s), find("lid3"), roles, keys("enter"))
	page.Says("Wat wilt u doen?")
	if got := s.who("ivo.ict").Roles; !slices.Contains(got, data.RoleICT) {
		t.Errorf("Ivo holds %v", got)
	}
}

func TestAccountIsClosedAndOpened(t *testing.T) {
	s := newScene(t)
	page := show(t, ict(s), find("bert"), keys("end", "enter", "down", "up", "enter"))
	page.Says("open: deze persoon kan aanmelden") // "Nee" stood first
	page.Send(keys("end", "enter", "down", "enter")...)
	page.Says("Het account van Bert Maes is gesloten.", "Account weer openen")
	if err := data.NewGate(s.Accounts, slog.New(slog.DiscardHandler)).Still(t.Context(), s.Identity("bert.maes")); !errors.Is(err, data.ErrDenied) {
		t.Errorf("Bert is still let in: %v", err)
	}
	page.Send(keys("esc")...)
	page.Says("gesloten")
	page.Send(screentest.Steps(keys("enter", "end", "enter", "down", "enter"))...)
	page.Says("Het account van Bert Maes is weer open.")
	show(t, ict(s), find("ivo")).Lacks("Account sluiten")
}

func TestKeysAreAddedAndRemoved(t *testing.T) {
	s := newScene(t)
	open := screentest.Steps(find("bert"), keys("down", "down", "enter", "n"), []tea.Msg{tea.PasteMsg{Content: pub + "\r\n"}})
	page := show(t, ict(s), open, keys("enter"))
	page.Says("De sleutel is toegevoegd.", "bert@laptop", "ssh-ed25519")
	page.Send(screentest.Steps(keys("n"), []tea.Msg{tea.PasteMsg{Content: pub}}, keys("enter"))...)
	page.Says("staat al bij een account")
	page.Send(keys("esc", "down", "enter", "enter", "down", "enter")...) // yes, leave; remove; yes
	page.Says("De sleutel is verwijderd.", "heeft nog geen SSH-sleutel")
	left, err := s.Accounts.KeysOf(t.Context(), s.Actor("ivo.ict"), "bert.maes")
	if err != nil || len(left) != 0 {
		t.Errorf("left: %v, %v", left, err)
	}
	page.Send(screentest.Steps(keys("n"), []tea.Msg{tea.PasteMsg{Content: "-----BEGIN OPENSSH PRIVATE KEY-----"}}, keys("enter"))...)
	page.Says("Dit is de geheime sleutel. Geef die nooit door.")
}

func TestWhoSeesWhat(t *testing.T) {
	s := newScene(t)
	s.season()
	n := "n nieuw account"
	show(t, ict(s)).Says(n)
	page := show(t, deputy(s), keys("n"))
	page.Lacks(n, "Voornaam")
	page.Send(find("bert")...)
	page.Says("Nieuw wachtwoord geven")
	page.Lacks("Rollen wijzigen", "SSH-sleutels beheren", "Account sluiten")
	show(t, deputy(s), find("ivo")).Lacks("Nieuw wachtwoord geven") // a deputy would become ICT officer
	page = show(t, s.campaigns("dirk.adm"), keys("n", "enter"))
	page.Says("Kennismeting najaar")
	page.Lacks("nieuw", "openen", "Vragen per niveau")
	show(t, admin.NewAudit(s.session("lid2"), s.DB)).Says("ontwerp gemaakt")
	for name, screen := range map[string]shell.Screen{
		"accounts":  s.accounts("an.peeters"),
		"campaigns": s.campaigns("lid1"),
		"audit":     admin.NewAudit(s.session("lid1"), s.DB),
		"account":   admin.NewAccount(s.session("an.peeters"), s.Accounts, "bert.maes"),
		"roles":     admin.NewRoles(s.session("an.peeters"), s.Accounts, "bert.maes"),
		"keys":      admin.NewKeys(s.session("lid1"), s.Accounts, "bert.maes", "Bert Maes"),
		"campaign":  admin.NewCampaign(s.session("dirk.adm"), s.quiz, s.People, "x"),
	} {
		t.Run(name, func(t *testing.T) {
			page := show(t, screen)
			page.Says("U hebt hier geen toegang toe.", "Druk op Enter om het opnieuw te proberen.")
			page.Send(keys("enter", "down", "n", "space", "enter")...)
			page.Fits()
		})
	}
}

func TestCampaignFromDraftToClosed(t *testing.T) {
	s := newScene(t)
	page := show(t, s.campaigns("ivo.ict"), keys("n"), typed("Proef"), keys("pgdown", "enter"))
	page.Says("Het ontwerp is bewaard.", "19, de eerste 3 gemakkelijk")
	page.Send(keys("enter")...)
	page.Says("U nodigt 4 diensten uit. De lijst van genodigden ligt dan vast.")
	page.Send(keys("enter", "enter", "down", "enter")...)
	page.Says("De kennismeting is open.", "Uitgenodigd: 20.")
	mine, err := s.quiz.Mine(t.Context(), s.Actor("an.peeters"))
	if err != nil || len(mine) != 1 {
		t.Fatalf("An sees %v, %v", mine, err)
	}
	if _, err := s.quiz.Start(t.Context(), s.Actor("an.peeters"), mine[0].Campaign.ID, false); err != nil {
		t.Fatal(err)
	}
	page.Send(keys("esc", "enter", "enter")...) // the list, back in: counts are fresh
	page.Says("Eén collega is nog bezig: die poging stopt", "De cijfers zijn dan definitief.")
	page.Send(keys("down", "enter")...)
	page.Says("De kennismeting is afgesloten.", "Klaar: 1.")
	page.Lacks("[ Kennismeting")
	page.Send(keys("enter", "esc")...)
	page.Says("afgesloten")
}

// The other tests have two banks, so that a new one doesn't move their pages. The form takes the basics of all that ship, and
// offers the rest, but nothing that is for citizens.
func TestCampaignOfAllBanks(t *testing.T) {
	s := newScene(t)
	banks, err := quiz.ShippedBanks(data.Banks, "nl")
	if err != nil {
		t.Fatal(err)
	}
	s.quiz = quiz.NewStore(s.DB, banks)
	form := screentest.Show(t, s.campaigns("ivo.ict"), 120, 60, keys("n", "tab", "tab", "tab", "tab")...)
	form.Says("[x] Windows en bestanden", "[x] Rekenblad", "[ ] Informatieveiligheid en privacy", "De basis staat aangeduid")
	form.Lacks("Veilig online", "Overheid online")
	page := show(t, s.campaigns("ivo.ict"), keys("n"), typed("Proef"), keys("pgdown", "enter"))
	page.Says("Het ontwerp is bewaard.")
	page.Fits()
	all, err := s.quiz.Campaigns(t.Context(), s.Actor("ivo.ict"))
	if err != nil || len(all) != 1 || !slices.Equal(slices.Sorted(slices.Values(all[0].Blueprint.Domains())), slices.Sorted(slices.Values(quiz.Basics()))) {
		t.Errorf("%d banks gave %+v, %v", len(banks), all, err)
	}
}

func TestSomebodyElseWasFirst(t *testing.T) {
	s := newScene(t)
	c := s.campaign("Proef")
	page := show(t, s.campaigns("ivo.ict"), keys("enter", "enter"))
	s.open(c)
	page.Send(keys("down", "enter")...)
	page.Says("Niet gelukt: De kennismeting openen", "loopt tot en met", "Kennismeting afsluiten")

	// The last day passes while a draft lies there.
	late := s.campaign("Oud", func(c *quiz.Campaign) { c.OpensOn, c.ClosesOn = "2026-11-01", "2026-11-20" })
	page = show(t, admin.NewCampaign(s.session("ivo.ict"), s.quiz, s.People, late.ID), keys("enter"))
	page.Says("De laatste dag (20/11/2026) is voorbij.")
}

func TestBadCampaigns(t *testing.T) {
	s := newScene(t)
	s.campaign("Proef")
	field := func(n int, text string) []tea.Msg {
		return screentest.Steps(keys("n"), typed("Nieuw"), times(n, "enter"), keys("ctrl+u"), typed(text), keys("pgdown", "enter"))
	}
	for name, c := range map[string]struct {
		steps []tea.Msg
		says  []string
	}{
		"empty":  {keys("n", "pgdown", "enter"), []string{`Vul dit in: "Titel".`}},
		"twice":  {screentest.Steps(keys("n"), typed("próef"), keys("pgdown", "enter")), []string{`Dit bestaat al: "Titel".`}},
		"no day": {field(1, "31/2/2026"), []string{`Schrijf een dag bij "Eerste dag"`}},
		"order":  {field(1, "1/3/2027"), []string{"De laatste dag komt vóór de eerste dag."}},
		"past": {screentest.Steps(keys("n"), typed("Nieuw"), keys("tab", "ctrl+u"), typed("1/3/2026"),
			keys("tab", "ctrl+u"), typed("2/3/2026"), keys("pgdown", "enter")), []string{"Deze dag is voorbij."}},
		"services": {screentest.Steps(keys("n"), typed("Nieuw"), times(3, "enter"), keys("space", "down", "space", "down", "space", "down", "space", "pgdown", "enter")), []string{`Vul dit in: "Diensten".`}},
		"domains":  {screentest.Steps(keys("n"), typed("Nieuw"), times(4, "enter"), keys("space", "down", "space", "pgdown", "enter")), []string{`Vul dit in: "Onderwerpen".`}},
		"part":     {field(5, "2,5"), []string{"Schrijf een heel getal, zonder komma."}},
		"range":    {field(5, "0"), []string{"van 1 tot 50"}},
		"lacks":    {field(5, "12"), []string{"Windows en bestanden, niveau 1, 2, 3, 4: gevraagd 12, er zijn er 10."}},
		"entry":    {field(5, "10"), []string{"Er zijn te weinig gemakkelijke vragen: gevraagd 3, er zijn er 0."}},
		"limit":    {field(7, "3"), []string{"Schrijf 0 voor geen limiet, of 5 tot 480 minuten."}},
		"much":     {field(7, "999"), []string{"of 5 tot 480 minuten."}},
	} {
		t.Run(name, func(t *testing.T) {
			show(t, s.campaigns("ivo.ict"), c.steps).Says(c.says...)
		})
	}
	all, err := s.quiz.Campaigns(t.Context(), s.Actor("ivo.ict"))
	if err != nil || len(all) != 1 {
		t.Errorf("bad input left %d campaigns, %v", len(all), err)
	}
	page := show(t, s.campaigns("ivo.ict"), field(7, "45"))
	page.Says("45 min")
}

func TestBadAccounts(t *testing.T) {
	s := newScene(t)
	before, _ := s.Accounts.List(t.Context(), datatest.Operator)
	fill := func(given, family, login string) []tea.Msg {
		steps := screentest.Steps(keys("n"), typed(given), keys("tab"), typed(family), keys("tab", "right", "tab", "tab"))
		if login != "" {
			steps = screentest.Steps(steps, keys("ctrl+u"), typed(login))
		}
		return screentest.Steps(steps, keys("pgdown", "enter"))
	}
	show(t, ict(s), fill("An", "Peeters", "")).Says(`Dit bestaat al: "Aanmeldnaam".`)
	show(t, ict(s), fill("An", "Smets", "An Smets")).Says("Een aanmeldnaam bestaat uit")
	show(t, ict(s), fill("李", "明", "")).Says("Een aanmeldnaam bestaat uit")
	show(t, ict(s), fill("  ", "Smets", "")).Says(`Vul dit in: "Voornaam".`)
	show(t, ict(s), keys("n"), typed("An"), keys("tab"), typed("Smets"), keys("pgdown", "enter")).Says(`Vul dit in: "Dienst".`)
	show(t, ict(s), fill("An", "Smets", "as"), keys("shift+tab")).Says(first) // two characters are enough
	after, err := s.Accounts.List(t.Context(), datatest.Operator)
	if err != nil || len(after) != len(before)+1 {
		t.Errorf("%d accounts became %d, %v", len(before), len(after), err)
	}
}

// broken is a store whose methods fail as long as err is set.
type broken struct {
	*data.Accounts
	err *error
}

func (b broken) List(ctx context.Context, by data.Actor) ([]data.Account, error) {
	if *b.err != nil {
		return nil, *b.err
	}
	return b.Accounts.List(ctx, by)
}

func (b broken) ChangeRoles(ctx context.Context, by data.Actor, login string, give, take []data.Role) error {
	if *b.err != nil {
		return *b.err
	}
	return b.Accounts.ChangeRoles(ctx, by, login, give, take)
}

func TestFailuresLeaveAUsableScreen(t *testing.T) {
	s := newScene(t)
	err := errors.New("disk on fire")
	store := broken{s.Accounts, &err}
	page := show(t, admin.NewAccounts(s.session("ivo.ict"), store, s.People))
	page.Says("Niet gelukt: De accounts laden", "referentie", "Druk op Enter om het opnieuw te proberen.")
	page.Lacks("disk on fire")
	err = nil
	page.Send(keys("enter")...)
	page.Says("Bert Maes")

	// A change of roles failed: the screen shows what is true, which is what was there before.
	page.Send(screentest.Steps(find("bert"), keys("down", "enter", "down", "space", "down", "space", "enter"))...)
	err = errors.New("disk on fire")
	page.Send(keys("down", "enter")...)
	page.Says("Niet gelukt: De rollen wijzigen", "[x] diensthoofd", "[ ] personeelsverantwoordelijke")
	err = nil
	page.Send(keys("end", "space", "enter", "down", "enter")...)
	page.Says("De rollen van Bert Maes zijn gewijzigd.")
}

func TestEnterTwiceActsOnce(t *testing.T) {
	s := newScene(t)
	run := func(screen shell.Screen, cmd tea.Cmd) shell.Screen {
		next, _ := screen.Update(cmd())
		return next
	}
	enter := keys("enter")[0]
	size := tea.WindowSizeMsg{Width: 76, Height: 19}

	account, _ := admin.NewAccount(s.session("ivo.ict"), s.Accounts, "bert.maes").Update(size)
	account = run(account, account.Init())
	account, asks := account.Update(enter)
	question, ok := asks().(shell.ConfirmMsg)
	if !ok {
		t.Fatal("no question")
	}
	yes := question.Do()
	account, acts := account.Update(yes)
	if acts == nil {
		t.Fatal("yes does nothing")
	}
	if !account.(shell.Insider).Inside() {
		t.Error("Esc would leave before the password shows")
	}
	for _, msg := range []tea.Msg{yes, enter, yes} {
		var more tea.Cmd
		if account, more = account.Update(msg); more != nil {
			t.Errorf("%T acts again", msg)
		}
	}
	reply := acts()
	account, opens := account.Update(reply)
	if _, ok := opens().(shell.OpenMsg); !ok {
		t.Error("the password does not show")
	}
	if _, again := account.Update(reply); again != nil {
		t.Error("the reply counts twice")
	}

	form, _ := admin.NewKeyForm(s.session("ivo.ict"), s.Accounts, "bert.maes").Update(size)
	form, _ = form.Update(tea.PasteMsg{Content: pub})
	form, saves := form.Update(enter)
	if saves == nil {
		t.Fatal("Enter does not save")
	}
	if _, again := form.Update(enter); again != nil {
		t.Error("Enter saves twice")
	}
}

func TestLateRepliesAreDropped(t *testing.T) {
	s := newScene(t)
	list, _ := s.accounts("ivo.ict").Update(tea.WindowSizeMsg{Width: 76, Height: 19})
	old := list.Init()()
	if err := s.Accounts.SetDisabled(t.Context(), s.Actor("ivo.ict"), "dirk.adm", true); err != nil {
		t.Fatal(err)
	}
	list, load := list.Update(shell.ShownMsg{})
	list, _ = list.Update(load())
	list, _ = list.Update(old)
	if !strings.Contains(list.View(), "gesloten") {
		t.Errorf("an older reply won:\n%s", list.View())
	}
}

// TestDeputyUnlocks lets the deputy wipe the wait of somebody who mistyped; where nobody waits there is no such
// choice.
func TestDeputyUnlocks(t *testing.T) {
	s := newScene(t)
	page := show(t, deputy(s), find("bert"))
	page.Lacks("Wachttijd")
	gate := data.NewGate(s.Accounts, slog.New(slog.DiscardHandler))
	if _, err := gate.Password(t.Context(), "bert.maes", "verkeerd", "192.0.2.9"); !errors.Is(err, data.ErrDenied) {
		t.Fatal(err)
	}
	page = show(t, deputy(s), find("bert"), keys("down", "enter"))
	page.Says("moet niet meer wachten")
	page.Lacks("Wachttijd")
	if wait, err := s.Accounts.Slowed(t.Context(), s.Actor("lid1"), "bert.maes"); err != nil || wait != 0 {
		t.Errorf("bert still waits %v, %v", wait, err)
	}
}

func TestCampaignGetsAnotherLastDay(t *testing.T) {
	s := newScene(t)
	c := s.open(s.campaign("Kennismeting najaar"))
	page := show(t, s.campaigns("ivo.ict"), keys("enter", "v"), keys("ctrl+u"), typed("1/11/2026"), keys("tab", "enter"))
	page.Says("23/11/2026")
	page.Send(screentest.Steps(keys("shift+tab", "ctrl+u"), typed("15/1/2027"), keys("tab", "enter"))...)
	page.Says("De laatste dag is nu 15/01/2027.")
	got, err := s.quiz.Campaign(t.Context(), s.Actor("ivo.ict"), c.ID)
	if err != nil || got.ClosesOn != "2027-01-15" {
		t.Errorf("the last day is %s, %v", got.ClosesOn, err)
	}
}

// TestRoleForAWhile gives a role for a span of days, and the page tells until when.
func TestRoleForAWhile(t *testing.T) {
	s := newScene(t)
	give := screentest.Steps(keys("down", "down", "down", "enter"), times(10, "right"), keys("tab", "tab"), typed("31/1/2027"), keys("tab", "enter"))
	page := show(t, ict(s), find("bert"), give)
	held, err := s.Accounts.RolesOf(t.Context(), s.Actor("ivo.ict"), "bert.maes")
	if err != nil || len(held) != 3 {
		t.Fatalf("%+v, %v\n%s", held, err, page.Text())
	}
	given := slices.IndexFunc(held, func(h data.HeldRole) bool { return h.Role == data.RoleSocial })
	page.Says("heeft de rol", words.RoleName(words.NL, data.RoleSocial)+" (tot en met 31/01/2027)")
	if given < 0 || held[given].From != "2026-11-23" || held[given].Until != "2027-01-31" {
		t.Errorf("%+v", held)
	}
	page.Send(screentest.Steps(keys("home", "down", "down", "down", "enter"), times(10, "right"), keys("tab"), keys("ctrl+u"), typed("1/12/2026"), keys("tab"), typed("1/11/2026"), keys("tab", "enter"))...)
	page.Says("01/12/2026") // the last day comes before the first
}
