package quiz

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"digibrug/data"
)

// Ended says how an attempt ended.
type Ended string

// The ways in which an attempt ends.
const (
	EndedSubmitted Ended = "submitted" // the person handed it in
	EndedStarter   Ended = "starter"   // all entry items failed: ends kindly, with a course to offer
	EndedTime      Ended = "time"      // the time limit passed
	EndedClosed    Ended = "closed"    // the campaign closed
)

// Attempt is one person's go at a campaign (afname), with its own copy of the items.
type Attempt struct {
	ID         string
	CampaignID string
	Title      string // of the campaign
	Entry      int    // the first so many items are the easy ones to come in
	Entered    bool   // the entry items were judged, once and for all: the other items can be reached
	Place      int    // item where the person is, from 0
	Helped     bool   // somebody helps with mouse and keyboard; said at the result
	StartedAt  time.Time
	Deadline   time.Time // zero: no time limit
	EndedAt    time.Time // zero while it runs
	Ended      Ended
	Items      []AttemptItem

	closesOn string // last day of the campaign
	person   string // id of whose it is
}

// AttemptItem is one item of an attempt.
type AttemptItem struct {
	Item       Item
	Shown      []int // order in which options, steps or right-hand sides are shown; see OptionOrder
	Answer     Answer
	AnsweredAt time.Time // zero: never answered
	Later      bool      // the person marked it to look at again
	Withheld   bool      // of Explained: the item is in a recruitment that is not over, and only its id and domain are here
}

// Running tells whether the attempt still takes answers.
func (a Attempt) Running() bool { return a.Ended == "" }

// Left is the time that is left at a moment, never negative; ok is false when there is no limit.
func (a Attempt) Left(now time.Time) (left time.Duration, ok bool) {
	if a.Deadline.IsZero() {
		return 0, false
	}
	return max(0, a.Deadline.Sub(now)), true
}

// Answered counts the items that have an answer.
func (a Attempt) Answered() int {
	n := 0
	for _, it := range a.Items {
		if !it.Answer.Empty() {
			n++
		}
	}
	return n
}

// due tells how a running attempt should have ended by now: by its time limit, or because the last day of
// the campaign is over. Empty: it runs on.
func (a Attempt) due(now time.Time) Ended {
	left, limited := a.Left(now)
	switch {
	case !a.Running():
		return ""
	case limited && left == 0:
		return EndedTime
	case data.DayOf(now) > a.closesOn:
		return EndedClosed
	}
	return ""
}

// reach is how many of total items the person could reach.
func (a Attempt) reach(total int) int {
	if a.Entered {
		return total
	}
	return min(a.Entry, total)
}

// given cuts items off that the person could not reach.
func (a Attempt) given(items []AttemptItem) []AttemptItem { return items[:a.reach(len(items))] }

// Invitation is a campaign as the invited person sees it.
type Invitation struct {
	Campaign Campaign
	Attempt  string // id; empty when not started
	Total    int    // items
	Answered int
	Ended    Ended // empty while not ended
	EndedAt  time.Time
	Takable  bool // today
}

// assessment is what a paper code must be for, to take a campaign.
func assessment(campaignID string) data.Journey {
	return data.Journey{Kind: data.JourneyAssessment, Of: campaignID}
}

// own reads the person's own attempt without its items, for an account of staff and for a code that is good for
// its campaign.
func own(ctx context.Context, q data.Query, by data.Actor, id string) (Attempt, error) {
	a, err := attempt(ctx, q, id, by.PersonID)
	if denied := data.RequireFor(ctx, q, by, assessment(a.CampaignID), data.RoleStaff); denied != nil {
		return Attempt{}, denied // also where there is no such attempt
	}
	return a, err
}

// Mine lists the campaigns that a person is or was invited to: those that can be taken first, then the
// newest. Who came in with a paper code for one campaign gets that one.
func (s *Store) Mine(ctx context.Context, by data.Actor) ([]Invitation, error) {
	journey, err := data.JourneyOf(ctx, s.db, by)
	if err != nil {
		return nil, err
	}
	one := journey.Kind == data.JourneyAssessment
	if !one {
		journey = data.Journey{Kind: data.JourneyStaff}
	}
	if err := data.RequireFor(ctx, s.db, by, journey, data.RoleStaff); err != nil {
		return nil, err
	}
	all, err := s.mine(ctx, by)
	if one {
		all = slices.DeleteFunc(all, func(v Invitation) bool { return v.Campaign.ID != journey.Of })
	}
	return all, err
}

func (s *Store) mine(ctx context.Context, by data.Actor) ([]Invitation, error) {
	today := s.db.Today()
	return data.List(ctx, s.db, func(scan func(...any) error) (Invitation, error) {
		var v Invitation
		var attempt, ended sql.NullString
		var endedAt sql.NullInt64
		c, err := scanCampaign(func(dest ...any) error {
			return scan(append(dest, &attempt, &ended, &endedAt, &v.Answered)...)
		})
		v.Campaign, v.Attempt, v.Ended = c, attempt.String, Ended(ended.String)
		v.Total, v.Takable = c.Blueprint.Total(), c.TakableOn(today)
		if endedAt.Valid {
			v.EndedAt = data.Milli(endedAt.Int64)
		}
		return v, err
	}, mineColumns, by.PersonID, today)
}

// mineColumns are campaignColumns with the person's own attempt. Somebody who works in an invited service
// is invited, also when the employment began after the campaign had opened.
const mineColumns = `SELECT c.id, c.title, c.blueprint, c.state, c.opens_on, c.closes_on, c.time_limit_s, c.explain, c.offer, c.closed_at,
	0, 0, 0, a.id, a.ended, a.ended_at,
	(SELECT count(*) FROM attempt_items i WHERE i.attempt_id = a.id AND i.answer IS NOT NULL)
	FROM campaigns c LEFT JOIN attempts a ON a.campaign_id = c.id AND a.person_id = $1
	WHERE c.state <> 'draft' AND (a.id IS NOT NULL
	   OR EXISTS (SELECT 1 FROM campaign_people p WHERE p.campaign_id = c.id AND p.person_id = $1)
	   OR EXISTS (SELECT 1 FROM campaign_services v JOIN employments e ON e.service_id = v.service_id
	              WHERE v.campaign_id = c.id AND e.person_id = $1 AND e.from_on <= $2 AND (e.until_on IS NULL OR e.until_on >= $2)))
	ORDER BY CASE WHEN c.state = 'open' AND a.ended_at IS NULL THEN 0 ELSE 1 END, c.opens_on DESC, c.id DESC`

// Start begins an attempt, or gives the one that was begun before: it may be called twice. helped says that
// somebody helps the person. It returns ErrNotOpen or ErrNotInvited.
func (s *Store) Start(ctx context.Context, by data.Actor, campaignID string, helped bool) (string, error) {
	var attempt string
	err := s.db.InTx(ctx, func(tx *data.Tx) error {
		if err := data.RequireFor(ctx, tx, by, assessment(campaignID), data.RoleStaff); err != nil {
			return err
		}
		begun, err := data.List(ctx, tx, scanID, `SELECT id FROM attempts WHERE campaign_id = $1 AND person_id = $2`, campaignID, by.PersonID)
		if err != nil {
			return err
		}
		if len(begun) > 0 {
			attempt = begun[0]
			return nil
		}
		c, err := campaign(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		if !c.TakableOn(tx.Today()) {
			return fmt.Errorf("campaign %s: %w", campaignID, ErrNotOpen)
		}
		if err := s.join(ctx, tx, campaignID, by.PersonID); err != nil {
			return err
		}
		attempt = data.NewID()
		if err := s.draw(ctx, tx, c, attempt, by.PersonID, helped); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "attempt.start", attempt, "campaign", campaignID)
	})
	if err != nil {
		return "", err
	}
	return attempt, nil
}

// join makes sure that a person is on the list of the invited: who came to an invited service after the
// campaign had opened is added now.
func (s *Store) join(ctx context.Context, tx *data.Tx, campaignID, person string) error {
	listed, err := data.List(ctx, tx, scanID, `SELECT person_id FROM campaign_people WHERE campaign_id = $1 AND person_id = $2`, campaignID, person)
	if err != nil || len(listed) > 0 {
		return err
	}
	services, err := data.List(ctx, tx, scanID, `SELECT e.service_id FROM campaign_services v JOIN employments e ON e.service_id = v.service_id
		WHERE v.campaign_id = $1 AND e.person_id = $2 AND e.from_on <= $3 AND (e.until_on IS NULL OR e.until_on >= $3)
		ORDER BY e.from_on, e.id`, campaignID, person, tx.Today())
	if err != nil {
		return err
	}
	if len(services) == 0 {
		return fmt.Errorf("campaign %s: %w", campaignID, ErrNotInvited)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO campaign_people (campaign_id, person_id, service_id, joined) VALUES ($1, $2, $3, TRUE)`,
		campaignID, person, services[0])
	return err
}

// draw stores a new attempt with its own copy of the items.
func (s *Store) draw(ctx context.Context, tx *data.Tx, c Campaign, attempt, person string, helped bool) error {
	seed := s.seed()
	items, err := s.lib.draw(ctx, tx, c.Blueprint, seed)
	if err != nil {
		return err
	}
	deadline, err := c.deadline(tx.Now())
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO attempts (id, campaign_id, person_id, seed, entry, entered, place, helped, started_at, deadline_at)
		VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9)`, attempt, c.ID, person, seed, c.Blueprint.Entry, c.Blueprint.Entry == 0, helped,
		tx.Now().UnixMilli(), deadline); err != nil {
		return fmt.Errorf("add attempt: %w", err)
	}
	for n, it := range items {
		it = it.VaryBy(seed, 0)
		if _, err := tx.ExecContext(ctx, `INSERT INTO attempt_items (attempt_id, n, item_id, version, item, shown, later) VALUES ($1, $2, $3, $4, $5, $6, FALSE)`,
			attempt, n, it.ID, it.Version, toJSON(it), toJSON(OptionOrder(it, seed))); err != nil {
			return fmt.Errorf("add item %s: %w", it.ID, err)
		}
	}
	return nil
}

// deadline is when an attempt that begins now must end, in milliseconds: after the limit, and never later than
// the campaign's last day. nil: there is no limit, and the last day alone ends it.
func (c Campaign) deadline(now time.Time) (any, error) {
	if c.Limit == 0 {
		return nil, nil
	}
	last, err := data.ParseDay(c.ClosesOn)
	if err != nil {
		return nil, err
	}
	end := now.Add(c.Limit)
	if midnight := data.StartOf(last.AddDate(0, 0, 1)); midnight.Before(end) {
		end = midnight
	}
	return end.UnixMilli(), nil
}

func newSeed() int64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return int64(binary.BigEndian.Uint64(b[:]) >> 1)
}

// Attempt gives the person's own attempt with all items and answers. An attempt of somebody else is
// ErrNotFound: nobody sees the single answers of another. An attempt whose time or whose campaign's last day
// is over is ended first.
func (s *Store) Attempt(ctx context.Context, by data.Actor, id string) (Attempt, error) {
	a, err := s.load(ctx, by, id)
	if err != nil {
		return Attempt{}, err
	}
	if how := a.due(s.db.Now()); how != "" {
		if err := s.finish(ctx, by, id, how); err != nil {
			return Attempt{}, err
		}
		return s.load(ctx, by, id)
	}
	return a, nil
}

func (s *Store) load(ctx context.Context, by data.Actor, id string) (a Attempt, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		if a, err = own(ctx, q, by, id); err != nil {
			return err
		}
		a.Items, err = attemptItems(ctx, q, id)
		return err
	})
	return a, err
}

// attemptByID reads an attempt, whoever's, without its items: for the clock and for closing a campaign.
func attemptByID(ctx context.Context, q data.Query, id string) (Attempt, error) {
	var person string
	if err := data.One(ctx, q, []any{&person}, `SELECT person_id FROM attempts WHERE id = $1`, id); err != nil {
		return Attempt{}, fmt.Errorf("attempt %s: %w", id, err)
	}
	return attempt(ctx, q, id, person)
}

// attempt reads an attempt of a person without its items.
func attempt(ctx context.Context, q data.Query, id, person string) (a Attempt, err error) {
	var started int64
	var deadline, ended sql.NullInt64
	var how sql.NullString
	err = data.One(ctx, q, []any{&a.ID, &a.CampaignID, &a.Title, &a.closesOn, &a.Entry, &a.Entered, &a.Place, &a.Helped, &started, &deadline, &ended, &how},
		`SELECT a.id, a.campaign_id, c.title, c.closes_on, a.entry, a.entered, a.place, a.helped, a.started_at, a.deadline_at, a.ended_at, a.ended
		 FROM attempts a JOIN campaigns c ON c.id = a.campaign_id WHERE a.id = $1 AND a.person_id = $2`, id, person)
	if err != nil {
		return Attempt{}, fmt.Errorf("attempt %s: %w", data.Clean(id, gotLen), err)
	}
	a.person, a.StartedAt, a.Ended = person, data.Milli(started), Ended(how.String)
	if deadline.Valid {
		a.Deadline = data.Milli(deadline.Int64)
	}
	if ended.Valid {
		a.EndedAt = data.Milli(ended.Int64)
	}
	return a, nil
}

func attemptItems(ctx context.Context, q data.Query, id string) ([]AttemptItem, error) {
	return data.List(ctx, q, func(scan func(...any) error) (it AttemptItem, err error) {
		var item, shown string
		var answer sql.NullString
		var answered sql.NullInt64
		if err = scan(&item, &shown, &it.Later, &answer, &answered); err != nil {
			return it, err
		}
		if it.Item, err = fromJSON[Item](item, "item"); err != nil {
			return it, err
		}
		if it.Shown, err = fromJSON[[]int](shown, "order"); err != nil {
			return it, err
		}
		if answer.Valid {
			it.Answer, err = fromJSON[Answer](answer.String, "answer")
		}
		if answered.Valid {
			it.AnsweredAt = data.Milli(answered.Int64)
		}
		return it, err
	}, `SELECT item, shown, later, answer, answered_at FROM attempt_items WHERE attempt_id = $1 ORDER BY n`, id)
}
