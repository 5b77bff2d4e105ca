package data

// JourneyKind is a thing that somebody comes to do.
type JourneyKind string

// The journeys that a paper code can be for.
const (
	JourneyAssessment  JourneyKind = "assessment"  // one kennismeting; Of is the campaign
	JourneyStaff       JourneyKind = "staff"       // "Ik werk hier": the own kennismetingen, regulation and enrolment; Of is empty
	JourneyRecruitment JourneyKind = "recruitment" // one test of a candidate; Of is the procedure
)

// Journey is what a paper code lets a person do, and nothing else. The zero Journey is nothing.
type Journey struct {
	Kind JourneyKind
	Of   string // id of the campaign or procedure
}

// Covers tells whether a code for j is good for what is asked: for the same journey, and a code for "Ik werk hier"
// for every kennismeting of that person.
func (j Journey) Covers(asked Journey) bool {
	return j != Journey{} && (j == asked || j.Kind == JourneyStaff && asked.Kind == JourneyAssessment)
}
