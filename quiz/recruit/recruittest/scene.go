package recruittest

import (
	"fmt"
	"sync/atomic"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
)

// Scene is a town in which a test is prepared. Everybody acts as after a log-in with a password; who has which duty:
//
//	Rik       recruiter of the procedure (lid1)
//	Other     recruiter too, of no procedure yet (lid2)
//	Sup       supervisor on the day of the test (lid3)
//	JuryA, B  jury (lid4, lid5)
//	MarkA, B  markers (lid6, lid7)
type Scene struct {
	*datatest.Town
	Store *recruit.Store
	Codes *data.Codes
	// P is a draft with everything that it needs, of six candidates. Its test is today from 9:00 to 17:00, on 36 items in the
	// domains mail and windows.
	P recruit.Procedure

	Rik, Other, Sup, JuryA, JuryB, MarkA, MarkB data.Actor

	t testing.TB
}

// logins of the scene, and the roles that they hold.
var logins = map[string]data.Role{"lid1": data.RoleRecruiter, "lid2": data.RoleRecruiter, "lid3": data.RoleSupervisor, "lid4": data.RoleJury, "lid5": data.RoleJury,
	"lid6": data.RoleMarker, "lid7": data.RoleMarker}

// NewScene sets the scene in an empty database.
func NewScene(t testing.TB, db *data.DB) *Scene {
	t.Helper()
	return With(t, db, Pool())
}

// With is NewScene with another pool.
func With(t testing.TB, db *data.DB, pool recruit.Pool) *Scene {
	t.Helper()
	s := &Scene{Town: datatest.NewTown(t, db), t: t}
	for _, login := range []string{"lid1", "lid2", "lid3", "lid4", "lid5", "lid6", "lid7"} {
		s.Must(s.Accounts.Grant(t.Context(), datatest.Operator, login, logins[login], "2026-01-01", ""))
	}
	s.Codes = data.NewCodes(db, data.NewHasher(datatest.CheapHash))
	var seed atomic.Int64
	s.Store = recruit.NewStore(db, s.Codes, pool).Seeded(func() int64 { return seed.Add(1) })
	s.Rik, s.Other, s.Sup = s.Actor("lid1"), s.Actor("lid2"), s.Actor("lid3")
	s.JuryA, s.JuryB, s.MarkA, s.MarkB = s.Actor("lid4"), s.Actor("lid5"), s.Actor("lid6"), s.Actor("lid7")
	s.P = s.Draft(s.Rik, "Administratief medewerker burgerzaken")
	for _, m := range []recruit.Member{{AccountID: s.Sup.AccountID, Duty: recruit.Supervisor}, {AccountID: s.JuryA.AccountID, Duty: recruit.Jury},
		{AccountID: s.JuryB.AccountID, Duty: recruit.Jury}, {AccountID: s.MarkA.AccountID, Duty: recruit.Marker}, {AccountID: s.MarkB.AccountID, Duty: recruit.Marker}} {
		m.From, m.Until = "2026-11-01", "2027-12-31"
		s.Must(s.Store.PutMember(t.Context(), s.Rik, s.P.ID, m))
	}
	_, err := s.Store.AddCandidates(t.Context(), s.Rik, s.P.ID, Names(6))
	s.Must(err)
	return s
}

// Must ends the test at an error.
func (s *Scene) Must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// Pool is a pool of the scene: twelve public questions of each level in the domains mail and windows.
func Pool() recruit.Pool { return recruit.Shipped(Banks()) }

// Banks are the banks of the Pool: questions with one right option out of three, the first.
func Banks() []quiz.Bank {
	var banks []quiz.Bank
	for _, domain := range []string{"mail", "windows"} {
		b := quiz.Bank{ID: domain, Language: "nl", Domain: domain, Title: "Bank " + domain}
		for level := 1; level <= 4; level++ {
			for i := range 12 {
				b.Items = append(b.Items, quiz.Item{ID: fmt.Sprintf("%s-%d-%02d", domain, level, i), Version: 1, Kind: quiz.KindSingle, Domain: domain, Level: level,
					Difficulty: float64(level) - 2.5 + float64(i)/20, Seconds: 60, Stem: fmt.Sprintf("Vraag %d van niveau %d over %s?", i+1, level, domain),
					Options: []quiz.Option{{Text: "juist", Right: true}, {Text: "fout"}, {Text: "ook fout"}}, Shuffle: true, Status: quiz.StatusReviewed})
			}
		}
		if domain == "mail" { // and two that people mark
			for i := range 2 {
				b.Items = append(b.Items, quiz.Item{ID: fmt.Sprintf("mail-open-%d", i), Version: 1, Kind: quiz.KindOpen, Domain: domain, Level: i + 2, Seconds: 300,
					Stem: fmt.Sprintf("Open vraag %d: een inwoner vraagt hoe hij een verhuis meldt. Schrijf uw antwoord.", i+1), Rubric: "1 punt: een aanspreking.\n1 punt: hoe het moet.\n1 punt: tegen wanneer.\n1 punt: een groet.",
					Status: quiz.StatusReviewed})
			}
		}
		banks = append(banks, b)
	}
	return banks
}

// Details are those of the scene's procedure.
func Details() recruit.Details {
	d := recruit.PresetSmall.Of([]string{"mail", "windows"}, "2026-11-23")
	d.Days.Open = 9 * 60
	d.Vacancy, d.Profile, d.Place = "2026-114", "Mails verwerken en dossiers bijhouden aan het loket.", "Testlokaal, Markt 1, Zandwerve"
	d.Practical, d.Contact = "Breng je identiteitskaart mee. Wees er een kwartier vroeger.", "Personeelsdienst, 051 00 00 00"
	d.Purpose, d.Accepted = "Selectie voor vacature 2026-114", []recruit.Lack{recruit.WarnPublic}
	return d
}

// Draft makes a procedure with the Details for a recruiter, without candidates and without other people.
func (s *Scene) Draft(by data.Actor, title string) recruit.Procedure {
	s.t.Helper()
	organisations, err := s.People.Organisations(s.t.Context())
	s.Must(err)
	p, err := s.Store.Create(s.t.Context(), by, recruit.Procedure{OrganisationID: organisations[0].ID, Title: title, Details: Details()})
	s.Must(err)
	return p
}

// Names are so many invented candidates, at most 260.
func Names(n int) (all []recruit.NewCandidate) {
	given := []string{"Mieke", "Bram", "Fatima", "Jens", "Lotte", "Youssef", "Sofie", "Wout", "Elif", "Tom"}
	for i := range n {
		all = append(all, recruit.NewCandidate{Name: recruit.Name{Given: given[i%len(given)], Family: fmt.Sprintf("Sollicitant%c%c", 'a'+i/len(given), 'a'+i%len(given)),
			Email: fmt.Sprintf("kandidaat%d@voorbeeld.example", i+1), Street: "Dorp 1", Town: "9999 Zandwerve"}})
	}
	return all
}

// Open freezes and opens the procedure of the scene.
func (s *Scene) Open() recruit.Procedure {
	s.t.Helper()
	p, err := s.Store.Open(s.t.Context(), s.Rik, s.P.ID)
	s.Must(err)
	s.P = p
	return p
}

// Invite makes the codes of all candidates.
func (s *Scene) Invite() []recruit.Invitation {
	s.t.Helper()
	letters, err := s.Store.Invite(s.t.Context(), s.Rik, s.P.ID, nil)
	s.Must(err)
	return letters
}

// Force brings the procedure of the scene into a state in which no act of its own brought it, as a test of what comes
// later wants it.
func (s *Scene) Force(state recruit.State) {
	s.t.Helper()
	s.Must(s.DB.InPlainTx(s.t.Context(), func(tx *data.Tx) error {
		_, err := tx.ExecContext(s.t.Context(), `UPDATE procedures SET state = $1 WHERE id = $2`, string(state), s.P.ID)
		return err
	}))
}
