package coursewords_test

import (
	"fmt"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/data/calendar"
	"digibrug/tui/coursewords"
	"digibrug/tui/words"
)

// TestSentences reads each error as the person would, also when it is wrapped.
func TestSentences(t *testing.T) {
	at := time.Date(2026, 12, 1, 13, 0, 0, 0, time.UTC)
	slot := courses.Slot{Day: time.Date(2026, 12, 25, 0, 0, 0, 0, time.UTC), From: 14 * 60, To: 16 * 60}
	for want, err := range map[string]error{
		"Dat botst. Les 3, di 1 december 2026: Mia Vermeulen geeft dan al een andere les. (26-004)": &courses.ConflictError{Fault: courses.FaultTrainerTaken, Session: 3, At: at, Trainer: "Mia Vermeulen", With: "26-004"},
		"Dat botst. Zoë Adams heeft dan een andere les. (26-001)":                                   &courses.ConflictError{Fault: courses.FaultParticipantTaken, Who: "Zoë Adams", With: "26-001"},
		"Dat botst. In Computerruimte zijn dan te weinig plaatsen vrij. Er zijn 2 plaatsen vrij.":   &courses.ConflictError{Fault: courses.FaultRoomFull, Room: "Computerruimte", Free: 2},
		"Dat botst. Speelzaal is dan al bezet. (Kinderclub kerstweek)":                              &courses.ConflictError{Fault: courses.FaultRoomTaken, Room: "Speelzaal", Kind: courses.HeldByActivity, With: "Kinderclub kerstweek"},
		"Dat botst. Computerruimte is dan al bezet. (bezoekers)":                                    &courses.ConflictError{Fault: courses.FaultRoomTaken, Room: "Computerruimte", Kind: courses.HeldByVisit},
		"Dat botst. Pc 4 is al bezet. Die is weer vrij om 14:00.":                                   &courses.ConflictError{Fault: courses.FaultPCTaken, Room: "Computerruimte", Kind: courses.HeldByVisit, PC: 4, At: at},
		"De tijd van deze bezoeker is al om. Geef de pc opnieuw.":                                   courses.ErrVisitOver,
		"Deze reeks kan zo niet open. Les 2, vr 25 december 2026: Gesloten: Kerstmis.":              &courses.SickError{Findings: []courses.Finding{{Session: 2, Slot: slot, Fault: courses.FaultClosed, Note: string(calendar.Christmas)}}},
		"De eerste les is al begonnen. Kies een andere reeks.":                                      &courses.ShutError{Why: courses.ShutStarted},
		"Deze persoon staat al in deze reeks: op de wachtlijst.":                                    &courses.EnrolledError{State: courses.Waiting},
		"Annuleren kon tot 48 uur voor de eerste les. Nu kan het niet meer.":                        &courses.CancelError{Why: courses.CancelNotice, Hours: 48},
		"Er is geen plaats meer vrij.":                                                              courses.ErrFull,
	} {
		if got, known := coursewords.Errors().Sentence(words.NL, fmt.Errorf("enrol: %w", err)); !known || got != want {
			t.Errorf("%v:\n%s\nwant\n%s", err, got, want)
		}
	}
}
