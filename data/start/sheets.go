package start

import (
	"strings"

	"digibrug/data"
)

// The names of the sheets.
const (
	OrganisationSheet = "Organisaties"
	ServiceSheet      = "Diensten"
	PeopleSheet       = "Personeel"
	RoomSheet         = "Lokalen"
	HoursSheet        = "Openingsuren"
)

// The heads of the columns, as the template has them. They are a file format: the same in every language.
const (
	colOrganisation = "organisatie"
	colKind         = "soort"
	colService      = "dienst"
	colCluster      = "bovenliggende dienst"
	colHead         = "hoofd"
	colNumber       = "personeelsnummer"
	colGiven        = "voornaam"
	colFamily       = "familienaam"
	colJob          = "functie"
	colShare        = "breuk"
	colFrom         = "vanaf"
	colUntil        = "tot"
	colEmployer     = "andere werkgever"
	colLogin        = "log-in"
	colRoles        = "rollen"
	colLanguage     = "taal"
	colLocation     = "locatie"
	colRoom         = "lokaal"
	colSeats        = "plaatsen"
	colPCs          = "pc's"
	colDays         = "dagen"
	colOpens        = "van"
	colSeason       = "seizoen"
	colSeasonFrom   = "seizoen van"
	colSeasonUntil  = "seizoen tot"
)

// Bounds of what cells hold, in characters; those of the tables.
const (
	nameLimit   = 80
	numberLimit = 20
)

// Sheets are the sheets of this package, in the order in which they are planned and written: each may name what an
// earlier one adds.
func Sheets() []Sheet {
	return []Sheet{organisations{}, services{}, people{}, rooms{}, hours{}}
}

// kinds are those of organisations, as a cell may call them.
func kinds() []string { return []string{"gemeente", "OCMW", "gemeenteschool"} }

func kindOf(text string) data.OrganisationKind { return data.OrganisationKind(strings.ToLower(text)) }

func kindText(kind data.OrganisationKind) string {
	if kind == data.OCMW {
		return "OCMW"
	}
	return string(kind)
}

// RoleText is what a role is called in the workbook. The screens call it the same.
func RoleText(r data.Role) string {
	return map[data.Role]string{
		data.RoleStaff: "medewerker", data.RoleHead: "diensthoofd", data.RoleRecruiter: "personeelsverantwoordelijke",
		data.RoleClerk: "loketmedewerker", data.RoleTrainer: "lesgever", data.RoleCoordinator: "cursuscoördinator",
		data.RoleSupervisor: "opzichter", data.RoleJury: "jurylid", data.RoleMarker: "corrector",
		data.RoleSocial: "maatschappelijk werker", data.RoleKeyUser: "sleutelgebruiker", data.RoleFinance: "financieel directeur",
		data.RoleDirector: "algemeen directeur", data.RoleICT: "ICT-verantwoordelijke", data.RoleDeputy: "hulpbeheerder",
		data.RoleConsultant: "veiligheidsconsulent",
	}[r]
}

// roleTexts are what all roles are called.
func roleTexts() []string {
	var texts []string
	for _, r := range data.Roles() {
		texts = append(texts, RoleText(r))
	}
	return texts
}

// roleCalled finds a role by what it is called, or by its code.
func roleCalled(text string) (data.Role, bool) {
	for _, r := range data.Roles() {
		if plainHead(text) == plainHead(RoleText(r)) || data.SortKey(text) == string(r) {
			return r, true
		}
	}
	return "", false
}

// rolesText lists roles as a cell does; Plan reads it back.
func rolesText(roles []data.Role) string {
	texts := make([]string, len(roles))
	for i, r := range roles {
		texts[i] = RoleText(r)
	}
	return strings.Join(texts, "; ")
}

// kept is a text as a cell gives it back: a lone dash would take the value away.
func kept(text string) string {
	if text == Erase {
		return ""
	}
	return text
}

// or gives what a cell says of a value that the house has: nothing leaves it, a dash takes it away.
func or(cell, known string) string {
	switch cell {
	case "":
		return known
	case Erase:
		return ""
	}
	return cell
}

// added lists the values of something new that aren't empty: pairs of field and value.
func added(pairs ...string) (deltas []Delta) {
	for i := 0; i+1 < len(pairs); i += 2 {
		deltas = append(deltas, delta(pairs[i], "", pairs[i+1])...)
	}
	return deltas
}
