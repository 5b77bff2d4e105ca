package words

// Sentences of the room of question banks.
const (
	BanksOwnWork   Key = "banks.own_work"
	BanksMeanwhile Key = "banks.meanwhile"
	BanksState     Key = "banks.state"
	BanksAsked     Key = "banks.asked"
	BanksNothing   Key = "banks.nothing"
)
