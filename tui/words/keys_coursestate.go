package words

// Sentences of how lessons, series and enrolments stand.
const (
	CoursestateAt       Key = "coursestate.at"
	CoursestateFree     Key = "coursestate.free"
	CoursestateVisitors Key = "coursestate.visitors"
	CoursestateAgain    Key = "coursestate.again"
	CoursestateRunning  Key = "coursestate.running"

	// Errors of the courses.
	CoursestateErrorConflict    Key = "coursestate.error.conflict"
	CoursestateErrorShut        Key = "coursestate.error.shut"
	CoursestateErrorCancel      Key = "coursestate.error.cancel"
	CoursestateErrorSick        Key = "coursestate.error.sick"
	CoursestateErrorFull        Key = "coursestate.error.full"
	CoursestateErrorOffered     Key = "coursestate.error.offered"
	CoursestateErrorNoOffer     Key = "coursestate.error.no_offer"
	CoursestateErrorNoPrice     Key = "coursestate.error.no_price"
	CoursestateErrorOver        Key = "coursestate.error.over"
	CoursestateErrorEnrolled    Key = "coursestate.error.enrolled"
	CoursestateThisPerson       Key = "coursestate.error.this_person"
	CoursestateErrorNotYet      Key = "coursestate.error.not_yet"
	CoursestateErrorNotRunning  Key = "coursestate.error.not_running"
	CoursestateErrorNotInSeries Key = "coursestate.error.not_in_series"
	CoursestateErrorSessionOver Key = "coursestate.error.session_over"
	CoursestateErrorSeriesOver  Key = "coursestate.error.series_over"
	CoursestateErrorToken       Key = "coursestate.error.token"
	CoursestateErrorEvaluated   Key = "coursestate.error.evaluated"
	CoursestateErrorFewAnswers  Key = "coursestate.error.few_answers"
	CoursestateErrorVisitOver   Key = "coursestate.error.visit_over"
	CoursestateErrorHasSeats    Key = "coursestate.error.has_seats"
)

// CourseFault says what is wrong with a session: "coursestate.fault.<fault>". It takes room, trainer, who, note and pc.
func CourseFault(fault string) Key { return Key("coursestate.fault." + fault) }

// SeriesState is how far a series is: "coursestate.series.<state>".
func SeriesState(state string) Key { return Key("coursestate.series." + state) }

// EnrolmentState is how an enrolment stands: "coursestate.enrolment.<state>".
func EnrolmentState(state string) Key { return Key("coursestate.enrolment." + state) }

// AttendanceMark is how somebody was at a session: "coursestate.mark.<mark>".
func AttendanceMark(mark string) Key { return Key("coursestate.mark." + mark) }

// FeePaid is what became of a fee: "coursestate.paid.<paid>".
func FeePaid(paid string) Key { return Key("coursestate.paid." + paid) }

// SeriesShut says why a series takes nobody: "coursestate.shut.<why>".
func SeriesShut(why string) Key { return Key("coursestate.shut." + why) }

// PassedWhy says why somebody gets no seat: "coursestate.pass.<why>".
func PassedWhy(why string) Key { return Key("coursestate.pass." + why) }

// TrainerKind is what a kind of trainer is called: "coursestate.trainer.<kind>".
func TrainerKind(kind string) Key { return Key("coursestate.trainer." + kind) }

// SeriesDecision is what becomes of a series: "coursestate.decision.<decision>".
func SeriesDecision(decision string) Key { return Key("coursestate.decision." + decision) }

// EvaluationFlag says what deserves a look: "coursestate.flag.<flag>".
func EvaluationFlag(flag string) Key { return Key("coursestate.flag." + flag) }
