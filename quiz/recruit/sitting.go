package recruit

import (
	"time"

	"digibrug/quiz"
)

// Stop is why a clock stands still.
type Stop string

// The reasons.
const (
	NoStop  Stop = ""
	Paused  Stop = "pause"    // by the supervisor
	OnBreak Stop = "break"    // an accommodation, taken by the candidate
	Cut     Stop = "cut"      // the line; stops the clock while there is credit
	Asking  Stop = "question" // about an item, until the supervisor answers
)

// End is how a sitting ended.
type End string

// The ends.
const (
	Submitted    End = "submitted"
	TimeUp       End = "time"
	BySupervisor End = "supervisor"
	WithTest     End = "closed" // the procedure was closed
)

// Clock is the time of a sitting. All of it is the server's.
type Clock struct {
	StartedAt time.Time     // zero: not started
	Allowed   time.Duration // all that the candidate gets: minutes × factor, and what a supervisor gave
	Stopped   time.Duration // how long it stood still before
	StopAt    time.Time     // since when it stands still; zero: it runs
	Why       Stop
	Credit    time.Duration // left for cut lines
	Break     time.Duration // left for breaks
}

// Sitting is one candidate's go at the test.
type Sitting struct {
	Candidate   Candidate
	ArrivedAt   time.Time // code typed
	CheckedAt   time.Time // identity card shown
	PractisedAt time.Time
	ReleasedAt  time.Time // may start
	Clock       Clock
	Session     string // the one visit that may answer
	Place       string // PC or address
	SeenAt      time.Time
	At          int // item, from 0
	Answered    int
	Items       int
	EndedAt     time.Time
	Ended       End
	Question    *Question // that stands open
	Alerts      []Event   // what the supervisor should see, newest first
}

// Answered is an item of a sitting with what was answered.
type Answered struct {
	Item
	Answer     quiz.Answer
	AnsweredAt time.Time
	Later      bool
	OutHere    bool // out for this one
}

// EventKind says what happened in the test room.
type EventKind string

// The kinds.
const (
	Arrived      EventKind = "arrived"
	Checked      EventKind = "checked"
	Practised    EventKind = "practised"
	Released     EventKind = "released"
	Started      EventKind = "started"
	LineCut      EventKind = "cut"
	CameBack     EventKind = "back"    // is there again and waits for the supervisor
	Resumed      EventKind = "resumed" // by the supervisor
	PausedBy     EventKind = "paused"
	TookBreak    EventKind = "break"
	BackFrom     EventKind = "break_over"
	ExtraTime    EventKind = "extra"    // Detail: minutes
	Asked        EventKind = "asked"    // a question about item N
	Answering    EventKind = "answered" // of the question; Detail: scope and why
	LeftScreen   EventKind = "left"     // the terminal lost the focus
	Returned     EventKind = "returned"
	Pasted       EventKind = "pasted"    // Detail: characters
	Silent       EventKind = "silent"    // Detail: seconds without a key
	Irregularity EventKind = "irregular" // from a list; Detail: which, and a note
	Ended        EventKind = "ended"     // Detail: how
)

// Event is something that happened, with who did it.
type Event struct {
	ID          string
	CandidateID string
	Label       string
	At          time.Time
	Kind        EventKind
	N           int // item, from 0; -1: none
	By          string
	Detail      string
}

// Question is a candidate's about an item that seems broken.
type Question struct {
	ID          string
	CandidateID string
	Label       string
	N           int
	What        string
	AskedAt     time.Time
	AnsweredAt  time.Time
	AnsweredBy  string
	Outcome     Scope // empty: open
	Why         string
}
