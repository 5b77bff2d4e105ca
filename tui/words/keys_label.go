package words

// Sentences on labels, and of the commands that make papers of the uitleendienst.
const (
	LabelTitle   Key = "label.title"
	LabelBooking Key = "label.booking"

	// At the command line.
	LoancliLabels        Key = "loancli.labels"
	LoancliContract      Key = "loancli.contract"
	LoancliNoodblad      Key = "loancli.noodblad"
	LoancliFlagOut       Key = "loancli.flag_out"
	LoancliFlagLabelType Key = "loancli.flag_label_type"
	LoancliFlagSize      Key = "loancli.flag_size"
	LoancliFlagStart     Key = "loancli.flag_start"
	LoancliFlagPaperLang Key = "loancli.flag_paper_lang"
)
