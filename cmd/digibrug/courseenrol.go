package main

import (
	"context"
	"errors"
	"math"
	"slices"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// everybody is more than the participants of any house.
const everybody = math.MaxInt32

// courseEnrol gives a participant, or who works here, a seat or a place on the waiting list.
func (c *cli) courseEnrol() *cobra.Command {
	cmd := &cobra.Command{Use: "enrol REEKS", Short: nl.T(words.CoursescriptEnrol), Long: nl.T(words.CoursescriptEnrolLong), Args: takes(1, 1)}
	participant := cmd.Flags().String("participant", "", nl.T(words.CoursescriptFlagParticipant))
	person := cmd.Flags().String("person", "", nl.T(words.CoursescriptFlagPerson))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if (*participant == "") == (*person == "") {
			return misused(cmd, nl.T(words.CoursescriptOneOfTwo))
		}
		return c.inHouse(func(ctx context.Context, h *house, args []string) error {
			one, err := c.seriesCalled(ctx, h, args[0])
			if err != nil {
				return err
			}
			who, err := c.enrolled(ctx, h, *participant, *person)
			if err != nil {
				return err
			}
			all, err := h.courses.Enrol(ctx, c.by(), courses.EnrolAsk{Series: one.ID, Participant: who.ID, Source: courses.ByCoordinator})
			if err != nil {
				return err
			}
			e := all[0]
			return c.done(map[string]any{"enrolment": e.ID, "series": one.Code, "participant": e.Participant, "state": e.State, "seat": e.Seat, "fee_known": e.Fee.Known, "cents": e.Fee.Cents},
				nl.T(words.CoursescriptEnrolled, "name", e.Participant, "code", one.Code, "state", nl.T(words.EnrolmentState(string(e.State))), "id", e.ID))
		})(cmd, args)
	}
	return cmd
}

// enrolled finds the participant that was asked, or the one for who works here.
func (c *cli) enrolled(ctx context.Context, h *house, participant, person string) (courses.Participant, error) {
	if person == "" {
		return c.participantCalled(ctx, h, participant)
	}
	id, err := c.colleagueCalled(ctx, h, person)
	if err != nil {
		return courses.Participant{}, err
	}
	return h.courses.ParticipantFor(ctx, c.by(), id)
}

// participantCalled finds a participant by the id, or by a name or phone number that only one has.
func (c *cli) participantCalled(ctx context.Context, h *house, text string) (courses.Participant, error) {
	found, err := h.courses.Participants(ctx, c.by(), text, everybody)
	if err == nil && len(found) == 0 {
		if found, err = h.courses.Participants(ctx, c.by(), "", everybody); err == nil {
			found = slices.DeleteFunc(found, func(p courses.Participant) bool { return p.ID != text })
		}
	}
	if err != nil {
		return courses.Participant{}, err
	}
	if called := slices.DeleteFunc(slices.Clone(found), func(p courses.Participant) bool { return data.SortKey(p.Name()) != data.SortKey(text) }); len(called) == 1 {
		found = called // whose whole name it is goes before those whose names begin so
	}
	switch len(found) {
	case 0:
		return courses.Participant{}, failed(data.ErrNotFound, nl.T(words.CoursescriptNobody, "name", text))
	case 1:
		return found[0], nil
	}
	return courses.Participant{}, failed(nil, nl.T(words.CoursescriptSeveral, "name", text))
}

// colleagueCalled gives the id of who works here, by log-in name, or by a name that only one has.
func (c *cli) colleagueCalled(ctx context.Context, h *house, text string) (string, error) {
	a, err := h.accounts.Find(ctx, c.by(), text)
	if err == nil {
		return a.PersonID, nil
	}
	var bad *data.Invalid
	if !errors.Is(err, data.ErrNotFound) && !errors.As(err, &bad) { // a name is no log-in name
		return "", err
	}
	found, err := h.courses.Colleagues(ctx, c.by(), text, 0)
	switch {
	case err != nil:
		return "", err
	case len(found) == 0:
		return "", failed(data.ErrNotFound, nl.T(words.CoursescriptNoColleague, "name", text))
	case len(found) > 1:
		return "", failed(nil, nl.T(words.CoursescriptSeveral, "name", text))
	}
	return found[0].PersonID, nil
}
