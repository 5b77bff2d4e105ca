package quiz

import (
	"context"
	"fmt"
	"slices"
	"time"

	"digibrug/data"
)

// Invited gives the ids of who can still take a campaign, for the letters with paper codes: who works in an
// invited service today and whose attempt has not ended; of a draft, who would be invited if it opened today.
// services narrows it to those; nil: all. Only the ICT officer may. That somebody is not in it, as everybody knows
// who sees who gets a letter, tells that the attempt has ended, and nothing of how.
func (s *Store) Invited(ctx context.Context, by data.Actor, campaignID string, services []string) ([]string, error) {
	if err := data.Require(ctx, s.db, by, data.RoleICT); err != nil {
		return nil, err
	}
	if _, err := campaign(ctx, s.db, campaignID); err != nil {
		return nil, err
	}
	type row struct{ person, service string }
	rows, err := data.List(ctx, s.db, func(scan func(...any) error) (r row, err error) {
		return r, scan(&r.person, &r.service)
	}, `SELECT e.person_id, e.service_id FROM employments e
		WHERE e.from_on <= $2 AND (e.until_on IS NULL OR e.until_on >= $2)
		  AND (EXISTS (SELECT 1 FROM campaign_services v WHERE v.campaign_id = $1 AND v.service_id = e.service_id)
		    OR EXISTS (SELECT 1 FROM campaign_people p WHERE p.campaign_id = $1 AND p.person_id = e.person_id))
		  AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.campaign_id = $1 AND a.person_id = e.person_id AND a.ended_at IS NOT NULL)
		ORDER BY e.person_id, e.service_id`, campaignID, s.db.Today())
	if err != nil {
		return nil, fmt.Errorf("invited of %s: %w", campaignID, err)
	}
	var persons []string
	for _, r := range rows {
		if services == nil || slices.Contains(services, r.service) {
			persons = append(persons, r.person)
		}
	}
	return slices.Compact(persons), nil
}

// Topic is what a letter about a campaign says of it.
type Topic struct {
	ID       string
	Title    string
	Limit    time.Duration // per attempt; 0: none
	OpensOn  string        // YYYY-MM-DD
	ClosesOn string
	State    State
}

// Topics lists what all campaigns are about, the newest first, for who makes letters or prints them anew.
func (s *Store) Topics(ctx context.Context, by data.Actor) ([]Topic, error) {
	if err := data.Require(ctx, s.db, by, data.RoleICT, data.RoleDeputy); err != nil {
		return nil, err
	}
	all, err := data.List(ctx, s.db, scanCampaign, campaignColumns+` ORDER BY c.created_at DESC, c.id DESC`)
	if err != nil {
		return nil, fmt.Errorf("list topics: %w", err)
	}
	topics := make([]Topic, len(all))
	for i, c := range all {
		topics[i] = Topic{c.ID, c.Title, c.Limit, c.OpensOn, c.ClosesOn, c.State}
	}
	return topics, nil
}
