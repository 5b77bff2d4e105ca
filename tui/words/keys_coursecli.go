package words

// Sentences of the courses at the command line.
const (
	CoursecliList       Key = "coursecli.list"
	CoursecliCheck      Key = "coursecli.check"
	CoursecliTidy       Key = "coursecli.tidy"
	CoursecliIcs        Key = "coursecli.ics"
	CoursecliFlagSeries Key = "coursecli.flag_series"
	CoursecliNone       Key = "coursecli.none"
	CoursecliClean      Key = "coursecli.clean"
	CoursecliBroken     Key = "coursecli.broken"
	CoursecliTidied     Key = "coursecli.tidied"
	CoursecliCalendar   Key = "coursecli.calendar"
	CoursecliColSeries  Key = "coursecli.col_series"
	CoursecliColCourse  Key = "coursecli.col_course"
	CoursecliColState   Key = "coursecli.col_state"
	CoursecliColFirst   Key = "coursecli.col_first"
	CoursecliColSeats   Key = "coursecli.col_seats"
)
