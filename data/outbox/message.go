package outbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"digibrug/data"
)

// MediaMessage is the kind of a paper that is a mail by itself, and not a file to send with one: see Message.
const MediaMessage = "application/vnd.digibrug.mail+json"

// Message is a mail: what somebody reads, and what comes with it. Paper makes a paper of it.
type Message struct {
	Subject  string `json:"subject"`
	Text     string `json:"text"`
	Calendar []byte `json:"calendar,omitempty"` // iCalendar: an invitation when its METHOD asks for that, else a file; nil: none
	// More are further invitations, each about another event: RFC 6047 gives each a part of its own.
	More  [][]byte `json:"more,omitempty"`
	Files []File   `json:"files,omitempty"`
}

// File is a file that comes with a mail.
type File struct {
	Name  string `json:"name"`
	Media string `json:"media"`
	Body  []byte `json:"body"`
}

// Limits of the texts of a mail, in grapheme clusters.
const (
	subjectLimit = 200
	mailText     = 20_000
)

// Paper gives a mail as a paper for the channel Mail, with its body. to is the address. It returns an *data.Invalid
// for what the outbox would refuse, and an error for a calendar that says not what it is for.
func (m Message) Paper(name, to string) (Paper, []byte, error) {
	if !GoodAddress(to) {
		return Paper{}, nil, &data.Invalid{Field: "target", Why: WhyTarget, Got: data.Clean(to, 60)}
	}
	if m.subject() == "" {
		return Paper{}, nil, &data.Invalid{Field: "subject", Why: data.WhyEmpty}
	}
	for _, c := range m.calendars() {
		if methodOf(c) == "" {
			return Paper{}, nil, errors.New("mail a calendar without a method")
		}
	}
	for _, f := range m.Files {
		if !media.MatchString(f.Media) {
			return Paper{}, nil, &data.Invalid{Field: "media", Why: WhyMedia, Got: data.Clean(f.Media, 60)}
		}
	}
	body, err := json.Marshal(m)
	if err != nil {
		return Paper{}, nil, fmt.Errorf("write mail: %w", err)
	}
	return Paper{Channel: Mail, Name: name, Media: MediaMessage, Target: to}, body, nil
}

// GoodAddress tells whether a mail can be written to a target.
func GoodAddress(to string) bool {
	name, host, ok := strings.Cut(to, "@")
	return ok && GoodTarget(to) && name != "" && hostForm.MatchString(host)
}

var hostForm = regexp.MustCompile(`^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$`)

var methodLine = regexp.MustCompile(`(?m)^METHOD:([A-Z]+)\r?$`)

// methodOf is what a calendar says it is for. The mail says the same by reading it here: where the two differ, Outlook
// refuses the mail.
func methodOf(calendar []byte) string {
	if found := methodLine.FindSubmatch(calendar); found != nil {
		return string(found[1])
	}
	return ""
}

// calendars are all that come with the mail.
func (m Message) calendars() [][]byte {
	if m.Calendar == nil {
		return m.More
	}
	return append([][]byte{m.Calendar}, m.More...)
}

func (m Message) subject() string { return data.Clean(m.Subject, subjectLimit) }

func (m Message) text() string { return data.CleanBlock(m.Text, mailText) + "\n" }

// messageOf is the mail that brings a paper: the one that it is, a text with its first line as the subject, or a
// cover around a file.
func messageOf(p Paper, body []byte, cover Message) (m Message, err error) {
	switch kind, _, _ := strings.Cut(p.Media, ";"); kind {
	case MediaMessage:
		if err := json.Unmarshal(body, &m); err != nil {
			return m, fmt.Errorf("read mail: %w", err)
		}
		return m, nil
	case "text/plain":
		m.Text = string(body)
		first, _, _ := strings.Cut(data.CleanBlock(m.Text, mailText), "\n")
		m.Subject = first
	default:
		m = Message{Subject: cover.Subject, Text: cover.Text, Files: []File{{p.Name, p.Media, body}}}
	}
	if m.subject() == "" {
		m.Subject = p.Name
	}
	return m, nil
}
