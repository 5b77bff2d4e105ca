package words

// Sentences of the screens door: what people read before their screens open and after they have closed.
const (
	DoorPasswordHint  Key = "door.password_hint"
	DoorPassword      Key = "door.password"
	DoorFull          Key = "door.full"
	DoorFailed        Key = "door.failed"
	DoorBroken        Key = "door.broken"
	DoorIdle          Key = "door.idle"
	DoorMax           Key = "door.max"
	DoorStop          Key = "door.stop"
	DoorFlood         Key = "door.flood"
	DoorPasteCut      Key = "door.paste_cut"
	DoorBye           Key = "door.bye"
	DoorPasswordAgain Key = "door.password_again"
	DoorPasswordSpent Key = "door.password_spent"

	DoorCodeHint    Key = "door.code_hint"
	DoorCode        Key = "door.code"
	DoorCodeWrong   Key = "door.code_wrong"
	DoorCodeSpent   Key = "door.code_spent"
	DoorSecondHint  Key = "door.second_hint"
	DoorSecond      Key = "door.second"
	DoorSecondAgain Key = "door.second_again"
	DoorSecondSpent Key = "door.second_spent"
)
