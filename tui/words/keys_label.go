package words

// Sentences on labels, and at the command line that makes them.
const (
	LabelTitle   Key = "label.title"
	LabelBooking Key = "label.booking"
)
