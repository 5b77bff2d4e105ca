package words

// Sentences on labels.
const (
	LabelTitle   Key = "label.title"
	LabelBooking Key = "label.booking"
)
