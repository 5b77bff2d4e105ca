package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"digibrug/data"
	"digibrug/quiz/recruit"
)

// benchBy is who sets up the test of the load generator.
func benchBy() data.Actor { return data.Operator("bench") }

// benchTest opens a recruitment test for so many candidates, who begin as soon as their card was seen, and gives their codes.
func benchTest(ctx context.Context, h *house, candidates int) (procedure string, codes []string, err error) {
	by := benchBy()
	organisations, err := h.people.Organisations(ctx)
	if err != nil {
		return "", nil, err
	}
	accounts, err := h.accounts.List(ctx, by)
	if err != nil {
		return "", nil, err
	}
	today := h.db.Today()
	d := recruit.PresetSmall.Of([]string{"mail", "windows"}, today)
	d.Days = recruit.Days{From: today, Until: today, Open: 0, Close: 24 * 60}
	d.Minutes, d.Together, d.Vacancy, d.Profile, d.Place = 120, false, "bench", "bench", "bench"
	d.Practical, d.Contact, d.Purpose, d.Accepted = "bench", "bench", "bench", []recruit.Lack{recruit.WarnPublic}
	p, err := h.recruit.Create(ctx, by, recruit.Procedure{OrganisationID: organisations[0].ID, Title: "Bench", Details: d})
	if err != nil {
		return "", nil, err
	}
	for i, duty := range []recruit.Duty{recruit.Supervisor, recruit.Jury} {
		if err := h.accounts.Grant(ctx, by, accounts[i].Login, duty.Role(), today, ""); err != nil {
			return "", nil, err
		}
		if err := h.recruit.PutMember(ctx, by, p.ID, recruit.Member{AccountID: accounts[i].ID, Duty: duty, From: today, Until: today}); err != nil {
			return "", nil, err
		}
	}
	names := make([]recruit.NewCandidate, candidates)
	for i := range names {
		names[i].Name = recruit.Name{Given: "Kandidaat", Family: fmt.Sprint("Nummer", i), Email: fmt.Sprintf("kandidaat%d@voorbeeld.example", i)}
	}
	if _, err := h.recruit.AddCandidates(ctx, by, p.ID, names); err != nil {
		return "", nil, err
	}
	if _, err := h.recruit.Open(ctx, by, p.ID); err != nil {
		return "", nil, err
	}
	letters, err := h.recruit.Invite(ctx, by, p.ID, nil)
	for _, l := range letters {
		codes = append(codes, data.ShowCode(l.Code.Secret))
	}
	return p.ID, codes, err
}

// benchSupervise looks at everybody's card until ctx ends, as a supervisor with the live screen open does: once a second.
func benchSupervise(ctx context.Context, h *house, procedure string) error {
	for {
		room, err := h.recruit.Room(ctx, benchBy(), procedure)
		if err != nil {
			return err
		}
		for _, s := range room.Sittings {
			if s.NeedAt(room.Now) == recruit.NeedCheck {
				if err := h.recruit.Check(ctx, benchBy(), s.Candidate.ID); err != nil {
					return err
				}
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(time.Second):
		}
	}
}

// begins brings a candidate from the first screen to the first question.
func (v *benchVisit) begins() error {
	if err := v.shows("mag beginnen"); err != nil {
		return err
	}
	if _, err := io.WriteString(v.stdin, "\r"); err != nil {
		return err
	}
	return v.shows("Vraag 1 van")
}

// shows waits until words came.
func (v *benchVisit) shows(words string) error {
	late := time.After(benchPatience)
	for {
		next, there := v.screen.next(words)
		if there {
			return nil
		}
		select {
		case <-next:
		case <-late:
			return errors.New("waited in vain for " + words)
		}
	}
}
