package courses

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"digibrug/data"
)

// catalogueBytes is the size of the largest catalogue file.
const catalogueBytes = 1 << 20

// WhyCatalogue says that a file is no catalogue: too big, no UTF-8, or Want in another shape.
const WhyCatalogue data.Why = "courses.catalogue"

// ModelCourses gives the courses of the model catalogue, those for citizens first, in the order in which people take
// them. They have no id.
func ModelCourses() ([]Course, error) {
	var all []Course
	for _, name := range []string{"inwoners", "personeel"} {
		src, err := fs.ReadFile(data.Catalogue, "catalogue/nl/"+name+".yaml")
		if err != nil {
			return nil, fmt.Errorf("model catalogue: %w", err)
		}
		some, err := ParseCourses(src)
		if err != nil {
			return nil, fmt.Errorf("model catalogue %s: %w", name, err)
		}
		all = append(all, some...)
	}
	if err := CheckCourses(all); err != nil {
		return nil, fmt.Errorf("model catalogue: %w", err)
	}
	return all, nil
}

// ParseCourses reads a catalogue file: YAML with the one key "courses" and a list of courses below it, each with the keys
// of Course. It returns an *data.Invalid with the line. The courses are Normal; whether what each asks first is there,
// CheckCourses tells.
func ParseCourses(src []byte) ([]Course, error) {
	switch {
	case len(src) > catalogueBytes:
		return nil, &data.Invalid{Field: "courses", Why: WhyCatalogue, Want: strconv.Itoa(catalogueBytes), Got: strconv.Itoa(len(src))}
	case !utf8.Valid(src):
		return nil, &data.Invalid{Field: "courses", Why: WhyCatalogue, Want: "UTF-8"}
	}
	strict := yaml.NewDecoder(bytes.NewReader(src))
	strict.KnownFields(true)
	if err := strict.Decode(&struct {
		Courses []Course `yaml:"courses"`
	}{}); err != nil && !errors.Is(err, io.EOF) {
		return nil, broken(err)
	}
	if err := strict.Decode(&yaml.Node{}); !errors.Is(err, io.EOF) {
		return nil, &data.Invalid{Field: "courses", Why: WhyCatalogue, Want: "1"}
	}
	var file struct {
		Courses []yaml.Node `yaml:"courses"` // again, for the lines
	}
	if err := yaml.Unmarshal(src, &file); err != nil {
		return nil, broken(err)
	}
	if len(file.Courses) == 0 {
		return nil, &data.Invalid{Field: "courses", Why: data.WhyEmpty}
	}
	all := make([]Course, len(file.Courses))
	for i := range file.Courses {
		if err := file.Courses[i].Decode(&all[i]); err != nil {
			return nil, broken(err)
		}
		var err error
		if all[i], err = all[i].Normal(); err != nil {
			return nil, placed(err, &file.Courses[i])
		}
	}
	return all, nil
}

var (
	brokenLine    = regexp.MustCompile(`line (\d+):?`)
	brokenUnknown = regexp.MustCompile(`line (\d+): field (\S+) not found`)
)

// broken gives what the YAML library says of a file as bad input, with the line it names.
func broken(err error) *data.Invalid {
	if m := brokenUnknown.FindStringSubmatch(err.Error()); m != nil {
		at, _ := strconv.Atoi(m[1])
		return &data.Invalid{Field: data.Clean(m[2], courseCode), Why: data.WhyUnknown, Line: at}
	}
	bad := &data.Invalid{Field: "courses", Why: data.WhySyntax, Want: "yaml"}
	if m := brokenLine.FindStringSubmatch(err.Error()); m != nil {
		bad.Line, _ = strconv.Atoi(m[1])
	}
	return bad
}

// placed adds to bad input the line of its key, or else of the course.
func placed(err error, course *yaml.Node) error {
	var bad *data.Invalid
	if !errors.As(err, &bad) {
		return err
	}
	bad.Line = course.Line
	if at := find(course, bad.Field); at > 0 {
		bad.Line = at
	}
	return bad
}

// find gives the line of the first key of that name in a mapping and those in it; 0 when it isn't there.
func find(n *yaml.Node, key string) int {
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == key {
				return n.Content[i].Line
			}
		}
	}
	for _, child := range n.Content {
		if at := find(child, key); at > 0 {
			return at
		}
	}
	return 0
}

// CheckCourses says, as an *data.Invalid, what is wrong with courses together: a code twice, a course asked first that is
// not among them, or one that asks itself first by way of others.
func CheckCourses(all []Course) error {
	byCode := map[string]Course{}
	for _, c := range all {
		if _, twice := byCode[c.Code]; twice {
			return &data.Invalid{Field: "code", Why: data.WhyTwice, Got: data.Clean(c.Code, courseCode)}
		}
		byCode[c.Code] = c
	}
	done := map[string]bool{}
	for _, c := range all {
		if err := climb(byCode, c.Code, nil, done); err != nil {
			return err
		}
	}
	return nil
}

// climb follows what a course asks first. path are the courses that led to it.
func climb(byCode map[string]Course, code string, path []string, done map[string]bool) error {
	if done[code] {
		return nil
	}
	c, there := byCode[code]
	switch {
	case !there:
		return &data.Invalid{Field: "before", Why: WhyBefore, Got: data.Clean(code, courseCode)}
	case slices.Contains(path, code):
		return &data.Invalid{Field: "before", Why: WhyCircle, Got: data.Clean(code, courseCode)}
	}
	path = append(slices.Clone(path), code)
	for _, first := range c.Before {
		if err := climb(byCode, first, path, done); err != nil {
			return err
		}
	}
	done[code] = true
	return nil
}

// NextCourses gives what somebody can take after the courses with the codes had: those that ask for some of these first,
// ask for no other, and were not had themselves; in the order of all.
func NextCourses(all []Course, had []string) []Course {
	missing := func(code string) bool { return !slices.Contains(had, code) }
	var next []Course
	for _, c := range all {
		if len(c.Before) > 0 && missing(c.Code) && !slices.ContainsFunc(c.Before, missing) {
			next = append(next, c)
		}
	}
	return next
}
