package courses

import (
	"context"
	"fmt"

	"digibrug/data"
)

// Enrolment finds one. It returns data.ErrNotFound.
func (s *Store) Enrolment(ctx context.Context, by data.Actor, id string) (e Enrolment, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		e, err = enrolmentOf(ctx, q, id)
		return err
	})
	if err != nil {
		return Enrolment{}, fmt.Errorf("find enrolment %s: %w", data.Clean(id, 40), err)
	}
	return e, nil
}

// ParticipantFor gives who works here as a participant: the one that there is, or a new one of the category Staff, which is
// audited. It may run twice. It returns data.ErrNotFound.
func (s *Store) ParticipantFor(ctx context.Context, by data.Actor, person string) (p Participant, err error) {
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		p, err = participantForPerson(ctx, tx, by, person, Staff)
		return err
	})
	if err != nil {
		return Participant{}, fmt.Errorf("participant of person %s: %w", data.Clean(person, 40), err)
	}
	return p, nil
}
