package start

import (
	"context"
	"fmt"
	"slices"

	"digibrug/data"
)

// services is the sheet of services and clusters.
type services struct{}

// The kinds of services, as a cell calls them.
const (
	kindService = "dienst"
	kindCluster = "cluster"
)

func (services) Name() string { return ServiceSheet }

func (services) Fields() []Field {
	return []Field{
		{Head: colOrganisation, Need: true, Also: []string{"rechtspersoon", "bestuur"},
			Example: []string{"voorbeeld: Gemeente Zandwerve", "voorbeeld: Gemeente Zandwerve", "voorbeeld: Gemeente Zandwerve"}},
		{Head: colService, Need: true, Also: []string{"naam", "naam dienst", "afdeling", "team"}, Example: []string{"Burgerzaken", "Vrije tijd", "Bibliotheek"}},
		{Head: colKind, Known: []string{kindService, kindCluster}, Also: []string{"soort dienst"}, Example: []string{kindService, kindCluster, kindService}},
		{Head: colCluster, Also: []string{"cluster", "hoort bij", "sector"}, Example: []string{"", "", "Vrije tijd"}},
		{Head: colHead, Also: []string{"diensthoofd", "verantwoordelijke", "leidinggevende"}, Example: []string{"Bert Maes", "", "Chris Wouters"}},
	}
}

// parent is what some row names as the cluster above it.
type parent struct {
	org *org
	key string // folded name
}

// serviceLine is a row of the sheet at work.
type serviceLine struct {
	Row
	unit    *unit
	fresh   bool
	changed bool // of an old one: its cluster
	parent  string
	deltas  []Delta
}

// Plan adds services and clusters, and moves them. A service that others name as the one above them is a cluster.
func (s services) Plan(ctx context.Context, j *Job, rows []Row) error {
	h, err := j.open(ctx)
	if err != nil {
		return err
	}
	parents := map[parent]bool{}
	for _, r := range rows {
		if text, found := r.Text(colCluster), h.orgsCalled(r.Text(colOrganisation)); text != "" && len(found) == 1 {
			parents[parent{found[0], data.SortKey(text)}] = true
		}
	}
	var lines []*serviceLine
	for _, r := range rows {
		if line := s.line(j, h, r, parents); line != nil {
			lines = append(lines, line)
		}
	}
	for _, line := range lines {
		line.under(j, h)
	}
	slices.SortStableFunc(lines, func(a, b *serviceLine) int { // clusters are written before what is in them
		return map[bool]int{true: 0, false: 1}[a.unit.IsCluster] - map[bool]int{true: 0, false: 1}[b.unit.IsCluster]
	})
	for _, line := range lines {
		line.write(j)
		j.Later(func() { line.headed(j, h) })
	}
	return nil
}

// line finds the service of a row, or makes it; nil when the row can't be read.
func (services) line(j *Job, h *house, r Row, parents map[parent]bool) *serviceLine {
	o := j.org(h, r, colOrganisation, true)
	name, kind := j.Needed(r, colService, nameLimit), j.OneOf(r, colKind, []string{kindService, kindCluster})
	if o == nil || name == "" {
		return nil
	}
	isParent := parents[parent{o, data.SortKey(name)}]
	for _, u := range h.unitKeys[data.SortKey(name)] {
		if u.org != o {
			continue
		}
		switch {
		case u.row > 0:
			j.Problem(r, colService, WhySameRow, fmt.Sprint(u.row), name)
			return nil
		case u.over(j.Today):
			j.Problem(r, colService, WhyClosed, u.ClosedOn, name)
			return nil
		case u.ID != "" && kind != "" && u.IsCluster != (kind == kindCluster):
			j.Problem(r, colKind, WhyKindFixed, u.kind(), name)
			return nil
		}
		u.row = r.Number
		return &serviceLine{Row: r, unit: u, parent: r.Text(colCluster), deltas: delta(colService, u.Name, name)}
	}
	if kind == kindService && isParent {
		j.Problem(r, colKind, WhyKindFixed, kindCluster, name)
	}
	u := h.addUnit(&unit{Service: data.Service{Name: name, IsCluster: kind == kindCluster || isParent}, org: o, row: r.Number})
	return &serviceLine{Row: r, unit: u, fresh: true, parent: r.Text(colCluster), deltas: added(colOrganisation, o.Name, colKind, u.kind())}
}

func (u *unit) kind() string {
	if u.IsCluster {
		return kindCluster
	}
	return kindService
}

// under finds the cluster of a service.
func (line *serviceLine) under(j *Job, h *house) {
	if line.parent == "" {
		return
	}
	known := ""
	if line.unit.cluster != nil {
		known = line.unit.cluster.Name
	}
	var cluster *unit
	name := ""
	if line.parent != Erase {
		at := slices.IndexFunc(h.unitKeys[data.SortKey(line.parent)], func(u *unit) bool { return u.org == line.unit.org })
		if at < 0 {
			j.Problem(line.Row, colCluster, WhyUnknown, "", line.parent)
			return
		}
		cluster = h.unitKeys[data.SortKey(line.parent)][at]
		name = cluster.Name
		switch {
		case line.unit.IsCluster, cluster == line.unit:
			j.Problem(line.Row, colCluster, WhyInCluster, name, line.unit.Name)
			return
		case !cluster.IsCluster:
			j.Problem(line.Row, colCluster, WhyKindFixed, cluster.kind(), name)
			return
		case cluster.over(j.Today):
			j.Problem(line.Row, colCluster, WhyClosed, cluster.ClosedOn, name)
			return
		}
	}
	line.changed = cluster != line.unit.cluster
	line.unit.cluster = cluster
	line.deltas = append(line.deltas, delta(colCluster, known, name)...)
}

func (line *serviceLine) write(j *Job) {
	u := line.unit
	if len(line.deltas) == 0 {
		return
	}
	for _, d := range line.deltas {
		if d.Field == colService {
			u.Name = d.To
		}
	}
	j.Write(func(ctx context.Context, tx *data.Tx, by data.Actor) error {
		s := u.Service
		s.OrganisationID, s.ClusterID, s.HeadID = u.org.ID, "", ""
		if u.cluster != nil {
			s.ClusterID = u.cluster.ID
		}
		put, err := data.PutService(ctx, tx, by, s)
		u.ID = put.ID
		return err
	})
}

// headed finds the head once all people are known, and says what the row comes to.
func (line *serviceLine) headed(j *Job, h *house) {
	text, u := line.Text(colHead), line.unit
	was := slices.IndexFunc(h.members, func(m *member) bool { return m.ID != "" && m.ID == u.HeadID })
	var head *member
	switch found := h.whom(text); {
	case text == "":
		line.tell(j)
		return
	case text == Erase:
	case len(found) == 0:
		j.Problem(line.Row, colHead, WhyUnknown, "", text)
		return
	case len(found) > 1:
		var wheres string
		for i, m := range found {
			wheres += map[bool]string{true: "; "}[i > 0] + m.where(j.Today)
		}
		j.Problem(line.Row, colHead, WhySeveral, wheres, text)
		return
	default:
		head = found[0]
	}
	from, to := "", ""
	if was >= 0 {
		from = h.members[was].Name()
	}
	if head != nil {
		to = head.Name()
	}
	if (was < 0 && head == nil) || (was >= 0 && h.members[was] == head) {
		line.tell(j)
		return
	}
	line.deltas = append(line.deltas, Delta{colHead, from, to}) // also when the other one has the same name
	line.tell(j)
	j.Write(func(ctx context.Context, tx *data.Tx, by data.Actor) error {
		id := ""
		if head != nil {
			id = head.ID
		}
		return data.SetHead(ctx, tx, by, u.ID, id)
	})
}

func (line *serviceLine) tell(j *Job) {
	kind := Changed
	if line.fresh {
		kind = Added
	}
	j.Change(line.Row, kind, line.unit.Name, line.deltas...)
}

func (services) Fill(ctx context.Context, q data.Query) ([][]string, error) {
	h, err := readHouse(ctx, q)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for _, u := range h.units {
		if u.over(h.today) {
			continue
		}
		row := []string{u.org.Name, u.Name, u.kind(), "", ""}
		if u.cluster != nil && !u.cluster.over(h.today) {
			row[3] = kept(u.cluster.Name)
		}
		if at := slices.IndexFunc(h.members, func(m *member) bool { return m.ID == u.HeadID }); at >= 0 {
			row[4] = kept(h.called(h.members[at]))
		}
		rows = append(rows, row)
	}
	return rows, nil
}
