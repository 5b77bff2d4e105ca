package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"
)

// procedureFile is what recruit create reads: a preset, and what the recruiter says of the vacancy. What is left out is as the
// preset has it. Days are YYYY-MM-DD, percentages 0 to 100.
type procedureFile struct {
	Preset       string         `yaml:"preset"`       // small (unless said) or large
	Organisation string         `yaml:"organisation"` // name
	Title        string         `yaml:"title"`
	Vacancy      string         `yaml:"vacancy"`
	Profile      string         `yaml:"profile"`
	Domains      []string       `yaml:"domains"` // in the order in which they are asked
	Day          string         `yaml:"day"`
	Place        string         `yaml:"place"`
	Practical    string         `yaml:"practical"`
	Contact      string         `yaml:"contact"`
	Purpose      string         `yaml:"purpose"`
	Keep         int            `yaml:"keep"`    // months
	Minutes      int            `yaml:"minutes"` //
	Total        int            `yaml:"total"`   // percent
	Parts        map[string]int `yaml:"parts"`   // percent, by domain
	Written      map[string]int `yaml:"written"` // open questions, by domain; two markers are members then
	Points       int            `yaml:"points"`  // of an open question, in hundredths; 400 unless said
	Addresses    []string       `yaml:"addresses"`
	Members      []struct {
		Login string `yaml:"login"`
		Duty  string `yaml:"duty"`
		From  string `yaml:"from"`
		Until string `yaml:"until"`
	} `yaml:"members"`
}

// maxProcedureFile is the size in bytes above which a file is surely no procedure.
const maxProcedureFile = 64 << 10

// readProcedureFile reads a procedure from YAML; keys that are not known are refused.
func readProcedureFile(name string) (f procedureFile, err error) {
	text, err := readUpTo(name, maxProcedureFile)
	if err != nil {
		return f, err
	}
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(&f); err != nil && !errors.Is(err, io.EOF) {
		return f, failed(err, nl.T(words.RecruitcliFile, "path", name, "cause", data.Clean(err.Error(), 200)))
	}
	return f, nil
}

// details gives what the file says, on top of its preset.
func (f procedureFile) details() recruit.Details {
	preset := recruit.PresetSmall
	if f.Preset != "" {
		preset = recruit.Preset(f.Preset)
	}
	d := preset.Of(f.Domains, f.Day)
	for _, one := range []struct {
		to   *string
		from string
	}{{&d.Vacancy, f.Vacancy}, {&d.Profile, f.Profile}, {&d.Place, f.Place}, {&d.Practical, f.Practical}, {&d.Contact, f.Contact}, {&d.Purpose, f.Purpose}} {
		if one.from != "" {
			*one.to = one.from
		}
	}
	for _, one := range []struct {
		to   *int
		from int
	}{{&d.Keep, f.Keep}, {&d.Minutes, f.Minutes}, {&d.Pass.Total, f.Total}} {
		if one.from != 0 {
			*one.to = one.from
		}
	}
	if f.Parts != nil {
		d.Pass.Parts = f.Parts
	}
	if len(f.Written) > 0 {
		d.ByHand, d.Written = true, recruit.Written{Counts: f.Written, Points: cmp.Or(f.Points, recruit.WrittenPoints)}
	}
	if f.Addresses != nil {
		d.Addresses = f.Addresses
	}
	return d
}

func (c *cli) recruitCreate() *cobra.Command {
	cmd := &cobra.Command{Use: "create", Short: nl.T(words.RecruitcliCreate), Long: nl.T(words.RecruitcliCreateLong), Args: takes(0, 0)}
	file := cmd.Flags().String("file", "", nl.T(words.RecruitcliFlagFile))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "file"); err != nil {
			return err
		}
		f, err := readProcedureFile(*file)
		if err != nil {
			return err
		}
		return c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			p, err := c.createProcedure(ctx, h, f)
			if err != nil {
				return err
			}
			return c.done(map[string]any{"id": p.ID, "vacancy": p.Vacancy, "title": p.Title, "state": p.State, "items": p.Asked()},
				nl.T(words.RecruitcliCreated, "title", p.Title, "vacancy", p.Vacancy, "items", p.Asked()))
		})(cmd, args)
	}
	return cmd
}

func (c *cli) createProcedure(ctx context.Context, h *house, f procedureFile) (recruit.Procedure, error) {
	all, err := h.people.Organisations(ctx)
	if err != nil {
		return recruit.Procedure{}, err
	}
	id := ""
	for _, o := range all {
		if data.SortKey(o.Name) == data.SortKey(f.Organisation) {
			id = o.ID
		}
	}
	if id == "" {
		return recruit.Procedure{}, failed(data.ErrNotFound, nl.T(words.RecruitcliNoOrganisation, "name", f.Organisation))
	}
	p, err := h.recruit.Create(ctx, c.by(), recruit.Procedure{OrganisationID: id, Title: f.Title, Details: f.details()})
	if err != nil {
		return p, err
	}
	for _, m := range f.Members {
		if err := h.recruit.PutMember(ctx, c.by(), p.ID, recruit.Member{Login: m.Login, Duty: recruit.Duty(m.Duty), From: m.From, Until: m.Until}); err != nil {
			return p, failed(err, nl.T(words.RecruitcliMember, "login", m.Login, "title", p.Title, "cause", sentence(err)))
		}
	}
	return p, nil
}
