package words

// Sentences of papers about money and reservations.
const (
	LoanmoneySigned      Key = "loanmoney.signed"
	LoanmoneySeen        Key = "loanmoney.seen"
	LoanmoneyDifference  Key = "loanmoney.difference"
	LoanmoneyBooks       Key = "loanmoney.books"
	LoanmoneyColDay      Key = "loanmoney.col_day"
	LoanmoneyColContract Key = "loanmoney.col_contract"
	LoanmoneyColMessage  Key = "loanmoney.col_message"
	LoanmoneySpan        Key = "loanmoney.span"
	LoanmoneySign        Key = "loanmoney.sign"
	LoanmoneySlip        Key = "loanmoney.slip"
	LoanmoneySlipFrom    Key = "loanmoney.slip_from"
	LoanmoneySlipUntil   Key = "loanmoney.slip_until"
	LoanmoneySlipFetch   Key = "loanmoney.slip_fetch"
	LoanmoneySlipBring   Key = "loanmoney.slip_bring"
)
