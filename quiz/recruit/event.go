package recruit

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"digibrug/data"
)

// EventKind says what happened in the test room.
type EventKind string

// The kinds.
const (
	Arrived      EventKind = "arrived" // Detail: the place
	Checked      EventKind = "checked"
	Practised    EventKind = "practised"
	Released     EventKind = "released"
	Started      EventKind = "started"
	LineCut      EventKind = "cut"
	CameBack     EventKind = "back"        // is there again and waits for the supervisor; Detail: the place
	Twice        EventKind = "twice"       // the code was typed elsewhere while the first line was alive; Detail: the place
	TurnedAway   EventKind = "turned_away" // who waited was sent away by the supervisor
	Resumed      EventKind = "resumed"     // by the supervisor; or the same line was only silent: By is the candidate
	PausedBy     EventKind = "paused"
	TookBreak    EventKind = "break"
	BackFrom     EventKind = "break_over"
	ExtraTime    EventKind = "extra"    // Detail: minutes and why
	Asked        EventKind = "asked"    // a question about item N
	Answering    EventKind = "answered" // of the question; Detail: scope and why
	LeftScreen   EventKind = "left"     // the terminal lost the focus
	Returned     EventKind = "returned"
	Pasted       EventKind = "pasted"    // Detail: characters
	Silent       EventKind = "silent"    // Detail: seconds without a key
	Irregularity EventKind = "irregular" // Detail: a code of Irregularities, and a note
	Ended        EventKind = "ended"     // Detail: how, and why
)

// Event is something that happened, with who did it.
type Event struct {
	ID          string
	CandidateID string
	Label       string
	At          time.Time
	Kind        EventKind
	N           int // item, from 0; -1: none
	By          string
	Detail      string
}

// Parts gives the first word of the detail, which is a code or a number, and what a person wrote behind it.
func (e Event) Parts() (code, note string) {
	code, note, _ = strings.Cut(e.Detail, " ")
	return code, note
}

// Irregularities are the codes that a supervisor can choose from.
func Irregularities() []string {
	return []string{"helped", "phone", "notes", "talked", "other_screen", "left_room", "noise", "technical", "late", "unwell", "identity", "other"}
}

// alerts are the kinds that a supervisor should see beside a candidate.
var alerts = []EventKind{LineCut, Twice, LeftScreen, Pasted, Silent, Irregularity, ExtraTime}

func isAlert(k EventKind) bool { return slices.Contains(alerts, k) }

// note adds an event: they are never changed or taken away.
func note(ctx context.Context, tx *data.Tx, by data.Actor, s Sitting, e Event) error {
	if e.At.IsZero() {
		e.At = tx.Now()
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO sitting_events (id, procedure_id, candidate_id, at, kind, n, by_whom, detail)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, data.NewID(), s.Candidate.ProcedureID, s.Candidate.ID, e.At.UnixMilli(), string(e.Kind), e.N,
		by.Name, strings.TrimSpace(e.Detail)); err != nil {
		return fmt.Errorf("note %s: %w", e.Kind, err)
	}
	return nil
}

// of is an event without an item.
func of(kind EventKind, detail ...string) Event {
	return Event{Kind: kind, N: -1, Detail: strings.Join(detail, " ")}
}

// Events lists what happened in the test room, the oldest first: of one candidate, or of all when candidate is empty. For the
// procedure's supervisors and recruiters, and for the jury once the scores are frozen.
func (s *Store) Events(ctx context.Context, by data.Actor, procedure, candidate string) ([]Event, error) {
	var all []Event
	err := s.db.View(ctx, func(q data.Query) (err error) {
		if err = seesRoom(ctx, q, by, procedure); err != nil {
			return err
		}
		all, err = events(ctx, q, procedure, candidate)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("events of procedure %s: %w", data.Clean(procedure, 40), err)
	}
	return all, nil
}

func events(ctx context.Context, q data.Query, procedure, candidate string) ([]Event, error) {
	return data.List(ctx, q, func(scan func(...any) error) (e Event, err error) {
		var at int64
		err = scan(&e.ID, &e.CandidateID, &e.Label, &at, &e.Kind, &e.N, &e.By, &e.Detail)
		e.At = data.Milli(at)
		return e, err
	}, `SELECT e.id, e.candidate_id, c.label, e.at, e.kind, e.n, e.by_whom, e.detail
		FROM sitting_events e JOIN candidates c ON c.id = e.candidate_id
		WHERE e.procedure_id = $1 AND ($2 = '' OR e.candidate_id = $2) ORDER BY e.at, e.id`, procedure, candidate)
}
