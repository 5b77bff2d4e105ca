package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"digibrug/courses/activity"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

func (c *cli) activityCommand() *cobra.Command {
	return c.group("activity", words.ActivityCli, c.activityList(), c.activityShow(), c.activityAdd(), c.activityCheck(), c.activityPurge())
}

// activityLine is an activity as --json prints it: counts, and nobody's name.
type activityLine struct {
	ID      string           `json:"id"`
	Title   string           `json:"title"`
	First   string           `json:"first"` // YYYY-MM-DD
	Last    string           `json:"last"`
	Place   string           `json:"location"`
	Free    int              `json:"free"`
	Booked  int              `json:"booked"`
	Waiting int              `json:"waiting"`
	Keep    string           `json:"keep_until"`
	Halves  []activityHalfAt `json:"half_days,omitempty"`
}

// activityHalfAt is a half-day of it.
type activityHalfAt struct {
	Day       string        `json:"day"`
	Part      activity.Part `json:"part"`
	From      string        `json:"from"` // HH:MM
	Until     string        `json:"until"`
	Places    int           `json:"places"`
	Booked    int           `json:"booked"`
	Waiting   int           `json:"waiting"`
	Cancelled string        `json:"cancelled,omitempty"`
	Closed    bool          `json:"closed"` // by the calendar of the location, by now
}

func lineOf(a activity.Summary) activityLine {
	return activityLine{ID: a.ID, Title: a.Title, First: data.DayText(a.First), Last: data.DayText(a.Last), Place: a.Location, Free: a.Free, Booked: a.Booked, Waiting: a.Waiting,
		Keep: data.DayText(a.KeepUntil)}
}

func (c *cli) activityList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: nl.T(words.ActivityCliList), Args: takes(0, 0),
		RunE: c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			all, err := h.children.Activities(ctx, c.by(), time.Time{})
			if err != nil {
				return err
			}
			out := []activityLine{}
			rows := [][]string{{nl.T(words.ActivityColActivity), nl.T(words.ActivityFirst), nl.T(words.ActivityLast), nl.T(words.ActivityColPlace), nl.T(words.ActivityColIn), nl.T(words.ActivityColFree), nl.T(words.ActivityColWaits)}}
			for _, a := range all {
				out = append(out, lineOf(a))
				rows = append(rows, []string{a.Title, words.ShortDay(words.NL, a.First), words.ShortDay(words.NL, a.Last), a.Location, fmt.Sprint(a.Booked), fmt.Sprint(a.Free), fmt.Sprint(a.Waiting)})
			}
			switch {
			case c.json:
				return c.printJSON(out)
			case len(all) == 0:
				return c.say(nl.T(words.ActivityCliNone))
			}
			return c.table(rows)
		})}
}

// activityNamed finds an activity by its id or its title; of those with one title the one that ends last.
func (h *house) activityNamed(ctx context.Context, by data.Actor, text string) (activity.Summary, error) {
	all, err := h.children.Activities(ctx, by, time.Time{})
	if err != nil {
		return activity.Summary{}, err
	}
	slices.SortStableFunc(all, func(a, b activity.Summary) int { return b.Last.Compare(a.Last) })
	at := slices.IndexFunc(all, func(a activity.Summary) bool { return a.ID == text || data.SortKey(a.Title) == data.SortKey(text) })
	if at < 0 {
		titles := make([]string, len(all))
		for i, a := range all {
			titles[i] = a.Title
		}
		return activity.Summary{}, &data.Invalid{Field: "activity", Why: data.WhyNotOneOf, Want: strings.Join(titles, ", "), Got: data.Clean(text, 60)}
	}
	return all[at], nil
}

func (c *cli) activityShow() *cobra.Command {
	return &cobra.Command{Use: "show NAAM", Short: nl.T(words.ActivityCliShow), Args: takes(1, 1),
		RunE: c.inHouse(func(ctx context.Context, h *house, args []string) error {
			a, err := h.activityNamed(ctx, c.by(), args[0])
			if err != nil {
				return err
			}
			_, halves, err := h.children.Activity(ctx, c.by(), a.ID)
			if err != nil {
				return err
			}
			out := lineOf(a)
			rows := [][]string{{nl.T(words.ActivityColHalf), nl.T(words.ActivityColHours), nl.T(words.ActivityColIn), nl.T(words.ActivityColFree), nl.T(words.ActivityColWaits), nl.T(words.ActivityPaperOff)}}
			for _, p := range halves {
				out.Halves = append(out.Halves, activityHalfAt{data.DayText(p.Day), p.Part, p.From.String(), p.To.String(), p.Capacity, p.Booked, p.Waiting, p.Cancelled, p.Closed})
				free := nl.T(words.ActivityFull)
				switch {
				case p.Closed:
					free = nl.T(words.ActivityClosedThen)
				case p.Cancelled != "":
					free = "-"
				case p.Free() > 0:
					free = nl.T(words.ActivityFreeN, "n", p.Free())
				}
				rows = append(rows, []string{words.WeekdayDay(words.NL, p.Day) + " " + nl.T(words.ActivityPart(string(p.Part))), words.Hours(words.NL, calendar.Hours{{From: p.From, To: p.To}}),
					fmt.Sprintf("%d/%d", p.Booked, p.Capacity), free, fmt.Sprint(p.Waiting), p.Cancelled})
			}
			if c.json {
				return c.printJSON(out)
			}
			if err := c.table(rows); err != nil {
				return err
			}
			return c.say(nl.T(words.ActivityNoAttest))
		})}
}

// activityAdd makes an activity with its half-days, as the form of the room does.
func (c *cli) activityAdd() *cobra.Command {
	var where, morning, afternoon, groups, keep string
	var days dayRange
	var places int
	cmd := &cobra.Command{Use: "add NAAM", Short: nl.T(words.ActivityCliAdd), Args: takes(1, 1)}
	days.flags(cmd.Flags(), words.ActivityFirst, words.ActivityLast)
	cmd.Flags().StringVar(&where, "location", "", nl.T(words.ActivityColPlace))
	cmd.Flags().StringVar(&morning, "morning", "", nl.T(words.ActivityMorningHint))
	cmd.Flags().StringVar(&afternoon, "afternoon", "", nl.T(words.ActivityAfternoonHint))
	cmd.Flags().IntVar(&places, "places", 0, nl.T(words.ActivityCapacity))
	cmd.Flags().StringVar(&groups, "groups", "Kleuters 3-5, Lagere school 6-12", nl.T(words.ActivityGroupsHint))
	cmd.Flags().StringVar(&keep, "keep", "", nl.T(words.ActivityKeepHint))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "location", "from", "until", "places"); err != nil {
			return err
		}
		return c.inHouse(func(ctx context.Context, h *house, args []string) (err error) {
			a := activity.Activity{Title: args[0]}
			plan := activity.Plan{Capacity: places}
			if a.First, a.Last, err = days.read(); err != nil {
				return err
			}
			if keep != "" {
				if a.KeepUntil, err = typedDay("--keep", keep); err != nil {
					return err
				}
			}
			if a.Groups, err = activity.ParseGroups(groups); err != nil {
				return err
			}
			if plan.Morning, err = activity.ParseBlock("morning", morning); err != nil {
				return err
			}
			if plan.Afternoon, err = activity.ParseBlock("afternoon", afternoon); err != nil {
				return err
			}
			at, err := h.locationNamed(ctx, where)
			if err != nil {
				return err
			}
			a.LocationID = at.ID
			put, closed, err := h.children.Add(ctx, c.by(), a, plan)
			if err != nil {
				return err
			}
			left := []string{}
			shown := make([]string, len(closed))
			for i, one := range closed {
				left = append(left, data.DayText(one.Day))
				shown[i] = words.WeekdayDay(words.NL, one.Day)
			}
			text := nl.T(words.ActivityMade, "title", put.Title)
			if len(closed) > 0 {
				text = nl.T(words.ActivityMadeClosed, "title", put.Title, "days", strings.Join(shown, ", "))
			}
			return c.done(map[string]any{"id": put.ID, "title": put.Title, "closed": left, "keep_until": data.DayText(put.KeepUntil)}, text)
		})(cmd, args)
	}
	return cmd
}

// activityCheck looks whether a half-day has more children than places, and changes nothing.
func (c *cli) activityCheck() *cobra.Command {
	return &cobra.Command{Use: "check", Short: nl.T(words.ActivityCliCheck), Args: takes(0, 0),
		RunE: c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			all, err := h.children.Check(ctx, c.by())
			if err != nil {
				return err
			}
			if len(all) > 0 {
				var found []string
				for _, v := range all {
					found = append(found, v.HalfDay+": "+v.Found)
				}
				return failed(nil, nl.T(words.ActivityCliBroken, "found", strings.Join(found, "; ")))
			}
			return c.done(map[string]any{"violations": []string{}}, nl.T(words.ActivityCliClean))
		})}
}

// activityPurge does at once what the server does by itself: it takes away names whose last day has passed.
func (c *cli) activityPurge() *cobra.Command {
	return &cobra.Command{Use: "purge", Short: nl.T(words.ActivityCliPurge), Args: takes(0, 0),
		RunE: c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			n, err := h.children.Purge(ctx, c.by())
			if err != nil {
				return err
			}
			return c.done(map[string]any{"children": n}, nl.T(words.ActivityCliPurged, "n", n))
		})}
}
