package loans

import (
	"context"
	"fmt"

	"digibrug/data"
	"digibrug/data/regulation"
)

// Suffix of a figure's name in a text for whom and for what it is different, and the figures of a text that stand in no
// version: the name of the municipality, and for how long a loan stays with the name of who borrowed.
const (
	TextOther = "_other"
	TextPlace = "place"
	TextKeep  = "keep_days"
)

// TextFigures are the figures that the text of the loan regulation can have places for, each with the article in which
// it must stand, since refusals quote that.
func TextFigures() regulation.Figures {
	all := regulation.Figures{TextPlace: 0, TextKeep: 0}
	for _, p := range Params() {
		all[string(p)], all[string(p)+TextOther] = p.article(), p.article()
	}
	return all
}

// Rules are what the text of the loan regulation is filled in with.
type Rules struct {
	Version  Version           // without a name where no version has begun: the model
	Types    map[string]string // names of the device types, by id
	KeepDays int
}

// RulesOn gives what the text of the loan regulation is filled in with on a day, YYYY-MM-DD. A regulation is public:
// everybody may read it.
func (s *Store) RulesOn(ctx context.Context, day string) (r Rules, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		r = Rules{Version: Version{Regulation: ModelRegulation()}, Types: map[string]string{}}
		all, err := versions(ctx, q)
		if err != nil {
			return err
		}
		for _, v := range all { // the first to begin first
			if v.From <= day {
				r.Version = v
			}
		}
		kinds, err := types(ctx, q, "")
		for _, t := range kinds {
			r.Types[t.ID] = t.Name
		}
		if err == nil {
			r.KeepDays, err = keptDays(ctx, q)
		}
		return err
	})
	if err != nil {
		return Rules{}, fmt.Errorf("rules of %s: %w", data.Clean(day, 20), err)
	}
	return r, nil
}
