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

// Actor is who does something: it goes with every action into the store and from there into the audit
// log. The zero Actor may do nothing.
type Actor struct {
	AccountID string // empty for the operator at the local command line
	PersonID  string
	Name      string // log-in name, or "console:USER" for the operator
	From      string // address the person came from, without the port
	Operator  bool   // local command line: whoever can read the database file may do everything
	ByKey     bool   // came in with an SSH key: needs no password, so none must be changed first
}

// Operator is the actor for the local command line; user is the name of the operating system's user.
func Operator(user string) Actor { return Actor{Name: "console:" + Clean(user, 60), Operator: true} }

// Identity is who somebody proved to be at log-in, as the account stood at that moment. Screens use it
// to show what concerns the person; whether an action is allowed is decided by the store, each time anew.
type Identity struct {
	AccountID  string
	PersonID   string
	Login      string
	Name       string // given name and family name
	Roles      []Role // that hold on the day of the log-in
	MustChange bool   // the password was set by somebody else and must be replaced first
	Method     string // password, keyboard-interactive or publickey
	KeyID      string // of the account's key that was used; empty for a password
	From       string // address, without the port
	Language   string // nl, en, fr; empty: the house's default
	Theme      string // empty: by the terminal
}

// Has tells whether the identity held the role at log-in.
func (i Identity) Has(r Role) bool { return slices.Contains(i.Roles, r) }

// Actor is the identity as the stores want it.
func (i Identity) Actor() Actor {
	return Actor{AccountID: i.AccountID, PersonID: i.PersonID, Name: i.Login, From: i.From, ByKey: i.KeyID != ""}
}
