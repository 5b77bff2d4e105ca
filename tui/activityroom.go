package tui

import (
	"context"

	"digibrug/courses/activity"
	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/tui/activities"
	"digibrug/tui/papers"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// activityRooms is the room of activities for children: of who plans, enrols, stands at the door, and of who counts.
func (h House) activityRooms() []shell.Entry {
	return []shell.Entry{
		{Room: activities.Room, Title: words.ActivityTitle, May: with(data.RoleCoordinator, data.RoleClerk, data.RoleTrainer, data.RoleDirector, data.RoleICT),
			Open: func(s *shell.Session) shell.Screen {
				return activities.New(s, activities.Desk{Store: h.Children, Places: h.Calendar, Print: h.printDayList,
					Rooms: func(ctx context.Context) ([]data.Room, error) { return data.Rooms(ctx, h.DB) }})
			}},
	}
}

// printDayList puts the list of a half-day where its maker fetches it.
func (h House) printDayList(ctx context.Context, by data.Actor, d activity.DayList) error {
	place, err := h.Settings.Get(ctx, data.SettingPlace, "")
	if err != nil {
		return err
	}
	s := papers.ActivityDay(d)
	s.Place = place
	return h.DB.InTx(ctx, func(tx *data.Tx) error {
		s.At = tx.Now()
		_, err := papers.SendSheet(ctx, tx, by, outbox.Fetch, papers.FormatPDF, s)
		return err
	})
}
