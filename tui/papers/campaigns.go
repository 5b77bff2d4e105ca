package papers

import (
	"context"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/words"
)

// campaignList is what the paper of campaigns needs of the quiz floor; *quiz.Store has it.
type campaignList interface {
	Campaigns(ctx context.Context, by data.Actor) ([]quiz.Campaign, error)
}

// Campaigns is the list of kennismetingen with how many people take part, for the ICT officer and the director.
func Campaigns(store campaignList) Paper {
	return Paper{Name: "campaigns", Title: words.PaperCampaigns, Roles: []data.Role{data.RoleICT, data.RoleDirector},
		fill: func(ctx context.Context, by data.Actor, _ Ask) (Sheet, error) {
			all, err := store.Campaigns(ctx, by)
			if err != nil {
				return Sheet{}, err
			}
			return campaignSheet(all), nil
		}}
}

func campaignSheet(all []quiz.Campaign) Sheet {
	s := Sheet{Columns: []Column{
		{Name: "title", Title: nl.T(words.PaperColTitle), Kind: KindText},
		{Name: "state", Title: nl.T(words.PaperColState), Kind: KindText},
		{Name: "opens_on", Title: nl.T(words.PaperColOpens), Kind: KindDay},
		{Name: "closes_on", Title: nl.T(words.PaperColCloses), Kind: KindDay},
		{Name: "invited", Title: nl.T(words.PaperColInvited), Kind: KindNumber},
		{Name: "started", Title: nl.T(words.PaperColStarted), Kind: KindNumber},
		{Name: "ended", Title: nl.T(words.PaperColEnded), Kind: KindNumber},
	}}
	for _, c := range all {
		s.Rows = append(s.Rows, []Cell{Text(c.Title), campaignState(c.State), Day(c.OpensOn), Day(c.ClosesOn),
			Count(c.Invited), Count(c.Started), Count(c.Ended)})
	}
	return s
}

func campaignState(state quiz.State) Cell {
	name := map[quiz.State]words.Key{quiz.Draft: words.PaperDraft, quiz.Open: words.PaperOpen, quiz.Closed: words.PaperClosed}[state]
	return Coded(nl.T(name), string(state))
}
