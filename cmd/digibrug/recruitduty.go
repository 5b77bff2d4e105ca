package main

import (
	"context"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// recruitDuty gives and ends duties: a supervisor falls ill on the morning of the test.
func (c *cli) recruitDuty() *cobra.Command {
	return c.group("duty", words.RecruitcliDuty, c.dutyGive(), c.dutyEnd())
}

// dutyDays is how many days after the last day of the test a duty lasts that isn't the supervisor's.
const dutyDays = 60

func (c *cli) dutyGive() *cobra.Command {
	cmd := &cobra.Command{Use: "give AANWERVING LOGIN TAAK", Short: nl.T(words.RecruitcliDutyGive), Args: takes(3, 3)}
	from := cmd.Flags().String("from", "", nl.T(words.RecruitcliFlagDutyFrom))
	until := cmd.Flags().String("until", "", nl.T(words.RecruitcliFlagDutyUntil))
	cmd.RunE = c.onProcedure(func(ctx context.Context, h *house, p recruit.Procedure, args []string) error {
		today := data.DayOf(h.db.Now())
		m := recruit.Member{Login: args[0], Duty: recruit.Duty(args[1]), From: today, Until: max(today, p.Days.Until)}
		if m.Duty != recruit.Supervisor {
			m.Until = data.DayText(data.StoredDay(m.Until).AddDate(0, 0, dutyDays))
		}
		if *from != "" {
			m.From = isoDay(*from)
		}
		if *until != "" {
			m.Until = isoDay(*until)
		}
		if err := h.recruit.PutMember(ctx, c.by(), p.ID, m); err != nil {
			return err
		}
		return c.done(map[string]any{"id": p.ID, "login": m.Login, "duty": m.Duty, "from": m.From, "until": m.Until},
			nl.T(words.RecruitcliDutyGiven, "login", m.Login, "duty", nl.T(words.RecruitDuty(string(m.Duty))), "from", dayText(m.From), "until", dayText(m.Until)))
	})
	return cmd
}

func (c *cli) dutyEnd() *cobra.Command {
	return &cobra.Command{Use: "end AANWERVING LOGIN TAAK", Short: nl.T(words.RecruitcliDutyEnd), Args: takes(3, 3),
		RunE: c.onProcedure(func(ctx context.Context, h *house, p recruit.Procedure, args []string) error {
			all, err := h.recruit.Members(ctx, c.by(), p.ID)
			if err != nil {
				return err
			}
			for _, m := range all {
				if m.Login != args[0] || string(m.Duty) != args[1] {
					continue
				}
				if err := h.recruit.RemoveMember(ctx, c.by(), p.ID, m.AccountID, m.Duty); err != nil {
					return err
				}
				return c.done(map[string]any{"id": p.ID, "login": m.Login, "duty": m.Duty, "ended": true},
					nl.T(words.RecruitcliDutyEnded, "login", m.Login, "duty", nl.T(words.RecruitDuty(string(m.Duty)))))
			}
			return failed(data.ErrNotFound, nl.T(words.RecruitcliDutyNobody, "login", args[0], "duty", args[1], "title", p.Title))
		})}
}
