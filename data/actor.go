package data

import "slices"

// Actor is who does something: it goes with every action into the store and from there into the audit
// log. The zero Actor may do nothing.
type Actor struct {
	AccountID string // empty for the operator at the local command line
	PersonID  string
	Name      string // log-in name, or "console:USER" for the operator
	From      string // address the person came from, without the port
	Operator  bool   // local command line: whoever can read the database file may do everything
	ByKey     bool   // came in with an SSH key: needs no password, so none must be changed first
	MustEnrol bool   // came in without the second factor that the role asks for: it must be set up first
	CodeID    string // of the paper code that let the person in; then AccountID is empty
	Candidate string // id of the candidate whose paper code let them in; then PersonID is empty
	KioskID   string // of the kiosk PC that the person sits at; alone it may do nothing in the stores
}

// Operator is the actor for the local command line; user is the name of the operating system's user.
func Operator(user string) Actor { return Actor{Name: "console:" + Clean(user, 60), Operator: true} }

// Identity is who somebody proved to be at log-in, as the account stood at that moment. Screens use it
// to show what concerns the person; whether an action is allowed is decided by the store, each time anew.
//
// It is one of three: an account, a paper code, or a kiosk PC at which nobody in particular sits. Known tells
// whether it is any of them.
type Identity struct {
	AccountID  string  // empty for codes and kiosks
	CodeID     string  // of the paper code; empty for accounts and kiosks
	KioskID    string  // of the PC; also beside a code that was typed at a kiosk
	Journey    Journey // what the code is for; zero for accounts and kiosks
	PersonID   string
	Candidate  string // id of the candidate of a recruitment test; empty for persons
	Login      string
	Name       string // given name and family name
	Roles      []Role // that hold on the day of the log-in
	MustChange bool   // the password was set by somebody else and must be replaced first
	Method     string // password, keyboard-interactive or publickey
	KeyID      string // of the account's key that was used; empty for a password
	MustEnrol  bool   // the role asks for a second factor, there is none, and the address is not trusted
	SessionID  string // of the log-in, in the list of sessions; empty where none is kept: codes, kiosks
	From       string // address, without the port
	Language   string // nl, en, fr; empty: the house's default
	Theme      string // empty: by the terminal
}

// Known tells whether the identity is anybody at all: nobody else is let in.
func (i Identity) Known() bool { return i.AccountID != "" || i.CodeID != "" || i.KioskID != "" }

// Has tells whether the identity held the role at log-in.
func (i Identity) Has(r Role) bool { return slices.Contains(i.Roles, r) }

// Actor is the identity as the stores want it.
func (i Identity) Actor() Actor {
	return Actor{AccountID: i.AccountID, PersonID: i.PersonID, Name: i.Login, From: i.From, ByKey: i.KeyID != "",
		MustEnrol: i.MustEnrol, CodeID: i.CodeID, Candidate: i.Candidate, KioskID: i.KioskID}
}
