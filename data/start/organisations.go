package start

import (
	"context"
	"fmt"

	"digibrug/data"
)

// organisations is the sheet of legal persons.
type organisations struct{}

func (organisations) Name() string { return OrganisationSheet }

func (organisations) Fields() []Field {
	return []Field{
		{Head: colOrganisation, Need: true, Also: []string{"naam", "naam organisatie", "rechtspersoon", "bestuur"},
			Example: []string{"voorbeeld: Gemeente Zandwerve", "voorbeeld: OCMW Zandwerve"}},
		{Head: colKind, Need: true, Known: kinds(), Also: []string{"soort organisatie", "type"}, Example: []string{"gemeente", "OCMW"}},
	}
}

// Plan adds organisations. One that init called by its kind alone gets the name of the file.
func (organisations) Plan(ctx context.Context, j *Job, rows []Row) error {
	h, err := j.open(ctx)
	if err != nil {
		return err
	}
	for _, r := range rows {
		name, kind := j.Needed(r, colOrganisation, nameLimit), kindOf(j.OneOf(r, colKind, kinds()))
		o := h.orgKeys[data.SortKey(name)]
		switch {
		case name == "":
		case o != nil && o.row > 0:
			j.Problem(r, colOrganisation, WhySameRow, fmt.Sprint(o.row), name)
		case o != nil && kind != "" && kind != o.Kind:
			j.Problem(r, colKind, WhyKindFixed, kindText(o.Kind), name)
		case o != nil:
			o.row = r.Number
			planOrg(j, h, r, o, name)
		case kind == "":
			if r.Text(colKind) == "" {
				j.Problem(r, colKind, data.WhyEmpty)
			}
		default:
			if o = h.orgKeys[string(kind)]; o == nil || o.row > 0 {
				o = h.addOrg(&org{Organisation: data.Organisation{Kind: kind}})
			}
			o.row = r.Number
			planOrg(j, h, r, o, name)
		}
	}
	return nil
}

// planOrg gives an organisation a name, and adds it when it is new.
func planOrg(j *Job, h *house, r Row, o *org, name string) {
	if o.ID != "" {
		j.Change(r, Changed, name, delta(colOrganisation, o.Name, name)...)
	} else {
		j.Change(r, Added, name, added(colKind, kindText(o.Kind))...)
	}
	same := o.ID != "" && o.Name == name
	o.Name = name
	h.orgKeys[data.SortKey(name)] = o
	if same {
		return
	}
	j.Write(func(ctx context.Context, tx *data.Tx, by data.Actor) error {
		put, err := data.PutOrganisation(ctx, tx, by, o.Organisation)
		o.ID = put.ID
		return err
	})
}

func (organisations) Fill(ctx context.Context, q data.Query) ([][]string, error) {
	h, err := readHouse(ctx, q)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for _, o := range h.orgs {
		rows = append(rows, []string{o.Name, kindText(o.Kind)})
	}
	return rows, nil
}
