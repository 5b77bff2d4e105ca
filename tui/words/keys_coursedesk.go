package words

// Sentences of the rooms where series of lessons are planned.
const (
	CoursedeskTitle      Key = "coursedesk.title"
	CoursedeskOverTitle  Key = "coursedesk.over_title"
	CoursedeskLoading    Key = "coursedesk.loading"
	CoursedeskNone       Key = "coursedesk.none"
	CoursedeskOverNone   Key = "coursedesk.over_none"
	CoursedeskOpen       Key = "coursedesk.open"
	CoursedeskColCode    Key = "coursedesk.col_code"
	CoursedeskColCourse  Key = "coursedesk.col_course"
	CoursedeskColFirst   Key = "coursedesk.col_first"
	CoursedeskColRoom    Key = "coursedesk.col_room"
	CoursedeskColTrainer Key = "coursedesk.col_trainer"
	CoursedeskColSeats   Key = "coursedesk.col_seats"
	CoursedeskColWaiting Key = "coursedesk.col_waiting"
	CoursedeskColState   Key = "coursedesk.col_state"

	CoursedeskDraft     Key = "coursedesk.draft"
	CoursedeskPublished Key = "coursedesk.published"
	CoursedeskGoing     Key = "coursedesk.going"
	CoursedeskCancelled Key = "coursedesk.cancelled"
	CoursedeskClosed    Key = "coursedesk.closed"

	CoursedeskColLesson Key = "coursedesk.col_lesson"
	CoursedeskColDay    Key = "coursedesk.col_day"
	CoursedeskColHours  Key = "coursedesk.col_hours"
	CoursedeskColFound  Key = "coursedesk.col_found"
)
