package courses_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"digibrug/courses"
	"digibrug/data"
)

// badInput gives field and code of bad input, "" for no error.
func badInput(err error) string {
	var bad *data.Invalid
	switch {
	case err == nil:
		return ""
	case errors.As(err, &bad):
		return bad.Field + " " + string(bad.Why)
	}
	return err.Error()
}

// plain is a course that says only what must be said.
func plain() courses.Course {
	return courses.Course{Code: "e-mail", Title: "E-mail", Goals: []string{"een e-mail lezen"}, Domain: courses.DomainMail, Level: 1, Minutes: 120, Least: 4, Most: 8,
		Outline: []string{"lezen", "schrijven"}}
}

func TestCourseNormal(t *testing.T) {
	got, err := plain().Normal()
	want := plain()
	want.Lessons, want.OfferDays, want.DecideDays, want.Promotion, want.Form = 2, 3, 7, courses.Offer, courses.FormStandard
	want.CancelRules = courses.CancelRules{Checks: []courses.CancelCheck{courses.BeforeStart}, Rules: []courses.CancelRule{{}}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}
}

func TestCourseTidies(t *testing.T) {
	c := plain()
	c.Title, c.Blurb = "  E-mail\tvoor \x1b[31mstarters ", "regel een\nregel twee"
	c.Goals = []string{" een  e-mail lezen "}
	c.Before = []string{"muis", "internet", "muis"}
	c.Audience.Who = []courses.Category{courses.Staff, courses.Resident, courses.Staff}
	c.Material = []courses.Material{{Kind: courses.MaterialPaper, Title: " blaadje ", At: "weg"}, {Kind: courses.MaterialFile, Title: "oefening", At: "oefening.zip"}}
	got, err := c.Normal()
	if err != nil {
		t.Fatal(err)
	}
	if got.Title != "E-mail voor [31mstarters" || got.Blurb != "regel een regel twee" || got.Goals[0] != "een e-mail lezen" {
		t.Errorf("texts: %q, %q, %q", got.Title, got.Blurb, got.Goals)
	}
	if !slices.Equal(got.Before, []string{"internet", "muis"}) || !slices.Equal(got.Audience.Who, []courses.Category{courses.Resident, courses.Staff}) {
		t.Errorf("before %v, who %v", got.Before, got.Audience.Who)
	}
	if got.Material[0] != (courses.Material{Kind: courses.MaterialPaper, Title: "blaadje"}) || got.Material[1].At != "oefening.zip" {
		t.Errorf("material %+v", got.Material)
	}
	if c.Goals[0] != " een  e-mail lezen " || c.Before[0] != "muis" || c.Material[0].At != "weg" {
		t.Error("Normal changed what it was given")
	}
}

func TestCourseRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*courses.Course)
		want   string
	}{
		"nothing wrong":               {func(*courses.Course) {}, ""},
		"no code":                     {func(c *courses.Course) { c.Code = " " }, "code empty"},
		"a code in capitals":          {func(c *courses.Course) { c.Code = "E-mail" }, "code courses.code"},
		"a code that ends in a dash":  {func(c *courses.Course) { c.Code = "mail-" }, "code courses.code"},
		"a code of 41 letters":        {func(c *courses.Course) { c.Code = strings.Repeat("a", 41) }, "code courses.code"},
		"a code of 40 letters":        {func(c *courses.Course) { c.Code = strings.Repeat("a", 40) }, ""},
		"no title":                    {func(c *courses.Course) { c.Title = "\u200b" }, "title empty"},
		"a title too long":            {func(c *courses.Course) { c.Title = strings.Repeat("é", 61) }, "title too_long"},
		"the longest title":           {func(c *courses.Course) { c.Title = strings.Repeat("é", 60) }, ""},
		"a national number":           {func(c *courses.Course) { c.Blurb = "vraag 85.07.30-033 28" }, "blurb national_number"},
		"no goal":                     {func(c *courses.Course) { c.Goals = nil }, "goals courses.count"},
		"nine goals":                  {func(c *courses.Course) { c.Goals = strings.Fields("a b c d e f g h i") }, "goals courses.count"},
		"an empty goal":               {func(c *courses.Course) { c.Goals = []string{"a", ""} }, "goals empty"},
		"a domain nobody knows":       {func(c *courses.Course) { c.Domain = "koken" }, "domain not_one_of"},
		"level 0":                     {func(c *courses.Course) { c.Level = 0 }, "level number"},
		"level 5":                     {func(c *courses.Course) { c.Level = 5 }, "level number"},
		"asks itself":                 {func(c *courses.Course) { c.Before = []string{"e-mail"} }, "before courses.circle"},
		"asks what is no code":        {func(c *courses.Course) { c.Before = []string{"E mail"} }, "before courses.code"},
		"no lessons at all":           {func(c *courses.Course) { c.Outline = nil }, "lessons number"},
		"lessons without an outline":  {func(c *courses.Course) { c.Outline, c.Lessons = nil, 6 }, ""},
		"an outline of other length":  {func(c *courses.Course) { c.Lessons = 3 }, "outline courses.outline"},
		"a lesson of ten minutes":     {func(c *courses.Course) { c.Minutes = 10 }, "minutes number"},
		"nobody needed":               {func(c *courses.Course) { c.Least = 0 }, "least number"},
		"minimum is maximum":          {func(c *courses.Course) { c.Least = 8 }, ""},
		"minimum above maximum":       {func(c *courses.Course) { c.Least = 9 }, "least courses.least"},
		"501 seats":                   {func(c *courses.Course) { c.Most = 501 }, "most number"},
		"a promotion nobody knows":    {func(c *courses.Course) { c.Promotion = "loten" }, "promotion not_one_of"},
		"an offer of 31 days":         {func(c *courses.Course) { c.OfferDays = 31 }, "offer_days number"},
		"a decision after the start":  {func(c *courses.Course) { c.DecideDays = -1 }, "decide_days number"},
		"a category nobody knows":     {func(c *courses.Course) { c.Audience.Who = []courses.Category{"kat"} }, "who not_one_of"},
		"oldest is youngest":          {func(c *courses.Course) { c.Audience.From, c.Audience.To = 60, 60 }, ""},
		"oldest below youngest":       {func(c *courses.Course) { c.Audience.From, c.Audience.To = 60, 59 }, "to courses.ages"},
		"an age of 121":               {func(c *courses.Course) { c.Audience.To = 121 }, "to number"},
		"retired on no day":           {func(c *courses.Course) { c.RetiredOn = "2027-02-30" }, "retired day"},
		"material nobody knows":       {func(c *courses.Course) { c.Material = []courses.Material{{Kind: "film", Title: "x"}} }, "material not_one_of"},
		"material without a title":    {func(c *courses.Course) { c.Material = []courses.Material{{Kind: courses.MaterialPaper}} }, "material empty"},
		"a link without an address":   {func(c *courses.Course) { c.Material = link("") }, "material empty"},
		"a link of http":              {func(c *courses.Course) { c.Material = link("http://voorbeeld.be") }, "material courses.link"},
		"a link of javascript":        {func(c *courses.Course) { c.Material = link("javascript:alert(1)") }, "material courses.link"},
		"a link with a name in it":    {func(c *courses.Course) { c.Material = link("https://bank@voorbeeld.be") }, "material courses.link"},
		"a good link":                 {func(c *courses.Course) { c.Material = link("https://voorbeeld.be/les-1") }, ""},
		"a file in a folder":          {func(c *courses.Course) { c.Material = file("../geheim.txt") }, "material courses.filename"},
		"a file that is a hidden one": {func(c *courses.Course) { c.Material = file(".profile") }, "material courses.filename"},
		"a file still to be made":     {func(c *courses.Course) { c.Material = file("") }, ""},
		"a form that is no code":      {func(c *courses.Course) { c.Form = "Mijn formulier" }, "form courses.code"},
		"a wrong cancel rule":         {func(c *courses.Course) { c.CancelRules.Rules = []courses.CancelRule{{Cents: -1}} }, "cents number"},
	} {
		t.Run(name, func(t *testing.T) {
			one := plain()
			c.change(&one)
			got, err := one.Normal()
			if badInput(err) != c.want {
				t.Errorf("got %q, want %q", badInput(err), c.want)
			}
			if err != nil && !reflect.DeepEqual(got, courses.Course{}) {
				t.Errorf("and with the error came %+v", got)
			}
		})
	}
}

func link(at string) []courses.Material {
	return []courses.Material{{Kind: courses.MaterialLink, Title: "meer", At: at}}
}

func file(at string) []courses.Material {
	return []courses.Material{{Kind: courses.MaterialFile, Title: "oefening", At: at}}
}

// What Normal gave is Normal, and survives being stored.
func TestNormalOfNormal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(0, 30, -1)
		c := plain()
		c.Title, c.Blurb, c.Goals = text.Draw(t, "title"), text.Draw(t, "blurb"), rapid.SliceOfN(text, 0, 4).Draw(t, "goals")
		c.Audience.Who = rapid.SliceOfN(rapid.SampledFrom(courses.Categories()), 0, 4).Draw(t, "who")
		c.CancelRules.Checks = rapid.SliceOfN(rapid.SampledFrom(courses.CancelChecks()), 0, 4).Draw(t, "checks")
		c.CancelRules.Rules = rapid.SliceOfN(anyCancelRule(), 0, 4).Draw(t, "rules")
		once, err := c.Normal()
		if err != nil {
			return
		}
		if twice, err := once.Normal(); err != nil || !reflect.DeepEqual(once, twice) {
			t.Fatalf("Normal twice: %+v, %v\nonce: %+v", twice, err, once)
		}
		var back courses.Course
		if err := data.Unpack(data.Pack(once), &back); err != nil {
			t.Fatal(err)
		}
		if again, err := back.Normal(); err != nil || data.Pack(again) != data.Pack(once) {
			t.Fatalf("stored and read: %+v, %v\nwas: %+v", again, err, once)
		}
	})
}

func TestCategoryIs(t *testing.T) {
	like := map[courses.Category]courses.Category{courses.NonAdmin: courses.Staff}
	for _, c := range courses.Categories() {
		for _, kind := range courses.Categories() {
			if want := c == kind || like[c] == kind; c.Is(kind) != want {
				t.Errorf("%s is %s: got %v, want %v", c, kind, !want, want)
			}
		}
	}
	if courses.Category("").Known() || courses.Category("kat").Known() {
		t.Error("a kind that nobody made is known")
	}
}

func TestAdmits(t *testing.T) {
	who := func(all ...courses.Category) courses.Audience { return courses.Audience{Who: all} }
	for name, c := range map[string]struct {
		who  courses.Audience
		kind courses.Category
		want string
	}{
		"everybody":                         {who(), courses.Partner, ""},
		"an empty kind, even for everybody": {who(), "", "category not_one_of"},
		"a kind nobody knows":               {who(), "kat", "category not_one_of"},
		"staff for staff":                   {who(courses.Staff), courses.Staff, ""},
		"non-administrative staff is staff": {who(courses.Staff), courses.NonAdmin, ""},
		"but not the other way":             {who(courses.NonAdmin), courses.Staff, "category courses.audience"},
		"a resident isn't staff":            {who(courses.Staff), courses.Resident, "category courses.audience"},
		"social aid is no kind":             {who(), "client", "category not_one_of"},
		"the second of the list":            {who(courses.Resident, courses.NonAdmin), courses.NonAdmin, ""},
	} {
		if got := badInput(courses.Course{Audience: c.who}.Admits(c.kind)); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestAdmitsAge(t *testing.T) {
	for name, c := range map[string]struct {
		from, to, years int
		want            string
	}{
		"no bounds":           {0, 0, 7, ""},
		"the youngest":        {6, 12, 6, ""},
		"a year too young":    {6, 12, 5, "6 … 12"},
		"the oldest":          {6, 12, 12, ""},
		"a year too old":      {6, 12, 13, "6 … 12"},
		"no upper bound":      {60, 0, 99, ""},
		"younger than that":   {60, 0, 59, "60 …"},
		"only an upper bound": {0, 12, 13, "0 … 12"},
	} {
		err := courses.Course{Audience: courses.Audience{From: c.from, To: c.to}}.AdmitsAge(c.years)
		var bad *data.Invalid
		got := ""
		if errors.As(err, &bad) {
			got = bad.Want
		}
		if got != c.want {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

// The stored form is what other versions of the program read: it changes by decision only.
func TestCourseStored(t *testing.T) {
	c, err := plain().Normal()
	if err != nil {
		t.Fatal(err)
	}
	c.ID, c.RetiredOn = "id", "2027-01-01"
	got, err := json.Marshal(c)
	want := `{"code":"e-mail","title":"E-mail","goals":["een e-mail lezen"],"domain":"mail","level":1,"audience":{},"lessons":2,"minutes":120,` +
		`"outline":["lezen","schrijven"],"least":4,"most":8,"form":"standard","promotion":"offer","offer_days":3,"decide_days":7,` +
		`"cancel":{"checks":["before_start"],"rules":[{"hours":0,"cents":0}]}}`
	if err != nil || string(got) != want {
		t.Errorf("got %s, %v\nwant %s", got, err, want)
	}
}
