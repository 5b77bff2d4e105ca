package quiz

import (
	"cmp"
	"slices"

	"digibrug/data"
)

// MinPeople is the fewest people that a figure about a group may stand for.
const MinPeople = 5

// Unit is a node of the tree organisation → cluster → service, with how many people are invited there.
type Unit struct {
	ID      string
	Name    string
	Parent  string // id of the unit above; empty, or not among the units: an organisation
	Cluster bool   // a named cluster: where small services go
	Invited int    // people invited in this very unit, not in those below
}

// Group is a set of services about which figures may be shown.
type Group struct {
	ID      string   `json:"id"`      // of the one service, or of the cluster or organisation it is merged into
	Name    string   `json:"name"`    // that unit's
	Members []string `json:"members"` // ids of services, sorted
	Invited int      `json:"invited"`
	Hidden  bool     `json:"hidden,omitempty"` // even the organisation has too few people: nothing is ever shown
}

// Partition divides the units with invited people into groups of at least min (below 1: MinPeople) people.
//
//   - A service with min people or more is a group of its own.
//   - Smaller services are merged into their cluster's group, together with people invited in the cluster
//     itself. If these are fewer than min, the smallest large service of the cluster joins them.
//   - A cluster that has fewer than min people in all goes, as a whole, up to the organisation, where the
//     same is done: with the small services outside clusters, else with the smallest large service outside
//     clusters, else with the smallest group of the organisation.
//   - Organisations are separate legal persons and are never merged; one with fewer than min people is a
//     Hidden group.
//
// A service below a service counts for the nearest cluster above it, or the organisation. Units that
// nobody is invited in do not appear. Groups are disjoint and cover everybody, so whatever is added or
// subtracted among their figures and those of their totals is a sum of whole groups: at least min people.
// The result does not hang on the order of units and is sorted by name. It must be made once, when a
// campaign opens, and kept: two partitions of the same people could be subtracted from each other.
func Partition(units []Unit, min int) []Group {
	if min < 1 {
		min = MinPeople
	}
	t := newTree(units)
	var groups []Group
	for _, root := range t.roots() {
		groups = append(groups, t.organisation(root, min)...)
	}
	slices.SortFunc(groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(data.SortKey(a.Name), data.SortKey(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	return groups
}

// tree is the units by id, in the order of their ids.
type tree struct {
	byID map[string]Unit
	ids  []string
}

// newTree takes the units; of an id that comes twice the first by name, then the rest.
func newTree(units []Unit) tree {
	t := tree{byID: map[string]Unit{}}
	sorted := slices.Clone(units)
	slices.SortFunc(sorted, func(a, b Unit) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Parent, b.Parent), cmp.Compare(a.Invited, b.Invited))
	})
	for _, u := range sorted {
		if _, twice := t.byID[u.ID]; !twice {
			u.Invited = max(0, u.Invited)
			t.byID[u.ID] = u
			t.ids = append(t.ids, u.ID)
		}
	}
	return t
}

// home gives the organisation above a unit, and the nearest cluster at or above it ("" for none). Where
// parents run in a circle, the unit of it with the smallest id is the organisation.
func (t tree) home(id string) (root, cluster string) {
	seen := map[string]bool{}
	for {
		u := t.byID[id]
		_, hasParent := t.byID[u.Parent]
		if seen[id] || u.Parent == "" || !hasParent {
			break
		}
		if u.Cluster && cluster == "" {
			cluster = id
		}
		seen[id] = true
		id = u.Parent
	}
	if !seen[id] {
		return id, cluster
	}
	return t.smallestInCircle(id), ""
}

func (t tree) smallestInCircle(id string) string {
	smallest := id
	for next := t.byID[id].Parent; next != id; next = t.byID[next].Parent {
		smallest = min(smallest, next)
	}
	return smallest
}

// roots lists the organisations in the order of their ids.
func (t tree) roots() []string {
	var roots []string
	for _, id := range t.ids {
		root, _ := t.home(id)
		roots = append(roots, root)
	}
	slices.Sort(roots)
	return slices.Compact(roots)
}

// organisation divides one organisation.
func (t tree) organisation(root string, min int) []Group {
	members := map[string][]Unit{} // units with people, by cluster; "" outside clusters
	for _, id := range t.ids {
		if r, cluster := t.home(id); r == root && t.byID[id].Invited > 0 {
			members[cluster] = append(members[cluster], t.byID[id])
		}
	}
	top := t.group(root)
	var groups []Group
	for _, cluster := range t.ids {
		if len(members[cluster]) == 0 || cluster == "" {
			continue
		}
		own, rest := t.split(cluster, members[cluster], min)
		if rest.Invited > 0 && rest.Invited < min && len(own) > 0 {
			own = rest.takeSmallest(own)
		}
		groups = append(groups, own...)
		if rest.Invited >= min {
			groups = append(groups, rest)
		} else {
			top.join(rest)
		}
	}
	own, rest := t.split(root, members[""], min)
	top.join(rest)
	return t.settle(top, own, groups, min)
}

// settle finds a place for what is left over at the top of an organisation: own are groups of services
// outside clusters, inside those within. top.Invited may be anything from 0.
func (t tree) settle(top Group, own, inside []Group, min int) []Group {
	if top.Invited > 0 && top.Invited < min && len(own) > 0 {
		own = top.takeSmallest(own)
	}
	if top.Invited > 0 && top.Invited < min && len(inside) > 0 {
		inside = top.takeSmallest(inside)
	}
	groups := slices.Concat(own, inside)
	if top.Invited > 0 {
		top.Hidden = top.Invited < min
		groups = append(groups, top)
	}
	return groups
}

// split divides the members of one cluster or organisation: large services are groups of their own, the
// rest, which may be empty, is one group named after the unit above.
func (t tree) split(above string, members []Unit, min int) (own []Group, rest Group) {
	rest = t.group(above)
	for _, u := range members {
		g := t.group(u.ID)
		g.Members, g.Invited = []string{u.ID}, u.Invited
		if u.Invited >= min && u.ID != above {
			own = append(own, g)
		} else {
			rest.join(g)
		}
	}
	return own, rest
}

// group is an empty group with the name of a unit.
func (t tree) group(id string) Group { return Group{ID: id, Name: t.byID[id].Name} }

// join takes over the members of another group.
func (g *Group) join(other Group) {
	g.Members = append(slices.Clone(g.Members), other.Members...)
	slices.Sort(g.Members)
	g.Invited += other.Invited
}

// takeSmallest joins the smallest of groups, the first by id of equal ones, and gives the others.
func (g *Group) takeSmallest(groups []Group) []Group {
	smallest := slices.MinFunc(groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(a.Invited, b.Invited), cmp.Compare(a.ID, b.ID))
	})
	g.join(smallest)
	return slices.DeleteFunc(slices.Clone(groups), func(o Group) bool { return o.ID == smallest.ID })
}
