package enroldesk

import (
	"strings"

	"digibrug/courses"
	"digibrug/tui/coursewords"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Message is what to tell somebody, as text to read out, to copy into a text message, or to print. After an enrolment it
// says first what happened.
type Message struct {
	desk
	lang  words.Lang // of the text
	to    courses.Participant
	said  []string                // what happened, in the language of the screen; nil: nothing just did
	texts func(words.Lang) string // the text in a language
	shown parts.Scroll
}

// message opens the text for a member in a language; empty: the screen's.
func (d desk) message(m member, lang words.Lang) shell.Screen {
	to := courses.Participant{ID: m.e.ParticipantID, Given: m.e.Participant, Phone: m.e.Phone, Mail: m.e.Mail}
	return d.newMessage(to, lang, nil, func(l words.Lang) string { return text(l, m.about, m.e, m.Listed, m.places[m.e.ID].Place, m.lessons) })
}

func (d desk) newMessage(to courses.Participant, lang words.Lang, said []string, texts func(words.Lang) string) Message {
	if lang == "" {
		lang = d.S.Lang()
	}
	return Message{desk: d, lang: lang, to: to, said: said, texts: texts}
}

// text is what somebody is told about an enrolment as it stands, or of what happened. place is that on the waiting list.
func text(lang words.Lang, about courses.About, e courses.Enrolment, l courses.Listed, place int, all []courses.Session) string {
	said := coursewords.Told(lang, about, e, l.Series, place)
	if about == courses.AboutLessons {
		said += " " + words.T(lang, words.CoursetellLessons) + "\n" + strings.Join(coursewords.LessonLines(lang, all), "\n")
	}
	return said
}

// Init does nothing: all is known.
func (m Message) Init() tea.Cmd { return nil }

// Title says for whom it is.
func (m Message) Title() string { return m.S.T(words.EnroldeskMessageFor, "name", m.name(m.to.Name())) }

func (m Message) other() key.Binding { return m.Letter("t", words.EnroldeskOtherLang) }
func (m Message) print() key.Binding { return m.Letter("p", words.EnroldeskPrint) }

// Update turns to another language, prints, and goes back.
func (m Message) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.W, m.H = msg.Width, msg.Height
		return m, nil
	case page.DoneMsg[page.Outcome]:
		next, ok, tell := page.Settled(m.Page, msg)
		if m.Page = next; ok {
			tell = shell.Notify(shell.Good, msg.Got.Said, msg.Got.Args...)
		}
		return m, tell
	case tea.KeyPressMsg:
		switch {
		case m.Busy():
			return m, nil
		case key.Matches(msg, m.S.Keys().Enter):
			return m, shell.Back()
		case key.Matches(msg, m.other()):
			m.lang = m.lang.Next()
			return m, nil
		case m.Print != nil && key.Matches(msg, m.print()):
			m.Page = m.Acts(words.EnroldeskPrinting)
			return m, page.Fetch(m.Acting, func() (page.Outcome, error) {
				return page.Outcome{Said: words.EnroldeskPrinted, Args: []any{"name", m.to.Name()}}, m.Print(m.ctx(), m.By(), m.to, m.lang, m.texts(m.lang))
			})
		}
	}
	m.shown = m.shown.Update(m.S.Look(), msg, len(m.lines()), m.H)
	return m, nil
}

func (m Message) lines() []string {
	var lines []string
	for i, said := range m.said {
		for _, line := range m.Paragraphs(said) {
			if i == 0 {
				line = m.S.Theme().Strong.Render(line)
			}
			lines = append(lines, line)
		}
	}
	if len(lines) > 0 {
		lines = append(lines, "")
	}
	contact := strings.TrimSpace(m.to.Phone + "  " + m.to.Mail)
	lines = append(lines, m.quiet(m.Page, m.S.T(words.EnroldeskMessageLead, "lang", m.lang.Name(), "phone", contact))...)
	lines = append(lines, "")
	return append(lines, m.Paragraphs(m.texts(m.lang))...)
}

// View gives what happened and the text.
func (m Message) View() string { return m.shown.View(m.S.Look(), m.lines(), m.W, m.H) }

// ShortHelp is the footer.
func (m Message) ShortHelp() []key.Binding {
	short := []key.Binding{m.Enter(words.EnroldeskReady), m.other()}
	if m.Print != nil {
		short = append(short, m.print())
	}
	return short
}

// FullHelp is the help page.
func (m Message) FullHelp() [][]key.Binding {
	return [][]key.Binding{m.ShortHelp(), m.S.Keys().Moving()}
}
