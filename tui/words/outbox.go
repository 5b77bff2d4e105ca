package words

import "digibrug/data/outbox"

// OutboxChannel is what a way out of the house is called.
func OutboxChannel(c outbox.Channel) Key {
	switch c {
	case outbox.Folder:
		return OutboxFolder
	case outbox.Print:
		return OutboxPrint
	case outbox.Mail:
		return OutboxMail
	}
	return OutboxFetch
}

// OutboxState is how far a paper got, in a word.
func OutboxState(s outbox.State) Key {
	switch s {
	case outbox.Sent:
		return OutboxGone
	case outbox.Failed:
		return OutboxFailed
	}
	return OutboxWaiting
}
