package data_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
)

func TestPersons(t *testing.T) {
	eachTown(t, func(t *testing.T, h town) {
		must(h.People.AddPerson(t.Context(), operator, "Zoë", "Van Acker", data.Employment{ServiceID: h.Services["Jeugd"].ID, From: "2026-11-23"}))(t)
		must(h.People.AddPerson(t.Context(), operator, "Zoë", "Voorbij", data.Employment{ServiceID: h.Services["Jeugd"].ID, From: "2020-01-01", Until: "2026-11-22"}))(t)
		must(h.People.AddPerson(t.Context(), operator, "Zoë", "Straks", data.Employment{ServiceID: h.Services["Jeugd"].ID, From: "2026-11-24"}))(t)
		for query, want := range map[string]string{
			"":             "21",
			"zoe":          "1 Zoë Van Acker [Jeugd] ",
			"ACKER jeugd":  "1 Zoë Van Acker [Jeugd] ",
			"an.peeters":   "1 An Peeters [Burgerzaken] an.peeters",
			"peeters zzz":  "0",
			"  sociale  ":  "6",
			"nummer01":     "1 Lid Nummer01 [Burgerzaken] lid1",
			"% _ '; DROP ": "0",
		} {
			got := must(h.People.Persons(t.Context(), h.Actor("lid1"), query))(t)
			text := fmt.Sprint(len(got))
			if len(got) == 1 {
				text += fmt.Sprintf(" %s %v %s", got[0].Name, got[0].Services, got[0].Login)
			}
			if text != want {
				t.Errorf("Persons(%q): %s, want %s", query, text, want)
			}
		}
		if err := h.Accounts.SetDisabled(t.Context(), operator, "lid3", true); err != nil {
			t.Fatal(err)
		}
		if got := must(h.People.Persons(t.Context(), operator, "nummer03"))(t); got[0].Login != "" {
			t.Errorf("a closed account is named: %+v", got)
		}
		if _, err := h.People.Persons(t.Context(), h.Actor("an.peeters"), ""); !errors.Is(err, data.ErrDenied) {
			t.Errorf("staff lists persons: %v", err)
		}
	})
}

func TestDoorAddress(t *testing.T) {
	for text, want := range map[string]string{
		"": " ", "digibrug.zandwerve.be": "digibrug.zandwerve.be 2222", "digibrug:22": "digibrug 22", "192.0.2.1:2222": "192.0.2.1 2222",
		"[2001:db8::1]:2222": "2001:db8::1 2222",
	} {
		if host, port, err := data.SplitDoor(text); host+" "+port != want || err != nil {
			t.Errorf("SplitDoor(%q) = %q %q, %v", text, host, port, err)
		}
	}
	for _, bad := range []string{"-oProxyCommand=x", "a b", "a;b", "naam:0", "naam:70000", "naam:x", ":2222", "$(x)", "a/b"} {
		if _, _, err := data.SplitDoor(bad); whyOf(err) != data.WhySyntax {
			t.Errorf("SplitDoor(%q): %v", bad, err)
		}
	}
}

func TestTitles(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		settings := data.NewSettings(db)
		if err := settings.Set(t.Context(), operator, data.SettingTitle(data.RoleDirector), "secretaris"); err != nil {
			t.Fatal(err)
		}
		if got := must(settings.Titles(t.Context()))(t); len(got) != 1 || got[data.RoleDirector] != "secretaris" {
			t.Errorf("titles %v", got)
		}
		if err := settings.Set(t.Context(), operator, data.SettingTitle(data.RoleDirector), ""); err != nil {
			t.Fatal(err)
		}
		if got := must(settings.Titles(t.Context()))(t); len(got) != 0 {
			t.Errorf("titles %v after the title was taken away", got)
		}
		for key, why := range map[data.Setting]data.Why{"title.koning": data.WhyNotOneOf, "title": data.WhyNotOneOf} {
			if err := settings.Set(t.Context(), operator, key, "x"); whyOf(err) != why {
				t.Errorf("%s: %v", key, err)
			}
		}
		if err := settings.Set(t.Context(), operator, data.SettingTitle(data.RoleHead), strings.Repeat("x", 41)); whyOf(err) != data.WhyTooLong {
			t.Errorf("a title without end: %v", err)
		}
	})
}
