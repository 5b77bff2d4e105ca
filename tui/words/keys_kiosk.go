package words

// Sentences of a kiosk PC and of who comes with a paper code: they are read in all three languages.
const (
	KioskWelcome  Key = "kiosk.welcome"
	KioskTitle    Key = "kiosk.title"
	KioskWhat     Key = "kiosk.what"
	KioskEnter    Key = "kiosk.enter"
	KioskEnterFor Key = "kiosk.enter_for"
	KioskNow      Key = "kiosk.now"
	KioskChoose   Key = "kiosk.choose"
	KioskPC       Key = "kiosk.pc"

	KioskType    Key = "kiosk.type"
	KioskFree    Key = "kiosk.free"
	KioskCheck   Key = "kiosk.check"
	KioskErase   Key = "kiosk.erase"
	KioskWait    Key = "kiosk.wait"
	KioskLooking Key = "kiosk.looking"

	KioskSoon    Key = "kiosk.soon"
	KioskOver    Key = "kiosk.over"
	KioskNone    Key = "kiosk.none"
	KioskNothing Key = "kiosk.nothing"
	KioskNew     Key = "kiosk.new"
	KioskBusy    Key = "kiosk.busy"
	KioskDone    Key = "kiosk.done"
	KioskBegin   Key = "kiosk.begin"
	KioskGoOn    Key = "kiosk.go_on"
	KioskResult  Key = "kiosk.result"
	KioskClose   Key = "kiosk.close"
)
