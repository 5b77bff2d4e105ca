package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/supervision"
)

// benchBy is who sets up the test of the load generator.
func benchBy() data.Actor { return data.Operator("bench") }

// benchTest opens a recruitment test for so many candidates, who begin as soon as their card was seen, and gives their
// invitations.
func benchTest(ctx context.Context, h *house, candidates int) (procedure string, letters []recruit.Invitation, err error) {
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
	letters, err = h.recruit.Invite(ctx, by, p.ID, nil)
	return p.ID, letters, err
}

// watch is a supervisor with the live screen open, and when that screen had each candidate whose line was cut.
type watch struct {
	house     *house
	procedure string

	mu  sync.Mutex
	cut map[string]time.Time // by candidate
}

// supervise looks at the room as the live screen does, once a second, and at everybody's card, until ctx ends.
func (w *watch) supervise(ctx context.Context) error {
	for {
		room, err := w.house.recruit.Room(ctx, benchBy(), w.procedure)
		if err != nil {
			return err
		}
		for _, s := range room.Sittings {
			switch s.NeedAt(room.Now) {
			case recruit.NeedCheck:
				if err := w.house.recruit.Check(ctx, benchBy(), s.Candidate.ID); err != nil {
					return err
				}
			case recruit.NeedLine:
				w.sees(s.Candidate.ID)
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(supervision.Fresh):
		}
	}
}

func (w *watch) sees(candidate string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, was := w.cut[candidate]; !was {
		w.cut[candidate] = time.Now()
	}
}

// after gives how long after a moment a candidate's cut line was seen; it waits for that as long as anything may take.
func (w *watch) after(candidate string, left time.Time) (time.Duration, error) {
	for ; time.Since(left) < benchPatience; time.Sleep(10 * time.Millisecond) {
		w.mu.Lock()
		seen, was := w.cut[candidate]
		w.mu.Unlock()
		if was {
			return seen.Sub(left), nil
		}
	}
	return 0, errors.New("a cut line that the supervisor never saw")
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
