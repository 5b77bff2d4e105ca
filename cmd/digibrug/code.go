package main

import (
	"context"
	"strings"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/papers"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

func (c *cli) codeCommand() *cobra.Command {
	return c.group("code", words.CodeCli, c.codeIssue(), c.codeReprint(), c.codeRevoke(), c.codeList())
}

// paperCode is a code as --json prints it. Secret is there only where it was just made.
type paperCode struct {
	ID       string           `json:"id"`
	Kind     data.JourneyKind `json:"kind"`
	Campaign string           `json:"campaign,omitempty"` // id
	Person   string           `json:"person"`
	Service  string           `json:"service,omitempty"`
	Mark     string           `json:"mark,omitempty"`
	Secret   string           `json:"code,omitempty"`
	From     string           `json:"from"`  // RFC 3339
	Until    string           `json:"until"` // not included
	State    data.CodeState   `json:"state,omitempty"`
}

func (c *cli) codeList() *cobra.Command {
	var campaign, state string
	cmd := &cobra.Command{Use: "list", Short: nl.T(words.CodeCliList), Args: takes(0, 0)}
	cmd.Flags().StringVar(&campaign, "campaign", "", nl.T(words.CodeCliFlagCampaign))
	cmd.Flags().StringVar(&state, "state", "", nl.T(words.CodeCliFlagState, "states", stateList()))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, _ []string) error {
		filter, err := c.codeFilter(ctx, h, campaign, state)
		if err != nil {
			return err
		}
		all, err := h.codes.List(ctx, c.by(), filter)
		if err != nil {
			return err
		}
		topics, err := h.quiz.Topics(ctx, c.by())
		if err != nil {
			return err
		}
		return c.printCodes(all, topics)
	})
	return cmd
}

func stateList() string {
	var all []string
	for _, s := range data.CodeStates() {
		all = append(all, string(s))
	}
	return strings.Join(all, ", ")
}

func (c *cli) codeFilter(ctx context.Context, h *house, campaign, state string) (f data.CodeFilter, err error) {
	if campaign != "" {
		k, err := c.campaignNamed(ctx, h, campaign)
		if err != nil {
			return f, err
		}
		f.Kind, f.Of = data.JourneyAssessment, k.ID
	}
	for _, s := range data.CodeStates() {
		if string(s) == state {
			f.States = []data.CodeState{s}
		}
	}
	if state != "" && f.States == nil {
		return f, &data.Invalid{Field: "state", Why: data.WhyNotOneOf, Want: stateList(), Got: data.Clean(state, 40)}
	}
	return f, nil
}

func (c *cli) printCodes(all []data.Code, topics []quiz.Topic) error {
	if c.json {
		out := []paperCode{}
		for _, one := range all {
			out = append(out, codeOf(one))
		}
		return c.printJSON(out)
	}
	if len(all) == 0 {
		return c.say(nl.T(words.CodeNone))
	}
	ids := make([]string, len(all))
	for i, one := range all {
		ids[i] = one.ID
	}
	short := shortest(ids)
	rows := [][]string{{nl.T(words.CliColID), nl.T(words.CodeColPerson), nl.T(words.CodeColService), nl.T(words.CodeColFor), nl.T(words.CodeColMark),
		nl.T(words.CodeColState), nl.T(words.CodeColUntil)}}
	for i, one := range all {
		rows = append(rows, []string{short[i], one.Person, one.Service, journeyName(one.Journey, topics), one.Mark + "…",
			nl.T(words.CodeState(one.State)), dayText(data.Window{From: one.From, Until: one.Until}.LastDay())})
	}
	return c.table(rows)
}

func journeyName(j data.Journey, topics []quiz.Topic) string {
	if j.Kind != data.JourneyAssessment {
		return nl.T(words.CodeStaffTitle)
	}
	for _, t := range topics {
		if t.ID == j.Of {
			return t.Title
		}
	}
	return j.Of
}

func codeOf(one data.Code) paperCode {
	return paperCode{ID: one.ID, Kind: one.Journey.Kind, Campaign: one.Journey.Of, Person: one.Person, Service: one.Service, Mark: one.Mark,
		From: one.From.In(data.Brussels).Format(timeLayout), Until: one.Until.In(data.Brussels).Format(timeLayout), State: one.State}
}

// codeNamed finds a code by its id or the start of it.
func (c *cli) codeNamed(ctx context.Context, h *house, text string) (data.Code, error) {
	all, err := h.codes.List(ctx, c.by(), data.CodeFilter{})
	if err != nil {
		return data.Code{}, err
	}
	var found []data.Code
	for _, one := range all {
		if text != "" && strings.HasPrefix(one.ID, strings.ToLower(text)) {
			found = append(found, one)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return data.Code{}, failed(data.ErrNotFound, nl.T(words.CodeCliUnknown, "name", text))
	}
	return data.Code{}, failed(nil, nl.T(words.CodeCliSeveral, "name", text))
}

func (c *cli) codeRevoke() *cobra.Command {
	return &cobra.Command{Use: "revoke ID", Short: nl.T(words.CodeCliRevoke), Args: takes(1, 1),
		RunE: c.inHouse(func(ctx context.Context, h *house, args []string) error {
			one, err := c.codeNamed(ctx, h, args[0])
			if err != nil {
				return err
			}
			if err := h.codes.Revoke(ctx, c.by(), one.ID); err != nil {
				return err
			}
			return c.done(map[string]any{"id": one.ID, "state": data.CodeRevoked}, nl.T(words.CodeRevoked, "name", one.Person))
		})}
}

// mailing is where codes and their letters are made.
func (h *house) mailing() papers.Mailing {
	return papers.Mailing{Codes: h.codes, People: h.people, Settings: h.settings, Campaigns: h.quiz}
}
