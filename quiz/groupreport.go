package quiz

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"digibrug/data"
)

// GroupReport is what a head of service sees of a campaign: groups, never persons.
type GroupReport struct {
	Campaign Campaign // without counts over all
	Domains  []string
	Rows     []GroupRow
}

// GroupRow is one group: a service, or the named cluster that small services merge into.
type GroupRow struct {
	Group   Group
	Names   []string // of the member services, sorted by name
	Invited int      // people, with those who joined since
	Started int      // attempts
	Ended   int
	Figures []Figure // one per domain of the report, in its order
}

// Reports lists the campaigns that have groups which the actor may see, the newest first: all for the
// director, those with an own service for a head.
func (s *Store) Reports(ctx context.Context, by data.Actor) (seen []Campaign, err error) {
	if err := data.Require(ctx, s.db, by, data.RoleHead, data.RoleDirector); err != nil {
		return nil, err
	}
	sees, err := s.sees(ctx, by)
	if err != nil {
		return nil, err
	}
	err = s.db.View(ctx, func(q data.Query) error {
		all, err := data.List(ctx, q, scanCampaign, campaignColumns+` WHERE c.state <> 'draft' ORDER BY c.opens_on DESC, c.id DESC`)
		if err != nil {
			return err
		}
		units, err := unitsOf(ctx, q, "")
		if err != nil {
			return err
		}
		divided, err := data.List(ctx, q, scanDivided, `SELECT id, coalesce(groups, '[]') FROM campaigns WHERE state <> 'draft' ORDER BY id`)
		if err != nil {
			return err
		}
		for _, c := range all {
			if slices.ContainsFunc(divided, func(d division) bool { return d.campaign == c.ID && d.seen(units, sees) }) {
				c.Invited, c.Started, c.Ended = 0, 0, 0
				seen = append(seen, c)
			}
		}
		return nil
	})
	return seen, err
}

// division is how a campaign's invited were divided into groups.
type division struct {
	campaign string
	groups   []Group
}

func scanDivided(scan func(...any) error) (d division, err error) {
	var groups string
	if err = scan(&d.campaign, &groups); err == nil {
		d.groups, err = fromJSON[[]Group](groups, "groups")
	}
	return d, err
}

// seen tells whether one of the groups holds a service that may be seen.
func (d division) seen(units []unit, sees func(unit) bool) bool {
	return slices.ContainsFunc(units, func(u unit) bool {
		return sees(u) && slices.ContainsFunc(d.groups, func(g Group) bool { return slices.Contains(g.Members, u.ID) })
	})
}

// Group gives the report of a campaign: every group for the director, for a head those groups that hold an
// own service. Figures appear by the rules of GroupFigures, so that nobody can be told apart.
func (s *Store) Group(ctx context.Context, by data.Actor, campaignID string) (r GroupReport, err error) {
	if err := data.Require(ctx, s.db, by, data.RoleHead, data.RoleDirector); err != nil {
		return GroupReport{}, err
	}
	sees, err := s.sees(ctx, by)
	if err != nil {
		return GroupReport{}, err
	}
	err = s.db.View(ctx, func(q data.Query) error {
		r, err = s.group(ctx, q, campaignID, sees)
		return err
	})
	return r, err
}

// sees gives the test for which services an actor may see: all, or those that the person heads, or stands in for
// the head of, today. The head of a cluster sees its services.
func (s *Store) sees(ctx context.Context, by data.Actor) (func(unit) bool, error) {
	switch err := data.Require(ctx, s.db, by, data.RoleDirector); {
	case err == nil:
		return func(unit) bool { return true }, nil
	case !errors.Is(err, data.ErrDenied):
		return nil, err
	}
	standing, err := data.StandingIn(ctx, s.db, by.PersonID)
	if err != nil {
		return nil, err
	}
	return func(u unit) bool {
		return by.PersonID != "" && (u.head == by.PersonID || u.clusterHead == by.PersonID ||
			slices.Contains(standing, u.ID) || slices.Contains(standing, u.Parent))
	}, nil
}

// unit is a service with what the report needs to know of it.
type unit struct {
	Unit
	head, clusterHead string
}

func (s *Store) group(ctx context.Context, q data.Query, campaignID string, sees func(unit) bool) (GroupReport, error) {
	c, err := campaign(ctx, q, campaignID)
	if err == nil && c.State == Draft {
		err = fmt.Errorf("report of draft %s: %w", campaignID, data.ErrNotFound)
	}
	if err != nil {
		return GroupReport{}, err
	}
	c.Invited, c.Started, c.Ended = 0, 0, 0 // of everybody together: not the head's
	r := GroupReport{Campaign: c, Domains: c.Blueprint.Domains()}
	units, err := unitsOf(ctx, q, campaignID)
	if err != nil {
		return r, err
	}
	groups, figures, err := figuresOf(ctx, q, campaignID)
	if err != nil {
		return r, err
	}
	counts, err := countsOf(ctx, q, campaignID)
	if err != nil {
		return r, err
	}
	byID := map[string]unit{}
	for _, u := range units {
		byID[u.ID] = u
	}
	for _, g := range groups {
		if slices.ContainsFunc(g.Members, func(id string) bool { return sees(byID[id]) }) {
			r.Rows = append(r.Rows, rowOf(g, byID, counts, figures, r.Domains))
		}
	}
	if len(r.Rows) == 0 {
		return GroupReport{}, fmt.Errorf("report of %s: %w", campaignID, data.ErrNotFound)
	}
	return r, nil
}

// keepGroups divides the invited into groups and stores them.
func keepGroups(ctx context.Context, tx *data.Tx, campaignID string) error {
	units, err := unitsOf(ctx, tx, campaignID)
	if err != nil {
		return err
	}
	plain := make([]Unit, len(units))
	for i, u := range units {
		plain[i] = u.Unit
	}
	_, err = tx.ExecContext(ctx, `UPDATE campaigns SET groups = $1 WHERE id = $2`, toJSON(Partition(plain, MinPeople)), campaignID)
	return err
}

// keepFigures works out the final figures of a campaign that closes and stores them.
func keepFigures(ctx context.Context, tx *data.Tx, campaignID string) error {
	groups, err := groupsOf(ctx, tx, campaignID)
	if err != nil {
		return err
	}
	people, err := peopleOf(ctx, tx, campaignID)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE campaigns SET figures = $1 WHERE id = $2`, toJSON(GroupFigures(groups, people, true)), campaignID)
	return err
}

func groupsOf(ctx context.Context, q data.Query, campaignID string) ([]Group, error) {
	var groups string
	if err := data.One(ctx, q, []any{&groups}, `SELECT coalesce(groups, '[]') FROM campaigns WHERE id = $1`, campaignID); err != nil {
		return nil, err
	}
	return fromJSON[[]Group](groups, "groups")
}

// figuresOf gives the stored groups with their figures: the stored ones of a closed campaign, else those
// that may be shown of it now.
func figuresOf(ctx context.Context, q data.Query, campaignID string) ([]Group, []Figure, error) {
	groups, err := groupsOf(ctx, q, campaignID)
	if err != nil {
		return nil, nil, err
	}
	var final sql.NullString
	if err := data.One(ctx, q, []any{&final}, `SELECT figures FROM campaigns WHERE id = $1`, campaignID); err != nil {
		return nil, nil, err
	}
	if final.Valid {
		figures, err := fromJSON[[]Figure](final.String, "figures")
		return groups, figures, err
	}
	people, err := peopleOf(ctx, q, campaignID)
	return groups, GroupFigures(groups, people, false), err
}

func rowOf(g Group, units map[string]unit, counts map[string]tally, figures []Figure, domains []string) GroupRow {
	row := GroupRow{Group: g, Invited: g.Invited}
	for _, id := range g.Members {
		row.Names = append(row.Names, units[id].Name)
		row.Invited += counts[id].joined
		row.Started += counts[id].started
		row.Ended += counts[id].ended
	}
	if g.Hidden { // of two or three people, even "two have finished" says too much
		row.Invited, row.Started, row.Ended = 0, 0, 0
	}
	slices.SortFunc(row.Names, func(a, b string) int { return cmp.Compare(data.SortKey(a), data.SortKey(b)) })
	for _, domain := range domains {
		figure := Figure{Group: g.ID, Domain: domain}
		for _, f := range figures {
			if f.Group == g.ID && f.Domain == domain {
				figure = f
			}
		}
		row.Figures = append(row.Figures, figure)
	}
	return row
}

// unitsOf gives the tree of services, clusters and organisations with how many people were invited in each
// when the campaign opened.
func unitsOf(ctx context.Context, q data.Query, campaignID string) ([]unit, error) {
	return data.List(ctx, q, func(scan func(...any) error) (u unit, err error) {
		err = scan(&u.ID, &u.Name, &u.Parent, &u.Cluster, &u.head, &u.clusterHead, &u.Invited)
		return u, err
	}, `SELECT s.id, s.name, coalesce(s.cluster_id, s.organisation_id), s.is_cluster, coalesce(s.head_id, ''), coalesce(k.head_id, ''),
		(SELECT count(*) FROM campaign_people p WHERE p.campaign_id = $1 AND p.service_id = s.id AND NOT p.joined)
		FROM services s LEFT JOIN services k ON k.id = s.cluster_id
		UNION ALL SELECT o.id, o.name, '', FALSE, '', '', 0 FROM organisations o ORDER BY 1`, campaignID)
}

// tally counts people of a service: who joined after the opening, who began, who has ended.
type tally struct{ joined, started, ended int }

// countsOf gives the tally of every service.
func countsOf(ctx context.Context, q data.Query, campaignID string) (map[string]tally, error) {
	counts := map[string]tally{}
	_, err := data.List(ctx, q, func(scan func(...any) error) (none struct{}, err error) {
		var service string
		var n tally
		err = scan(&service, &n.joined, &n.started, &n.ended)
		counts[service] = n
		return none, err
	}, `SELECT p.service_id, sum(CASE WHEN p.joined THEN 1 ELSE 0 END), count(a.id), count(a.ended_at) FROM campaign_people p
		LEFT JOIN attempts a ON a.campaign_id = p.campaign_id AND a.person_id = p.person_id
		WHERE p.campaign_id = $1 GROUP BY p.service_id ORDER BY p.service_id`, campaignID)
	if err != nil {
		return nil, fmt.Errorf("count attempts: %w", err)
	}
	return counts, nil
}

// peopleOf gives the results of everybody whose attempt has ended, per domain. It never leaves this floor.
func peopleOf(ctx context.Context, q data.Query, campaignID string) ([]PersonDomain, error) {
	return data.List(ctx, q, func(scan func(...any) error) (p PersonDomain, err error) {
		var final int64
		var text string
		if err = scan(&p.Person, &p.Service, &final, &text); err != nil {
			return p, err
		}
		p.Final = data.Milli(final)
		d, err := fromJSON[DomainResult](text, "result")
		p.Domain, p.Share, p.Band = d.Domain, d.Share(), d.Band
		return p, err
	}, `SELECT a.person_id, p.service_id, a.ended_at, r.result FROM attempts a
		JOIN campaign_people p ON p.campaign_id = a.campaign_id AND p.person_id = a.person_id
		JOIN attempt_results r ON r.attempt_id = a.id
		WHERE a.campaign_id = $1 AND a.ended_at IS NOT NULL ORDER BY a.ended_at, a.person_id, r.domain`, campaignID)
}
