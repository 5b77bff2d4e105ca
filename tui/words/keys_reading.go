package words

// Sentences for who reads line by line.
const (
	ReadingHow      Key = "reading.how"
	ReadingPage     Key = "reading.page"
	ReadingChoice   Key = "reading.choice"
	ReadingKey      Key = "reading.key"
	ReadingPrompt   Key = "reading.prompt"
	ReadingNumber   Key = "reading.number"
	ReadingText     Key = "reading.text"
	ReadingTextNow  Key = "reading.text_now"
	ReadingOpenly   Key = "reading.openly"
	ReadingLines    Key = "reading.lines"
	ReadingOption   Key = "reading.option"
	ReadingCarry    Key = "reading.carry"
	ReadingChanged  Key = "reading.changed"
	ReadingUnknown  Key = "reading.unknown"
	ReadingNoNumber Key = "reading.no_number"
)
