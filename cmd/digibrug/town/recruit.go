package town

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
)

// Ticket is with what a candidate of today's recruitment test comes in.
type Ticket struct {
	Label string `json:"label"`
	Name  string `json:"name"`
	Code  string `json:"code"` // as it is printed
}

// applicants are candidates: all invented, and none of them works in the town. Two have accommodations.
const applicants = `Mieke Aerts; Fatima Bouzid; Jens Dockx; Lotte Hermans; Youssef Naert; Wout Zwaenepoel`

// candidates are the applicants as somebody types them in.
func candidates() (all []recruit.NewCandidate) {
	for i, text := range strings.Split(applicants, "; ") {
		given, family, _ := strings.Cut(text, " ")
		n := recruit.NewCandidate{Name: recruit.Name{Given: given, Family: family, Email: strings.ToLower(given) + "@voorbeeld.example", Street: fmt.Sprintf("Dorpsstraat %d", 3+2*i), Town: "9999 " + Place}}
		switch i {
		case 1:
			n.Settings.Factor = 1.25
		case 4:
			n.Settings = recruit.Settings{Breaks: 10, Layout: "qwerty"}
		}
		all = append(all, n)
	}
	return all
}

// duty gives who has a role of a recruitment, in the order of the cast.
func (b *builder) duty(d recruit.Duty) (all []data.Actor) {
	for _, p := range b.crowd {
		if p.role == d.Role() {
			all = append(all, p.identity().Actor())
		}
	}
	return all
}

// job is a recruitment in the making.
type job struct {
	*builder
	recruit.Procedure
	by data.Actor // who recruits
}

// advertise sets up a small procedure with all that it needs, on a day, and opens it. Of each domain it asks so many open
// questions as counts says.
func (b *builder) advertise(title, vacancy, day string, days recruit.Days, counts map[string]int) (j job, err error) {
	j = job{builder: b, by: b.duty(recruit.Recruiter)[0]}
	d := recruit.PresetSmall.Of([]string{"mail", "windows"}, day)
	d.Days, d.Vacancy, d.Profile = days, vacancy, "Mails verwerken, dossiers bijhouden en bestanden terugvinden."
	d.Place, d.Practical = "Testlokaal, gemeentehuis, Markt 1, "+Place, "Breng uw identiteitskaart mee. Wees er een kwartier vroeger."
	d.Contact, d.Purpose = "Personeelsdienst, 051 00 00 12", "Selectie voor vacature "+vacancy
	d.Pass.Band, d.Pass.Error = true, 1
	if len(counts) > 0 {
		d.Blueprint.Cells = slices.DeleteFunc(d.Blueprint.Cells, func(c quiz.Cell) bool { return c.Level == 4 })
		d.ByHand, d.Written = true, recruit.Written{Counts: counts, Points: recruit.WrittenPoints}
	}
	d.Accepted = []recruit.Lack{recruit.WarnPublic, recruit.WarnBand}
	organisation := b.units["Burgerzaken"].OrganisationID
	if j.Procedure, err = b.recruit.Create(b.ctx, j.by, recruit.Procedure{OrganisationID: organisation, Title: title, Details: d}); err != nil {
		return j, err
	}
	for _, duty := range []recruit.Duty{recruit.Supervisor, recruit.Jury, recruit.Marker} {
		for _, who := range b.duty(duty) {
			m := recruit.Member{AccountID: who.AccountID, Duty: duty, From: data.DayOf(b.clock.Now()), Until: data.StoredDay(day).AddDate(0, 3, 0).Format(data.DayLayout)}
			if err := b.recruit.PutMember(b.ctx, j.by, j.ID, m); err != nil {
				return j, err
			}
		}
	}
	if _, err := b.recruit.AddCandidates(b.ctx, j.by, j.ID, candidates()); err != nil {
		return j, err
	}
	j.Procedure, err = b.recruit.Open(b.ctx, j.by, j.ID)
	return j, err
}

// invite makes the codes of all candidates, for who hands them out.
func (j job) invite() (all []recruit.Invitation, err error) {
	return j.recruit.Invite(j.ctx, j.by, j.ID, func(context.Context, *data.Tx, []recruit.Invitation, []recruit.NameRow) error { return nil })
}

// hiring opens a test of today, all day long, and gives the codes for it: nobody has come in yet.
func (b *builder) hiring() (all []Ticket, err error) {
	b.clock.set(b.now)
	day := data.DayOf(b.now)
	j, err := b.advertise("Administratief medewerker burgerzaken", day[:4]+"-114", day, recruit.Days{From: day, Until: day, Open: 0, Close: 24 * 60}, map[string]int{"mail": 1})
	if err != nil {
		return nil, err
	}
	letters, err := j.invite()
	for _, l := range letters {
		all = append(all, Ticket{l.Candidate.Label, l.Name.Given + " " + l.Name.Family, data.ShowCode(l.Code.Secret)})
	}
	return all, err
}

// hired holds a whole recruitment that began on a day, midnight in Brussels, with the test on a working day at most three days later: five
// candidates sat, one stayed away, and the jury decided and signed.
func (b *builder) hired(began time.Time) error {
	b.clock.set(began.Add(9 * time.Hour))
	test := began.AddDate(0, 0, 3)
	for test.Weekday() == time.Saturday || test.Weekday() == time.Sunday {
		test = test.AddDate(0, 0, -1)
	}
	day := data.DayOf(test)
	j, err := b.advertise("Medewerker onthaal", day[:4]+"-97", day, recruit.Days{From: day, Until: day, Open: 13 * 60, Close: 17 * 60}, nil)
	if err != nil {
		return err
	}
	if err := j.held(test.Add(13*time.Hour + 5*time.Minute)); err != nil {
		return err
	}
	b.clock.set(test.AddDate(0, 0, 1).Add(9 * time.Hour))
	if err := j.recruit.FreezeScores(b.ctx, j.by, j.ID); err != nil {
		return err
	}
	if err := j.recruit.OpenNames(b.ctx, j.by, j.ID); err != nil {
		return err
	}
	b.clock.set(test.AddDate(0, 0, 1).Add(14 * time.Hour))
	return j.decide()
}

// undisturbed is a moment, or the midnight in Brussels after it where a test that begins then would meet the end of its
// day's window: three quarters of an hour later at most.
func undisturbed(from time.Time) time.Time {
	midnight := data.StartOf(data.StoredDay(data.DayOf(from)).AddDate(0, 0, 1))
	if midnight.Sub(from) < 45*time.Minute {
		return midnight
	}
	return from
}

// marking holds a test from a moment on that is not scored yet: one marker gave points to all open answers, the other to half of
// them. It takes some minutes.
func (b *builder) marking(from time.Time) error {
	b.clock.set(from)
	day := data.DayOf(from)
	days := recruit.Days{From: day, Until: data.StoredDay(day).AddDate(0, 0, 1).Format(data.DayLayout), Close: 24 * 60}
	j, err := b.advertise("Medewerker sociale dienst", day[:4]+"-108", day, days, map[string]int{"mail": 2})
	if err != nil {
		return err
	}
	if err := j.held(from); err != nil {
		return err
	}
	for i, who := range j.duty(recruit.Marker) {
		work, err := j.recruit.ToMark(b.ctx, who, j.ID)
		if err != nil {
			return err
		}
		for n, w := range work[:len(work)/(i+1)] {
			points := min(w.Max, 100*(1+strings.Count(w.Answer, "\n"))) // a point for each thing that is in it
			if i > 0 && n == 0 {
				points = max(0, points-300) // the two don't always agree
			}
			if err := j.recruit.Mark(b.ctx, who, j.ID, w.Code, points, ""); err != nil {
				return err
			}
		}
	}
	return nil
}

// held invites, lets all but the last come in at a moment and sit, and closes the test.
func (j job) held(from time.Time) error {
	letters, err := j.invite()
	if err != nil {
		return err
	}
	j.clock.set(from)
	if err := j.sit(letters[:len(letters)-1]); err != nil {
		return err
	}
	return j.recruit.Close(j.ctx, j.by, j.ID)
}

// visitor is a candidate at a PC of the test room.
type visitor struct {
	by      data.Actor
	session string
	items   []recruit.Answered
	ability float64
	n       int // item to answer next
}

// beat is how often a screen of the test room says that it is alive.
const beat = 4 * time.Second

// sit lets candidates come in, and start together, and answer until all are done.
func (j job) sit(letters []recruit.Invitation) error {
	watch := j.duty(recruit.Supervisor)[0]
	var all []*visitor
	for i, l := range letters {
		v := &visitor{session: data.NewID(), ability: float64(i)*0.7 - 0.6,
			by: data.Actor{CodeID: l.Code.ID, Candidate: l.Candidate.ID, Name: l.Candidate.Label, From: fmt.Sprintf("10.20.3.%d", 11+i)}}
		if _, err := j.recruit.Arrive(j.ctx, v.by, v.session, fmt.Sprintf("testpc-%d", i+1)); err != nil {
			return err
		}
		if err := j.recruit.Check(j.ctx, watch, l.Candidate.ID); err != nil {
			return err
		}
		all = append(all, v)
	}
	if _, err := j.recruit.StartAll(j.ctx, watch, j.ID); err != nil {
		return err
	}
	for _, v := range all {
		if err := j.recruit.Start(j.ctx, v.by, v.session); err != nil {
			return err
		}
		var err error
		if v.items, err = j.recruit.OwnItems(j.ctx, v.by, v.session); err != nil {
			return err
		}
	}
	for len(all) > 0 {
		j.clock.set(j.clock.Now().Add(beat))
		for _, v := range slices.Clone(all) {
			over, err := j.step(v)
			if err != nil {
				return fmt.Errorf("%s: %w", v.by.Name, err)
			}
			if over {
				all = slices.DeleteFunc(all, func(o *visitor) bool { return o == v })
			}
		}
	}
	return nil
}

// step answers the next item, or hands in.
func (j job) step(v *visitor) (over bool, err error) {
	if v.n == len(v.items) {
		return true, j.recruit.Submit(j.ctx, v.by, v.session)
	}
	given := answer(v.items[v.n].Item.Item, v.ability, j.chance)
	err = j.recruit.Save(j.ctx, v.by, v.session, quiz.Save{N: v.n, Answer: &given, Place: min(v.n+1, len(v.items)-1)})
	v.n++
	return false, err
}

// decide lets the jury decide about everybody as the rule says, and sign.
func (j job) decide() error {
	scores, err := j.recruit.Scores(j.ctx, j.by, j.ID)
	if err != nil {
		return err
	}
	jury := j.duty(recruit.Jury)
	best := recruit.Rank(scores, j.Pass).Places[0].Score.Candidate
	for _, s := range scores {
		d := recruit.Decision{Outcome: recruit.Failed, Reason: "De score ligt onder de slaaggrens."}
		switch {
		case s.Verdict == recruit.VerdictAbsent:
			d = recruit.Decision{Outcome: recruit.Absent, Reason: "Niet gekomen, niet verontschuldigd."}
		case s.Candidate == best:
			d = recruit.Decision{Outcome: recruit.Passed, Reason: "De hoogste score, en een overtuigend gesprek."}
		case s.Verdict == recruit.VerdictPass, s.Verdict == recruit.VerdictBand:
			d = recruit.Decision{Outcome: recruit.Reserve, Reason: "Geslaagd na het gesprek met de jury.", Until: data.StoredDay(data.DayOf(j.clock.Now())).AddDate(1, 0, 0).Format(data.DayLayout)}
		}
		if err := j.recruit.Decide(j.ctx, jury[0], s.Candidate, d); err != nil {
			return err
		}
	}
	made, err := j.recruit.Decisions(j.ctx, jury[0], j.ID)
	if err != nil {
		return err
	}
	for _, who := range jury {
		if err := j.recruit.Sign(j.ctx, who, j.ID, made.Hash); err != nil {
			return err
		}
	}
	return nil
}
