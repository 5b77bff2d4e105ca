package recruit

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"digibrug/data"
)

// Tampering is something that is not what it was when the scores were frozen.
type Tampering struct {
	Label string // of the candidate; empty: of the procedure
	What  string // score, log, missing, extra, all, audit
}

// VerifyScores works all scores out again from the log, and compares them with what was frozen, and that with the audit log. It gives
// what differs, nothing when all is as it was:
//
//	score    the score that is stored does not follow from the log
//	log      an answer, a mark, a weight or a clock is not what it was
//	missing  a candidate has no frozen score any more
//	extra    a score of nobody in the log
//	all      the hash over all scores is another
//	audit    the audit log tells of another hash, or of none
//
// Once candidates were destroyed it looks at those who are left, one by one: at their points, and that each is what was frozen.
func (s *Store) VerifyScores(ctx context.Context, by data.Actor, procedure string) ([]Tampering, error) {
	var found []Tampering
	err := s.db.View(ctx, func(q data.Query) error {
		stored, err := s.frozen(ctx, q, by, procedure)
		if err != nil {
			return err
		}
		_, details, err := setup(ctx, q, procedure)
		if err != nil {
			return err
		}
		r, err := recordOf(ctx, q, procedure, details)
		if err != nil {
			return err
		}
		again := r.freeze()
		partly, err := destroyedFrom(ctx, q, procedure)
		if err != nil {
			return err
		}
		if partly { // the sums over all can't be made again without those who are gone
			found = differences(r.asFrozen(again, stored), stored)
			return nil
		}
		found = differences(again, stored)
		var whole string
		if err := data.One(ctx, q, []any{&whole}, `SELECT scored FROM procedures WHERE id = $1`, procedure); err != nil {
			return err
		}
		if whole != wholeHash(stored) {
			found = append(found, Tampering{"", "all"})
		}
		logged, err := data.List(ctx, q, func(scan func(...any) error) (detail string, err error) { return detail, scan(&detail) },
			`SELECT detail FROM audit WHERE action = 'recruit.score' AND object = $1 ORDER BY seq DESC LIMIT 1`, procedure)
		if err != nil {
			return err
		}
		if len(logged) == 0 || !strings.Contains(logged[0], `"`+wholeHash(stored)+`"`) {
			found = append(found, Tampering{"", "audit"})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("verify scores of procedure %s: %w", data.Clean(procedure, 40), err)
	}
	return found, nil
}

// destroyedFrom tells whether candidates of a procedure were destroyed.
func destroyedFrom(ctx context.Context, q data.Query, procedure string) (bool, error) {
	var n int
	err := data.One(ctx, q, []any{&n}, `SELECT count(*) FROM procedure_purges WHERE procedure_id = $1`, procedure)
	return n > 0, err
}

// asFrozen takes over from stored scores what follows from all candidates together, such as the error and the verdict, where the
// points of each item are the same; their hashes stay made of the log.
func (r record) asFrozen(again, stored []frozenScore) []frozenScore {
	for i, a := range again {
		at := slices.IndexFunc(stored, func(f frozenScore) bool { return f.candidate == a.candidate })
		if at >= 0 && samePoints(a.text, stored[at].text) {
			again[i].text, again[i].hash = stored[at].text, sum(stored[at].text, r.hashes[i])
		}
	}
	return again
}

// samePoints tells whether two stored scores have the same points, item by item and in all.
func samePoints(one, other string) bool {
	var a, b Score
	if data.Unpack(one, &a) != nil || data.Unpack(other, &b) != nil {
		return false
	}
	return data.Pack(a.Items) == data.Pack(b.Items) && a.Points == b.Points && a.Max == b.Max && a.On == b.On && a.OnMax == b.OnMax
}

// differences compares scores that were worked out again with those that are stored.
func differences(again, stored []frozenScore) (found []Tampering) {
	of := func(all []frozenScore, candidate string) int {
		return slices.IndexFunc(all, func(f frozenScore) bool { return f.candidate == candidate })
	}
	for _, a := range again {
		i := of(stored, a.candidate)
		switch {
		case i < 0:
			found = append(found, Tampering{a.label, "missing"})
		case stored[i].text != a.text:
			found = append(found, Tampering{a.label, "score"})
		case stored[i].hash != a.hash:
			found = append(found, Tampering{a.label, "log"})
		}
	}
	for _, f := range stored {
		if of(again, f.candidate) < 0 {
			found = append(found, Tampering{f.label, "extra"})
		}
	}
	return found
}
