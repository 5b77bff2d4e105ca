package town

import (
	"fmt"

	"digibrug/courses"
)

// courseShare is a course of the model catalogue for who works here.
const courseShare = "agendas-delen"

// needed leaves needs to plan: inhabitants who asked for a course at the desk, some of them on certain half-days only, and
// colleagues whom the coordinator wrote down. Those of the assessment wait for one key.
func (t *teaching) needed() error {
	var asks []courses.NeedAsk
	for i, p := range t.people[4:12] {
		ask := courses.NeedAsk{Participant: p.ID, Course: t.courses[courseFiles].ID, Levels: 1, Source: courses.FromPerson}
		switch i % 4 {
		case 1:
			ask.Slots = []courses.WeekPart{"tue-am", "tue-pm"}
		case 2:
			ask.Slots = []courses.WeekPart{"thu-am"}
		}
		asks = append(asks, ask)
	}
	for _, p := range t.people[12:16] {
		asks = append(asks, courses.NeedAsk{Participant: p.ID, Course: t.courses[courseMail].ID, Levels: 1, Source: courses.FromPerson})
	}
	share, known := t.courses[courseShare]
	if !known {
		return fmt.Errorf("the catalogue has no %s", courseShare)
	}
	n := 0
	for _, p := range t.crowd {
		if p.service == "Burgerzaken" && p.account.PersonID != "" && n < 6 {
			asks = append(asks, courses.NeedAsk{Person: p.account.PersonID, Course: share.ID, Levels: 1 + n%2, Source: courses.FromCoordinator})
			n++
		}
	}
	_, err := t.taught.PutNeeds(t.ctx, t.by, asks)
	return err
}
