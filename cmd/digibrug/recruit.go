package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/papers"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

func (c *cli) recruitCommand() *cobra.Command {
	return c.group("recruit", words.RecruitcliRecruit, c.recruitList(), c.recruitShow(), c.recruitCreate(), c.recruitChange(), c.recruitDuty(), c.recruitCheck(), c.recruitOpen(),
		c.recruitMove("seal", words.RecruitcliSeal, words.RecruitcliSealed, (*recruit.Store).Seal),
		c.recruitMove("close", words.RecruitcliClose, words.RecruitcliClosed, (*recruit.Store).Close),
		c.recruitMove("score", words.RecruitcliScore, words.RecruitcliScored, (*recruit.Store).FreezeScores),
		c.recruitMove("names", words.RecruitcliNames, words.RecruitcliNamed, (*recruit.Store).OpenNames),
		c.recruitCandidates(), c.recruitInvite(), c.recruitReprint(), c.recruitPaper(), c.recruitDecide(), c.recruitDrop(), c.recruitHold(), c.recruitPurge(), c.recruitVerify())
}

// procedureDoc is a procedure as --json prints it: counts, and nothing per person.
type procedureDoc struct {
	ID           string          `json:"id"`
	Vacancy      string          `json:"vacancy"`
	Title        string          `json:"title"`
	Organisation string          `json:"organisation"`
	State        recruit.State   `json:"state"`
	Days         recruit.Days    `json:"days"`
	Minutes      int             `json:"minutes"`
	Items        int             `json:"items"`
	Candidates   int             `json:"candidates"`
	Ended        int             `json:"ended"`
	Frozen       string          `json:"frozen,omitempty"`
	Scored       string          `json:"scored,omitempty"`
	KeepUntil    string          `json:"keep_until,omitempty"`
	HoldUntil    string          `json:"hold_until,omitempty"`
	PurgedOn     string          `json:"purged_on,omitempty"`
	Members      []procedureRole `json:"members,omitempty"`
}

type procedureRole struct {
	Login string       `json:"login"`
	Duty  recruit.Duty `json:"duty"`
	From  string       `json:"from"`
	Until string       `json:"until"`
}

func procedureOf(s recruit.Summary) procedureDoc {
	p := s.Procedure
	return procedureDoc{ID: p.ID, Vacancy: p.Vacancy, Title: p.Title, Organisation: p.Organisation, State: p.State, Days: p.Days, Minutes: p.Minutes, Items: p.Asked(),
		Candidates: s.Candidates, Ended: s.Ended, Frozen: p.Frozen, Scored: p.ScoredHash, KeepUntil: p.KeepUntil, HoldUntil: p.HoldUntil, PurgedOn: p.PurgedOn}
}

func (c *cli) recruitList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: nl.T(words.RecruitcliList), Args: takes(0, 0), RunE: c.inHouse(func(ctx context.Context, h *house, _ []string) error {
		all, err := h.recruit.Procedures(ctx, c.by())
		if err != nil {
			return err
		}
		if c.json {
			out := []procedureDoc{}
			for _, s := range all {
				out = append(out, procedureOf(s))
			}
			return c.printJSON(out)
		}
		if len(all) == 0 {
			return c.say(nl.T(words.RecruitcliNone))
		}
		rows := [][]string{{nl.T(words.RecruitpaperVacancy), nl.T(words.RecruitpaperProcedure), nl.T(words.CliColState), nl.T(words.CliColFrom), nl.T(words.CliColUntil), nl.T(words.RecruitpaperCandidates)}}
		for _, s := range all {
			rows = append(rows, []string{s.Vacancy, s.Title, stateOf(s.State), dayText(s.Days.From), dayText(s.Days.Until), fmt.Sprintf("%d / %d", s.Ended, s.Candidates)})
		}
		return c.table(rows)
	})}
}

func stateOf(s recruit.State) string { return nl.T(words.RecruitState(string(s))) }

// onProcedure is inHouse for a command on the procedure that its first argument names.
func (c *cli) onProcedure(act func(ctx context.Context, h *house, p recruit.Procedure, args []string) error) func(*cobra.Command, []string) error {
	return c.inHouse(func(ctx context.Context, h *house, args []string) error {
		p, err := papers.ProcedureNamed(ctx, h.recruit, c.by(), args[0])
		if err != nil {
			return err
		}
		return act(ctx, h, p, args[1:])
	})
}

func (c *cli) recruitShow() *cobra.Command {
	return &cobra.Command{Use: "show AANWERVING", Short: nl.T(words.RecruitcliShow), Args: takes(1, 1),
		RunE: c.onProcedure(func(ctx context.Context, h *house, p recruit.Procedure, _ []string) error {
			s, err := h.recruit.Summary(ctx, c.by(), p.ID)
			if err != nil {
				return err
			}
			members, err := h.recruit.Members(ctx, c.by(), p.ID)
			if err != nil {
				return err
			}
			return c.showProcedure(s, members)
		})}
}

func (c *cli) showProcedure(s recruit.Summary, members []recruit.Member) error {
	doc := procedureOf(s)
	rows := [][]string{{nl.T(words.RecruitpaperProcedure), s.Title}, {nl.T(words.RecruitpaperVacancy), s.Vacancy}, {nl.T(words.RecruitpaperColFor), s.Organisation},
		{nl.T(words.RecruitpaperColState), stateOf(s.State)}, {nl.T(words.RecruitpaperColFrom), dayText(s.Days.From)}, {nl.T(words.RecruitpaperColUntil), dayText(s.Days.Until)},
		{nl.T(words.RecruitpaperPlace), s.Details.Place}, {nl.T(words.RecruitpaperCandidates), fmt.Sprintf("%d / %d", s.Ended, s.Candidates)},
		{nl.T(words.RecruitpaperFrozen), s.Frozen}, {nl.T(words.RecruitpaperColKeep), dayText(s.KeepUntil)}}
	if s.HoldUntil != "" {
		rows = append(rows, []string{nl.T(words.RecruitcliHeldUntil), dayText(s.HoldUntil) + ": " + s.HoldWhy})
	}
	for _, m := range members {
		doc.Members = append(doc.Members, procedureRole{m.Login, m.Duty, m.From, m.Until})
		rows = append(rows, []string{nl.T(words.RecruitDuty(string(m.Duty))), fmt.Sprintf("%s (%s - %s)", m.Name, dayText(m.From), lastDay(m.Until))})
	}
	if c.json {
		return c.printJSON(doc)
	}
	return c.table(rows)
}

// lastDay is the last day of a duty; nothing of one that has no end.
func lastDay(until string) string {
	if until >= "9999" {
		return ""
	}
	return dayText(until)
}

// lackText is a line of the checklist as people read it; a warning with how it is accepted.
func lackText(m recruit.Missing) string {
	text := nl.T(words.RecruitLack(string(m.Lack)), "of", m.Of, "want", m.Want, "got", m.Got)
	if m.Lack.Warns() && !m.Accepted {
		text += " (--accept " + string(m.Lack) + ")"
	}
	return text
}

// recruitCheck tells what still lacks before a draft can open. It fails while something does.
func (c *cli) recruitCheck() *cobra.Command {
	return &cobra.Command{Use: "check AANWERVING", Short: nl.T(words.RecruitcliCheck), Args: takes(1, 1),
		RunE: c.onProcedure(func(ctx context.Context, h *house, p recruit.Procedure, _ []string) error {
			all, err := h.recruit.Checklist(ctx, c.by(), p.ID)
			if err != nil {
				return err
			}
			ready := recruit.Ready(all)
			if c.json {
				if err := c.printJSON(map[string]any{"id": p.ID, "ready": ready, "missing": append([]recruit.Missing{}, all...)}); err != nil {
					return err
				}
			} else {
				for _, m := range all {
					if err := c.say("- " + lackText(m)); err != nil {
						return err
					}
				}
			}
			switch {
			case !ready:
				return failed(recruit.ErrState, nl.T(words.RecruitcliNotReady, "title", p.Title))
			case c.json:
				return nil
			}
			return c.say(nl.T(words.RecruitcliReady, "title", p.Title))
		})}
}

// recruitOpen freezes the test; --accept says which warnings are meant.
func (c *cli) recruitOpen() *cobra.Command {
	cmd := &cobra.Command{Use: "open AANWERVING", Short: nl.T(words.RecruitcliOpen), Args: takes(1, 1)}
	accept := cmd.Flags().StringSlice("accept", nil, nl.T(words.RecruitcliFlagAccept))
	cmd.RunE = c.onProcedure(func(ctx context.Context, h *house, p recruit.Procedure, _ []string) error {
		if len(*accept) > 0 {
			var warnings []recruit.Lack
			for _, w := range *accept {
				warnings = append(warnings, recruit.Lack(w))
			}
			if err := h.recruit.Accept(ctx, c.by(), p.ID, warnings); err != nil {
				return err
			}
		}
		opened, err := h.recruit.Open(ctx, c.by(), p.ID)
		var lacks *recruit.ErrLacks
		if errors.As(err, &lacks) {
			var text []string
			for _, m := range lacks.Missing {
				if m.Blocks() {
					text = append(text, lackText(m))
				}
			}
			return failed(err, nl.T(words.RecruitcliLacks, "title", p.Title, "all", strings.Join(text, " ")))
		}
		if err != nil {
			return err
		}
		return c.done(map[string]any{"id": p.ID, "state": opened.State, "frozen": opened.Frozen}, nl.T(words.RecruitcliOpened, "title", p.Title, "frozen", opened.Frozen))
	})
	return cmd
}

// recruitMove is a step of a procedure that takes nothing but its name.
func (c *cli) recruitMove(use string, short, done words.Key, move func(*recruit.Store, context.Context, data.Actor, string) error) *cobra.Command {
	return &cobra.Command{Use: use + " AANWERVING", Short: nl.T(short), Args: takes(1, 1),
		RunE: c.onProcedure(func(ctx context.Context, h *house, p recruit.Procedure, _ []string) error {
			if err := move(h.recruit, ctx, c.by(), p.ID); err != nil {
				return err
			}
			now, err := h.recruit.Procedure(ctx, c.by(), p.ID)
			if err != nil {
				return err
			}
			return c.done(map[string]any{"id": p.ID, "state": now.State}, nl.T(done, "title", p.Title))
		})}
}
