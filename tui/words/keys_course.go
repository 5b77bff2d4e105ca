package words

// Sentences of the course catalogue: for whom a course is.
const (
	CourseAgeFrom Key = "course.age_from"
	CourseAgeTo   Key = "course.age_to"
	CourseAgeSpan Key = "course.age_span"
	CourseAgeAll  Key = "course.age_all"
)

// CourseCategory is what a kind of participant is called: "course.category.<category>".
func CourseCategory(category string) Key { return Key("course.category." + category) }

// CourseDomain is what the subject of a course is called: "course.domain.<domain>".
func CourseDomain(domain string) Key { return Key("course.domain." + domain) }

// CoursePromotion is how a seat that came free goes to who waits: "course.promotion.<promotion>".
func CoursePromotion(promotion string) Key { return Key("course.promotion." + promotion) }

// CourseMaterial is what a kind of material is called: "course.material.<kind>".
func CourseMaterial(kind string) Key { return Key("course.material." + kind) }

// CourseFeeWhy says how a fee came or why there is none, "course.fee_why.<why>". It takes the name of the category, the
// decision with the day on which it was taken as decided, and how many rules held as n.
func CourseFeeWhy(why string) Key { return Key("course.fee_why." + why) }

// CourseCancelWhy says why an enrolment can't be cancelled, "course.cancel_why.<why>". It takes hours.
func CourseCancelWhy(why string) Key { return Key("course.cancel_why." + why) }

// CourseCancelCheck is a condition for cancelling: "course.cancel_check.<check>".
func CourseCancelCheck(check string) Key { return Key("course.cancel_check." + check) }
