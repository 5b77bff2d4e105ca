package courses

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
)

// Course is what the catalogue promises: what people can do afterwards, for whom it is, and by which rules they get in.
// The JSON is what is stored, the YAML what a catalogue file holds.
type Course struct {
	ID        string     `json:"-" yaml:"-"`
	Code      string     `json:"code" yaml:"code"` // lower case letters, digits, hyphens; never changes
	Title     string     `json:"title" yaml:"title"`
	Blurb     string     `json:"blurb,omitempty" yaml:"blurb"`
	Goals     []string   `json:"goals" yaml:"goals"` // each completes "Wat kunt u nu?": "een foto draaien"
	Domain    Domain     `json:"domain" yaml:"domain"`
	Level     int        `json:"level" yaml:"level"`             // 1 to 4: starter, basis, vlot, expert
	Before    []string   `json:"before,omitempty" yaml:"before"` // codes of the courses to have had first
	Audience  Audience   `json:"audience" yaml:"audience"`
	Lessons   int        `json:"lessons" yaml:"lessons"`           // how many
	Minutes   int        `json:"minutes" yaml:"minutes"`           // of one lesson
	Outline   []string   `json:"outline,omitempty" yaml:"outline"` // one line a lesson; none, or as many as Lessons
	Least     int        `json:"least" yaml:"least"`               // goes ahead from this many participants
	Most      int        `json:"most" yaml:"most"`
	Equipment []string   `json:"equipment,omitempty" yaml:"equipment"` // what the room must have
	Material  []Material `json:"material,omitempty" yaml:"material"`
	Form      string     `json:"form" yaml:"form"` // code of the evaluation form

	Promotion   Promotion   `json:"promotion" yaml:"promotion"`
	OfferDays   int         `json:"offer_days" yaml:"offer_days"`   // opening days that an offer stands, 1 to 30
	DecideDays  int         `json:"decide_days" yaml:"decide_days"` // days before the first lesson to decide whether it goes ahead
	CancelRules CancelRules `json:"cancel" yaml:"cancel"`
	RetiredOn   string      `json:"-" yaml:"-"` // YYYY-MM-DD: no series is planned from that day on; empty: in use
}

// Promotion says how who waits gets a seat that came free.
type Promotion string

// The ways.
const (
	Direct Promotion = "direct" // is booked at once
	Offer  Promotion = "offer"  // is offered it, for some opening days
)

// Promotions gives all ways, the usual one first.
func Promotions() []Promotion { return []Promotion{Offer, Direct} }

// Domain is what a course is about. The question banks use the same codes.
type Domain string

// The domains.
const (
	DomainWindows  Domain = "windows"  // Windows and files
	DomainText     Domain = "text"     // word processing
	DomainSheets   Domain = "sheets"   // spreadsheets
	DomainMail     Domain = "mail"     // mail and agenda
	DomainInternet Domain = "internet" // internet and looking things up
	DomainSafety   Domain = "safety"   // security and privacy
	DomainSharing  Domain = "sharing"  // working together
	DomainProblems Domain = "problems" // solving problems
)

// Domains gives all domains in the order of the catalogue.
func Domains() []Domain {
	return []Domain{DomainWindows, DomainText, DomainSheets, DomainMail, DomainInternet, DomainSafety, DomainSharing, DomainProblems}
}

// Material is a piece of material.
type Material struct {
	Kind  MaterialKind `json:"kind" yaml:"kind"`
	Title string       `json:"title" yaml:"title"`
	At    string       `json:"at,omitempty" yaml:"at"` // address of a link, name of a file; empty of what isn't in the house yet
}

// MaterialKind says what a piece of material is.
type MaterialKind string

// The kinds of material.
const (
	MaterialPaper MaterialKind = "paper" // to print or to hand out; At is empty
	MaterialFile  MaterialKind = "file"  // At is its name, or empty
	MaterialLink  MaterialKind = "link"  // At is its address, https
)

// MaterialKinds gives all kinds of material.
func MaterialKinds() []MaterialKind { return []MaterialKind{MaterialPaper, MaterialFile, MaterialLink} }

// FormStandard is the code of the evaluation form that ships with the program.
const FormStandard = "standard"

// What can be wrong with a course.
const (
	WhyCode     data.Why = "courses.code"     // no code: lower case letters, digits and hyphens
	WhyCount    data.Why = "courses.count"    // Want says how many there may be
	WhyLeast    data.Why = "courses.least"    // the minimum is above the maximum, Want
	WhyOutline  data.Why = "courses.outline"  // the outline has Got lines and there are Want lessons
	WhyBefore   data.Why = "courses.before"   // no course has the code Got that is asked first
	WhyCircle   data.Why = "courses.circle"   // the course Got asks itself first, by way of others
	WhyLink     data.Why = "courses.link"     // no address that begins with https://
	WhyFileName data.Why = "courses.filename" // no plain name of a file
)

// Limits of a course, in characters and numbers.
const (
	courseCode    = 40
	courseTitle   = 60
	courseBlurb   = 400
	courseGoal    = 90
	courseGoals   = 8
	courseLine    = 160 // of an outline, a title or place of material
	courseLines   = 30
	courseLessons = 60
	courseSeats   = 500
	courseOffer   = 30
	courseDecide  = 60

	usualOffer  = 3
	usualDecide = 7
)

var coursePattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Normal gives the course as it is stored: texts tidied, and what was not said filled in as usual (an offer that stands
// three opening days, a decision seven days before, cancelling free until the first lesson, the standard form, as many
// lessons as the outline has). It returns an *data.Invalid. Normal of what it gave is the same.
func (c Course) Normal() (Course, error) {
	for _, step := range []func(*Course) error{(*Course).texts, (*Course).lists, (*Course).choices, (*Course).numbers, (*Course).rules} {
		if err := step(&c); err != nil {
			return Course{}, err
		}
	}
	return c, nil
}

// texts tidies code, title and blurb.
func (c *Course) texts() error {
	c.Code, c.RetiredOn = strings.TrimSpace(c.Code), strings.TrimSpace(c.RetiredOn)
	if err := courseCodeOK("code", c.Code); err != nil {
		return err
	}
	for _, t := range []struct {
		field string
		at    *string
		most  int
		must  bool
	}{{"title", &c.Title, courseTitle, true}, {"blurb", &c.Blurb, courseBlurb, false}} {
		if err := line(t.field, t.at, t.most, t.must); err != nil {
			return err
		}
	}
	return data.OptionalDay("retired", c.RetiredOn)
}

// lists tidies what there are several of.
func (c *Course) lists() (err error) {
	if c.Goals, err = lines("goals", c.Goals, 1, courseGoals, courseGoal); err != nil {
		return err
	}
	if c.Outline, err = lines("outline", c.Outline, 0, courseLessons, courseLine); err != nil {
		return err
	}
	if c.Equipment, err = lines("equipment", c.Equipment, 0, courseLines, courseLine); err != nil {
		return err
	}
	c.Before = slices.Clone(c.Before)
	slices.Sort(c.Before)
	c.Before = slices.Compact(c.Before)
	for _, code := range c.Before {
		if err := courseCodeOK("before", code); err != nil {
			return err
		}
		if code == c.Code {
			return &data.Invalid{Field: "before", Why: WhyCircle, Got: code}
		}
	}
	if len(c.Material) > courseLines {
		return countOff("material", 0, courseLines, len(c.Material))
	}
	c.Material = slices.Clone(c.Material)
	for i := range c.Material {
		if err := c.Material[i].normal(); err != nil {
			return err
		}
	}
	return nil
}

// choices checks what is chosen from a list.
func (c *Course) choices() error {
	if c.Promotion == "" {
		c.Promotion = Offer
	}
	if c.Form = strings.TrimSpace(c.Form); c.Form == "" {
		c.Form = FormStandard
	}
	if err := courseCodeOK("form", c.Form); err != nil {
		return err
	}
	if err := oneOf("domain", c.Domain, Domains()); err != nil {
		return err
	}
	if err := oneOf("promotion", c.Promotion, Promotions()); err != nil {
		return err
	}
	return c.Audience.normal()
}

// numbers checks the bounds, after the usual is filled in.
func (c *Course) numbers() error {
	if c.Lessons == 0 {
		c.Lessons = len(c.Outline)
	}
	if c.OfferDays == 0 {
		c.OfferDays = usualOffer
	}
	if c.DecideDays == 0 {
		c.DecideDays = usualDecide
	}
	for _, n := range []struct {
		field              string
		value, least, most int
	}{
		{"level", c.Level, 1, 4}, {"lessons", c.Lessons, 1, courseLessons}, {"minutes", c.Minutes, 15, 480}, {"least", c.Least, 1, courseSeats},
		{"most", c.Most, 1, courseSeats}, {"offer_days", c.OfferDays, 1, courseOffer}, {"decide_days", c.DecideDays, 1, courseDecide},
	} {
		if err := within(n.field, n.value, n.least, n.most); err != nil {
			return err
		}
	}
	switch {
	case c.Least > c.Most:
		return &data.Invalid{Field: "least", Why: WhyLeast, Want: strconv.Itoa(c.Most), Got: strconv.Itoa(c.Least)}
	case len(c.Outline) > 0 && len(c.Outline) != c.Lessons:
		return &data.Invalid{Field: "outline", Why: WhyOutline, Want: strconv.Itoa(c.Lessons), Got: strconv.Itoa(len(c.Outline))}
	}
	return nil
}

func (c *Course) rules() (err error) {
	c.CancelRules, err = c.CancelRules.Normal()
	return err
}

func (m *Material) normal() error {
	if err := oneOf("material", m.Kind, MaterialKinds()); err != nil {
		return err
	}
	if err := line("material", &m.Title, courseLine, true); err != nil {
		return err
	}
	if err := line("material", &m.At, courseLine, m.Kind == MaterialLink); err != nil {
		return err
	}
	switch m.Kind {
	case MaterialPaper:
		m.At = ""
	case MaterialLink:
		if at, err := url.Parse(m.At); err != nil || at.Scheme != "https" || at.Host == "" || at.User != nil || strings.Contains(m.At, " ") {
			return &data.Invalid{Field: "material", Why: WhyLink, Got: data.Clean(m.At, 60)}
		}
	case MaterialFile:
		if strings.ContainsAny(m.At, `/\:*?"<>|`) || strings.HasPrefix(m.At, ".") {
			return &data.Invalid{Field: "material", Why: WhyFileName, Got: data.Clean(m.At, 60)}
		}
	}
	return nil
}

// line tidies one line of text and says, as an *data.Invalid, that it is missing or longer than most characters.
func line(field string, at *string, most int, must bool) error {
	tidy, err := data.ShortText(field, *at, 0)
	switch {
	case err != nil:
		return err
	case tidy == "" && must:
		return &data.Invalid{Field: field, Why: data.WhyEmpty}
	case len([]rune(tidy)) > most:
		return &data.Invalid{Field: field, Why: data.WhyTooLong, Want: strconv.Itoa(most), Got: data.Clean(tidy, 40)}
	}
	*at = tidy
	return nil
}

// lines tidies a list of least to most lines, each of at most length characters.
func lines(field string, all []string, least, most, length int) ([]string, error) {
	if len(all) < least || len(all) > most {
		return nil, countOff(field, least, most, len(all))
	}
	all = slices.Clone(all)
	for i := range all {
		if err := line(field, &all[i], length, true); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func countOff(field string, least, most, got int) error {
	return &data.Invalid{Field: field, Why: WhyCount, Want: fmt.Sprintf("%d … %d", least, most), Got: strconv.Itoa(got)}
}

func courseCodeOK(field, code string) error {
	switch {
	case code == "":
		return &data.Invalid{Field: field, Why: data.WhyEmpty}
	case len(code) > courseCode || !coursePattern.MatchString(code):
		return &data.Invalid{Field: field, Why: WhyCode, Got: data.Clean(code, courseCode)}
	}
	return nil
}

func within(field string, value, least, most int) error {
	if value < least || value > most {
		return &data.Invalid{Field: field, Why: data.WhyNumber, Want: fmt.Sprintf("%d … %d", least, most), Got: strconv.Itoa(value)}
	}
	return nil
}

// oneOf says, as an *data.Invalid, that a value is not on its list.
func oneOf[T ~string](field string, value T, all []T) error {
	if slices.Contains(all, value) {
		return nil
	}
	return &data.Invalid{Field: field, Why: data.WhyNotOneOf, Want: list(all), Got: data.Clean(string(value), 20)}
}

// list writes codes after each other.
func list[T ~string](all []T) string {
	var out []string
	for _, one := range all {
		out = append(out, string(one))
	}
	return strings.Join(out, ", ")
}
