package duties

import (
	"fmt"
	"time"

	"digibrug/quiz/recruit"
	"digibrug/tui/words"
)

// irregularities are the words of the codes that a supervisor chooses from.
func irregularities() map[string]words.Key {
	return map[string]words.Key{
		"helped": words.DutyIrregularHelped, "phone": words.DutyIrregularPhone, "notes": words.DutyIrregularNotes, "talked": words.DutyIrregularTalked,
		"other_screen": words.DutyIrregularScreen, "left_room": words.DutyIrregularRoom, "noise": words.DutyIrregularNoise, "technical": words.DutyIrregularTechnical,
		"late": words.DutyIrregularLate, "unwell": words.DutyIrregularUnwell, "identity": words.DutyIrregularIdentity, "other": words.DutyIrregularOther,
	}
}

// Irregularity is what the code of an irregularity is called; an unknown one is called by its code.
func Irregularity(lang words.Lang, code string) string {
	key, known := irregularities()[code]
	if !known {
		return code
	}
	return words.T(lang, key)
}

// Event says what happened in the test room, as a piece of a sentence.
func Event(lang words.Lang, e recruit.Event) string {
	code, note := e.Parts()
	args := []any{"n", e.N + 1, "code", code, "note", note, "all", e.Detail}
	switch e.Kind {
	case recruit.Irregularity:
		args = append(args, "what", Irregularity(lang, code))
	case recruit.Answering:
		args = append(args, "what", words.T(lang, words.DutyScope(code)))
	case recruit.Ended:
		args = append(args, "what", words.T(lang, words.DutyEnd(code)))
	}
	text := words.T(lang, words.DutyEvent(string(e.Kind)), args...)
	if note != "" && noted(e.Kind) {
		text = words.T(lang, words.DutyNoted, "what", text, "note", note)
	}
	return text
}

// noted tells whether what a person wrote stands behind the code of an event.
func noted(kind recruit.EventKind) bool {
	switch kind {
	case recruit.ExtraTime, recruit.Answering, recruit.Irregularity, recruit.Ended:
		return true
	}
	return false
}

// Clock writes time to the second: "43:10", "1:03:10".
func Clock(d time.Duration) string {
	s := int(max(d, 0) / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// Points writes hundredths of a point: "12", "12,5".
func Points(lang words.Lang, hundredths int) string {
	switch {
	case hundredths%100 == 0:
		return words.Number(lang, float64(hundredths)/100, 0)
	case hundredths%10 == 0:
		return words.Number(lang, float64(hundredths)/100, 1)
	}
	return words.Number(lang, float64(hundredths)/100, 2)
}
