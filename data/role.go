package data

import "slices"

// Role is what an account may do. A role starts and ends on a day; DESIGN.md lists who holds which.
type Role string

// The roles of the house. Later rooms use those that have no screen yet.
const (
	RoleStaff       Role = "staff"       // takes the kennismeting, sees the own profile
	RoleHead        Role = "head"        // sees the group results of the services that the person heads
	RoleRecruiter   Role = "recruiter"   // sets up recruitment tests
	RoleClerk       Role = "clerk"       // lends and takes back laptops
	RoleTrainer     Role = "trainer"     // gives courses
	RoleCoordinator Role = "coordinator" // plans courses
	RoleSupervisor  Role = "supervisor"  // watches one recruitment test
	RoleJury        Role = "jury"        // decides in one recruitment procedure
	RoleMarker      Role = "marker"      // marks open answers by code
	RoleSocial      Role = "social"      // social worker of the OCMW
	RoleKeyUser     Role = "keyuser"     // confirms skills in one package
	RoleFinance     Role = "finance"     // day sheets of the own organisation
	RoleDirector    Role = "director"    // council report, group results of all services
	RoleICT         Role = "ict"         // accounts, campaigns, kiosks, banks, backups
	RoleDeputy      Role = "deputy"      // unlocks, resets a password, reprints; nothing else
	RoleConsultant  Role = "consultant"  // reads the audit log, changes nothing
)

var roles = []Role{
	RoleStaff, RoleHead, RoleRecruiter, RoleClerk, RoleTrainer, RoleCoordinator, RoleSupervisor, RoleJury,
	RoleMarker, RoleSocial, RoleKeyUser, RoleFinance, RoleDirector, RoleICT, RoleDeputy, RoleConsultant,
}

// Roles gives all roles in the order in which screens show them.
func Roles() []Role { return slices.Clone(roles) }

// ParseRole finds a role by its code.
func ParseRole(s string) (Role, error) {
	if slices.Contains(roles, Role(s)) {
		return Role(s), nil
	}
	return "", &Invalid{Field: "role", Why: WhyNotOneOf, Got: Clean(s, 40)}
}
