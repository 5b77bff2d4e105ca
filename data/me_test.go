package data_test

import (
	"errors"
	"testing"

	"digibrug/data"
)

func TestMeTellsWhatIsKept(t *testing.T) {
	eachDoor(t, func(t *testing.T, d door) {
		d.enrol(t, "an")
		id := d.in(t, "an", office)
		must(d.accounts.AddKey(t.Context(), id.Actor(), "an", line(newKey(t))))(t)
		if err := d.accounts.Grant(t.Context(), operator, "an", data.RoleClerk, "2026-12-01", "2027-02-01"); err != nil {
			t.Fatal(err)
		}
		rows := len(must(d.db.Audit(t.Context(), operator, 1000))(t))
		me := must(d.accounts.Me(t.Context(), id.Actor()))(t)
		if me.Person.Name() != "An Peeters" || me.Login != "an" || !me.Password || !me.PasswordAt.IsZero() {
			t.Errorf("who: %+v", me)
		}
		if len(me.Work) != 1 || me.Work[0].Service != "Burgerzaken" || me.Work[0].Organisation != "Gemeente Zandwerve" || me.Work[0].From != "2020-01-01" {
			t.Errorf("work: %+v", me.Work)
		}
		if len(me.Roles) != 2 || me.Roles[1] != (data.HeldRole{Role: data.RoleClerk, From: "2026-12-01", Until: "2027-02-01"}) || me.Roles[1].On("2026-11-30") || !me.Roles[1].On("2027-02-01") {
			t.Errorf("roles: %+v", me.Roles)
		}
		if len(me.Keys) != 1 || !me.Second.On() || !me.Second.Trusted || me.Second.Must || me.Second.Left != 10 || me.Sessions != 1 || me.Acts < 4 || me.ActsSince.IsZero() {
			t.Errorf("access and traces: %+v", me)
		}
		if after := len(must(d.db.Audit(t.Context(), operator, 1000))(t)); after != rows {
			t.Errorf("looking left %d audit rows", after-rows)
		}
		if err := d.accounts.ChangePassword(t.Context(), id.Actor(), anPassword, "negen zoute haringen in een ton"); err != nil {
			t.Fatal(err)
		}
		if me := must(d.accounts.Me(t.Context(), id.Actor()))(t); !me.PasswordAt.Equal(d.hand.Now()) {
			t.Errorf("the password was changed at %v, want now", me.PasswordAt)
		}
		for name, by := range map[string]data.Actor{"operator": operator, "nobody": {}, "a code": {CodeID: "c", PersonID: me.Person.ID, Name: "code:x"}} {
			if _, err := d.accounts.Me(t.Context(), by); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s: %v; want ErrDenied", name, err)
			}
		}
	})
}
