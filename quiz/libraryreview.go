package quiz

import (
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"time"

	"digibrug/data"
)

// Review is a review in bulk that somebody has begun: a sample of the drafts of a bank that others made.
type Review struct {
	ID        string
	Bank      string // id
	StartedAt time.Time
	Drafts    int               // that it is about
	Sample    []Item            // what the reviewer reads, by id
	Notes     map[string]string // by id: why one of the sample is to be sent back, as the reviewer noted so far
}

// Outcome is how a review ended.
type Outcome struct {
	Approved int
	Back     int
	Unread   int // drafts that stay, since some of the sample were sent back: a next sample must tell more of them
}

const maxRemark = 500

// anyOf is a number from 0 to n-1 that nobody can foresee.
func anyOf(n int) int {
	i, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		panic(err) // never since Go 1.24
	}
	return int(i.Int64())
}

// Review begins a review of the drafts of a bank, and writes down which of them the reviewer reads: SampleSize of them, by
// chance. Begun again it gives the same sample, so that nobody tries until a nice one comes, unless a draft was changed or
// judged meanwhile. Not in it are drafts that the reviewer made, that were sent back, or that the reviewer may not see. It
// returns ErrOwnWork where there are only drafts of the reviewer's own, and ErrNothingToReview.
func (l *Library) Review(ctx context.Context, by data.Actor, bank string) (r Review, err error) {
	err = l.db.InTxFor(ctx, by, keepers(), func(tx *data.Tx) error {
		r = Review{}
		if _, err := localBank(ctx, tx, bank); err != nil {
			return err
		}
		begun, err := data.List(ctx, tx, scanID, `SELECT id FROM item_reviews WHERE bank_id = $1 AND reviewer = $2 AND ended_at = 0`, bank, maker(by))
		if err != nil {
			return err
		}
		if len(begun) > 0 {
			if r, err = reviewByID(ctx, tx, by, begun[0]); err == nil {
				return nil
			} else if err := lapse(ctx, tx, begun[0], err); err != nil {
				return err
			}
		}
		r, err = l.sample(ctx, tx, by, bank)
		return err
	})
	if err != nil {
		return Review{}, fmt.Errorf("review bank %s: %w", data.Clean(bank, MaxCode), err)
	}
	return r, nil
}

// lapse ends a review of which something was changed meanwhile; another error it gives back.
func lapse(ctx context.Context, tx *data.Tx, review string, why error) error {
	if !isMeanwhile(why) {
		return why
	}
	return endReview(ctx, tx, review, "lapsed")
}

// sample chooses and stores what a new review is about.
func (l *Library) sample(ctx context.Context, tx *data.Tx, by data.Actor, bank string) (Review, error) {
	all, err := versions(ctx, tx, `i.bank_id = $1 AND v.state = 'draft' AND v.back = ''`, bank)
	if err != nil {
		return Review{}, err
	}
	closed, err := hidden(ctx, tx, by)
	if err != nil {
		return Review{}, err
	}
	drafts := slices.DeleteFunc(slices.Clone(all), func(v version) bool { return v.MadeBy == maker(by) || closed[v.Item.ID] })
	switch {
	case len(all) > 0 && len(drafts) == 0 && !slices.ContainsFunc(all, func(v version) bool { return v.MadeBy != maker(by) }):
		return Review{}, ErrOwnWork
	case len(drafts) == 0:
		return Review{}, ErrNothingToReview
	}
	order := make([]int, len(drafts))
	for i := range order {
		order[i] = i
	}
	for i := len(order) - 1; i > 0; i-- {
		j := l.chance(i + 1)
		order[i], order[j] = order[j], order[i]
	}
	read := order[:SampleSize(len(drafts))]
	r := Review{ID: data.NewID(), Bank: bank, StartedAt: tx.Now(), Drafts: len(drafts)}
	lines := make([]reviewLine, len(drafts))
	for i, v := range drafts {
		lines[i] = reviewLine{item: v.Item.ID, version: v.Item.Version, sampled: slices.Contains(read, i)}
		if lines[i].sampled {
			r.Sample = append(r.Sample, v.Item)
		}
	}
	if err := addReview(ctx, tx, by, r, lines); err != nil {
		return Review{}, err
	}
	return r, tx.Audit(ctx, by, "bank.review", bank, "drafts", strconv.Itoa(r.Drafts), "sample", strconv.Itoa(len(r.Sample)))
}

// Note writes down why one of the sample is to be sent back, or with an empty why that it is not. It tells the maker nothing
// yet, so that a cut line loses no work; Finish does. It returns data.ErrNotFound for what isn't in the sample, and ErrMeanwhile.
func (l *Library) Note(ctx context.Context, by data.Actor, review, item, why string) error {
	why, err := data.ShortText("why", why, maxRemark)
	if err != nil {
		return err
	}
	err = l.db.InPlainTx(ctx, func(tx *data.Tx) error {
		if err := data.Require(ctx, tx, by, keepers()...); err != nil {
			return err
		}
		if _, err := reviewByID(ctx, tx, by, review); err != nil {
			return err
		}
		return data.OneRow(tx.ExecContext(ctx, `UPDATE item_review_lines SET note = $1 WHERE review_id = $2 AND item_id = $3 AND sampled = 1`, why, review, item))
	})
	if err != nil {
		return fmt.Errorf("note of item %s: %w", data.Clean(item, MaxCode), err)
	}
	return nil
}

// Finish ends a review that the actor began, and audits it. Without a Note all its drafts are approved, read or
// not. What has a Note is sent back; then only the others of the sample are approved, and what nobody read waits for another one. A good
// version that an approved one replaces passes its place on: in use stays in use. It returns ErrMeanwhile where any draft of
// the review was changed or judged since it began, by whomever; nothing is approved then.
func (l *Library) Finish(ctx context.Context, by data.Actor, review string) (o Outcome, err error) {
	err = l.db.InTxFor(ctx, by, keepers(), func(tx *data.Tx) error {
		o = Outcome{}
		r, err := reviewByID(ctx, tx, by, review)
		if err != nil {
			return err
		}
		lines, err := reviewLines(ctx, tx, review)
		if err != nil {
			return err
		}
		o, err = judge(ctx, tx, by, r, lines)
		return err
	})
	if err != nil {
		return Outcome{}, fmt.Errorf("finish review %s: %w", data.Clean(review, 40), err)
	}
	return o, nil
}

// judge carries out what a reviewer decided about the lines of a review.
func judge(ctx context.Context, tx *data.Tx, by data.Actor, r Review, lines []reviewLine) (o Outcome, err error) {
	var acts []act
	back := slices.ContainsFunc(lines, func(line reviewLine) bool { return line.note != "" })
	for _, line := range lines {
		switch {
		case line.note != "":
			o.Back++
			acts = append(acts, act{line.item, "back", line.note, line.version})
		case line.sampled || !back:
			o.Approved++
			acts = append(acts, act{line.item, "approve", "", line.version})
		default:
			o.Unread++
		}
	}
	if err := settle(ctx, tx, r.ID, acts); err != nil {
		return o, err
	}
	if err := addActs(ctx, tx, by, r.ID, acts); err != nil {
		return o, err
	}
	how := "approved"
	if o.Back > 0 {
		how = "partly"
	}
	if err := endReview(ctx, tx, r.ID, how); err != nil {
		return o, err
	}
	return o, tx.Audit(ctx, by, "bank.reviewed", r.Bank, "approved", strconv.Itoa(o.Approved), "back", strconv.Itoa(o.Back), "unread", strconv.Itoa(o.Unread))
}

// settle stores the outcome of the lines of a review, and with it the states of their versions.
func settle(ctx context.Context, tx *data.Tx, review string, acts []act) error {
	inUse, err := data.List(ctx, tx, scanID, `SELECT v.item_id FROM local_versions v JOIN item_review_lines l ON l.item_id = v.item_id
		WHERE l.review_id = $1 AND v.state = 'inuse' ORDER BY v.item_id`, review)
	if err != nil {
		return err
	}
	outcome := map[string]string{"approve": "approved", "back": "back"}
	for _, a := range acts {
		if _, err := tx.ExecContext(ctx, `UPDATE item_review_lines SET outcome = $1 WHERE review_id = $2 AND item_id = $3`, outcome[a.what], review, a.item); err != nil {
			return err
		}
		if a.what == "back" {
			if err := data.OneRow(tx.ExecContext(ctx, `UPDATE local_versions SET back = $1 WHERE item_id = $2 AND version = $3 AND state = 'draft'`,
				a.why, a.item, a.version)); err != nil {
				return err
			}
		}
	}
	const approved = `IN (SELECT l.item_id FROM item_review_lines l WHERE l.review_id = $1 AND l.outcome = 'approved')`
	for _, statement := range []string{
		`UPDATE local_versions SET state = 'replaced' WHERE state IN ('reviewed', 'inuse', 'retired') AND item_id ` + approved,
		`UPDATE local_versions SET state = 'reviewed', back = '' WHERE state = 'draft' AND item_id ` + approved,
	} {
		if _, err := tx.ExecContext(ctx, statement, review); err != nil {
			return err
		}
	}
	for _, id := range inUse {
		if _, err := tx.ExecContext(ctx, `UPDATE local_versions SET state = 'inuse' WHERE item_id = $1 AND state = 'reviewed'`, id); err != nil {
			return err
		}
	}
	return nil
}

// Approve approves one draft that the actor has read, also one that was sent back before, and audits it. version is the one
// that was read. It returns ErrOwnWork and ErrMeanwhile.
func (l *Library) Approve(ctx context.Context, by data.Actor, item string, version int) error {
	return l.one(ctx, by, item, version, "")
}

// SendBack sends one draft back to who made it, with what must change, and audits it. It returns ErrOwnWork and ErrMeanwhile.
func (l *Library) SendBack(ctx context.Context, by data.Actor, item string, version int, why string) error {
	why, err := data.ShortText("why", why, maxRemark)
	if err == nil && why == "" {
		err = &data.Invalid{Field: "why", Why: data.WhyEmpty}
	}
	if err != nil {
		return err
	}
	return l.one(ctx, by, item, version, why)
}

// one is a review of one draft, begun and ended at once.
func (l *Library) one(ctx context.Context, by data.Actor, item string, number int, note string) error {
	err := l.db.InTxFor(ctx, by, keepers(), func(tx *data.Tx) error {
		v, err := l.visible(ctx, tx, by, item)
		switch {
		case err != nil:
			return err
		case v.State != string(StatusDraft) || v.Item.Version != number:
			return ErrMeanwhile
		case v.MadeBy == maker(by):
			return ErrOwnWork
		}
		// A review of the whole bank that is open would keep its place; this one is beside it, and over at once.
		r := Review{ID: data.NewID(), Bank: v.Bank, StartedAt: tx.Now(), Drafts: 1}
		lines := []reviewLine{{item, number, true, note}}
		if err := lapseOthers(ctx, tx, by, v.Bank); err != nil {
			return err
		}
		if err := addReview(ctx, tx, by, r, lines); err != nil {
			return err
		}
		_, err = judge(ctx, tx, by, r, lines)
		return err
	})
	if err != nil {
		return fmt.Errorf("judge item %s: %w", data.Clean(item, MaxCode), err)
	}
	return nil
}
