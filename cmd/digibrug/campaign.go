package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

func (c *cli) campaignCommand() *cobra.Command {
	return c.group("campaign", words.CliCampaign, c.campaignCreate(), c.campaignMove("open", words.CliCampaignOpen, words.CliCampaignOpened, (*quiz.Store).Open),
		c.campaignMove("close", words.CliCampaignClose, words.CliCampaignClosed, (*quiz.Store).Close), c.campaignDays(), c.campaignDiscard(), c.campaignList(), c.campaignShow())
}

// campaign is a campaign as --json prints it: counts, and nothing per person.
type campaign struct {
	ID        string          `json:"id"`
	Title     string          `json:"title"`
	State     quiz.State      `json:"state"`
	OpensOn   string          `json:"opens_on"`
	ClosesOn  string          `json:"closes_on"`
	Minutes   int             `json:"limit_minutes,omitempty"`
	Explain   quiz.Explaining `json:"explain"`
	Offer     string          `json:"offer,omitempty"`
	Blueprint quiz.Blueprint  `json:"blueprint"`
	Items     int             `json:"items"`
	Services  []string        `json:"services,omitempty"` // names, with the organisation
	Invited   int             `json:"invited"`
	Started   int             `json:"started"`
	Ended     int             `json:"ended"`
}

func campaignOf(k quiz.Campaign, services []string) campaign {
	return campaign{k.ID, k.Title, k.State, k.OpensOn, k.ClosesOn, int(k.Limit.Minutes()), k.Explain, k.Offer, k.Blueprint, k.Blueprint.Total(),
		services, k.Invited, k.Started, k.Ended}
}

func stateName(s quiz.State) string {
	return nl.T(map[quiz.State]words.Key{quiz.Draft: words.CliStateDraft, quiz.Open: words.CliStateOpen, quiz.Closed: words.CliStateClosed}[s])
}

func (c *cli) campaignList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: nl.T(words.CliCampaignList), Args: takes(0, 0),
		RunE: c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			all, err := h.quiz.Campaigns(ctx, c.by())
			if err != nil {
				return err
			}
			if c.json {
				out := []campaign{}
				for _, k := range all {
					out = append(out, campaignOf(k, nil))
				}
				return c.printJSON(out)
			}
			ids := make([]string, len(all))
			for i, k := range all {
				ids[i] = k.ID
			}
			short := shortest(ids)
			rows := [][]string{{nl.T(words.CliColID), nl.T(words.CliColTitle), nl.T(words.CliColState), nl.T(words.CliColFrom), nl.T(words.CliColUntil), nl.T(words.CliColCounts)}}
			for i, k := range all {
				rows = append(rows, []string{short[i], k.Title, stateName(k.State), dayText(k.OpensOn), dayText(k.ClosesOn),
					fmt.Sprintf("%d / %d / %d", k.Invited, k.Started, k.Ended)})
			}
			return c.table(rows)
		})}
}

// dayText is a stored day as people read it.
func dayText(day string) string {
	at, err := data.ParseDay(day)
	if err != nil {
		return day
	}
	return words.ShortDay(words.NL, at)
}

// shortest cuts ids to what still tells them apart, 8 characters at least.
func shortest(ids []string) []string {
	short := make([]string, len(ids))
	for i, id := range ids {
		n := min(8, len(id))
		for n < len(id) && slices.ContainsFunc(ids, func(other string) bool { return other != id && strings.HasPrefix(other, id[:n]) }) {
			n++
		}
		short[i] = id[:n]
	}
	return short
}

// campaignNamed finds a campaign by title, id or the start of an id.
func (c *cli) campaignNamed(ctx context.Context, h *house, text string) (quiz.Campaign, error) {
	all, err := h.quiz.Campaigns(ctx, c.by())
	if err != nil {
		return quiz.Campaign{}, err
	}
	var found []quiz.Campaign
	for _, k := range all {
		if k.ID == text || data.SortKey(k.Title) == data.SortKey(text) {
			return k, nil
		}
		if text != "" && strings.HasPrefix(k.ID, strings.ToLower(text)) {
			found = append(found, k)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return quiz.Campaign{}, failed(data.ErrNotFound, nl.T(words.CliNoCampaign, "name", text))
	}
	return quiz.Campaign{}, failed(nil, nl.T(words.CliTwoCampaigns, "name", text))
}

// campaignMove is campaign open and campaign close.
func (c *cli) campaignMove(use string, short, done words.Key, move func(*quiz.Store, context.Context, data.Actor, string) error) *cobra.Command {
	return &cobra.Command{Use: use + " ID", Short: nl.T(short), Args: takes(1, 1),
		RunE: c.inHouse(func(ctx context.Context, h *house, args []string) error {
			k, err := c.campaignNamed(ctx, h, args[0])
			if err != nil {
				return err
			}
			if err := move(h.quiz, ctx, c.by(), k.ID); err != nil {
				return err
			}
			if k, err = h.quiz.Campaign(ctx, c.by(), k.ID); err != nil {
				return err
			}
			said := done
			if use == "open" && k.OpensOn > h.db.Today() {
				said = words.CliCampaignOpenedSoon
			}
			return c.done(map[string]any{"id": k.ID, "state": k.State, "opens_on": k.OpensOn, "invited": k.Invited, "ended": k.Ended},
				nl.T(said, "day", dayText(k.OpensOn), "title", k.Title, "invited", k.Invited, "ended", k.Ended))
		})}
}

// campaignDays is campaign move: another last day.
func (c *cli) campaignDays() *cobra.Command {
	var closes string
	cmd := &cobra.Command{Use: "move ID", Short: nl.T(words.CliCampaignMove), Args: takes(1, 1)}
	cmd.Flags().StringVar(&closes, "closes", "", nl.T(words.CliFlagCloses))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "closes"); err != nil {
			return err
		}
		return c.inHouse(func(ctx context.Context, h *house, args []string) error {
			k, err := c.campaignNamed(ctx, h, args[0])
			if err != nil {
				return err
			}
			if err := h.quiz.Move(ctx, c.by(), k.ID, isoDay(closes)); err != nil {
				return err
			}
			return c.done(map[string]any{"id": k.ID, "closes_on": isoDay(closes)}, nl.T(words.CliCampaignMoved, "title", k.Title, "day", dayText(isoDay(closes))))
		})(cmd, args)
	}
	return cmd
}

func (c *cli) campaignDiscard() *cobra.Command {
	return &cobra.Command{Use: "discard ID", Short: nl.T(words.CliCampaignDiscard), Args: takes(1, 1),
		RunE: c.inHouse(func(ctx context.Context, h *house, args []string) error {
			k, err := c.campaignNamed(ctx, h, args[0])
			if err != nil {
				return err
			}
			if err := h.quiz.Discard(ctx, c.by(), k.ID); err != nil {
				return err
			}
			return c.done(map[string]any{"id": k.ID, "discarded": true}, nl.T(words.CliCampaignDiscarded, "title", k.Title))
		})}
}

func (c *cli) campaignShow() *cobra.Command {
	return &cobra.Command{Use: "show ID", Short: nl.T(words.CliCampaignShow), Args: takes(1, 1),
		RunE: c.inHouse(func(ctx context.Context, h *house, args []string) error {
			k, err := c.campaignNamed(ctx, h, args[0])
			if err != nil {
				return err
			}
			if k, err = h.quiz.Campaign(ctx, c.by(), k.ID); err != nil {
				return err
			}
			services, err := h.namesOf(ctx, k.Services)
			if err != nil {
				return err
			}
			if c.json {
				return c.printJSON(campaignOf(k, services))
			}
			return c.showCampaign(h, k, services)
		})}
}

// namesOf gives the names of services by id, sorted.
func (h *house) namesOf(ctx context.Context, ids []string) ([]string, error) {
	all, err := h.places(ctx)
	if err != nil {
		return nil, err
	}
	names := []string{}
	for _, p := range all {
		if slices.Contains(ids, p.ID) {
			names = append(names, p.full())
		}
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(data.SortKey(a), data.SortKey(b)) })
	return names, nil
}

func (c *cli) showCampaign(h *house, k quiz.Campaign, services []string) error {
	limit := nl.T(words.CliNoLimit)
	if k.Limit > 0 {
		limit = words.Duration(words.NL, k.Limit)
	}
	explain := nl.T(map[quiz.Explaining]words.Key{quiz.ExplainAtSubmit: words.CliExplainSubmit, quiz.ExplainAtClose: words.CliExplainClose, quiz.ExplainNever: words.CliExplainNever}[k.Explain])
	rows := [][]string{
		{nl.T(words.CliColTitle), k.Title}, {nl.T(words.CliColID), k.ID}, {nl.T(words.CliColState), stateName(k.State)},
		{nl.T(words.CliColFrom), dayText(k.OpensOn)}, {nl.T(words.CliColUntil), dayText(k.ClosesOn)}, {nl.T(words.CliColLimit), limit},
		{nl.T(words.CliColExplain), explain}, {nl.T(words.CliColOffer), cmp.Or(k.Offer, "-")},
		{nl.T(words.CliColItems), nl.T(words.CliItemsOf, "n", k.Blueprint.Total(), "entry", k.Blueprint.Entry, "domains", domainCounts(h.quiz, k.Blueprint))},
		{nl.T(words.CliColServices), strings.Join(services, ", ")},
		{nl.T(words.CliColCounts), fmt.Sprintf("%d / %d / %d", k.Invited, k.Started, k.Ended)},
	}
	return c.table(rows)
}

func domainCounts(s *quiz.Store, b quiz.Blueprint) string {
	var parts []string
	for _, domain := range b.Domains() {
		n := 0
		for _, cell := range b.Cells {
			if cell.Domain == domain {
				n += cell.Count
			}
		}
		parts = append(parts, fmt.Sprintf("%s %d", s.DomainTitle(domain), n))
	}
	return strings.Join(parts, ", ")
}
