package words

// Sentences of the first screen and the own password.
const (
	HomeTitle          Key = "home.title"
	HomeHello          Key = "home.hello"
	HomeChoose         Key = "home.choose"
	HomeEnter          Key = "home.enter"
	HomeLoading        Key = "home.loading"
	HomeWaiting        Key = "home.waiting"
	HomeBusy           Key = "home.busy"
	HomeCalls          Key = "home.calls"
	HomeNothing        Key = "home.nothing"
	HomePasswordTitle  Key = "home.password_title"
	HomePasswordFirst  Key = "home.password_first"
	HomePasswordRule   Key = "home.password_rule"
	HomePasswordOld    Key = "home.password_old"
	HomePasswordNew    Key = "home.password_new"
	HomePasswordAgain  Key = "home.password_again"
	HomePasswordSave   Key = "home.password_save"
	HomePasswordSaving Key = "home.password_saving"
	HomePasswordDone   Key = "home.password_done"
	HomePasswordNext   Key = "home.password_next"
)
