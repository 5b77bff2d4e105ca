package courses

import (
	"context"
	"fmt"

	"digibrug/data"
)

// Reached is how many people are told by each channel.
type Reached struct{ Mail, Phone, Letter int }

// People is how many they are.
func (r Reached) People() int { return r.Mail + r.Phone + r.Letter }

// Reached counts by which channels the people of a series are told when something changes: those with a seat, or with all
// also those who wait or for whom a head must still say yes. Nobody hears of a draft.
func (s *Store) Reached(ctx context.Context, by data.Actor, series string, all bool) (r Reached, err error) {
	states := seated
	if all {
		states = active
	}
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		r = Reached{}
		people, err := data.List(ctx, q, scanParticipant, participantColumns+` JOIN enrolments e ON e.participant_id = p.id JOIN course_series s ON s.id = e.series_id
			WHERE e.series_id = $1 AND s.state <> 'draft' AND e.state IN `+states+` ORDER BY p.id`, series)
		for _, p := range people {
			switch p.Reach(s.mails) {
			case ByMail:
				r.Mail++
			case ByPhone:
				r.Phone++
			default:
				r.Letter++
			}
		}
		return err
	})
	if err != nil {
		return Reached{}, fmt.Errorf("how the people of series %s are told: %w", data.Clean(series, 40), err)
	}
	return r, nil
}
