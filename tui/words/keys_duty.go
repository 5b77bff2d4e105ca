package words

// Words of who has a duty in a recruitment test.
const (
	DutyColDays            Key = "duty.col_days"
	DutyColProcedure       Key = "duty.col_procedure"
	DutyColState           Key = "duty.col_state"
	DutyColVacancy         Key = "duty.col_vacancy"
	DutyIrregularHelped    Key = "duty.irregular.helped"
	DutyIrregularIdentity  Key = "duty.irregular.identity"
	DutyIrregularLate      Key = "duty.irregular.late"
	DutyIrregularNoise     Key = "duty.irregular.noise"
	DutyIrregularNotes     Key = "duty.irregular.notes"
	DutyIrregularOther     Key = "duty.irregular.rest"
	DutyIrregularPhone     Key = "duty.irregular.phone"
	DutyIrregularRoom      Key = "duty.irregular.left_room"
	DutyIrregularScreen    Key = "duty.irregular.other_screen"
	DutyIrregularTalked    Key = "duty.irregular.talked"
	DutyIrregularTechnical Key = "duty.irregular.technical"
	DutyIrregularUnwell    Key = "duty.irregular.unwell"
	DutyLoading            Key = "duty.loading"
	DutyNoted              Key = "duty.noted"
	DutyOpen               Key = "duty.open"
)

// DutyEvent says what happened in the test room, "duty.event.<kind>". It takes n, code, note, all and what.
func DutyEvent(kind string) Key { return Key("duty.event." + kind) }

// DutyScope says for whom an item is out, "duty.scope.<scope>".
func DutyScope(scope string) Key { return Key("duty.scope." + scope) }

// DutyEnd says how a sitting ended, "duty.end.<end>".
func DutyEnd(end string) Key { return Key("duty.end." + end) }
