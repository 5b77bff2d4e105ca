package town

import "digibrug/data"

// team is one service: its size, how well its people do, and how many take part in the two campaigns.
type team struct {
	name    string
	org     data.OrganisationKind
	cluster string  // empty: stands on its own
	people  int     // the head and the named ones included
	mean    float64 // of the abilities, in logits
	spring  int     // who took part in the campaign that is over
	done    int     // who has finished the running one
	half    int     // who has begun it
	jobs    []string
}

// teams are the twelve services of Zandwerve. The figures add up to 140 people, of whom 119 (85%) took part
// in spring, 63 (45%) have finished the running campaign and 14 (10%) are half-way. Small services stand
// in a cluster, so that a head of three people sees the group of the cluster.
func teams() []team {
	return []team{
		{"Burgerzaken", data.Gemeente, "", 13, 0.3, 12, 11, 1, []string{"loketmedewerker", "administratief medewerker"}},
		{"Financiën", data.Gemeente, "", 8, 0.9, 7, 5, 1, []string{"boekhouder", "administratief medewerker"}},
		{"Secretariaat", data.Gemeente, "", 7, 0.7, 6, 4, 1, []string{"administratief medewerker", "communicatiemedewerker"}},
		{"Personeelsdienst", data.Gemeente, "Interne diensten", 4, 0.5, 4, 2, 1, []string{"personeelsconsulent"}},
		{"ICT", data.Gemeente, "Interne diensten", 3, 2.2, 3, 2, 0, []string{"helpdeskmedewerker"}},
		{"Omgeving", data.Gemeente, "", 13, 0.4, 11, 7, 2, []string{"dossierbehandelaar", "omgevingsambtenaar"}},
		{"Technische dienst", data.Gemeente, "", 27, -1.1, 21, 9, 2, []string{"arbeider", "groenarbeider", "ploegbaas"}},
		{"Bibliotheek", data.Gemeente, "Vrije tijd", 9, 0.6, 8, 4, 1, []string{"bibliotheekassistent"}},
		{"Jeugd en sport", data.Gemeente, "Vrije tijd", 4, 0.4, 4, 1, 1, []string{"jeugdconsulent", "sportfunctionaris"}},
		{"Cultuur en toerisme", data.Gemeente, "Vrije tijd", 3, 0.3, 3, 1, 0, []string{"cultuurfunctionaris", "onthaalmedewerker"}},
		{"Sociale dienst", data.OCMW, "", 17, 0.1, 15, 8, 2, []string{"maatschappelijk werker", "administratief medewerker"}},
		{"Woonzorgcentrum", data.OCMW, "", 32, -0.7, 25, 9, 2, []string{"zorgkundige", "verpleegkundige", "logistiek medewerker"}},
	}
}

// state is how far somebody is in the running campaign.
type state int

const (
	byLot     state = iota // drawn
	untouched              // invited, not started
	halfWay
	finished
)

// named are the people whom the demo hands out accounts of. The first of a service that heads it comes
// first in it.
type named struct {
	given, family, service, job string
	role                        data.Role // shown beside the log-in; staff have no other
	heads                       []string  // services and clusters
	state                       state
}

// cast are those people. They are invented, like the town.
func cast() []named {
	return []named{
		{"An", "Peeters", "Burgerzaken", "loketmedewerker", data.RoleStaff, nil, untouched},
		{"Tom", "Verlinden", "Sociale dienst", "maatschappelijk werker", data.RoleStaff, nil, halfWay},
		{"Greet", "Wuyts", "Financiën", "boekhouder", data.RoleStaff, nil, finished},
		{"Rita", "Vermeulen", "Burgerzaken", "diensthoofd burgerzaken", data.RoleHead, []string{"Burgerzaken"}, finished},
		{"Lies", "Claes", "Jeugd en sport", "diensthoofd jeugd en sport", data.RoleHead, []string{"Jeugd en sport"}, untouched},
		{"Koen", "Goossens", "Secretariaat", "algemeen directeur", data.RoleDirector, []string{"Secretariaat", "Interne diensten"}, untouched},
		{"Wim", "Schepers", "ICT", "ICT-verantwoordelijke", data.RoleICT, []string{"ICT"}, finished},
		{"Hilde", "Bogaerts", "Personeelsdienst", "personeelsconsulent", data.RoleDeputy, nil, untouched},
		{"Sofie", "Lambrecht", "Bibliotheek", "loketmedewerker", data.RoleClerk, nil, untouched},
		{"Ine", "Maertens", "Bibliotheek", "cursuscoördinator", data.RoleCoordinator, nil, untouched},
		{"Ruud", "Peys", "Bibliotheek", "lesgever", data.RoleTrainer, nil, untouched},
		{"Nadia", "El Idrissi", "Sociale dienst", "maatschappelijk werker", data.RoleSocial, nil, untouched},
		{"Luc", "Daems", "Financiën", "financieel directeur", data.RoleFinance, nil, untouched},
		{"Peter", "Nijs", "Secretariaat", "veiligheidsconsulent", data.RoleConsultant, nil, untouched},
		{"Griet", "Vanacker", "Personeelsdienst", "personeelsverantwoordelijke", data.RoleRecruiter, nil, finished},
		{"Jan", "Desmet", "Omgeving", "omgevingsambtenaar", data.RoleSupervisor, nil, untouched},
		{"Mia", "Torfs", "Omgeving", "dossierbehandelaar", data.RoleJury, nil, untouched},
		{"Bart", "Nelis", "Secretariaat", "communicatiemedewerker", data.RoleJury, nil, finished},
		{"Els", "Pauwels", "Omgeving", "dossierbehandelaar", data.RoleMarker, nil, untouched},
		{"Pol", "Geens", "Sociale dienst", "administratief medewerker", data.RoleMarker, nil, untouched},
	}
}

// Names to draw from. A given name and a family name meet once at most.
const givenNames = `Annelies Arne Bart Bavo Carine Celine Chantal Dieter Dorien Eline Elke Els Emma Filip Frank Freya Geert Gert
	Griet Guido Hanne Hans Heidi Ilse Inge Jan Jasper Jef Jelle Joke Jonas Joris Karel Karen Katrien Kristof Laura Leen Lieve Lore Lotte Luc
	Maarten Marc Marijke Marleen Martine Mieke Nathalie Nele Nico Niels Patrick Pieter Roel Ruben Sander Sara Sarah Sofie Stef Stijn Sven
	Tine Tinne Tobias Veerle Vera Wannes Ward Werner Wouter Yves Zoë Fatima Youssef Amina Mehmet Agnieszka`

const familyNames = `Adriaens Aerts Baert Beckers Beyens Bosmans Callens Carlier Casteels Coppens Cools Cuypers
	Daems Deblauwe Declercq Decoster Dehaene Deprez Dewaele Dhondt Dierckx Draulans Engelen Everaert Feyaerts Geens
	Geeraerts Gielen Goris Hendrickx Hermans Heylen Huybrechts Huysmans Jansen Jennes Kerkhofs Lambrechts
	Lauwers Leemans Leysen Loos Luyten Martens Mertens Michielsen Moons Neyens Nuyts Ooms Pauwels Pieters Poelmans
	Raeymaekers Robberechts Roelants Saelens Segers Simons Smeets Stevens Stroobants Swinnen Tanghe Theunis Timmermans
	Vanacker Vandeputte Vandersmissen Vanhove Vannieuwenhuyse Verbeke Vercammen Verhaegen Verhulst Vermeersch Verstraete
	Vervoort Willems Wouters Wynants Yildirim Zwaenepoel Demir Kowalska`
