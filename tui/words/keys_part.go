package words

// Sentences of lists, tables, forms and confirmations.
const (
	PartAbove      Key = "part.above"
	PartBelow      Key = "part.below"
	PartEmpty      Key = "part.empty"
	PartNoMatch    Key = "part.no_match"
	PartFilter     Key = "part.filter"
	PartFound      Key = "part.found"
	PartNeeded     Key = "part.needed"
	PartCapitals   Key = "part.capitals"
	PartPasteCut   Key = "part.paste_cut"
	PartPasteClean Key = "part.paste_clean"
	PartDayHint    Key = "part.day_hint"
	PartChoiceHint Key = "part.choice_hint"
	PartManyHint   Key = "part.many_hint"
	PartLinesHint  Key = "part.lines_hint"
	PartOf         Key = "part.of"
	PartRange      Key = "part.range"
	PartReadOn     Key = "part.read_on"
)
