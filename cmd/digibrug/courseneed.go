package main

import (
	"context"
	"slices"
	"strings"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/coursewords"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

func (c *cli) courseNeed() *cobra.Command {
	return c.group("need", words.GroupsCliNeed, c.courseNeedAdd(), c.courseNeedClose())
}

// courseNeedAdd writes down that a participant or a colleague should take a course.
func (c *cli) courseNeedAdd() *cobra.Command {
	cmd := &cobra.Command{Use: "add NAAM", Short: nl.T(words.GroupsCliAdd), Args: takes(1, 1)}
	course := cmd.Flags().String("course", "", nl.T(words.GroupsCliCourse))
	levels := cmd.Flags().Int("levels", 1, nl.T(words.GroupsCliLevels))
	when := cmd.Flags().String("when", "", nl.T(words.GroupsCliWhen))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "course"); err != nil {
			return err
		}
		parts, err := coursewords.ReadWhen(*when)
		if err != nil {
			return flagged(err, "--when")
		}
		return c.inHouse(func(ctx context.Context, h *house, args []string) error {
			ask, name, err := h.learner(ctx, c.by(), args[0])
			if err != nil {
				return err
			}
			if ask.Course, err = h.courseCoded(ctx, *course); err != nil {
				return err
			}
			ask.Levels, ask.Slots, ask.Source = *levels, parts, courses.FromCoordinator
			added, err := h.courses.PutNeeds(ctx, c.by(), []courses.NeedAsk{ask})
			if err != nil {
				return err
			}
			said := words.GroupsPut
			if added == 0 {
				said = words.GroupsPutAgain
			}
			return c.done(map[string]any{"added": added}, nl.T(said, "name", name))
		})(cmd, args)
	}
	return cmd
}

// learner finds the one participant or colleague whose name, or phone number, fits a text.
func (h *house) learner(ctx context.Context, by data.Actor, text string) (ask courses.NeedAsk, name string, err error) {
	known, err := h.courses.Participants(ctx, by, text, 20)
	if err != nil {
		return ask, "", err
	}
	colleagues, err := h.courses.Colleagues(ctx, by, text, 20)
	if err != nil {
		return ask, "", err
	}
	var names []string
	for _, p := range known {
		names, ask = append(names, p.Name()), courses.NeedAsk{Participant: p.ID}
	}
	for _, col := range colleagues {
		if !slices.ContainsFunc(known, func(p courses.Participant) bool { return p.PersonID == col.PersonID }) {
			names, ask = append(names, col.Name), courses.NeedAsk{Person: col.PersonID}
		}
	}
	switch len(names) {
	case 0:
		return ask, "", failed(data.ErrNotFound, nl.T(words.GroupsCliNobody, "name", data.Clean(text, 60)))
	case 1:
		return ask, names[0], nil
	}
	return ask, "", failed(nil, nl.T(words.GroupsCliSeveral, "name", data.Clean(text, 60), "names", strings.Join(names, ", ")))
}

// courseCoded finds the id of the course with a code.
func (h *house) courseCoded(ctx context.Context, code string) (string, error) {
	codes, err := h.courseCodes(ctx)
	if err != nil {
		return "", err
	}
	var all []string
	for id, known := range codes {
		if known == code {
			return id, nil
		}
		all = append(all, known)
	}
	slices.Sort(all)
	return "", &data.Invalid{Field: "--course", Why: data.WhyNotOneOf, Want: strings.Join(all, ", "), Got: data.Clean(code, 60)}
}

// courseNeedClose ends a need without a course.
func (c *cli) courseNeedClose() *cobra.Command {
	cmd := &cobra.Command{Use: "close ID", Short: nl.T(words.GroupsCliClose), Args: takes(1, 1)}
	reason := cmd.Flags().String("reason", "", nl.T(words.GroupsCliReason))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "reason"); err != nil {
			return err
		}
		return c.inHouse(func(ctx context.Context, h *house, args []string) error {
			if err := h.courses.CloseNeed(ctx, c.by(), args[0], *reason); err != nil {
				return err
			}
			return c.done(map[string]any{"closed": args[0]}, nl.T(words.GroupsCliClosed))
		})(cmd, args)
	}
	return cmd
}
