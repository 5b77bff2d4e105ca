package papers

import (
	"context"
	"strings"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/words"
)

// groupReports is what the paper of group figures needs of the quiz floor; *quiz.Store has it.
type groupReports interface {
	Reports(ctx context.Context, by data.Actor) ([]quiz.Campaign, error)
	Group(ctx context.Context, by data.Actor, campaign string) (quiz.GroupReport, error)
	DomainTitle(domain string) string
}

// What can be wrong with the campaign that is asked for.
const (
	WhyNoFigures data.Why = "paper.no_figures" // the reader may see no figures of such a campaign
	WhyTwoOfThem data.Why = "paper.several"    // more than one starts like that
)

// Groups is the group figures of one campaign: each group for the director, the own ones for a head. It shows
// no more than quiz.GroupFigures allows: never a person, never a group of fewer than five.
func Groups(store groupReports) Paper {
	return Paper{Name: "groups", Title: words.PaperGroups, Roles: []data.Role{data.RoleHead, data.RoleDirector}, Asks: []Question{AsksCampaign},
		fill: func(ctx context.Context, by data.Actor, ask Ask) (Sheet, error) {
			id, err := campaignOf(ctx, store, by, ask.Campaign)
			if err != nil {
				return Sheet{}, err
			}
			r, err := store.Group(ctx, by, id)
			if err != nil {
				return Sheet{}, err
			}
			return groupSheet(r, store.DomainTitle), nil
		}}
}

// campaignOf finds the id of a campaign that the actor may see, by title, id or the start of an id.
func campaignOf(ctx context.Context, store groupReports, by data.Actor, asked string) (string, error) {
	wrong := func(why data.Why) error {
		return &data.Invalid{Field: string(AsksCampaign), Why: why, Got: data.Clean(asked, gotLen)}
	}
	if asked == "" {
		return "", wrong(data.WhyEmpty)
	}
	all, err := store.Reports(ctx, by)
	if err != nil {
		return "", err
	}
	var found []string
	for _, c := range all {
		if c.ID == asked || data.SortKey(c.Title) == data.SortKey(asked) {
			return c.ID, nil
		}
		if strings.HasPrefix(c.ID, strings.ToLower(asked)) {
			found = append(found, c.ID)
		}
	}
	switch len(found) {
	case 0:
		return "", wrong(WhyNoFigures)
	case 1:
		return found[0], nil
	}
	return "", wrong(WhyTwoOfThem)
}

func groupSheet(r quiz.GroupReport, title func(string) string) Sheet {
	s := Sheet{Title: nl.T(words.PaperGroupsOf, "campaign", r.Campaign.Title), Columns: []Column{
		{Name: "group", Title: nl.T(words.PaperColGroup), Kind: KindText},
		{Name: "members", Title: nl.T(words.PaperColMembers), Kind: KindList},
		{Name: "invited", Title: nl.T(words.PaperColInvited), Kind: KindNumber},
		{Name: "ended", Title: nl.T(words.PaperColEnded), Kind: KindNumber},
	}}
	for _, domain := range r.Domains {
		s.Columns = append(s.Columns,
			Column{Name: domain + "_share", Title: nl.T(words.PaperColShare, "domain", title(domain)), Kind: KindShare},
			Column{Name: domain + "_median", Title: nl.T(words.PaperColMedian, "domain", title(domain)), Kind: KindText})
	}
	hidden := false
	for _, row := range r.Rows {
		cells := []Cell{Text(row.Group.Name), List(row.Names, nil), {}, {}}
		if row.Group.Hidden { // not even how many they are
			hidden = true
		} else {
			cells[2], cells[3] = Count(row.Invited), Count(row.Ended)
		}
		for _, f := range row.Figures {
			if !f.Shown || row.Group.Hidden {
				cells, hidden = append(cells, Cell{}, Cell{}), true
				continue
			}
			cells = append(cells, Share(f.Share), bandCell(f.Median))
		}
		s.Rows = append(s.Rows, cells)
	}
	if r.Campaign.State == quiz.Closed {
		s.Notes = append(s.Notes, nl.T(words.PaperRuleClosed))
	} else {
		s.Notes = append(s.Notes, nl.T(words.PaperRuleOpen))
	}
	if hidden {
		s.Notes = append(s.Notes, nl.T(words.PaperRuleHidden))
	}
	s.Notes = append(s.Notes, nl.T(words.PaperRuleMedian))
	return s
}

func bandCell(b quiz.Band) Cell {
	names := map[quiz.Band]words.Key{quiz.BandStarter: words.ItemBandStarter, quiz.BandBasis: words.ItemBandBasis,
		quiz.BandVlot: words.ItemBandVlot, quiz.BandExpert: words.ItemBandExpert}
	if name, ok := names[b]; ok {
		return Coded(nl.T(name), b.String())
	}
	return Cell{}
}
