package tui

import (
	"context"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/tui/lessons"
	"digibrug/tui/papers"
	"digibrug/tui/shell"
)

// lessonRoom is where lessons and attendance are, called after what somebody sees of them.
func (h House) lessonRoom(who data.Identity) shell.Entry {
	return shell.Entry{Room: lessons.Room, Title: lessons.Title(who), May: with(data.RoleTrainer, data.RoleCoordinator, data.RoleClerk, data.RoleICT),
		Open: func(s *shell.Session) shell.Screen { return lessons.New(s, h.lessonDesk()) }}
}

// lessonDesk is what the room of lessons works with.
func (h House) lessonDesk() lessons.Desk {
	return lessons.Desk{Store: h.Courses, Print: h.printLessons, Calendar: h.lessonCalendar}
}

// coursePapers makes the documents of series.
func (h House) coursePapers() papers.CoursePapers {
	return papers.CoursePapers{Courses: h.Courses, Settings: h.Settings, Now: h.DB.Now}
}

// printLessons makes a paper of a series and sends it to the outbox. It gives how many papers it were, and the name of the
// first.
func (h House) printLessons(ctx context.Context, by data.Actor, k lessons.Kind, series string) (n int, name string, err error) {
	switch k {
	case lessons.ToSign:
		d, err := h.coursePapers().SignList(ctx, by, series)
		if err != nil {
			return 0, "", err
		}
		return h.sendAll(ctx, by, d)
	case lessons.Attests:
		all, err := h.coursePapers().Attests(ctx, by, series)
		if err != nil {
			return 0, "", err
		}
		return h.sendAll(ctx, by, all...)
	case lessons.Letters:
		return h.sendLetters(ctx, by, series)
	}
	return h.sendAttendance(ctx, by, series)
}

// sendAll sends documents, all or none.
func (h House) sendAll(ctx context.Context, by data.Actor, all ...papers.Document) (n int, name string, err error) {
	if len(all) == 0 {
		return 0, "", nil
	}
	_, err = h.send(ctx, by, all...)
	return len(all), all[0].FileName(papers.FormatPDF), err
}

// sendAttendance sends the attendance of a series as it was noted.
func (h House) sendAttendance(ctx context.Context, by data.Actor, series string) (n int, name string, err error) {
	lists := papers.CourseLists{Courses: h.Courses, Now: h.DB.Now}
	s, err := papers.NewShelf(h.DB, h.Settings, lists.Papers()...).Fill(ctx, by, papers.ListOfAttendance, papers.Ask{Series: series})
	if err != nil {
		return 0, "", err
	}
	var p outbox.Paper
	err = h.DB.InTx(ctx, func(tx *data.Tx) error {
		p, err = papers.SendSheet(ctx, tx, by, h.way(), papers.FormatPDF, s)
		return err
	})
	return 1, p.Name, err
}

// sendLetters sends the letters to who must still hear how it stands, and writes down that they were told by letter: all
// of that is done, or nothing.
func (h House) sendLetters(ctx context.Context, by data.Actor, series string) (n int, name string, err error) {
	way := h.way()
	n, err = h.Courses.TellByLetter(ctx, by, series, func(ctx context.Context, tx *data.Tx, news courses.News) error {
		d, err := h.coursePapers().LetterAbout(ctx, news)
		if err != nil {
			return err
		}
		p, err := papers.Send(ctx, tx, by, way, d)
		if name == "" {
			name = p.Name
		}
		return err
	})
	return n, name, err
}
