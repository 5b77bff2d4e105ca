package words

// Lessons as a calendar for Outlook, a phone or a wall.
const (
	CourseicsKey         Key = "courseics.key"
	CourseicsMaking      Key = "courseics.making"
	CourseicsMade        Key = "courseics.made"
	CourseicsNone        Key = "courseics.none"
	CourseicsOwn         Key = "courseics.own"
	CourseicsGiven       Key = "courseics.given"
	CourseicsEverybody   Key = "courseics.everybody"
	CourseicsLong        Key = "courseics.long"
	CourseicsFlagRoom    Key = "courseics.flag_room"
	CourseicsFlagTrainer Key = "courseics.flag_trainer"
	CourseicsFlagPerson  Key = "courseics.flag_person"
	CourseicsWhere       Key = "courseics.where"
	CourseicsOneOf       Key = "courseics.one_of"
	CourseicsNoRoom      Key = "courseics.no_room"
	CourseicsNoTrainer   Key = "courseics.no_trainer"
	CourseicsSeveral     Key = "courseics.several"
)
