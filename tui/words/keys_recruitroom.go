package words

// Errors of the test room, of marking and of scores.
const (
	RecruitNotOpen     Key = "recruitroom.not_open"
	RecruitWindow      Key = "recruitroom.window"
	RecruitAbsent      Key = "recruitroom.absent"
	RecruitNotChecked  Key = "recruitroom.not_checked"
	RecruitNotReleased Key = "recruitroom.not_released"
	RecruitNotStarted  Key = "recruitroom.not_started"
	RecruitEnded       Key = "recruitroom.ended"
	RecruitStopped     Key = "recruitroom.stopped"
	RecruitRunning     Key = "recruitroom.running"
	RecruitWaiting     Key = "recruitroom.waiting"
	RecruitElsewhere   Key = "recruitroom.elsewhere"
	RecruitGone        Key = "recruitroom.gone"
	RecruitOut         Key = "recruitroom.out"
	RecruitNoBreak     Key = "recruitroom.no_break"
	RecruitAnswered    Key = "recruitroom.answered"
	RecruitMarked      Key = "recruitroom.marked"
	RecruitAgreed      Key = "recruitroom.agreed"
	RecruitNotClosed   Key = "recruitroom.not_closed"
	RecruitNotScored   Key = "recruitroom.not_scored"
	RecruitUnmarked    Key = "recruitroom.unmarked" // unmarked, disputed, questions
)
