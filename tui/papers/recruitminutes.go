package papers

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/words"
)

// Minutes are the proces-verbaal of a test: when it was, who supervised, who sat, when clocks stood still and why, extra time,
// questions about items and what became of them, what went wrong, and the hashes of what was frozen. Labels, never names. The
// supervisors and recruiters of a procedure may have them, and its jury once the scores are frozen.
func (p RecruitPapers) Minutes(ctx context.Context, by data.Actor, procedure string) (Document, error) {
	h, of, err := p.begin(ctx, by, procedure)
	if err != nil {
		return Document{}, err
	}
	m := minutes{recruitHead: h, of: of}
	if m.events, err = p.Recruit.Events(ctx, by, procedure, ""); err != nil {
		return Document{}, err
	}
	if m.members, err = p.Recruit.Members(ctx, by, procedure); err != nil {
		return Document{}, err
	}
	if m.candidates, err = p.Recruit.Candidates(ctx, by, procedure); err != nil {
		return Document{}, err
	}
	return m.document(), nil
}

// minutes is what the minutes tell of.
type minutes struct {
	recruitHead
	of         recruit.Procedure
	events     []recruit.Event
	members    []recruit.Member
	candidates []recruit.Candidate
}

func (m minutes) document() Document {
	h, p := m.recruitHead, m.of
	from, until := h.hours(lang, p.Days)
	d := h.document(p, "pv-"+p.Title, h.T(words.RecruitpaperMinutes), Paragraph(h.T(words.RecruitpaperMinutesText)),
		append(Facts{{h.T(words.RecruitpaperProcedure), p.Title}, {h.T(words.RecruitpaperVacancy), p.Vacancy}, {h.T(words.RecruitpaperDay), h.days(lang, p.Days)},
			{h.T(words.RecruitpaperHours), h.T(words.RecruitletterFromUntil, "from", from, "until", until)}, {h.T(words.RecruitpaperPlace), p.Details.Place},
			{h.T(words.RecruitpaperTime), words.Duration(lang, time.Duration(p.Minutes)*time.Minute)}, {h.T(words.RecruitpaperOpened), h.moment(p.OpenedAt)},
			{h.T(words.RecruitpaperSealed), h.moment(p.SealedAt)}, {h.T(words.RecruitpaperClosed), h.moment(p.ClosedAt)}}, h.left()...))
	d = d.with(Heading(h.T(words.RecruitpaperSupervised)), m.supervisors(), Heading(h.T(words.RecruitpaperCandidates)), m.sat(),
		Heading(h.T(words.RecruitpaperStops)), m.stops(), Heading(h.T(words.RecruitpaperExtras)), m.extras(),
		Heading(h.T(words.RecruitpaperQuestions)), m.questions(), Heading(h.T(words.RecruitpaperIncidents)), m.incidents(),
		Heading(h.T(words.RecruitpaperNoted)), Paragraph(h.T(words.RecruitpaperNotedText)), m.noted(),
		Heading(h.T(words.RecruitpaperHashes)), h.hashes(p))
	var signs Signatures
	for _, one := range m.members {
		if one.Duty == recruit.Supervisor {
			signs = append(signs, Signature{Role: h.T(words.RecruitpaperSupervisor), Name: one.Name})
		}
	}
	return d.with(append(signs, Signature{Role: h.T(words.RecruitpaperRecruiter)}))
}

// moment writes an instant; nothing for one that has not come.
func (h recruitHead) moment(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return words.Moment(lang, at)
}

// clock writes an instant of the day of the test, with the day where there are more of them.
func (m minutes) clock(at time.Time) string {
	switch {
	case at.IsZero():
		return "-"
	case m.of.Days.From == m.of.Days.Until:
		return at.In(data.Brussels).Format("15:04:05")
	}
	return words.ShortDay(lang, at) + " " + at.In(data.Brussels).Format("15:04:05")
}

// hashes proves what was frozen.
func (h recruitHead) hashes(p recruit.Procedure) Facts {
	return Facts{{h.T(words.RecruitpaperFrozen), p.Frozen}, {h.T(words.RecruitpaperScored), p.ScoredHash}}
}

// who is a log-in as the name of a member; of others what the log says.
func (m minutes) who(login string) string {
	for _, one := range m.members {
		if one.Login == login {
			return one.Name
		}
	}
	if strings.HasPrefix(login, "code:") { // who came in with a paper code
		return m.T(words.RecruitpaperColLabel)
	}
	return login
}

// supervisors lists who had the duty, with who acted in the room.
func (m minutes) supervisors() Grid {
	g := Grid{Heads: []Head{{Title: m.T(words.RecruitpaperColName)}, {Title: m.T(words.RecruitpaperColFrom)}, {Title: m.T(words.RecruitpaperColUntil)}, {Title: m.T(words.RecruitpaperColActs), Right: true}}}
	for _, one := range m.members {
		if one.Duty != recruit.Supervisor {
			continue
		}
		acts := 0
		for _, e := range m.events {
			if e.By == one.Login {
				acts++
			}
		}
		g.Rows = append(g.Rows, []string{one.Name, words.StoredDay(lang, one.From), words.StoredDay(lang, one.Until), strconv.Itoa(acts)})
	}
	return g
}

// sat says when each candidate came, showed the card, began and ended.
func (m minutes) sat() Grid {
	g := Grid{Heads: []Head{{Title: m.T(words.RecruitpaperColLabel)}, {Title: m.T(words.RecruitpaperColArrived)}, {Title: m.T(words.RecruitpaperColChecked)},
		{Title: m.T(words.RecruitpaperColStarted)}, {Title: m.T(words.RecruitpaperColStopped)}, {Title: m.T(words.RecruitpaperColHow)}}}
	for _, c := range m.candidates {
		row := []string{c.Label, "-", "-", "-", "-", m.T(words.RecruitpaperNeverCame)}
		if c.Withdrawn {
			row[5] = m.T(words.RecruitpaperWithdrew)
		}
		for _, e := range m.events {
			if e.CandidateID != c.ID {
				continue
			}
			switch e.Kind {
			case recruit.Arrived:
				row[1], row[5] = m.clock(e.At), m.T(words.RecruitpaperNoStart)
			case recruit.Checked:
				row[2] = m.clock(e.At) + ", " + m.who(e.By)
			case recruit.Started:
				row[3], row[5] = m.clock(e.At), ""
			case recruit.Ended:
				row[4], row[5] = m.clock(e.At), eventDetail(e)
			}
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// stops lists when clocks stood still.
func (m minutes) stops() Grid {
	g := Grid{Heads: []Head{{Title: m.T(words.RecruitpaperColLabel)}, {Title: m.T(words.RecruitpaperColWhy)}, {Title: m.T(words.RecruitpaperColFrom)}, {Title: m.T(words.RecruitpaperColUntil)}, {Title: m.T(words.RecruitpaperColLong), Right: true}}}
	for _, c := range m.candidates {
		own := slices.DeleteFunc(slices.Clone(m.events), func(e recruit.Event) bool { return e.CandidateID != c.ID })
		for _, x := range recruit.Standstills(own) {
			g.Rows = append(g.Rows, []string{c.Label, m.T(words.RecruitStop(string(x.Why))), m.clock(x.From), m.clock(x.Till), long(x)})
		}
	}
	return g
}

// long is how long a clock stood, to the second; nothing where it still stands.
func long(x recruit.Standstill) string {
	if x.Till.IsZero() {
		return "-"
	}
	seconds := int(x.Till.Sub(x.From).Round(time.Second) / time.Second)
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}

// table lists events of some kinds with what row says of them.
func (m minutes) table(heads []words.Key, row func(recruit.Event) []string, kinds ...recruit.EventKind) Grid {
	g := Grid{}
	for _, key := range heads {
		g.Heads = append(g.Heads, Head{Title: m.T(key)})
	}
	for _, e := range m.events {
		if slices.Contains(kinds, e.Kind) {
			g.Rows = append(g.Rows, row(e))
		}
	}
	return g
}

func (m minutes) extras() Grid {
	return m.table([]words.Key{words.RecruitpaperColAt, words.RecruitpaperColLabel, words.RecruitpaperColMinutes, words.RecruitpaperColReason, words.RecruitpaperColBy}, func(e recruit.Event) []string {
		minutes, why := e.Parts()
		return []string{m.clock(e.At), e.Label, minutes, why, m.who(e.By)}
	}, recruit.ExtraTime)
}

func (m minutes) questions() Grid {
	return m.table([]words.Key{words.RecruitpaperColAt, words.RecruitpaperColLabel, words.RecruitpaperColItem, words.RecruitpaperColDetail, words.RecruitpaperColBy}, func(e recruit.Event) []string {
		return []string{m.clock(e.At), e.Label, strconv.Itoa(e.N + 1), eventDetail(e), m.who(e.By)}
	}, recruit.Asked, recruit.Answering)
}

func (m minutes) incidents() Grid {
	return m.table([]words.Key{words.RecruitpaperColAt, words.RecruitpaperColLabel, words.RecruitpaperColEvent, words.RecruitpaperColDetail, words.RecruitpaperColBy}, func(e recruit.Event) []string {
		return []string{m.clock(e.At), e.Label, m.T(words.RecruitEvent(string(e.Kind))), eventDetail(e), m.who(e.By)}
	}, recruit.Irregularity, recruit.LineCut, recruit.CameBack, recruit.Twice, recruit.TurnedAway)
}

// noted counts what screens saw, by candidate.
func (m minutes) noted() Grid {
	kinds := []recruit.EventKind{recruit.LeftScreen, recruit.Pasted, recruit.Silent}
	g := Grid{Heads: []Head{{Title: m.T(words.RecruitpaperColLabel)}}}
	for _, k := range kinds {
		g.Heads = append(g.Heads, Head{Title: m.T(words.RecruitEvent(string(k))), Right: true})
	}
	for _, c := range m.candidates {
		row, any := []string{c.Label}, 0
		for _, k := range kinds {
			n := 0
			for _, e := range m.events {
				if e.CandidateID == c.ID && e.Kind == k {
					n++
				}
			}
			row, any = append(row, strconv.Itoa(n)), any+n
		}
		if any > 0 {
			g.Rows = append(g.Rows, row)
		}
	}
	return g
}
