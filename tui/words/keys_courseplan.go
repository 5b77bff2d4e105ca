package words

// Sentences of the plan that makes groups from needs.
const (
	CourseplanCourse   Key = "courseplan.course"
	CourseplanPlan     Key = "courseplan.plan"
	CourseplanPlanLong Key = "courseplan.plan_long"
	CourseplanFile     Key = "courseplan.file"
	CourseplanTries    Key = "courseplan.tries"

	CourseplanScore     Key = "courseplan.score"
	CourseplanNobody    Key = "courseplan.nobody"
	CourseplanGroups    Key = "courseplan.groups"
	CourseplanShortages Key = "courseplan.shortages"
	CourseplanShort     Key = "courseplan.short"
	CourseplanUnplaced  Key = "courseplan.unplaced"
	CourseplanAllPlaced Key = "courseplan.all_placed"
	CourseplanChanges   Key = "courseplan.changes"
	CourseplanNowhere   Key = "courseplan.nowhere"
	CourseplanIdle      Key = "courseplan.idle"

	CourseplanColSlot    Key = "courseplan.col_slot"
	CourseplanColRoom    Key = "courseplan.col_room"
	CourseplanColGroup   Key = "courseplan.col_group"
	CourseplanColTrainer Key = "courseplan.col_trainer"
	CourseplanColPeople  Key = "courseplan.col_people"
	CourseplanColWho     Key = "courseplan.col_who"
	CourseplanColCourse  Key = "courseplan.col_course"
	CourseplanColWhy     Key = "courseplan.col_why"
	CourseplanColRemedy  Key = "courseplan.col_remedy"
	CourseplanColFrom    Key = "courseplan.col_from"
	CourseplanColTo      Key = "courseplan.col_to"

	CourseplanRemedy Key = "courseplan.remedy"
	CourseplanAnd    Key = "courseplan.and"
	CourseplanAlone  Key = "courseplan.alone"
	CourseplanText   Key = "courseplan.text"
)

// PlanWhy says why a need has no place: "courseplan.why.<why>".
func PlanWhy(why string) Key { return Key("courseplan.why." + why) }

// PlanStep is one step of what would give a place: "courseplan.step.<step>". It takes person, course, n and stay.
func PlanStep(step string) Key { return Key("courseplan.step." + step) }
