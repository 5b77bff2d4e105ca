package recruit_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
)

const day = 24 * time.Hour

// decided brings the procedure of a scene to its end: everybody sat the test and has a score, and the jury signed. outcomes
// are by label; others passed.
func decided(t *testing.T, s *recruittest.Scene, outcomes map[string]recruit.Decision) {
	t.Helper()
	s.Open()
	named(t, s)
	all, err := s.Store.Candidates(t.Context(), s.JuryA, s.P.ID)
	s.Must(err)
	for _, c := range all {
		d, has := outcomes[c.Label]
		if !has {
			d = recruit.Decision{Outcome: recruit.Passed, Reason: "Meer dan de helft op elk onderdeel."}
		}
		s.Must(s.Store.Decide(t.Context(), s.JuryA, c.ID, d))
	}
	sign(t, s)
}

// named brings an open procedure to the state Named, with answers and scores.
func named(t *testing.T, s *recruittest.Scene) {
	t.Helper()
	all, err := s.Store.Candidates(t.Context(), s.Rik, s.P.ID)
	s.Must(err)
	for i, c := range all {
		exec(t, s, `INSERT INTO sittings (candidate_id, procedure_id, arrived_at, checked_at, checked_by, practised_at, released_at, started_at, allowed_ms, stopped_ms, stop_at, stop_why,
			credit_ms, break_ms, until_at, session, place, seen_at, key_at, next_session, next_place, next_at, n, ended_at, ended)
			VALUES ($1, $2, 1, 1, 'lid3', 1, 1, 1, 1, 0, 0, '', 0, 0, 1, 'x', 'PC-1', 1, 1, '', '', 0, 0, 2, 'submitted')`, c.ID, s.P.ID)
		exec(t, s, `INSERT INTO sitting_answers (candidate_id, n, answer, answered_at, later, out_at) VALUES ($1, 0, 'Sollicitantaa zegt dit', 1, 0, 0)`, c.ID)
		exec(t, s, `INSERT INTO sitting_events (id, procedure_id, candidate_id, at, kind, n, by_whom, detail) VALUES ($1, $2, $3, 1, 'irregular', -1, 'lid3', 'Sollicitantaa keek rond')`,
			data.NewID(), s.P.ID, c.ID)
		exec(t, s, `INSERT INTO sitting_questions (id, candidate_id, n, what, asked_at, answered_at, answered_by, outcome, why) VALUES ($1, $2, 0, 'Sollicitantaa vraagt', 1, 2, 'lid3', 'refused', 'duidelijk')`,
			data.NewID(), c.ID)
		exec(t, s, `INSERT INTO answer_marks (candidate_id, n, account_id, points, why, marked_at) VALUES ($1, 0, $2, 50, 'Sollicitantaa', 1)`, c.ID, s.MarkA.AccountID)
		exec(t, s, `INSERT INTO answer_settled (candidate_id, n, points, why, settled_by, settled_at) VALUES ($1, 0, 50, 'Sollicitantaa', 'lid6', 1)`, c.ID)
		exec(t, s, `INSERT INTO candidate_scores (candidate_id, score, hash) VALUES ($1, $2, 'x')`, c.ID, fmt.Sprintf(`{"points": %d, "max": 2000}`, 800+200*i))
	}
	s.Must(s.Store.Close(t.Context(), s.Sup, s.P.ID))
	s.Force(recruit.Scored)
	s.Must(s.Store.OpenNames(t.Context(), s.Rik, s.P.ID))
}

func sign(t *testing.T, s *recruittest.Scene) {
	t.Helper()
	for _, by := range []data.Actor{s.JuryA, s.JuryB} {
		d, err := s.Store.Decisions(t.Context(), by, s.P.ID)
		s.Must(err)
		s.Must(s.Store.Sign(t.Context(), by, s.P.ID, d.Hash))
	}
}

func exec(t *testing.T, s *recruittest.Scene, query string, args ...any) {
	t.Helper()
	s.Must(s.DB.InPlainTx(t.Context(), func(tx *data.Tx) error {
		_, err := tx.ExecContext(t.Context(), query, args...)
		return err
	}))
}

// tables lists all tables of the house.
func tables(t *testing.T, s *recruittest.Scene) (names []string) {
	t.Helper()
	query := `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`
	if s.DB.Engine == data.PostgreSQL {
		query = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name`
	}
	s.Must(s.DB.View(t.Context(), func(q data.Query) (err error) {
		names, err = data.List(t.Context(), q, func(scan func(...any) error) (n string, err error) { return n, scan(&n) }, query)
		return err
	}))
	return names
}

// holding lists the tables in which some row holds a text, in whatever column.
func holding(t *testing.T, s *recruittest.Scene, text string) (found []string) {
	t.Helper()
	for _, table := range tables(t, s) {
		s.Must(s.DB.View(t.Context(), func(q data.Query) error {
			rows, err := q.QueryContext(t.Context(), `SELECT * FROM `+table)
			if err != nil {
				return err
			}
			defer rows.Close()
			columns, err := rows.Columns()
			if err != nil {
				return err
			}
			for rows.Next() {
				row, at := make([]any, len(columns)), make([]any, len(columns))
				for i := range row {
					at[i] = &row[i]
				}
				if err := rows.Scan(at...); err != nil {
					return err
				}
				if strings.Contains(strings.ToLower(fmt.Sprintf("%s", row)), strings.ToLower(text)) {
					found = append(found, table)
					break
				}
			}
			return rows.Err()
		}))
	}
	return found
}

func TestPurge(t *testing.T) {
	hand := &datatest.Hand{}
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		hand = &datatest.Hand{}
		s := recruittest.NewScene(t, db)
		decided(t, s, map[string]recruit.Decision{"K-02": {Outcome: recruit.Reserve, Reason: "Tweede plaats.", Until: "2027-11-23"},
			"K-05": {Outcome: recruit.Failed, Reason: "Sollicitantaa haalde 7 op 20."}})
		ctx := t.Context()
		purge := func(want int) []recruit.Purged {
			t.Helper()
			foreseen, err := s.Store.DuePurges(ctx, datatest.Operator)
			if err != nil || len(foreseen) != want {
				t.Fatalf("foreseen: %v, %v; want %d", foreseen, err, want)
			}
			done, err := s.Store.Purge(ctx, datatest.Operator)
			if err != nil || len(done) != want {
				t.Fatalf("purged %v, %v; want %d", done, err, want)
			}
			for i, one := range done {
				if one.Hash != foreseen[i].Hash || len(one.List) != len(foreseen[i].List) {
					t.Errorf("purged %+v, foreseen %+v", one, foreseen[i])
				}
			}
			return done
		}
		signed, err := s.Store.Decisions(ctx, s.Rik, s.P.ID)
		s.Must(err)
		if p, err := s.Store.Procedure(ctx, s.Rik, s.P.ID); err != nil || p.KeepUntil != "2027-05-23" {
			t.Fatalf("kept until %s, %v; want six months after the decision", p.KeepUntil, err)
		}
		if got := holding(t, s, "Sollicitanta"); len(got) < 6 {
			t.Fatalf("names stand in %v", got)
		}
		hand.Forward(181 * day) // 23 May 2027, the last day
		purge(0)
		s.Must(s.Store.Hold(ctx, s.Rik, s.P.ID, "2027-06-30", "Beroep bij de Raad van State"))
		hand.Forward(38 * day) // 30 June
		purge(0)
		hand.Forward(day)
		done := purge(1)[0]
		if len(done.List) != 5 || done.List[0] != (recruit.Destroyed{Label: "K-01", Name: 1, Sitting: 1, Answers: 1, Events: 1, Questions: 1, Marks: 2, Score: 1, Decision: 1}) {
			t.Errorf("destroyed %+v", done.List)
		}
		if st := done.Statistics; st.Candidates != 6 || st.Sat != 6 || st.Mean != 65 || st.SD != 18.7 || st.Outcomes[recruit.Passed] != 4 || st.Outcomes[recruit.Failed] != 1 {
			t.Errorf("statistics %+v", st)
		}
		left, err := s.Store.Names(ctx, s.Rik, s.P.ID)
		if err != nil || len(left) != 1 || left[0].Label != "K-02" {
			t.Errorf("left %+v, %v", left, err)
		}
		if d, err := s.Store.Decisions(ctx, s.Rik, s.P.ID); err != nil || d.Hash != signed.Hash || len(d.Signatures) != 2 || len(d.Missing) != 0 || len(d.All) != 1 {
			t.Errorf("what the jury signed is %+v, %v; it signed %s", d, err, signed.Hash)
		}
		purge(0)
		hand.Forward(145 * day) // 23 November, the last day in the reserve
		purge(0)
		hand.Forward(day)
		last := purge(1)[0]
		if len(last.List) != 1 || last.Statistics.Candidates != 0 {
			t.Errorf("the second destruction is %+v", last)
		}
		if got := holding(t, s, "Sollicitant"); got != nil {
			t.Errorf("names stand in %v", got)
		}
		p, err := s.Store.Procedure(ctx, s.Rik, s.P.ID)
		if err != nil || p.PurgedOn != "2027-11-24" || p.HoldWhy != "" {
			t.Errorf("procedure %+v, %v", p, err)
		}
		purge(0)
		lists, err := s.Store.Purges(ctx, s.Rik, s.P.ID)
		if err != nil || len(lists) != 2 || lists[0].Hash != done.Hash {
			t.Fatalf("lists %+v, %v", lists, err)
		}
		s.Must(s.Store.SignPurge(ctx, s.Rik, s.P.ID, lists[0].ID))
		if err := s.Store.SignPurge(ctx, s.Rik, s.P.ID, lists[0].ID); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("signed twice: %v", err)
		}
		if lists, err = s.Store.Purges(ctx, s.Rik, s.P.ID); err != nil || lists[0].SignedBy != "lid1" || lists[1].SignedBy != "" {
			t.Errorf("signed %+v, %v", lists, err)
		}
		if err := s.Store.Verify(ctx, s.Rik, s.P.ID); err != nil {
			t.Errorf("the frozen test afterwards: %v", err)
		}
		if _, err := s.DB.VerifyAudit(ctx); err != nil {
			t.Error(err)
		}
	}, data.WithClock(func() time.Time { return hand.Now() }))
}

// TestFewPeople: of four who sat the test no figure stays.
func TestFewPeople(t *testing.T) {
	passed := []recruit.Outcome{recruit.Passed, recruit.Passed, recruit.Failed, recruit.Passed}
	if got := recruit.StatisticsOf(6, []float64{10, 20, 30, 40}, passed); got.Candidates != 6 || got.Sat != 0 || got.Mean != 0 || got.SD != 0 || got.Outcomes != nil {
		t.Errorf("of four: %+v", got)
	}
	if got := recruit.StatisticsOf(5, []float64{10, 20, 30, 40, 50}, append(passed, "")); got.Sat != 5 || got.Mean != 30 || got.SD != 15.8 || got.Outcomes[recruit.Passed] != 3 || got.Outcomes[""] != 0 {
		t.Errorf("of five: %+v", got)
	}
}

func TestTerm(t *testing.T) {
	for _, c := range []struct {
		keep, hold, purged, day string
		want                    bool
	}{
		{"2027-05-23", "", "", "2027-05-23", false},
		{"2027-05-23", "", "", "2027-05-24", true},
		{"2027-05-23", "2027-06-30", "", "2027-06-30", false},
		{"2027-05-23", "2027-06-30", "", "2027-07-01", true},
		{"2027-05-23", "", "2027-05-24", "2027-05-25", false},
	} {
		p := recruit.Procedure{KeepUntil: c.keep, HoldUntil: c.hold, PurgedOn: c.purged}
		if got := p.DueOn(c.day); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
	for day, want := range map[string]string{"2026-08-31": "2027-02-28", "2027-08-31": "2028-02-29", "2026-11-23": "2027-05-23", "2026-12-31": "2027-06-30"} {
		if got := recruit.KeptUntil(6, day); got != want {
			t.Errorf("six months after %s is %s, want %s", day, got, want)
		}
	}
}
