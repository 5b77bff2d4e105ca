package admin_test

import (
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/tui/admin"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

func ict(s scene) shell.Screen    { return s.accounts("ivo.ict") }
func deputy(s scene) shell.Screen { return s.accounts("lid1") }

func seasoned(s scene) shell.Screen {
	s.season()
	return s.campaigns("ivo.ict")
}

func TestAccountsPage(t *testing.T) { pages(t, ict) }
func TestAccountsFiltered(t *testing.T) {
	pages(t, ict, keys("/"), typed("sociale"))
}
func TestAccountsOfDeputy(t *testing.T) { pages(t, deputy) }

func TestAccountPage(t *testing.T)     { pages(t, ict, find("bert")) }
func TestAccountOfDeputy(t *testing.T) { pages(t, deputy, find("bert")) }
func TestAccountGuarded(t *testing.T)  { pages(t, deputy, find("ivo")) }
func TestAccountOwn(t *testing.T)      { pages(t, ict, find("ivo")) }
func TestPasswordAsk(t *testing.T)     { pages(t, ict, find("bert"), keys("enter")) }
func TestPasswordOnce(t *testing.T)    { pages(t, ict, find("bert"), keys("enter", "down", "enter")) }
func TestPasswordNoted(t *testing.T) {
	pages(t, ict, find("bert"), keys("enter", "down", "enter", "enter"))
}
func TestPasswordAfter(t *testing.T) {
	pages(t, ict, find("bert"), keys("enter", "down", "enter", "enter", "down", "enter"))
}
func TestAccountCloseAsk(t *testing.T) { pages(t, ict, find("bert"), keys("end", "enter")) }
func TestAccountClosed(t *testing.T) {
	pages(t, ict, find("bert"), keys("end", "enter", "down", "enter"))
}

func TestRolesPage(t *testing.T) { pages(t, ict, find("bert"), keys("down", "enter")) }
func TestRolesAsk(t *testing.T) {
	pages(t, ict, find("bert"), keys("down", "enter", "down", "space", "down", "space", "enter"))
}
func TestRolesSaved(t *testing.T) {
	pages(t, ict, find("bert"), keys("down", "enter", "down", "space", "down", "space", "enter", "down", "enter"))
}
func TestRolesOwn(t *testing.T) {
	pages(t, ict, find("ivo"), keys("down", "enter", "end", "up", "up", "space", "enter"))
}

const pub = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMPGymttWLLoeLkb0qMk0fNt0bjTrzMDq8PVOT50Uzv7 bert@laptop"

// keyed is Bert's keys with one key in it.
func keyed(s scene) shell.Screen {
	if _, err := s.Accounts.AddKey(s.t.Context(), s.Actor("ivo.ict"), "bert.maes", pub); err != nil {
		s.t.Fatal(err)
	}
	return ict(s)
}

func TestKeysNone(t *testing.T) { pages(t, ict, find("bert"), keys("down", "down", "enter")) }
func TestKeysPage(t *testing.T) { pages(t, keyed, find("bert"), keys("down", "down", "enter")) }
func TestKeyAsk(t *testing.T)   { pages(t, keyed, find("bert"), keys("down", "down", "enter", "enter")) }
func TestKeyForm(t *testing.T)  { pages(t, ict, find("bert"), keys("down", "down", "enter", "n")) }
func TestKeyAdded(t *testing.T) {
	pages(t, ict, find("bert"), keys("down", "down", "enter", "n"), []tea.Msg{tea.PasteMsg{Content: pub + "\n"}}, keys("enter"))
}
func TestKeyWrong(t *testing.T) {
	pages(t, ict, find("bert"), keys("down", "down", "enter", "n"), typed("hallo"), keys("enter"))
}
func TestKeyPrivate(t *testing.T) {
	pages(t, ict, find("bert"), keys("down", "down", "enter", "n"),
		[]tea.Msg{tea.PasteMsg{Content: "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\n"}}, keys("enter"))
}

// zoe fills in the form for a new account, up to the roles.
func zoe() []tea.Msg {
	return screentest.Steps(keys("n"), typed("Zoë"), keys("enter"), typed("Van den Bossche"),
		keys("enter", "right", "right", "enter"), typed("bibliothecaris"), keys("enter"))
}

func TestNewAccountPage(t *testing.T)   { pages(t, ict, keys("n")) }
func TestNewAccountFilled(t *testing.T) { pages(t, ict, zoe()) }
func TestNewAccountRoles(t *testing.T)  { pages(t, ict, zoe(), keys("enter")) }
func TestNewAccountDone(t *testing.T)   { pages(t, ict, zoe(), keys("enter", "enter")) }
func TestNewAccountEmpty(t *testing.T)  { pages(t, ict, keys("n", "pgdown", "enter")) }
func TestNewAccountTwice(t *testing.T) {
	pages(t, ict, keys("n"), typed("An"), keys("tab"), typed("Peeters"), keys("tab", "right", "pgdown", "enter"))
}
func TestNewAccountLeaving(t *testing.T) { pages(t, ict, keys("n"), typed("An"), keys("esc")) }

func TestCampaignsPage(t *testing.T) { pages(t, seasoned) }
func TestCampaignsNone(t *testing.T) {
	pages(t, func(s scene) shell.Screen { return s.campaigns("ivo.ict") })
}
func TestCampaignDraft(t *testing.T)    { pages(t, seasoned, keys("enter")) }
func TestCampaignOpenAsk(t *testing.T)  { pages(t, seasoned, keys("enter", "enter")) }
func TestCampaignOpened(t *testing.T)   { pages(t, seasoned, keys("enter", "enter", "down", "enter")) }
func TestCampaignRuns(t *testing.T)     { pages(t, seasoned, keys("down", "enter")) }
func TestCampaignDown(t *testing.T)     { pages(t, seasoned, keys("down", "enter", "end")) }
func TestCampaignCloseAsk(t *testing.T) { pages(t, seasoned, keys("down", "enter", "enter")) }
func TestCampaignClosed(t *testing.T)   { pages(t, seasoned, keys("down", "down", "enter")) }

func TestNewCampaignPage(t *testing.T) { pages(t, seasoned, keys("n")) }
func TestNewCampaignMiddle(t *testing.T) {
	pages(t, seasoned, keys("n"), typed("Proef"), keys("enter", "enter", "enter", "enter", "enter"))
}
func TestNewCampaignEnd(t *testing.T) { pages(t, seasoned, keys("n"), typed("Proef"), keys("pgdown")) }
func TestNewCampaignDone(t *testing.T) {
	pages(t, seasoned, keys("n"), typed("Proef"), keys("pgdown", "enter"))
}

// asking sets the number of items per level of the form for a new campaign and submits.
func asking(count string) []tea.Msg {
	return screentest.Steps(keys("n"), typed("Proef"), times(5, "enter"), keys("backspace"), typed(count), keys("pgdown", "enter"))
}

func TestNewCampaignLacks(t *testing.T) { pages(t, seasoned, asking("12")) }
func TestNewCampaignDays(t *testing.T) {
	pages(t, seasoned, keys("n"), typed("Proef"), keys("tab", "tab", "ctrl+u"), typed("1/11/2026"), keys("pgdown", "enter"))
}
func TestNewCampaignEmpty(t *testing.T) { pages(t, seasoned, keys("n", "pgdown", "enter")) }

func TestAuditPage(t *testing.T) {
	pages(t, func(s scene) shell.Screen {
		s.season()
		return admin.NewAudit(s.session("lid2"), s.DB)
	})
}

func TestAuditRow(t *testing.T) {
	pages(t, func(s scene) shell.Screen {
		return admin.NewAct(s.session("lid2"), data.AuditRow{Seq: 1204, At: datatest.Noon.Add(-26 * time.Hour), Actor: "ivo.ict", From: "192.0.2.7",
			Action: "role.grant", Object: "0197e6a1-2c3d-7e4f-8a9b-0c1d2e3f4a5b", Detail: map[string]string{"role": "head", "from": "2026-11-22", "until": ""},
			Prev: "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9",
			Hash: "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"})
	})
}
