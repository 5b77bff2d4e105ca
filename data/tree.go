package data

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// What can be wrong with a change to the tree of services.
const (
	WhyServiceBusy    Why = "service.busy"    // Got people work there after that day
	WhyServiceCluster Why = "service.cluster" // no cluster of the same organisation, or one inside another
	WhyServiceClosed  Why = "service.closed"  // closed before
)

// Leader is the head of a service, or who stands in.
type Leader struct {
	PersonID string
	Name     string
	Login    string // of an account in use; empty when there is none
	HasRole  bool   // the account holds the role of head today
	From     string // of a stand-in, YYYY-MM-DD; empty for the head
	Until    string // empty while it lasts
}

// Branch is a service or cluster of the tree.
type Branch struct {
	Service
	Organisation string // name
	Cluster      string // name; empty when it stands on its own
	Head         Leader // the zero Leader while there is none
	Standins     []Leader
}

// Tree lists all organisations' clusters and services, in the order of a tree: by organisation, then what stands
// on its own and clusters by name, each cluster before its services. Closed ones are in it. For the ICT officer,
// the deputy and the director.
func (p *People) Tree(ctx context.Context, by Actor) (tree []Branch, err error) {
	err = p.db.View(ctx, func(q Query) error {
		if err := Require(ctx, q, by, RoleICT, RoleDeputy, RoleDirector); err != nil {
			return err
		}
		tree, err = branches(ctx, q)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("tree of services: %w", err)
	}
	return tree, nil
}

func branches(ctx context.Context, q Query) ([]Branch, error) {
	type row struct {
		Branch
		place string // where it stands in the tree
	}
	rows, err := List(ctx, q, func(scan func(...any) error) (r row, err error) {
		var cluster, closed, head string
		err = scan(&r.ID, &r.OrganisationID, &r.Organisation, &cluster, &r.Cluster, &r.IsCluster, &r.Name, &head, &closed, &r.People, &r.place)
		r.ClusterID, r.ClosedOn, r.HeadID = cluster, closed, head
		return r, err
	}, `SELECT s.id, o.id, o.name, coalesce(k.id, ''), coalesce(k.name, ''), s.is_cluster, s.name, coalesce(s.head_id, ''), coalesce(s.closed_on, ''),
		(SELECT count(DISTINCT e.person_id) FROM employments e WHERE e.service_id = s.id AND e.from_on <= $1 AND (e.until_on IS NULL OR e.until_on >= $1)),
		o.sort_key || ' / ' || coalesce(k.sort_key || ' / ', '') || s.sort_key
		FROM services s JOIN organisations o ON o.id = s.organisation_id LEFT JOIN services k ON k.id = s.cluster_id
		ORDER BY s.sort_key, s.id`, DayOf(q.Now()))
	if err != nil {
		return nil, err
	}
	leaders, err := leaders(ctx, q)
	if err != nil {
		return nil, err
	}
	standins, err := Standins(ctx, q)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(rows, func(a, b row) int { return strings.Compare(a.place, b.place) })
	tree := make([]Branch, len(rows))
	for i, r := range rows {
		tree[i] = r.Branch
		if r.HeadID != "" {
			tree[i].Head = leaders[r.HeadID]
		}
		for _, s := range standins {
			if s.ServiceID == r.ID && (s.Until == "" || s.Until >= DayOf(q.Now())) {
				one := leaders[s.PersonID]
				one.From, one.Until = s.From, s.Until
				tree[i].Standins = append(tree[i].Standins, one)
			}
		}
	}
	return tree, nil
}

// leaders gives everybody who heads something or stands in, by id.
func leaders(ctx context.Context, q Query) (map[string]Leader, error) {
	all, err := List(ctx, q, func(scan func(...any) error) (l Leader, err error) {
		var p Person
		var held int
		err = scan(&l.PersonID, &p.Given, &p.Family, &l.Login, &held)
		l.Name, l.HasRole = p.Name(), held > 0
		return l, err
	}, `SELECT p.id, p.given, p.family, coalesce((SELECT min(a.login) FROM accounts a WHERE a.person_id = p.id AND a.disabled_at IS NULL), ''),
		(SELECT count(*) FROM accounts a JOIN account_roles r ON r.account_id = a.id WHERE a.person_id = p.id AND a.disabled_at IS NULL
		   AND r.role = 'head' AND r.from_on <= $1 AND (r.until_on IS NULL OR r.until_on >= $1))
		FROM persons p WHERE p.id IN (SELECT head_id FROM services) OR p.id IN (SELECT person_id FROM service_standins)
		ORDER BY p.sort_key, p.id`, DayOf(q.Now()))
	if err != nil {
		return nil, err
	}
	byID := map[string]Leader{}
	for _, l := range all {
		byID[l.PersonID] = l
	}
	return byID, nil
}

// ChangeService renames a service or cluster, or moves it under another cluster, and audits it. It returns an
// *Invalid and ErrNotFound.
func (p *People) ChangeService(ctx context.Context, by Actor, id, name, cluster string) error {
	return p.act(ctx, by, func(tx *Tx) error {
		tree, err := branches(ctx, tx)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(tree, func(b Branch) bool { return b.ID == id })
		if at < 0 {
			return fmt.Errorf("service %s: %w", Clean(id, 40), ErrNotFound)
		}
		s := tree[at].Service
		if cluster != "" && !slices.ContainsFunc(tree, func(b Branch) bool {
			return b.ID == cluster && b.IsCluster && b.OrganisationID == s.OrganisationID && !s.IsCluster && b.ClosedOn == ""
		}) {
			return &Invalid{Field: "cluster", Why: WhyServiceCluster}
		}
		s.Name, s.ClusterID, s.HeadID = name, cluster, ""
		_, err = PutService(ctx, tx, by, s)
		return err
	})
}

// Close ends a service or cluster from a day on, and audits it. It returns an *Invalid while people work there on
// or after that day, or services of the cluster are open, and ErrNotFound.
func (p *People) Close(ctx context.Context, by Actor, id, day string) error {
	return p.act(ctx, by, func(tx *Tx) error {
		if _, err := ParseDay(day); err != nil {
			return &Invalid{Field: "day", Why: WhyDay, Got: Clean(day, 40)}
		}
		var closed string
		if err := One(ctx, tx, []any{&closed}, `SELECT coalesce(closed_on, '') FROM services WHERE id = $1`, id); err != nil {
			return fmt.Errorf("service %s: %w", Clean(id, 40), err)
		}
		if closed != "" {
			return &Invalid{Field: "service", Why: WhyServiceClosed, Got: closed}
		}
		var n int
		if err := One(ctx, tx, []any{&n}, `SELECT (SELECT count(*) FROM employments WHERE service_id = $1 AND (until_on IS NULL OR until_on >= $2))
			+ (SELECT count(*) FROM services WHERE cluster_id = $1 AND closed_on IS NULL)`, id, day); err != nil {
			return fmt.Errorf("who works in service %s: %w", id, err)
		}
		if n > 0 {
			return &Invalid{Field: "service", Why: WhyServiceBusy, Got: fmt.Sprint(n)}
		}
		return CloseService(ctx, tx, by, id, day)
	})
}

// StandIn lets somebody stand in for the head of a service, and audits it. It returns an *Invalid for wrong days.
func (p *People) StandIn(ctx context.Context, by Actor, s Standin) error {
	return p.act(ctx, by, func(tx *Tx) error { return PutStandin(ctx, tx, by, s) })
}

// DropStandIn takes a stand-in away, and audits it. It returns ErrNotFound.
func (p *People) DropStandIn(ctx context.Context, by Actor, service, person string) error {
	return p.act(ctx, by, func(tx *Tx) error { return DropStandin(ctx, tx, by, service, person) })
}
