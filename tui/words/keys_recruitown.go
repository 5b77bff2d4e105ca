package words

// Sentences of the report that a candidate gets.
const (
	RecruitownTitle      Key = "recruitown.title"
	RecruitownProcedure  Key = "recruitown.procedure"
	RecruitownVacancy    Key = "recruitown.vacancy"
	RecruitownLabel      Key = "recruitown.label"
	RecruitownDay        Key = "recruitown.day"
	RecruitownYourScore  Key = "recruitown.your_score"
	RecruitownYouGot     Key = "recruitown.you_got"
	RecruitownYouSure    Key = "recruitown.you_sure"
	RecruitownPart       Key = "recruitown.part"
	RecruitownPoints     Key = "recruitown.points"
	RecruitownMost       Key = "recruitown.most"
	RecruitownMark       Key = "recruitown.mark"
	RecruitownTotal      Key = "recruitown.total"
	RecruitownJurySays   Key = "recruitown.jury_says"
	RecruitownNotYet     Key = "recruitown.not_yet"
	RecruitownDecided    Key = "recruitown.decided"
	RecruitownUntil      Key = "recruitown.until"
	RecruitownBecause    Key = "recruitown.because"
	RecruitownWork       Key = "recruitown.work"
	RecruitownWorkText   Key = "recruitown.work_text"
	RecruitownNoWork     Key = "recruitown.no_work"
	RecruitownWorkOn     Key = "recruitown.work_on"
	RecruitownLevel1     Key = "recruitown.level_1"
	RecruitownLevel2     Key = "recruitown.level_2"
	RecruitownLevel3     Key = "recruitown.level_3"
	RecruitownLevel4     Key = "recruitown.level_4"
	RecruitownWent       Key = "recruitown.went"
	RecruitownWentTime   Key = "recruitown.went_time"
	RecruitownWentUsed   Key = "recruitown.went_used"
	RecruitownWentStop   Key = "recruitown.went_stop"
	RecruitownWentExtra  Key = "recruitown.went_extra"
	RecruitownWentAsked  Key = "recruitown.went_asked"
	RecruitownCounted    Key = "recruitown.counted"
	RecruitownCountItems Key = "recruitown.count_items"
	RecruitownCountOut   Key = "recruitown.count_out"
	RecruitownForNobody  Key = "recruitown.for_nobody"
	RecruitownNotForYou  Key = "recruitown.not_for_you"
	RecruitownStays      Key = "recruitown.stays"
	RecruitownUnanswered Key = "recruitown.unanswered"
	RecruitownWeights    Key = "recruitown.weights"
	RecruitownWritten    Key = "recruitown.written"
	RecruitownCountOn    Key = "recruitown.count_on"
	RecruitownFromGroup  Key = "recruitown.from_group"
	RecruitownFromItems  Key = "recruitown.from_items"
	RecruitownAsk        Key = "recruitown.ask"
	RecruitownAskText    Key = "recruitown.ask_text"
	RecruitownCountOpen  Key = "recruitown.count_open"
)

// RecruitownOutcome is what the jury decided, said to the candidate: "recruitown.outcome.<outcome>".
func RecruitownOutcome(outcome string) Key { return Key("recruitown.outcome." + outcome) }

// RecruitownEnd is how the candidate's test ended, "recruitown.end.<end>".
func RecruitownEnd(end string) Key { return Key("recruitown.end." + end) }

// RecruitownStop is why the candidate's clock stood still, "recruitown.stop.<stop>".
func RecruitownStop(stop string) Key { return Key("recruitown.stop." + stop) }
