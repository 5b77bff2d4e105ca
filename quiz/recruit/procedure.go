package recruit

import (
	"time"

	"digibrug/data"
	"digibrug/quiz"
)

// State is where a procedure is.
type State string

// The states of a procedure, in their order. Each step is one act of a person.
const (
	Draft   State = "draft"   // the recruiter sets it up; everything can change
	Open    State = "open"    // items, weights and cut are frozen; candidates can sit
	Closed  State = "closed"  // nobody answers any more; open answers are marked
	Scored  State = "scored"  // scores are frozen; still under labels
	Named   State = "named"   // the sealed list is open
	Decided State = "decided" // the jury signed
	Dropped State = "dropped" // called off, with a reason in the audit log
)

// Procedure is one recruitment: who is sought, and the test that goes with it (informaticatest bij aanwerving).
type Procedure struct {
	ID             string
	OrganisationID string
	Organisation   string // name
	Title          string // such as "Administratief medewerker burgerzaken"
	Details
	State      State
	CreatedAt  time.Time
	OpenedAt   time.Time // zero before; as the others
	Frozen     string    // hash over what was frozen, hexadecimal
	SealedAt   time.Time // when the list of names was closed
	ClosedAt   time.Time
	ScoredAt   time.Time
	ScoredHash string // over all scores
	NamedAt    time.Time
	NamedBy    string
	DecidedAt  time.Time
	HoldUntil  string // YYYY-MM-DD: while an appeal runs, nothing is purged
	HoldWhy    string
	KeepUntil  string // YYYY-MM-DD, last day
	PurgedOn   string
}

// Details is what the recruiter sets: frozen when the procedure opens.
type Details struct {
	Vacancy   string         `json:"vacancy"`  // number or reference of the vacancy
	Language  string         `json:"language"` // of the test: nl, or fr where the setting taalregime allows it
	Profile   string         `json:"profile"`  // of the function: why these domains and levels
	Blueprint quiz.Blueprint `json:"blueprint"`
	Weights   [4]int         `json:"weights"`   // points in hundredths of an item of level 1 to 4
	Minutes   int            `json:"minutes"`   // 5 to 480
	Forms     int            `json:"forms"`     // 1: everybody the same; to 4 parallel ones
	OnPoints  int            `json:"on"`        // the points that the papers are on, such as 20; 0: as many as the items have
	Pass      Rule           `json:"pass"`      //
	Days      Days           `json:"days"`      // when the test can be sat
	Place     string         `json:"place"`     // where, for the invitation
	Practical string         `json:"practical"` // what to bring, when to be there
	ByHand    bool           `json:"by_hand"`   // opt-in: open questions are asked, which two people mark
	Written   Written        `json:"written,omitzero"`
	PublicMax int            `json:"public"`    // percent of the items that may be public before a warning, 0 to 100
	Contact   string         `json:"contact"`   // whom to ask, also for accommodations
	Addresses []string       `json:"addresses"` // networks from which a code opens; with Kiosks: either
	Kiosks    []string       `json:"kiosks"`    // ids of kiosk PCs; neither: anywhere
	Together  bool           `json:"together"`  // the supervisor starts all at once; else each alone, once checked
	Credit    int            `json:"credit"`    // seconds for which cut lines stop the clock, in all
	OutFor    Scope          `json:"out_for"`   // what accepting a question does unless the supervisor says otherwise
	Margin    int            `json:"margin"`    // percent of an item by which two markers may differ before it must be settled; 0: DefaultMargin
	Purpose   string         `json:"purpose"`   // why the data are kept
	Keep      int            `json:"keep"`      // months after the last step, which is the decision, 1 to 120
	Accepted  []Lack         `json:"accepted"`  // warnings that the recruiter read and accepted
}

// WrittenPoints is what an open question of the shipped banks is worth: as many hundredths as its rubric gives.
const WrittenPoints = 400

// Written is what a procedure with ByHand asks of open questions; the zero Written asks none.
type Written struct {
	Counts map[string]int `json:"counts,omitempty"` // by domain of the blueprint: how many, of any level, behind its other questions
	Points int            `json:"points,omitempty"` // of each, in hundredths
}

// Days is the window of a procedure: days YYYY-MM-DD, both included, and a time of the day in minutes.
type Days struct {
	From  string `json:"from"`
	Until string `json:"until"`
	Open  int    `json:"open"`  // minutes after midnight, Brussels: codes open nothing before
	Close int    `json:"close"` // nor from this minute on
}

// Rule is the pass rule, set beforehand. Percentages are 0 to 100 of the points.
type Rule struct {
	Total int            `json:"total"`
	Parts map[string]int `json:"parts,omitempty"` // by domain; others have no mark of their own
	Band  bool           `json:"band"`            // opt-in: who is within the error of a mark goes to the jury's interview
	Ties  bool           `json:"ties"`            // opt-in: the ranking shows who is within error of each other as equal
	Error float64        `json:"error"`           // how many standard errors the band and a tie are wide, 1 to 2
}

// Scope says for whom an item is out.
type Scope string

// The scopes.
const (
	Everybody Scope = "everybody"
	ThisOne   Scope = "this_one"
	Refused   Scope = "refused" // of a question: the item stays
)

// Duty is what somebody does in one procedure.
type Duty string

// The duties.
const (
	Recruiter  Duty = "recruiter"
	Supervisor Duty = "supervisor"
	Jury       Duty = "jury"
	Marker     Duty = "marker"
)

// Member is somebody with a duty in a procedure, from day to day, both included.
type Member struct {
	AccountID string
	Login     string
	Name      string
	Duty      Duty
	From      string // YYYY-MM-DD
	Until     string
}

// Item is a frozen item of a form.
type Item struct {
	Form   string // "A" to "D"
	N      int    // from 0
	Item   quiz.Item
	Shown  []int // as quiz.OptionOrder gives it; one for all who have the form
	Weight int   // points in hundredths
	Public bool  // of the shipped bank: anybody can have read it
	OutAt  time.Time
	OutWhy string
}

// Candidate is who takes the test, under a label.
type Candidate struct {
	ID          string
	ProcedureID string
	Label       string // "K-07"
	Form        string // "A" to "D"; empty until the procedure opens
	Language    string // of the help around the test: nl, en, fr
	Settings    Settings
	Withdrawn   bool
	Code        data.CodeState // of the newest paper code; empty when none was printed, and where nobody asked
}

// Settings are accommodations: what is set, never the reason.
type Settings struct {
	Factor  float64 `json:"factor,omitempty"`  // of the time, 1 to 3; 0 is 1
	Breaks  int     `json:"breaks,omitempty"`  // minutes of break that stop the clock, in all, 0 to 120
	Reading bool    `json:"reading,omitempty"` // the reading mode, line by line
	Big     bool    `json:"big,omitempty"`     // few words a line, wide spacing; the terminal's letters are set by the supervisor
	Layout  string  `json:"layout,omitempty"`  // keyboard that must stand ready, such as "qwerty"; for the name list
	Untimed bool    `json:"untimed,omitempty"` // no hint of the time per item
}

// Name is a row of the sealed list.
type Name struct {
	CandidateID string `json:"-"`
	Label       string `json:"-"`
	Given       string `json:"given"`
	Family      string `json:"family"`
	Email       string `json:"email,omitempty"`
	Street      string `json:"street,omitempty"`
	Town        string `json:"town,omitempty"` // with the postcode
	Phone       string `json:"phone,omitempty"`
	Reference   string `json:"reference,omitempty"` // of the application
}
