package outbox

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"digibrug/data"
)

// Sender brings a paper out of the house. An error leaves the paper for another try, and its text is shown to the
// ICT officer: it says what to mend, and nothing of what is on the paper. An ErrHopeless leaves it for somebody to
// look at. Send ends when ctx does, or soon after. It may be called again for a paper that it brought out already,
// when the process died before that was written down.
type Sender interface {
	Send(ctx context.Context, p Paper, body []byte) error
}

// How long a sender has, and how long a claim lasts: longer, so that nobody takes a paper that is being sent.
const (
	sendTime  = 5 * time.Minute
	claimTime = 10 * time.Minute
)

// MaxTries is how often a sender begins before a paper is given up.
const MaxTries = 10

// Backoff is how long a paper waits after its n-th try (from 1) failed. Nine waits make two days and a half, so that
// a printer that was off for a weekend still gets what was sent on Friday evening.
func Backoff(n int) time.Duration {
	waits := [...]time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour,
		8 * time.Hour, 24 * time.Hour, 24 * time.Hour}
	return waits[min(max(n, 1), len(waits))-1]
}

// Deliver does one round: every paper that is due goes to the sender of its channel. A channel without a sender
// keeps its papers waiting. Several processes may deliver at the same time: each paper is claimed by one. A process
// that dies between sending and writing that down leaves its claim, which runs out; then the paper is sent again.
// failed counts the tries that failed; err is trouble with the database.
func (s *Store) Deliver(ctx context.Context, senders map[Channel]Sender) (sent, failed int, err error) {
	if n, err := s.due(ctx, senders); err != nil || n == 0 {
		return 0, 0, err // most rounds: nobody waits for a write that finds nothing to write
	}
	for ctx.Err() == nil {
		c, err := s.claim(ctx, senders)
		if errors.Is(err, data.ErrNotFound) {
			return sent, failed, nil
		} else if err != nil {
			return sent, failed, fmt.Errorf("deliver: %w", err)
		}
		fault := c.send(ctx, senders[c.Channel])
		if fault != nil && ctx.Err() != nil { // we stop: that is not the sender's fault
			return sent, failed, s.release(context.WithoutCancel(ctx), c)
		}
		if err := s.settle(context.WithoutCancel(ctx), c, fault); err != nil {
			return sent, failed, fmt.Errorf("deliver: %w", err)
		}
		if fault == nil {
			sent++
		} else {
			failed++
		}
	}
	return sent, failed, nil
}

// claimed is a paper that is ours for a while. Its Tries counts the one that begins.
type claimed struct {
	Paper
	token  string
	body   []byte
	broken error // nil, or why its body can't be read: that paper fails, the others go on
}

// send hands a paper to its sender.
func (c claimed) send(ctx context.Context, to Sender) error {
	switch {
	case c.broken != nil:
		return c.broken
	case c.Tries > MaxTries:
		return fmt.Errorf("broken off %d times", MaxTries) // whoever had it died each time: it may be the paper
	}
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	return to.Send(ctx, c.Paper, c.body)
}

// dueFor is the condition for papers that are due at a moment and have a sender.
func dueFor(now time.Time, senders map[Channel]Sender) (where string, args []any) {
	args = []any{now.UnixMilli()}
	places := []string{"''"} // no channel at all: nothing is due
	for _, channel := range Channels() {
		if senders[channel] != nil {
			args = append(args, string(channel))
			places = append(places, fmt.Sprintf("$%d", len(args)))
		}
	}
	return ` WHERE state = 'waiting' AND next_at <= $1 AND keep_until > $1 AND channel IN (` + strings.Join(places, ", ") + `)`, args
}

// due counts the papers that are due.
func (s *Store) due(ctx context.Context, senders map[Channel]Sender) (n int, err error) {
	where, args := dueFor(s.db.Now(), senders)
	if err := data.One(ctx, s.db, []any{&n}, `SELECT count(*) FROM outbox`+where, args...); err != nil {
		return 0, fmt.Errorf("papers that are due: %w", err)
	}
	return n, nil
}

// claim takes the paper that is due longest. It returns data.ErrNotFound when none is.
func (s *Store) claim(ctx context.Context, senders map[Channel]Sender) (c claimed, err error) {
	err = s.db.InPlainTx(ctx, func(tx *data.Tx) error {
		where, args := dueFor(tx.Now(), senders)
		found, err := data.List(ctx, tx, scanPaper, paperColumns+where+` ORDER BY next_at, id LIMIT 1`, args...)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return data.ErrNotFound
		}
		c = claimed{Paper: found[0], token: data.NewID()}
		c.body, err = bodyOf(ctx, tx, c.ID)
		if errors.Is(err, errBody) {
			c.broken, err = err, nil
		}
		if err != nil {
			return err
		}
		c.Tries++
		_, err = tx.ExecContext(ctx, `UPDATE outbox SET claim = $1, tries = $2, next_at = $3 WHERE id = $4`,
			c.token, c.Tries, tx.Now().Add(claimTime).UnixMilli(), c.ID)
		return err
	})
	return c, err
}

// settle writes down what came of a claim, and audits what is final. A claim that ran out meanwhile, and a paper
// that was dropped, are no longer ours to write about.
func (s *Store) settle(ctx context.Context, c claimed, fault error) error {
	if fault != nil && c.Tries < MaxTries && !errors.Is(fault, ErrHopeless) {
		return s.db.InPlainTx(ctx, func(tx *data.Tx) error {
			_, err := c.write(ctx, tx, Waiting, fault)
			return err
		})
	}
	return s.db.InTx(ctx, func(tx *data.Tx) error {
		state, action := Sent, "outbox.send"
		if fault != nil {
			state, action = Failed, "outbox.give_up"
		}
		ours, err := c.write(ctx, tx, state, fault)
		if err != nil || !ours {
			return err
		}
		return tx.Audit(ctx, data.Actor{Name: "clock"}, action, c.ID, "name", c.Name, "channel", string(c.Channel), "target", c.Target)
	})
}

// write gives the claim up with what came of it. ours is false when it was no longer there to give up.
func (c claimed) write(ctx context.Context, tx *data.Tx, state State, fault error) (ours bool, err error) {
	text, next, sent := "", tx.Now(), any(nil)
	switch {
	case fault != nil:
		text, next = faultText(fault), next.Add(Backoff(c.Tries))
	case state == Sent:
		sent = tx.Now().UnixMilli()
	}
	res, err := tx.ExecContext(ctx, `UPDATE outbox SET state = $1, fault = $2, next_at = $3, sent_at = $4, claim = '' WHERE id = $5 AND claim = $6`,
		string(state), text, next.UnixMilli(), sent, c.ID, c.token)
	if err != nil {
		return false, fmt.Errorf("settle paper %s: %w", c.ID, err)
	}
	n, err := res.RowsAffected()
	if err != nil || n == 0 || state != Sent {
		return n > 0, err
	}
	// It is out of the house: the copy here, with codes perhaps, serves nobody any more.
	_, err = tx.ExecContext(ctx, `UPDATE outbox SET body = '' WHERE id = $1`, c.ID)
	return true, err
}

// release gives a claim back as if it had not been taken.
func (s *Store) release(ctx context.Context, c claimed) error {
	return s.db.InPlainTx(ctx, func(tx *data.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE outbox SET claim = '', tries = $1, next_at = $2 WHERE id = $3 AND claim = $4`,
			c.Tries-1, tx.Now().UnixMilli(), c.ID, c.token)
		return err
	})
}

// faultLimit is how much of a fault is kept, in characters.
const faultLimit = 300

// faultText is what is kept of a fault: one line, of whatever a command said.
func faultText(err error) string {
	if text := data.Clean(err.Error(), faultLimit); text != "" {
		return text
	}
	return "?"
}
