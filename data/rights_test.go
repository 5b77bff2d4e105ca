package data_test

import (
	"digibrug/data"
	"digibrug/data/datatest"
	"errors"
	"fmt"
	"testing"
)

func TestOnlyTheRightRolesAct(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db)
		actors := map[data.Role]data.Actor{}
		for _, r := range data.Roles() {
			a := must(h.accounts.Add(t.Context(), operator, data.NewAccount{PersonID: h.an.ID, Login: "als-" + string(r), Roles: []data.Role{r}}))(t)
			actors[r] = data.Actor{AccountID: a.ID, Name: a.Login}
		}
		ict, deputy := []data.Role{data.RoleICT}, []data.Role{data.RoleICT, data.RoleDeputy}
		for name, test := range map[string]struct {
			may []data.Role
			act func(data.Actor) error
		}{
			"add an organisation": {ict, func(by data.Actor) error {
				_, err := h.people.AddOrganisation(t.Context(), by, data.OCMW, "OCMW "+by.Name)
				return err
			}},
			"add a service": {ict, func(by data.Actor) error {
				_, err := h.people.AddService(t.Context(), by, data.Service{OrganisationID: h.service.OrganisationID, Name: "Dienst " + by.Name})
				return err
			}},
			"name a head": {ict, func(by data.Actor) error { return h.people.SetHead(t.Context(), by, h.service.ID, h.an.ID) }},
			"add a person": {ict, func(by data.Actor) error {
				_, err := h.people.AddPerson(t.Context(), by, "Bo", "Maes", data.Employment{ServiceID: h.service.ID, From: "2026-01-01"})
				return err
			}},
			"add an account": {ict, func(by data.Actor) error {
				_, err := h.accounts.Add(t.Context(), by, data.NewAccount{PersonID: h.an.ID, Login: "door-x" + by.Name})
				return err
			}},
			"grant a role": {ict, func(by data.Actor) error {
				return h.accounts.Grant(t.Context(), by, "an.peeters", data.RoleStaff, "", "")
			}},
			"close an account": {ict, func(by data.Actor) error { return h.accounts.SetDisabled(t.Context(), by, "an.peeters", false) }},
			"register a key for another": {ict, func(by data.Actor) error {
				_, err := h.accounts.AddKey(t.Context(), by, "an.peeters", line(newKey(t)))
				return err
			}},
			"reset a password": {deputy, func(by data.Actor) error {
				return h.accounts.SetPassword(t.Context(), by, "an.peeters", "zes groene laarzen in de gang")
			}},
			"list accounts": {deputy, func(by data.Actor) error { _, err := h.accounts.List(t.Context(), by); return err }},
			"read the audit log": {[]data.Role{data.RoleICT, data.RoleConsultant}, func(by data.Actor) error {
				_, err := db.Audit(t.Context(), by, 1)
				return err
			}},
			"change a setting": {ict, func(by data.Actor) error {
				return data.NewSettings(db).Set(t.Context(), by, data.SettingPlace, "Zandwerve")
			}},
		} {
			t.Run(name, func(t *testing.T) {
				for role, by := range actors {
					may := false
					for _, m := range test.may {
						may = may || m == role
					}
					if err := test.act(by); may != (err == nil) || (!may && !errors.Is(err, data.ErrDenied)) {
						t.Errorf("%s: %v; may is %v", role, err, may)
					}
				}
				if err := test.act(data.Actor{}); !errors.Is(err, data.ErrDenied) {
					t.Errorf("nobody: %v; want ErrDenied", err)
				}
			})
		}
	})
}

func TestRolesHaveDays(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db, data.RoleStaff)
		gate, _ := waits(h)
		for name, test := range map[string]struct {
			from, until string
			holds       bool
		}{
			"from today":      {"2026-11-23", "", true},
			"until today":     {"2026-01-01", "2026-11-23", true},
			"until yesterday": {"2026-01-01", "2026-11-22", false},
			"from tomorrow":   {"2026-11-24", "", false},
		} {
			if err := h.accounts.Grant(t.Context(), operator, "an.peeters", data.RoleClerk, test.from, test.until); err != nil {
				t.Fatal(err)
			}
			id := must(gate.Password(t.Context(), "an.peeters", anPassword, "::1"))(t)
			if id.Has(data.RoleClerk) != test.holds {
				t.Errorf("%s: holds is %v, want %v", name, !test.holds, test.holds)
			}
		}
		var invalid *data.Invalid
		if err := h.accounts.Grant(t.Context(), operator, "an.peeters", data.RoleClerk, "2026-11-23", "2026-11-22"); !errors.As(err, &invalid) {
			t.Errorf("a role that ends before it starts: %v", err)
		}
	})
}

func TestChangeRolesIsOneAct(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db, data.RoleStaff, data.RoleICT)
		roles := func() string {
			return fmt.Sprint(must(h.accounts.Find(t.Context(), operator, "an.peeters"))(t).Roles)
		}
		type list = []data.Role
		change := func(give, take list) error {
			return h.accounts.ChangeRoles(t.Context(), operator, "an.peeters", give, take)
		}
		if err := change(list{data.RoleClerk}, list{data.RoleStaff}); err != nil || roles() != "[clerk ict]" {
			t.Errorf("clerk for staff: %v, roles %s", err, roles())
		}
		// Another officer, whose screen was older, gives one role more: what the first gave stays.
		if err := change(list{data.RoleTrainer}, list{data.RoleStaff}); err != nil || roles() != "[clerk trainer ict]" {
			t.Errorf("trainer from an older screen: %v, roles %s", err, roles())
		}
		before := must(db.VerifyAudit(t.Context()))(t)
		if err := change(list{data.RoleStaff}, list{data.RoleICT}); !errors.Is(err, data.ErrLastICT) || roles() != "[clerk trainer ict]" {
			t.Errorf("the last ICT officer drops the role: %v, roles %s", err, roles())
		}
		if err := change(list{data.RoleStaff, "king"}, nil); err == nil || roles() != "[clerk trainer ict]" {
			t.Errorf("an unknown role: %v, roles %s; want nothing changed", err, roles())
		}
		if after := must(db.VerifyAudit(t.Context()))(t); after != before {
			t.Errorf("refused acts left %d audit rows", after-before)
		}
		if err := h.accounts.SetDisabled(t.Context(), operator, "an.peeters", true); !errors.Is(err, data.ErrLastICT) {
			t.Errorf("closing the last ICT officer's account: %v", err)
		}
		if err := h.accounts.Grant(t.Context(), operator, "an.peeters", data.RoleICT, "2099-01-01", ""); !errors.Is(err, data.ErrLastICT) {
			t.Errorf("the last ICT officer's role moved to 2099: %v", err)
		}
		if err := h.accounts.Revoke(t.Context(), operator, "an.peeters", data.RoleICT); !errors.Is(err, data.ErrLastICT) {
			t.Errorf("revoking the last ict: %v", err)
		}
	})
}

func TestDeputyCannotBecomeAnother(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db, data.RoleStaff)
		deputy := must(h.accounts.Add(t.Context(), operator, data.NewAccount{PersonID: h.an.ID, Login: "hulp", Roles: []data.Role{data.RoleDeputy}}))(t)
		by := data.Actor{AccountID: deputy.ID, Name: "hulp"}
		for _, role := range data.Roles() {
			login := "met-" + string(role)
			must(h.accounts.Add(t.Context(), operator, data.NewAccount{PersonID: h.an.ID, Login: login, Roles: []data.Role{data.RoleStaff, role}}))(t)
			err := h.accounts.SetPassword(t.Context(), by, login, "zes groene laarzen in de gang")
			if refused := errors.Is(err, data.ErrDenied); refused != data.Guarded([]data.Role{role}) {
				t.Errorf("a deputy sets the password of %s: %v", role, err)
			}
		}
		must(h.accounts.Add(t.Context(), operator, data.NewAccount{PersonID: h.an.ID, Login: "morgen"}))(t)
		if err := h.accounts.Grant(t.Context(), operator, "morgen", data.RoleICT, "2026-11-24", ""); err != nil {
			t.Fatal(err)
		}
		if err := h.accounts.SetPassword(t.Context(), by, "morgen", "zes groene laarzen in de gang"); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a deputy sets the password of who is ICT officer from tomorrow: %v", err)
		}
	})
}

func TestSettings(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := data.NewSettings(db)
		for _, row := range []struct {
			key   data.Setting
			value string
			want  data.Why
		}{
			{data.SettingPlace, "Zandwerve", ""}, {data.SettingPlace, " ", data.WhyEmpty},
			{data.SettingPasswordMin, "12", ""}, {data.SettingPasswordMin, "7", data.WhyNumber}, {data.SettingPasswordMin, "veel", data.WhyNumber},
			{data.SettingTaalregime, "faciliteiten", ""}, {data.SettingTaalregime, "fr", data.WhyNotOneOf},
			{"kleur", "blauw", data.WhyNotOneOf},
		} {
			err := s.Set(t.Context(), operator, row.key, row.value)
			var invalid *data.Invalid
			if row.want == "" && err != nil || row.want != "" && (!errors.As(err, &invalid) || invalid.Why != row.want) {
				t.Errorf("%s = %q: %v, want %q", row.key, row.value, err, row.want)
			}
		}
		if got := must(s.Get(t.Context(), data.SettingPasswordMin, ""))(t); got != "12" {
			t.Errorf("password.min is %q, want 12", got)
		}
		if least := must(data.NewAccounts(db, data.NewHasher(cheap)).PasswordMin(t.Context()))(t); least != 12 {
			t.Errorf("the least length is %d, want 12", least)
		}
	})
}

func TestClosingTwiceIsOneAct(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db, data.RoleStaff)
		for range 2 {
			if err := h.accounts.SetDisabled(t.Context(), operator, "an.peeters", true); err != nil {
				t.Fatal(err)
			}
		}
		acts := 0
		for _, r := range must(db.Audit(t.Context(), operator, 50))(t) {
			if r.Action == "account.disable" {
				acts++
			}
		}
		if acts != 1 {
			t.Errorf("closed twice, %d audit rows; want 1", acts)
		}
	})
}
