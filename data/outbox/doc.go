// Package outbox is the queue of papers that leave the house: a letter that its maker fetches at the files door, a
// PDF for a folder, a list for the printer. It keeps them until they are gone, tries again what failed, and knows
// the senders: a folder and a command of this machine, and a mail server. What a paper says is made elsewhere.
package outbox
