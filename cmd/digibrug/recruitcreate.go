package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"

	"digibrug/data"
	"digibrug/data/calendar"
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
	Until        string         `yaml:"until"`    // last day; as day unless said, or the preset's
	Hours        string         `yaml:"hours"`    // one block, such as 9:00-12:30
	Together     *bool          `yaml:"together"` // the supervisor starts all at once
	Place        string         `yaml:"place"`
	Practical    string         `yaml:"practical"`
	Contact      string         `yaml:"contact"`
	Purpose      string         `yaml:"purpose"`
	Keep         int            `yaml:"keep"`    // months
	Minutes      int            `yaml:"minutes"` //
	Total        int            `yaml:"total"`   // percent
	On           int            `yaml:"on"`      // the points that the papers are on
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
func (f procedureFile) details() (recruit.Details, error) {
	d := f.preset().Of(f.Domains, f.Day)
	err := f.over(&d)
	return d, err
}

func (f procedureFile) preset() recruit.Preset {
	return recruit.Preset(cmp.Or(f.Preset, string(recruit.PresetSmall)))
}

// changes gives what the file says, on top of what a draft has. Other domains are asked as the preset does it, with the marks
// that the preset has for them; another day is the only day, with the hours that there were.
func (f procedureFile) changes(d recruit.Details) (recruit.Details, error) {
	if len(f.Domains) > 0 {
		fresh := f.preset().Of(f.Domains, d.Days.From)
		d.Blueprint, d.Pass.Parts = fresh.Blueprint, fresh.Pass.Parts
	}
	if f.Day != "" {
		d.Days.From, d.Days.Until = f.Day, f.Day
	}
	err := f.over(&d)
	return d, err
}

// over puts what the file says over details.
func (f procedureFile) over(d *recruit.Details) error {
	for _, one := range []struct {
		to   *string
		from string
	}{{&d.Vacancy, f.Vacancy}, {&d.Profile, f.Profile}, {&d.Place, f.Place}, {&d.Practical, f.Practical}, {&d.Contact, f.Contact}, {&d.Purpose, f.Purpose},
		{&d.Days.Until, f.Until}} {
		if one.from != "" {
			*one.to = one.from
		}
	}
	for _, one := range []struct {
		to   *int
		from int
	}{{&d.Keep, f.Keep}, {&d.Minutes, f.Minutes}, {&d.Pass.Total, f.Total}, {&d.OnPoints, f.On}} {
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
	if f.Together != nil {
		d.Together = *f.Together
	}
	return f.hours(&d.Days)
}

// hours reads from when to when codes work, such as "9:00-12:30": one block.
func (f procedureFile) hours(days *recruit.Days) error {
	if f.Hours == "" {
		return nil
	}
	all, err := calendar.ParseHours(f.Hours)
	if err != nil {
		return err
	}
	if len(all) != 1 {
		return failed(nil, nl.T(words.RecruitcliOneBlock, "hours", data.Clean(f.Hours, 40)))
	}
	days.Open, days.Close = int(all[0].From), int(all[0].To)
	return nil
}

func (c *cli) recruitCreate() *cobra.Command {
	cmd := &cobra.Command{Use: "create", Short: nl.T(words.RecruitcliCreate), Long: nl.T(words.RecruitcliCreateLong), Args: takes(0, 0)}
	file := cmd.Flags().String("file", "", nl.T(words.RecruitcliFlagFile))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		f, err := procedureFrom(cmd, *file)
		if err != nil {
			return err
		}
		return c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			p, err := c.createProcedure(ctx, h, f)
			if err != nil {
				return err
			}
			return c.drafted(p, words.RecruitcliCreated)
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
	details, err := f.details()
	if err != nil {
		return recruit.Procedure{}, err
	}
	p, err := h.recruit.Create(ctx, c.by(), recruit.Procedure{OrganisationID: id, Title: f.Title, Details: details})
	if err != nil {
		return p, err
	}
	return p, c.putMembers(ctx, h, p, f)
}

// drafted tells what a draft is now.
func (c *cli) drafted(p recruit.Procedure, said words.Key) error {
	return c.done(map[string]any{"id": p.ID, "vacancy": p.Vacancy, "title": p.Title, "state": p.State, "items": p.Asked()},
		nl.T(said, "title", p.Title, "vacancy", p.Vacancy, "items", p.Asked()))
}

// procedureFrom reads the file that a command needs.
func procedureFrom(cmd *cobra.Command, name string) (f procedureFile, err error) {
	if err := needs(cmd, "file"); err != nil {
		return f, err
	}
	return readProcedureFile(name)
}

// putMembers gives the duties that a file says.
func (c *cli) putMembers(ctx context.Context, h *house, p recruit.Procedure, f procedureFile) error {
	for _, m := range f.Members {
		if err := h.recruit.PutMember(ctx, c.by(), p.ID, recruit.Member{Login: m.Login, Duty: recruit.Duty(m.Duty), From: m.From, Until: m.Until}); err != nil {
			return failed(err, nl.T(words.RecruitcliMember, "login", m.Login, "title", p.Title, "cause", sentence(err)))
		}
	}
	return nil
}

// recruitChange changes a draft by a file that says what is different.
func (c *cli) recruitChange() *cobra.Command {
	cmd := &cobra.Command{Use: "change AANWERVING", Short: nl.T(words.RecruitcliChange), Long: nl.T(words.RecruitcliChangeLong), Args: takes(1, 1)}
	file := cmd.Flags().String("file", "", nl.T(words.RecruitcliFlagFile))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		f, err := procedureFrom(cmd, *file)
		if err != nil {
			return err
		}
		if f.Organisation != "" {
			return failed(nil, nl.T(words.RecruitcliSameOrganisation))
		}
		return c.onProcedure(func(ctx context.Context, h *house, p recruit.Procedure, _ []string) error {
			next := p
			next.Title = cmp.Or(f.Title, p.Title)
			if next.Details, err = f.changes(p.Details); err != nil {
				return err
			}
			if next, err = h.recruit.Change(ctx, c.by(), next); err != nil {
				return err
			}
			if err := c.putMembers(ctx, h, next, f); err != nil {
				return err
			}
			return c.drafted(next, words.RecruitcliChanged)
		})(cmd, args)
	}
	return cmd
}
