package words

// By which ways the people of a series are told.
const (
	CoursereachTold   Key = "coursereach.told"
	CoursereachMail   Key = "coursereach.mail"
	CoursereachPhone  Key = "coursereach.phone"
	CoursereachLetter Key = "coursereach.letter"
)
