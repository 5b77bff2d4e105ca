package testroom

import (
	"time"

	"digibrug/quiz/recruit"

	tea "charm.land/bubbletea/v2"
)

// noteEvery is how soon after one note another of its kind may follow: who holds a key that changes windows, or pastes without
// end, fills no log with it.
const noteEvery = 2 * time.Second

// noted is what the log was told, and what must still be told.
type noted struct {
	away, toldAway bool // whether another window has the keys, and whether the log knows
	left, returned time.Time
	pasted         time.Time
	chars          int // pasted since the log was told
}

// noting tells whether what the candidate does beside the test is written down now.
func (r Room) noting() bool { return r.loaded && r.st.Phase == recruit.PhaseBusy }

// looksAway takes in that another window took the keys, or gave them back.
func (r Room) looksAway(away bool) (Room, tea.Cmd) {
	r.log.away = away
	return r.noteAway()
}

// noteAway tells the log where the keys go, when it doesn't know and heard nothing of the kind just before.
func (r Room) noteAway() (Room, tea.Cmd) {
	now, kind, last := r.s.Now(), recruit.Returned, &r.log.returned
	if r.log.away {
		kind, last = recruit.LeftScreen, &r.log.left
	}
	if !r.noting() || r.log.away == r.log.toldAway || now.Sub(*last) < noteEvery {
		return r, nil
	}
	r.log.toldAway, *last = r.log.away, now
	return r, r.note(kind, 0)
}

// notePaste tells the log how much was pasted since it heard.
func (r Room) notePaste(chars int) (Room, tea.Cmd) {
	if !r.noting() {
		return r, nil
	}
	now := r.s.Now()
	r.log.chars += chars
	if r.log.chars == 0 || now.Sub(r.log.pasted) < noteEvery {
		return r, nil
	}
	chars, r.log.chars, r.log.pasted = r.log.chars, 0, now
	return r, r.note(recruit.Pasted, chars)
}

// notesRest tells what had to wait.
func (r Room) notesRest() (Room, tea.Cmd) {
	r, away := r.noteAway()
	r, paste := r.notePaste(0)
	return r, tea.Batch(away, paste)
}
