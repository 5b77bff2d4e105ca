package words

// RecruitIrregularity is what the code of an irregularity is called; an unknown one is something else.
func RecruitIrregularity(code string) Key {
	switch code {
	case "helped":
		return DutyIrregularHelped
	case "phone":
		return DutyIrregularPhone
	case "notes":
		return DutyIrregularNotes
	case "talked":
		return DutyIrregularTalked
	case "other_screen":
		return DutyIrregularScreen
	case "left_room":
		return DutyIrregularRoom
	case "noise":
		return DutyIrregularNoise
	case "technical":
		return DutyIrregularTechnical
	case "late":
		return DutyIrregularLate
	case "unwell":
		return DutyIrregularUnwell
	case "identity":
		return DutyIrregularIdentity
	}
	return DutyIrregularOther
}

// RecruitLevel is what items of a level, 1 to 4, ask of somebody.
func RecruitLevel(level int) Key {
	switch level {
	case 1:
		return RecruitownLevel1
	case 2:
		return RecruitownLevel2
	case 3:
		return RecruitownLevel3
	}
	return RecruitownLevel4
}
