package words

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// sources is what the Go files of the module say about words.
type sources struct {
	keys  map[string]Key    // constant name → key
	area  map[string]string // constant name → area of its file
	used  map[string]bool   // constant names that code outside keys_… and tests names
	coded map[string]bool   // keys that belong to codes: "invalid.<why>", "role.<role>"
	given []call
}

// call is a T(…, words.X, "name", …) with its names as literals.
type call struct {
	where, constant string
	names           []string
}

const module = "digibrug"

// read reads all Go files below the module's root.
func readSources(t *testing.T) sources {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	src := sources{keys: map[string]Key{}, area: map[string]string{}, used: map[string]bool{}, coded: map[string]bool{}}
	err = filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "testdata" || name != root && strings.HasPrefix(entry.Name(), ".")):
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil // somebody else's half-written file is not what is tested here
		}
		rel, _ := filepath.Rel(root, name)
		src.file(files, filepath.ToSlash(rel), file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func (s *sources) file(files *token.FileSet, name string, file *ast.File) {
	dir, base := path.Split(name)
	own := dir == "tui/words/"
	area, isKeys := strings.CutPrefix(strings.TrimSuffix(base, ".go"), "keys_")
	test := strings.HasSuffix(base, "_test.go")
	alias := importName(file)
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			s.constants(n, file.Name.Name, own && isKeys, area, test)
		case *ast.CallExpr:
			if !test {
				s.call(files, n, alias, own)
				s.audit(n)
				s.step(n)
			}
		case *ast.AssignStmt:
			if !test {
				s.action(n)
			}
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && alias != "" && x.Name == alias && !test {
				s.used[n.Sel.Name] = true
			}
		case *ast.Ident:
			if own && !isKeys && !test {
				s.used[n.Name] = true
			}
		}
		return true
	})
}

func importName(file *ast.File) string {
	for _, i := range file.Imports {
		if i.Path.Value != strconv.Quote(module+"/tui/words") {
			continue
		}
		if i.Name != nil {
			return i.Name.Name
		}
		return "words"
	}
	return ""
}

func (s *sources) constants(spec *ast.ValueSpec, pkg string, keys bool, area string, test bool) {
	for i, id := range spec.Names {
		if i >= len(spec.Values) || test {
			return
		}
		lit, ok := spec.Values[i].(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			continue
		}
		value, _ := strconv.Unquote(lit.Value)
		switch typ := fmt.Sprint(typeName(spec.Type)); {
		case keys && typ == "Key":
			s.keys[id.Name], s.area[id.Name] = Key(value), area
		case typ == "data.Why", typ == "Why" && pkg == "data":
			s.coded["invalid."+value] = true
		case typ == "Role" && pkg == "data":
			s.coded["role."+value] = true
		case typ == "Move" && pkg == "staffing":
			s.coded["staffing.move_name."+value] = true
		case typ == "Code" && pkg == "calendar":
			s.coded["calendar.day."+value] = true
		case typ == "State" && pkg == "loans":
			s.coded["loan.state."+value] = true
		case typ == "Category" && pkg == "loans":
			s.coded["loan.category."+value] = true
		case pkg == "courses" && courseCodes[typ] != "":
			s.coded[courseCodes[typ]+value] = true
		case pkg == "plan" && (typ == "Why" || typ == "Step"):
			s.coded["courseplan."+strings.ToLower(typ)+"."+value] = true
		case typ == "Part" && pkg == "activity":
			s.coded["activity.part."+value] = true
		case typ == "State" && pkg == "activity":
			s.coded["activity.state."+value] = true
		case pkg == "recruit" && slices.Contains([]string{"State", "Duty", "Outcome", "Lack"}, typ):
			s.coded["recruitrule."+strings.ToLower(typ)+"."+value] = true
			if typ == "Outcome" {
				s.coded["recruitown.outcome."+value] = true // as the candidate reads it
			}
		case pkg == "recruit" && value != "":
			for _, of := range recruitCodes[typ] {
				s.coded[of+value] = true
			}
		case typ == "CodeState" && pkg == "data":
			s.coded["code.state."+value], s.coded["code.stands."+value] = true, true
		}
	}
}

// recruitCodes gives, by type of a constant of recruitment, where its words are: as pieces of a sentence on screens, as names on
// papers.
var recruitCodes = map[string][]string{"EventKind": {"duty.event.", "recruitpaper.eventkind."}, "Scope": {"duty.scope."}, "End": {"duty.end.", "recruitpaper.end.", "recruitown.end."},
	"Verdict": {"jury.verdict.", "recruitpaper.verdict."}, "Method": {"recruitpaper.method."}, "Stop": {"recruitpaper.stop.", "recruitown.stop."}}

// courseCodes gives, by type of a constant of the courses, the area of its words.
var courseCodes = map[string]string{"Category": "course.category.", "Domain": "course.domain.", "Promotion": "course.promotion.", "MaterialKind": "course.material.",
	"FeeWhy": "course.fee_why.", "CancelWhy": "course.cancel_why.", "CancelCheck": "course.cancel_check.", "Fault": "coursestate.fault.", "SeriesState": "coursestate.series.",
	"EnrolmentState": "coursestate.enrolment.", "Mark": "coursestate.mark.", "Paid": "coursestate.paid.", "ShutWhy": "coursestate.shut.", "PassWhy": "coursestate.pass.",
	"TrainerKind": "coursestate.trainer.", "Decision": "coursestate.decision.", "FlagWhy": "coursestate.flag."}

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return typeName(e.X) + "." + e.Sel.Name
	}
	return ""
}

// audit notes the act that a call of Audit writes down, and its details, where they are literals.
func (s *sources) audit(c *ast.CallExpr) {
	name := typeName(c.Fun)
	switch name = name[strings.LastIndex(name, ".")+1:]; {
	case name == "act" || name == "actOn": // of enrolments: they hand the act on
		for _, arg := range c.Args {
			s.act(arg)
		}
		return
	case name == "told" || name == "each": // of recruitment: they hand the act and its details on
		for i, arg := range c.Args {
			if code, ok := literal(arg); ok && strings.HasPrefix(code, "recruit.") {
				s.audited(arg, c.Args[i+1:])
			}
		}
		return
	case name != "Audit" || len(c.Args) < 4:
		return
	}
	s.audited(c.Args[2], c.Args[4:])
}

// audited notes an act and the names of its details.
func (s *sources) audited(act ast.Expr, detail []ast.Expr) {
	s.act(act)
	for i := 0; i < len(detail); i += 2 {
		if code, ok := literal(detail[i]); ok {
			s.coded["detail."+code] = true
		}
	}
}

// step notes the step of who comes or goes that a call of staffing.ByHand or staffing.Looked makes.
func (s *sources) step(c *ast.CallExpr) {
	name := typeName(c.Fun)
	name = name[strings.LastIndex(name, ".")+1:]
	if name != "ByHand" && name != "Looked" || len(c.Args) < 2 {
		return
	}
	move := typeName(c.Args[0])
	move = strings.ToLower(move[strings.LastIndex(move, ".")+1:])
	if code, ok := literal(c.Args[1]); ok {
		s.coded["staffing.step_name."+move+"_"+code] = true
	}
}

// action notes acts that go to Audit by way of a variable of that name.
func (s *sources) action(a *ast.AssignStmt) {
	for i, to := range a.Lhs {
		if id, ok := to.(*ast.Ident); ok && id.Name == "action" && i < len(a.Rhs) {
			s.act(a.Rhs[i])
		}
	}
}

func (s *sources) act(e ast.Expr) {
	if code, ok := literal(e); ok {
		s.coded["act."+strings.ReplaceAll(code, ".", "_")] = true
	}
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

// call notes the names that a call of some T gives beside a constant, when all of them are literals.
func (s *sources) call(files *token.FileSet, c *ast.CallExpr, alias string, own bool) {
	for at, arg := range c.Args {
		name := ""
		switch arg := arg.(type) {
		case *ast.SelectorExpr:
			if x, ok := arg.X.(*ast.Ident); ok && alias != "" && x.Name == alias {
				name = arg.Sel.Name
			}
		case *ast.Ident:
			if own {
				name = arg.Name
			}
		}
		fun, isT := c.Fun.(*ast.SelectorExpr)
		plain, isOwnT := c.Fun.(*ast.Ident)
		if name == "" || !(isT && fun.Sel.Name == "T" || own && isOwnT && plain.Name == "T") {
			continue
		}
		found := call{where: files.Position(c.Pos()).String(), constant: name}
		for i := at + 1; i < len(c.Args); i += 2 {
			lit, ok := c.Args[i].(*ast.BasicLit)
			if !ok {
				return
			}
			text, _ := strconv.Unquote(lit.Value)
			found.names = append(found.names, text)
		}
		s.given = append(s.given, found)
		return
	}
}

// catalogueOf gives per key the message of one language, and the file it came from.
func catalogueOf(t *testing.T, lang Lang) (messages map[Key]*i18n.Message, from map[Key]string) {
	t.Helper()
	messages, from = map[Key]*i18n.Message{}, map[Key]string{}
	names, _ := fs.Glob(files, string(lang)+"/*.toml")
	for _, name := range names {
		buf, _ := files.ReadFile(name)
		list, err := i18n.ParseMessageBytes(buf, toml.Unmarshal)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, m := range list {
			if old, ok := from[Key(m.ID)]; ok {
				t.Errorf("%s is in %s and in %s", m.ID, old, name)
			}
			messages[Key(m.ID)], from[Key(m.ID)] = m, strings.TrimSuffix(path.Base(name), ".toml")
		}
	}
	return messages, from
}

func areaOf(key string) string {
	area, _, _ := strings.Cut(key, ".")
	return area
}

// isCoded tells whether keys of this area belong to codes of the program and not to constants.
func isCoded(key Key) bool {
	return slices.Contains([]string{"invalid", "role", "field", "act", "detail"}, areaOf(string(key)))
}

func TestEveryConstantHasItsSentence(t *testing.T) {
	src := readSources(t)
	nl, _ := catalogueOf(t, NL)
	for name, key := range src.keys {
		if areaOf(string(key)) != src.area[name] {
			t.Errorf("%s = %q stands in keys_%s.go, want an area %q", name, key, src.area[name], src.area[name])
		}
		if nl[key] == nil {
			t.Errorf("%s = %q has no Dutch sentence", name, key)
		}
		if !src.used[name] {
			t.Errorf("%s = %q is used nowhere", name, key)
		}
	}
	for key := range src.coded {
		if nl[Key(key)] == nil {
			t.Errorf("code %q has no Dutch sentence", key)
		}
	}
}

func TestEverySentenceHasItsConstant(t *testing.T) {
	src := readSources(t)
	known := map[Key]bool{}
	for _, key := range src.keys {
		known[key] = true
	}
	for _, lang := range Langs() {
		messages, from := catalogueOf(t, lang)
		for key, m := range messages {
			if !known[key] && !src.coded[string(key)] && areaOf(string(key)) != "field" {
				t.Errorf("%s/%s.toml: %q has no constant or code", lang, from[key], key)
			}
			if m.Other == "" {
				t.Errorf("%s: %q has no form \"other\"", lang, key)
			}
			if from[key] != areaOf(string(key)) && !isCoded(key) {
				t.Errorf("%s: %q stands in %s.toml", lang, key, from[key])
			}
		}
	}
}

var placeholder = regexp.MustCompile(`{{(.*?)}}`)

// placeholders gives the names that the forms of a sentence use, sorted.
func placeholders(t *testing.T, m *i18n.Message) []string {
	t.Helper()
	var names []string
	for _, form := range []string{m.One, m.Other} {
		for _, found := range placeholder.FindAllStringSubmatch(form, -1) {
			name, ok := strings.CutPrefix(found[1], ".")
			if !ok || name == "" {
				t.Errorf("%s: %q is no placeholder, want {{.name}}", m.ID, found[0])
			}
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestVisitorsReadTheirLanguage(t *testing.T) {
	nl, _ := catalogueOf(t, NL)
	for _, lang := range []Lang{EN, FR} {
		messages, _ := catalogueOf(t, lang)
		for key, dutch := range nl {
			m := messages[key]
			_, domain, _ := strings.Cut(string(key), ".")
			must := slices.Contains(VisitorAreas(), areaOf(string(key))) && !(areaOf(string(key)) == "invalid" && strings.Contains(domain, "."))
			switch {
			case m == nil && must:
				t.Errorf("%s: %q is missing", lang, key)
			case m != nil && !slices.Equal(placeholders(t, m), placeholders(t, dutch)):
				t.Errorf("%s: %q uses %v, Dutch uses %v", lang, key, placeholders(t, m), placeholders(t, dutch))
			case m != nil && (m.One == "") != (dutch.One == ""):
				t.Errorf("%s: %q has other plural forms than Dutch", lang, key)
			}
		}
		for key := range messages {
			if nl[key] == nil {
				t.Errorf("%s: %q is not in Dutch", lang, key)
			}
		}
	}
}

func TestCallsFillEveryPlaceholder(t *testing.T) {
	src := readSources(t)
	nl, _ := catalogueOf(t, NL)
	for _, c := range src.given {
		m := nl[src.keys[c.constant]]
		if m == nil {
			continue
		}
		for _, name := range placeholders(t, m) {
			if !slices.Contains(c.names, name) {
				t.Errorf("%s: %s wants %q, the call gives %v", c.where, c.constant, name, c.names)
			}
		}
		if m.One != "" && !slices.Contains(c.names, "n") {
			t.Errorf("%s: %s has a plural, the call gives no n", c.where, c.constant)
		}
	}
}

func TestPlainWords(t *testing.T) {
	// Words that B1 readers stumble over, and what to write instead (directduidelijk.nl/schrijftips).
	stop := map[string]string{"indien": "als", "gelieve": "…", "betreffende": "over", "teneinde": "om", "middels": "met"}
	nl, from := catalogueOf(t, NL)
	for key, m := range nl {
		for _, word := range strings.FieldsFunc(strings.ToLower(m.Other), func(r rune) bool { return r < 'a' || r > 'z' }) {
			if better, bad := stop[word]; bad {
				t.Errorf("%s.toml: %q says %q, write %q", from[key], key, word, better)
			}
		}
	}
}

func TestNoFileIsForgotten(t *testing.T) {
	for _, lang := range Langs() {
		entries, err := os.ReadDir(string(lang))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if _, err := files.ReadFile(string(lang) + "/" + e.Name()); err != nil {
				t.Errorf("%s/%s is not embedded", lang, e.Name())
			}
		}
	}
}
