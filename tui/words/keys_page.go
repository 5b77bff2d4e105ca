package words

// Area page: what the screens of every room say while they load, save and ask.
const (
	PageWait      Key = "page.wait"
	PageRetry     Key = "page.retry"
	PageAgain     Key = "page.again"
	PageNewLine   Key = "page.new_line"
	PageNext      Key = "page.next"
	PageFormLeave Key = "page.form_leave"
)
