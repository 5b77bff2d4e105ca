package quiz

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"digibrug/data"
)

// State is where a campaign is in its life.
type State string

// The states. A campaign goes from draft to open to closed, and never back.
const (
	Draft  State = "draft"
	Open   State = "open"
	Closed State = "closed"
)

// Explaining says when people may read the explanation of every item.
type Explaining string

// When the explanations come.
const (
	ExplainAtSubmit Explaining = "submit" // as soon as the own attempt has ended
	ExplainAtClose  Explaining = "close"  // when the campaign is closed for everybody
	ExplainNever    Explaining = "never"
)

// Campaign is one kennismeting: what is asked, of whom, and when.
type Campaign struct {
	ID        string
	Title     string
	Blueprint Blueprint
	State     State
	OpensOn   string        // first day, YYYY-MM-DD
	ClosesOn  string        // last day, YYYY-MM-DD, included
	Limit     time.Duration // per attempt; 0: none, and the attempt may be spread over days
	Explain   Explaining
	Offer     string   // the course that is offered to who ends at starter
	Services  []string // ids of the invited services
	ClosedAt  time.Time
	Invited   int // people; counted when it opened, and who joined since
	Started   int // attempts
	Ended     int // attempts that have ended, in whatever way
}

// TakableOn tells whether somebody can start or go on with an attempt on a day, YYYY-MM-DD.
func (c Campaign) TakableOn(day string) bool {
	return c.State == Open && c.OpensOn <= day && day <= c.ClosesOn
}

const (
	maxTitle = 80
	minLimit = 5 * time.Minute
	maxLimit = 8 * time.Hour
)

// check tidies a new campaign and says what is wrong with it.
func (c *Campaign) check(pool []Item) error {
	c.Title, c.Offer = data.Clean(c.Title, maxTitle), data.Clean(c.Offer, maxTitle)
	c.Services = slices.Compact(slices.Sorted(slices.Values(c.Services)))
	var p Problems
	if c.Title == "" {
		p.add("title", data.WhyEmpty, "", "")
	}
	for _, f := range [][2]string{{"opens", c.OpensOn}, {"closes", c.ClosesOn}} {
		if _, err := data.ParseDay(f[1]); err != nil {
			p.add(f[0], data.WhyDay, "YYYY-MM-DD", data.Clean(f[1], gotLen))
		}
	}
	if len(p) == 0 && c.ClosesOn < c.OpensOn {
		p.add("closes", data.WhyEarly, c.OpensOn, c.ClosesOn)
	}
	if c.Limit != 0 && (c.Limit < minLimit || c.Limit > maxLimit) {
		p.add("limit", data.WhyNumber, "0, 5 … 480", fmt.Sprint(int(c.Limit.Minutes())))
	}
	if !slices.Contains([]Explaining{ExplainAtSubmit, ExplainAtClose, ExplainNever}, c.Explain) {
		p.add("explain", data.WhyNotOneOf, "submit, close, never", data.Clean(string(c.Explain), gotLen))
	}
	if len(c.Services) == 0 {
		p.add("services", data.WhyEmpty, "", "")
	}
	var lacks Problems
	if errors.As(c.Blueprint.Check(pool), &lacks) {
		p = append(p, lacks...)
	}
	return p.err()
}

// Create adds a campaign in state Draft and audits it. Only the ICT officer may. c.ID, State and counts are
// ignored. It returns Problems for whatever is wrong, all at once.
func (s *Store) Create(ctx context.Context, by data.Actor, c Campaign) (Campaign, error) {
	c.ID, c.State, c.Invited, c.Started, c.Ended = data.NewID(), Draft, 0, 0, 0
	err := s.db.InTx(ctx, func(tx *data.Tx) error {
		if err := data.Require(ctx, tx, by, data.RoleICT); err != nil {
			return err
		}
		_, pool, err := s.lib.pools(ctx, tx)
		if err != nil {
			return err
		}
		if err := c.check(pool); err != nil {
			return err
		}
		var limit any
		if c.Limit > 0 {
			limit = int64(c.Limit / time.Second)
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO campaigns (id, kind, title, sort_key, blueprint, state, opens_on, closes_on, time_limit_s, explain, offer, created_at)
			VALUES ($1, 'assessment', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, c.ID, c.Title, data.SortKey(c.Title), toJSON(c.Blueprint),
			string(c.State), c.OpensOn, c.ClosesOn, limit, string(c.Explain), c.Offer, tx.Now().UnixMilli())
		if data.IsUnique(err) {
			return &data.Invalid{Field: "title", Why: data.WhyTwice, Got: c.Title}
		} else if err != nil {
			return fmt.Errorf("add campaign: %w", err)
		}
		for _, service := range c.Services {
			res, err := tx.ExecContext(ctx, `INSERT INTO campaign_services (campaign_id, service_id)
				SELECT $1, id FROM services WHERE id = $2 AND NOT is_cluster`, c.ID, service)
			if err != nil {
				return fmt.Errorf("invite service %s: %w", service, err)
			}
			if n, err := res.RowsAffected(); err != nil || n == 0 {
				return errors.Join(err, &data.Invalid{Field: "services", Why: data.WhyUnknown, Got: data.Clean(service, gotLen)})
			}
		}
		return tx.Audit(ctx, by, "campaign.create", c.ID, "title", c.Title)
	})
	if err != nil {
		return Campaign{}, err
	}
	return c, nil
}

// Discard removes a draft and audits it. It returns ErrState for a campaign that was opened: what people
// have answered stays.
func (s *Store) Discard(ctx context.Context, by data.Actor, campaign string) error {
	return s.db.InTx(ctx, func(tx *data.Tx) error {
		if err := data.Require(ctx, tx, by, data.RoleICT); err != nil {
			return err
		}
		title, err := inState(ctx, tx, campaign, Draft)
		if err != nil {
			return err
		}
		for _, table := range []string{`DELETE FROM campaign_services WHERE campaign_id = $1`, `DELETE FROM campaigns WHERE id = $1`} {
			if _, err := tx.ExecContext(ctx, table, campaign); err != nil {
				return fmt.Errorf("discard campaign %s: %w", campaign, err)
			}
		}
		return tx.Audit(ctx, by, "campaign.discard", campaign, "title", title)
	})
}

// Open opens a draft: it fixes who is invited, and audits it. Invited is who works in an invited service that day:
// also who has no account, a closed one, or one without the role of staff, since a paper code opens the campaign to
// them as well. It returns ErrState unless it is a draft, and an
// *Invalid when its last day is past.
func (s *Store) Open(ctx context.Context, by data.Actor, campaign string) error {
	return s.db.InTx(ctx, func(tx *data.Tx) error {
		if err := data.Require(ctx, tx, by, data.RoleICT); err != nil {
			return err
		}
		var last string
		if err := data.One(ctx, tx, []any{&last}, `SELECT closes_on FROM campaigns WHERE id = $1`, campaign); err != nil {
			return fmt.Errorf("campaign %s: %w", campaign, err)
		}
		if last < tx.Today() {
			return &data.Invalid{Field: "closes", Why: data.WhyEarly, Want: tx.Today(), Got: last}
		}
		title, err := move(ctx, tx, campaign, Draft, Open)
		if err != nil {
			return err
		}
		// Somebody in two invited services counts for the one where the employment began first.
		if _, err := tx.ExecContext(ctx, `INSERT INTO campaign_people (campaign_id, person_id, service_id, joined)
			SELECT campaign_id, person_id, service_id, FALSE FROM (
				SELECT c.campaign_id, e.person_id, e.service_id,
				       row_number() OVER (PARTITION BY e.person_id ORDER BY e.from_on, e.id) AS turn
				FROM campaign_services c JOIN employments e ON e.service_id = c.service_id
				WHERE c.campaign_id = $1 AND e.from_on <= $2 AND (e.until_on IS NULL OR e.until_on >= $2)) AS one
			WHERE turn = 1`, campaign, tx.Today()); err != nil {
			return fmt.Errorf("invite people: %w", err)
		}
		if err := keepGroups(ctx, tx, campaign); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "campaign.open", campaign, "title", title)
	})
}

// Move gives a draft or an open campaign another last day, and audits it: people who were ill get another week, and
// nothing of what they did is touched. It returns ErrState for a closed campaign, and an *Invalid for a day that is
// past or before the first.
func (s *Store) Move(ctx context.Context, by data.Actor, campaign, closesOn string) error {
	return s.db.InTx(ctx, func(tx *data.Tx) error {
		if err := data.Require(ctx, tx, by, data.RoleICT); err != nil {
			return err
		}
		var state, first, last, title string
		if err := data.One(ctx, tx, []any{&state, &first, &last, &title}, `SELECT state, opens_on, closes_on, title FROM campaigns WHERE id = $1`, campaign); err != nil {
			return fmt.Errorf("campaign %s: %w", data.Clean(campaign, gotLen), err)
		}
		earliest := max(first, tx.Today())
		switch _, err := data.ParseDay(closesOn); {
		case err != nil:
			return &data.Invalid{Field: "closes", Why: data.WhyDay, Got: data.Clean(closesOn, gotLen)}
		case State(state) == Closed:
			return fmt.Errorf("move campaign %s that is %s: %w", campaign, state, ErrState)
		case closesOn < earliest:
			return &data.Invalid{Field: "closes", Why: data.WhyEarly, Want: earliest, Got: closesOn}
		case closesOn == last:
			return nil // it is as asked, and there is nothing to write down
		}
		if _, err := tx.ExecContext(ctx, `UPDATE campaigns SET closes_on = $1 WHERE id = $2`, closesOn, campaign); err != nil {
			return fmt.Errorf("move campaign %s: %w", campaign, err)
		}
		return tx.Audit(ctx, by, "campaign.move", campaign, "title", title, "until", closesOn)
	})
}

// Close closes an open campaign: attempts that still run end with what was answered, and the figures of
// the groups become final. It is audited. It returns ErrState unless the campaign is open.
func (s *Store) Close(ctx context.Context, by data.Actor, campaign string) error {
	return s.db.InTx(ctx, func(tx *data.Tx) error {
		if err := data.Require(ctx, tx, by, data.RoleICT); err != nil {
			return err
		}
		return s.close(ctx, tx, by, campaign)
	})
}

func (s *Store) close(ctx context.Context, tx *data.Tx, by data.Actor, campaign string) error {
	title, err := move(ctx, tx, campaign, Open, Closed)
	if err != nil {
		return err
	}
	running, err := data.List(ctx, tx, scanID, `SELECT id FROM attempts WHERE campaign_id = $1 AND ended_at IS NULL ORDER BY id`, campaign)
	if err != nil {
		return err
	}
	for _, id := range running {
		a, err := attemptByID(ctx, tx, id)
		if err != nil {
			return err
		}
		how := EndedClosed
		if a.due(tx.Now()) == EndedTime {
			how = EndedTime // the bell rang before
		}
		if err := s.end(ctx, tx, a, how); err != nil {
			return err
		}
	}
	if err := keepFigures(ctx, tx, campaign); err != nil {
		return err
	}
	return tx.Audit(ctx, by, "campaign.close", campaign, "title", title, "ended", fmt.Sprint(len(running)))
}

func scanID(scan func(...any) error) (id string, err error) { return id, scan(&id) }

// inState returns ErrState unless the campaign is in that state. The title is for the audit log.
func inState(ctx context.Context, tx *data.Tx, campaign string, want State) (title string, err error) {
	var now string
	if err := data.One(ctx, tx, []any{&now, &title}, `SELECT state, title FROM campaigns WHERE id = $1`, campaign); err != nil {
		return "", fmt.Errorf("campaign %s: %w", campaign, err)
	}
	if State(now) != want {
		return "", fmt.Errorf("campaign %s is %s, not %s: %w", campaign, now, want, ErrState)
	}
	return title, nil
}

// move changes the state of a campaign.
func move(ctx context.Context, tx *data.Tx, campaign string, from, to State) (title string, err error) {
	if title, err = inState(ctx, tx, campaign, from); err != nil {
		return "", err
	}
	column := map[State]string{Open: "opened_at", Closed: "closed_at"}[to]
	_, err = tx.ExecContext(ctx, `UPDATE campaigns SET state = $1, `+column+` = $2 WHERE id = $3`, string(to), tx.Now().UnixMilli(), campaign)
	return title, err
}

// Campaigns lists all campaigns, the newest first, with their counts. Only the ICT officer and the
// director may.
func (s *Store) Campaigns(ctx context.Context, by data.Actor) ([]Campaign, error) {
	if err := data.Require(ctx, s.db, by, data.RoleICT, data.RoleDirector); err != nil {
		return nil, err
	}
	return data.List(ctx, s.db, scanCampaign, campaignColumns+` ORDER BY c.created_at DESC, c.id DESC`)
}

// Campaign gives one campaign with its services, for the ICT officer.
func (s *Store) Campaign(ctx context.Context, by data.Actor, id string) (Campaign, error) {
	if err := data.Require(ctx, s.db, by, data.RoleICT); err != nil {
		return Campaign{}, err
	}
	c, err := campaign(ctx, s.db, id)
	if err == nil {
		c.Services, err = data.List(ctx, s.db, scanID, `SELECT service_id FROM campaign_services WHERE campaign_id = $1 ORDER BY service_id`, id)
	}
	return c, err
}

func campaign(ctx context.Context, q data.Query, id string) (Campaign, error) {
	found, err := data.List(ctx, q, scanCampaign, campaignColumns+` WHERE c.id = $1`, id)
	if err != nil {
		return Campaign{}, err
	}
	if len(found) == 0 {
		return Campaign{}, fmt.Errorf("campaign %s: %w", data.Clean(id, gotLen), data.ErrNotFound)
	}
	return found[0], nil
}

const campaignColumns = `SELECT c.id, c.title, c.blueprint, c.state, c.opens_on, c.closes_on, c.time_limit_s, c.explain, c.offer, c.closed_at,
	(SELECT count(*) FROM campaign_people p WHERE p.campaign_id = c.id),
	(SELECT count(*) FROM attempts a WHERE a.campaign_id = c.id),
	(SELECT count(*) FROM attempts a WHERE a.campaign_id = c.id AND a.ended_at IS NOT NULL)
	FROM campaigns c`

func scanCampaign(scan func(...any) error) (c Campaign, err error) {
	var blueprint, state, explain string
	var limit, closed sql.NullInt64
	if err = scan(&c.ID, &c.Title, &blueprint, &state, &c.OpensOn, &c.ClosesOn, &limit, &explain, &c.Offer, &closed,
		&c.Invited, &c.Started, &c.Ended); err != nil {
		return c, err
	}
	c.State, c.Explain = State(state), Explaining(explain)
	c.Limit = time.Duration(limit.Int64) * time.Second
	if closed.Valid {
		c.ClosedAt = data.Milli(closed.Int64)
	}
	c.Blueprint, err = fromJSON[Blueprint](blueprint, "blueprint")
	return c, err
}
