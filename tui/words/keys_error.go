package words

// Errors that serve all floors. The sentences for bad input are not constants: "invalid.<why>" belongs to
// the code data.Why of the floor that found it.
const (
	ErrorNotFound  Key = "error.not_found"
	ErrorDenied    Key = "error.denied"
	ErrorDeadline  Key = "error.deadline"
	ErrorCancelled Key = "error.cancelled"
	ErrorInvalid   Key = "error.invalid"
	ErrorWant      Key = "error.want"
	ErrorGot       Key = "error.got"
	ErrorAtLine    Key = "error.at_line"
	ErrorAtColumn  Key = "error.at_column"

	// Errors of the domains and of the database.
	ErrorTimeUp     Key = "error.time_up"
	ErrorEnded      Key = "error.ended"
	ErrorNotOpen    Key = "error.not_open"
	ErrorNotInvited Key = "error.not_invited"
	ErrorState      Key = "error.state"
	ErrorFull       Key = "error.full"
	ErrorReadOnly   Key = "error.read_only"
	ErrorCorrupt    Key = "error.corrupt"
	ErrorBusy       Key = "error.busy"
	ErrorNewer      Key = "error.newer"
	ErrorChain      Key = "error.chain"
	ErrorLastICT    Key = "error.last_ict"
	ErrorOlder      Key = "error.older"
	ErrorMustChange Key = "error.must_change"
	ErrorMustEnrol  Key = "error.must_enrol"
	ErrorDisk       Key = "error.disk"

	// Why a paper code opens nothing.
	ErrorCodeUsed     Key = "error.code_used"
	ErrorCodeExpired  Key = "error.code_expired"
	ErrorCodeEarly    Key = "error.code_early"
	ErrorCodeRevoked  Key = "error.code_revoked"
	ErrorCodeReplaced Key = "error.code_replaced"
	ErrorCodeAddress  Key = "error.code_address"
	ErrorCodesClosed  Key = "error.codes_closed"

	// The loan register.
	ErrorLent        Key = "error.lent"
	ErrorRefused     Key = "error.refused"
	ErrorOpenLines   Key = "error.open_lines"
	ErrorBookingOver Key = "error.booking_over"
)
