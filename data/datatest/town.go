package datatest

import (
	"fmt"
	"testing"

	"digibrug/data"
)

// Password is that of every account of a Town.
const Password = "vier blauwe fietsen op zolder"

// CheapHash are costs for tests only: the smallest that are accepted.
var CheapHash = data.HashParams{Memory: 8 * 1024, Time: 1, Threads: 1}

// Operator acts where a test sets the scene.
var Operator = data.Operator("test")

// Town is a small invented municipality:
//
//	Gemeente Zandwerve   Burgerzaken (7 people, head bert.maes)
//	                     cluster Vrije tijd (head chris.wouters): Bibliotheek (4), Jeugd (3)
//	OCMW Zandwerve       Sociale dienst (6, head dora.claes)
//
// with accounts an.peeters (staff in Burgerzaken), bert.maes, chris.wouters and dora.claes (staff, head),
// ivo.ict (staff, ict), dirk.adm (staff, director) and lid1 … lidN for the others (staff). People start on
// 1 January 2020.
type Town struct {
	DB       *data.DB
	People   *data.People
	Accounts *data.Accounts
	Services map[string]data.Service // by name
	accounts map[string]data.Account
	t        testing.TB
}

// NewTown fills an empty database with the Town.
func NewTown(t testing.TB, db *data.DB) *Town {
	t.Helper()
	town := &Town{DB: db, People: data.NewPeople(db), Accounts: data.NewAccounts(db, data.NewHasher(CheapHash)),
		Services: map[string]data.Service{}, accounts: map[string]data.Account{}, t: t}
	town.check(data.NewSettings(db).Set(t.Context(), Operator, data.SettingPlace, "Zandwerve"))
	hash, err := data.NewHasher(CheapHash).Hash(t.Context(), Password)
	town.check(err)
	gemeente, err := town.People.AddOrganisation(t.Context(), Operator, data.Gemeente, "Gemeente Zandwerve")
	town.check(err)
	ocmw, err := town.People.AddOrganisation(t.Context(), Operator, data.OCMW, "OCMW Zandwerve")
	town.check(err)
	burger := town.service(data.Service{OrganisationID: gemeente.ID, Name: "Burgerzaken"})
	vrij := town.service(data.Service{OrganisationID: gemeente.ID, Name: "Vrije tijd", IsCluster: true})
	bib := town.service(data.Service{OrganisationID: gemeente.ID, Name: "Bibliotheek", ClusterID: vrij.ID})
	jeugd := town.service(data.Service{OrganisationID: gemeente.ID, Name: "Jeugd", ClusterID: vrij.ID})
	sociaal := town.service(data.Service{OrganisationID: ocmw.ID, Name: "Sociale dienst"})
	staff := []data.Role{data.RoleStaff}
	with := func(r data.Role) []data.Role { return []data.Role{data.RoleStaff, r} }
	town.person(hash, burger, "An", "Peeters", "an.peeters", staff)
	bert := town.person(hash, burger, "Bert", "Maes", "bert.maes", with(data.RoleHead))
	town.person(hash, burger, "Ivo", "Michiels", "ivo.ict", with(data.RoleICT))
	town.person(hash, burger, "Dirk", "Adams", "dirk.adm", with(data.RoleDirector))
	chris := town.person(hash, bib, "Chris", "Wouters", "chris.wouters", with(data.RoleHead))
	dora := town.person(hash, sociaal, "Dora", "Claes", "dora.claes", with(data.RoleHead))
	for i, s := range []data.Service{burger, burger, burger, bib, bib, bib, jeugd, jeugd, jeugd, sociaal, sociaal, sociaal, sociaal, sociaal} {
		town.person(hash, s, "Lid", fmt.Sprintf("Nummer%02d", i+1), fmt.Sprintf("lid%d", i+1), staff)
	}
	town.check(town.People.SetHead(t.Context(), Operator, burger.ID, bert.PersonID))
	town.check(town.People.SetHead(t.Context(), Operator, vrij.ID, chris.PersonID))
	town.check(town.People.SetHead(t.Context(), Operator, sociaal.ID, dora.PersonID))
	return town
}

func (town *Town) check(err error) {
	town.t.Helper()
	if err != nil {
		town.t.Fatal(err)
	}
}

func (town *Town) service(s data.Service) data.Service {
	town.t.Helper()
	s, err := town.People.AddService(town.t.Context(), Operator, s)
	town.check(err)
	town.Services[s.Name] = s
	return s
}

func (town *Town) person(hash string, s data.Service, given, family, login string, roles []data.Role) data.Account {
	town.t.Helper()
	p, err := town.People.AddPerson(town.t.Context(), Operator, given, family, data.Employment{ServiceID: s.ID, Job: "medewerker", From: "2020-01-01"})
	town.check(err)
	a, err := town.Accounts.AddHashed(town.t.Context(), Operator, data.NewAccount{PersonID: p.ID, Login: login, Roles: roles, Keep: true}, hash)
	town.check(err)
	a.Person = p.Name()
	town.accounts[login] = a
	return a
}

// Actor is somebody of the town as the stores want it.
func (town *Town) Actor(login string) data.Actor { return town.Identity(login).Actor() }

// Identity is somebody of the town as after a log-in with a password.
func (town *Town) Identity(login string) data.Identity {
	town.t.Helper()
	a, known := town.accounts[login]
	if !known {
		town.t.Fatalf("the town has no %s", login)
	}
	return data.Identity{AccountID: a.ID, PersonID: a.PersonID, Login: a.Login, Name: a.Person, Roles: a.Roles, Method: "password", From: "192.0.2.7"}
}

// Logins lists the log-in names of the people of a service.
func (town *Town) Logins(service string) []string {
	switch service {
	case "Burgerzaken":
		return []string{"an.peeters", "bert.maes", "ivo.ict", "dirk.adm", "lid1", "lid2", "lid3"}
	case "Bibliotheek":
		return []string{"chris.wouters", "lid4", "lid5", "lid6"}
	case "Jeugd":
		return []string{"lid7", "lid8", "lid9"}
	case "Sociale dienst":
		return []string{"dora.claes", "lid10", "lid11", "lid12", "lid13", "lid14"}
	}
	town.t.Fatalf("the town has no service %s", service)
	return nil
}
