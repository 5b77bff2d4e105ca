package words

// Sentences of digibrug programme.
const (
	ProgrammecliShort   Key = "programmecli.short"
	ProgrammecliLong    Key = "programmecli.long"
	ProgrammecliLang    Key = "programmecli.lang"
	ProgrammecliCourse  Key = "programmecli.course"
	ProgrammecliLoan    Key = "programmecli.loan"
	ProgrammecliForm    Key = "programmecli.form"
	ProgrammecliUnknown Key = "programmecli.unknown"
)
