package words

// Sentences of questions on paper.
const (
	ItemsheetLead  Key = "itemsheet.lead"
	ItemsheetKeys  Key = "itemsheet.keys"
	ItemsheetOne   Key = "itemsheet.pick_one"
	ItemsheetMany  Key = "itemsheet.pick_many"
	ItemsheetOrder Key = "itemsheet.order"
	ItemsheetMatch Key = "itemsheet.match"
	ItemsheetRight Key = "itemsheet.right"
	ItemsheetWrong Key = "itemsheet.wrong"
	ItemsheetTitle Key = "itemsheet.title"

	ItemsheetCli       Key = "itemsheet.cli"
	ItemsheetCliLong   Key = "itemsheet.cli_long"
	ItemsheetFlagItems Key = "itemsheet.flag_items"
	ItemsheetFlagSeed  Key = "itemsheet.flag_seed"
	ItemsheetNoBank    Key = "itemsheet.no_bank"
)
