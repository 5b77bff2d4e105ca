package recruit_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
)

func TestReadCandidates(t *testing.T) {
	for name, c := range map[string]struct {
		file string
		want string // how many, or the codes of what is wrong
	}{
		"two":                   {"voornaam;familienaam\nMieke;Test\nBram;Proef\n", "2"},
		"heads in another way":  {"Naam;VOORNAAM;E-mailadres\nTest;Mieke;m@voorbeeld.example\n", "1"},
		"empty rows":            {"\n\nvoornaam;familienaam\n\nMieke;Test\n;\n", "1"},
		"only heads":            {"voornaam;familienaam\n", "0"},
		"no head for the name":  {"voornaam\nMieke\n", "recruit.head"},
		"a column too many":     {"familienaam;rijksregisternummer\nTest;x\n", "recruit.column"},
		"a column twice":        {"familienaam;naam\nTest;Test\n", "recruit.columns"},
		"a factor of no number": {"familienaam;tijdsfactor\nTest;veel\n", "recruit.factor"},
		"a factor below none":   {"familienaam;tijdsfactor\nTest;-1\n", "recruit.factor"},
		"neither yes nor no":    {"familienaam;leesmodus;grote letters\nTest;misschien;soms\n", "recruit.yes recruit.yes"},
		"breaks in words":       {"familienaam;pauzes (min)\nTest;tien\n", "number"},
	} {
		all, err := recruit.ReadCandidates("lijst.csv", []byte(c.file))
		got := fmt.Sprint(len(all))
		if err != nil {
			var codes []string
			for _, w := range whys(err) {
				codes = append(codes, string(w))
			}
			got = strings.Join(codes, " ")
		}
		if got != c.want {
			t.Errorf("%s: %s (%v), want %s", name, got, err, c.want)
		}
	}
	all, err := recruit.ReadCandidates("lijst.csv", []byte("familienaam;tijdsfactor;pauzes;leesmodus;toetsenbord;tel\n'=1+1;1,25;10;ja;qwerty;+32 470 00 00 00\n"))
	if err != nil || all[0].Family != "=1+1" || all[0].Settings != (recruit.Settings{Factor: 1.25, Breaks: 10, Reading: true, Layout: "qwerty"}) || all[0].Line != 2 || all[0].Phone != "+32 470 00 00 00" {
		t.Errorf("read %+v, %v", all, err)
	}
	for name, hostile := range map[string]string{"nothing": "", "bytes": "\x00\x01\xff", "an open quote": "familienaam\n\"x", "a zip of nothing": "PK\x03\x04"} {
		if all, err := recruit.ReadCandidates("lijst.csv", []byte(hostile)); err == nil {
			t.Errorf("%s: read %+v", name, all)
		}
	}
}

func TestCandidateTemplate(t *testing.T) {
	file, err := recruit.CandidateTemplate()
	if err != nil {
		t.Fatal(err)
	}
	if all, err := recruit.ReadCandidates("sjabloon.xlsx", file); err != nil || len(all) != 0 {
		t.Errorf("the template reads as %+v, %v", all, err)
	}
}

func TestImportCandidates(t *testing.T) {
	each(t, func(t *testing.T, s *recruittest.Scene) {
		ctx := t.Context()
		count := func() int {
			all, err := s.Store.Candidates(ctx, s.Rik, s.P.ID)
			s.Must(err)
			return len(all)
		}
		file := []byte("voornaam;familienaam;e-mail\nNele;Nieuw;n@voorbeeld.example\nOlaf;Ook;o@voorbeeld.example\n")
		if all, err := s.Store.ImportCandidates(ctx, s.Rik, s.P.ID, "lijst.csv", file, true); err != nil || len(all) != 2 || count() != 6 {
			t.Errorf("dry: %+v, %v, %d there", all, err, count())
		}
		bad := append(slices.Clone(file), []byte("Piet;;geen adres\n")...)
		for _, dry := range []bool{true, false} {
			_, err := s.Store.ImportCandidates(ctx, s.Rik, s.P.ID, "lijst.csv", bad, dry)
			var one *data.Invalid
			if got := whys(err); !errors.As(err, &one) || one.Line != 4 || len(got) != 2 || count() != 6 {
				t.Errorf("with a bad row: %v, %d there", err, count())
			}
		}
		if all, err := s.Store.ImportCandidates(ctx, s.Rik, s.P.ID, "lijst.csv", file, false); err != nil || len(all) != 2 || count() != 8 {
			t.Errorf("imported %+v, %v, %d there", all, err, count())
		}
		if _, err := s.Store.ImportCandidates(ctx, s.Rik, s.P.ID, "lijst.csv", file, false); !slices.Equal(whys(err), []data.Why{recruit.WhySame, recruit.WhySame}) || count() != 8 {
			t.Errorf("imported twice: %v, %d there", err, count())
		}
		for _, by := range []data.Actor{s.Other, s.Sup, s.JuryA, s.MarkA} {
			if _, err := s.Store.ImportCandidates(ctx, by, s.P.ID, "lijst.csv", file, true); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s imports: %v", by.Name, err)
			}
		}
	})
}
