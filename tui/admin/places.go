package admin

import (
	"context"

	"digibrug/data"
	"digibrug/tui/parts"
)

// people is what the forms need to name services; *data.People has it.
type people interface {
	Organisations(ctx context.Context) ([]data.Organisation, error)
	Services(ctx context.Context) ([]data.Service, error)
}

// places are the services, without clusters, and who they belong to.
type places struct {
	services []data.Service
	owners   map[string]string // organisation id → name
}

func loadPlaces(ctx context.Context, from people) (places, error) {
	organisations, err := from.Organisations(ctx)
	if err != nil {
		return places{}, err
	}
	all, err := from.Services(ctx)
	if err != nil {
		return places{}, err
	}
	p := places{owners: map[string]string{}}
	for _, o := range organisations {
		p.owners[o.ID] = o.Name
	}
	for _, s := range all {
		if !s.IsCluster {
			p.services = append(p.services, s)
		}
	}
	return p, nil
}

// options are the services to choose from, each with its organisation.
func (p places) options() []parts.Option {
	options := make([]parts.Option, len(p.services))
	for i, s := range p.services {
		options[i] = parts.Option{Value: s.ID, Label: s.Name + " (" + p.owners[s.OrganisationID] + ")"}
	}
	return options
}

// names gives the names of services in the order of the list.
func (p places) names(ids []string) []string {
	asked := map[string]bool{}
	for _, id := range ids {
		asked[id] = true
	}
	var names []string
	for _, s := range p.services {
		if asked[s.ID] {
			names = append(names, s.Name)
		}
	}
	return names
}
