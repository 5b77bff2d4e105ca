package data_test

import (
	"fmt"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
)

// BenchmarkIssue measures a batch of codes, as one act: 140 is a small town, 1,000 a large one.
func BenchmarkIssue(b *testing.B) {
	for _, n := range []int{140, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			db := datatest.Open(b, datatest.SQLite(b))
			people := data.NewPeople(db)
			org := must(people.AddOrganisation(b.Context(), operator, data.Gemeente, "Gemeente Zandwerve"))(b)
			service := must(people.AddService(b.Context(), operator, data.Service{OrganisationID: org.ID, Name: "Burgerzaken"}))(b)
			var ids []string
			for i := range n {
				p := must(people.AddPerson(b.Context(), operator, "Lid", fmt.Sprint("Nummer", i), data.Employment{ServiceID: service.ID, From: "2020-01-01"}))(b)
				ids = append(ids, p.ID)
			}
			codes := data.NewCodes(db, data.NewHasher(data.DefaultHashParams()))
			window := data.Window{From: datatest.Noon, Until: datatest.Noon.Add(24 * time.Hour)}
			run := 0
			for b.Loop() {
				run++
				got, err := codes.Issue(b.Context(), operator, data.Journey{Kind: data.JourneyAssessment, Of: fmt.Sprint("c", run)}, ids, window, nil, nil)
				if err != nil || len(got) != n {
					b.Fatalf("%d codes, %v", len(got), err)
				}
			}
		})
	}
}

// BenchmarkCodeHash is what one code costs.
func BenchmarkCodeHash(b *testing.B) {
	db := datatest.Open(b, datatest.SQLite(b))
	gate := data.NewGate(data.NewAccounts(db, data.NewHasher(data.DefaultHashParams())), nil)
	for b.Loop() {
		data.FindCode(b.Context(), gate, "bcdfghjkn")
	}
}
