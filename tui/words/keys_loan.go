package words

// Sentences of the laptop-loan register.
const (
	LoanCli              Key = "loan.cli"
	LoanCliType          Key = "loan.cli_type"
	LoanCliDevice        Key = "loan.cli_device"
	LoanCliMove          Key = "loan.cli_move"
	LoanCliMoveLong      Key = "loan.cli_move_long"
	LoanCliBorrower      Key = "loan.cli_borrower"
	LoanCliLend          Key = "loan.cli_lend"
	LoanCliReturn        Key = "loan.cli_return"
	LoanCliToday         Key = "loan.cli_today"
	LoanCliCheck         Key = "loan.cli_check"
	LoanCliFlagWith      Key = "loan.cli_flag_with"
	LoanCliFlagType      Key = "loan.cli_flag_type"
	LoanCliFlagName      Key = "loan.cli_flag_name"
	LoanCliFlagSerial    Key = "loan.cli_flag_serial"
	LoanCliFlagLocation  Key = "loan.cli_flag_location"
	LoanCliFlagMethod    Key = "loan.cli_flag_method"
	LoanCliFlagTested    Key = "loan.cli_flag_tested"
	LoanCliFlagReport    Key = "loan.cli_flag_report"
	LoanCliFlagNote      Key = "loan.cli_flag_note"
	LoanCliFlagCategory  Key = "loan.cli_flag_category"
	LoanCliFlagPhone     Key = "loan.cli_flag_phone"
	LoanCliFlagMail      Key = "loan.cli_flag_mail"
	LoanCliFlagMissing   Key = "loan.cli_flag_missing"
	LoanCliTypeAdded     Key = "loan.cli_type_added"
	LoanCliDeviceAdded   Key = "loan.cli_device_added"
	LoanCliMoved         Key = "loan.cli_moved"
	LoanCliBorrowerAdded Key = "loan.cli_borrower_added"
	LoanCliLent          Key = "loan.cli_lent"
	LoanCliNoBorrower    Key = "loan.cli_no_borrower"
	LoanCliTwoBorrowers  Key = "loan.cli_two_borrowers"
	LoanCliReturned      Key = "loan.cli_returned"
	LoanCliAlready       Key = "loan.cli_already"
	LoanCliNothing       Key = "loan.cli_nothing"
	LoanCliColWhat       Key = "loan.cli_col_what"
	LoanCliColDevice     Key = "loan.cli_col_device"
	LoanCliColBorrower   Key = "loan.cli_col_borrower"
	LoanCliColDay        Key = "loan.cli_col_day"
	LoanCliClean         Key = "loan.cli_clean"
	LoanCliViolated      Key = "loan.cli_violated"

	// What there is to do today.
	LoanTodayLate   Key = "loan.today.late"
	LoanTodayDue    Key = "loan.today.due"
	LoanTodayPickUp Key = "loan.today.pick_up"
	LoanTodayCheck  Key = "loan.today.check"
	LoanTodayWipe   Key = "loan.today.wipe"
	LoanTodayTest   Key = "loan.today.test"
)

// LoanState is what the state of a device is called: "loan.state.<state>".
func LoanState(state string) Key { return Key("loan.state." + state) }

// LoanCategory is what a kind of borrower is called: "loan.category.<category>".
func LoanCategory(category string) Key { return Key("loan.category." + category) }
