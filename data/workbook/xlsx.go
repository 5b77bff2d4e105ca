package workbook

import (
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
)

// xlsx is a workbook at work.
type xlsx struct {
	*archive
	count    *meter
	from1904 bool // days count from 1 January 1904
	shared   []string
	formats  []format // by the number of a cell's style
}

// readXLSX reads the grids of a workbook.
func readXLSX(content []byte, limits Limits) ([]Sheet, error) {
	a, err := openArchive(content, limits)
	if err != nil {
		return nil, err
	}
	x := &xlsx{archive: a, count: &meter{limits: limits}}
	if err := x.types(); err != nil {
		return nil, err
	}
	book, err := x.start()
	if err != nil {
		return nil, err
	}
	related, err := x.relations(book)
	if err != nil {
		return nil, err
	}
	for _, r := range related {
		switch r.kind {
		case "sharedStrings":
			err = x.readShared(r.target)
		case "styles":
			err = x.readStyles(r.target)
		case "externalLink":
			err = refused(WhyExternal, r.target)
		case "vbaProject":
			err = refused(WhyMacro, r.target)
		}
		if err != nil {
			return nil, err
		}
	}
	return x.sheets(book, related)
}

// types refuses a workbook that says itself that it brings programs. Some libraries name the type of a program's part in
// every workbook: that counts only where there is such a part.
func (x *xlsx) types() error {
	_, err := x.each("[Content_Types].xml", x.count, func(e xml.StartElement) error {
		kind := strings.ToLower(attr(e, "ContentType"))
		switch {
		case e.Name.Local == "Default" && !x.has(strings.ToLower(attr(e, "Extension"))):
		case strings.Contains(kind, "macroenabled"), strings.Contains(kind, "vbaproject"), strings.Contains(kind, "macrosheet"):
			return refused(WhyMacro, attr(e, "PartName"))
		case strings.Contains(kind, "sheet.binary"):
			return refused(WhyOld, attr(e, "PartName"))
		}
		return nil
	})
	return err
}

// has tells whether there is a part whose name ends so.
func (x *xlsx) has(extension string) bool {
	for name := range x.parts {
		if strings.HasSuffix(name, "."+extension) {
			return true
		}
	}
	return false
}

// start gives the name of the part that lists the sheets.
func (x *xlsx) start() (string, error) {
	book := "xl/workbook.xml"
	_, err := x.each("_rels/.rels", x.count, func(e xml.StartElement) error {
		if e.Name.Local == "Relationship" && path.Base(attr(e, "Type")) == "officeDocument" {
			book = strings.TrimPrefix(path.Clean("/"+attr(e, "Target")), "/")
		}
		return nil
	})
	return book, err
}

// relation is what a part says of another one.
type relation struct{ id, kind, target string }

// relations reads what belongs to a part. Targets are names of parts; those outside the file are left out, unless
// they are workbooks from which values are taken.
func (x *xlsx) relations(of string) (all []relation, err error) {
	dir, base := path.Split(of)
	found, err := x.each(dir+"_rels/"+base+".rels", x.count, func(e xml.StartElement) error {
		if e.Name.Local != "Relationship" {
			return nil
		}
		r := relation{attr(e, "Id"), path.Base(attr(e, "Type")), attr(e, "Target")}
		if attr(e, "TargetMode") == "External" {
			if r.kind == "externalLink" || r.kind == "externalLinkPath" {
				return refused(WhyExternal, r.target)
			}
			return nil
		}
		if !strings.HasPrefix(r.target, "/") {
			r.target = dir + r.target
		}
		r.target = strings.TrimPrefix(path.Clean("/"+r.target), "/")
		all = append(all, r)
		return nil
	})
	if err == nil && !found {
		err = refused(WhyBroken, of)
	}
	return all, err
}

// sheets reads the list of sheets and each of them.
func (x *xlsx) sheets(book string, related []relation) ([]Sheet, error) {
	var all []Sheet
	var ids []string
	found, err := x.each(book, x.count, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			x.from1904 = yes(attr(e, "date1904"))
		case "sheet":
			if all = append(all, Sheet{Name: valid(attr(e, "name")), Hidden: attr(e, "state") != "" && attr(e, "state") != "visible"}); len(all) > x.limits.Sheets {
				return refused(WhySheets, "")
			}
			ids = append(ids, relationID(e))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if !found || len(all) == 0 {
		return nil, refused(WhyBroken, book)
	}
	var grids []Sheet
	for i, s := range all {
		for _, r := range related {
			if r.id != ids[i] || r.kind != "worksheet" { // a sheet with a chart has no grid
				continue
			}
			if s.Rows, err = x.grid(s.Name, r.target); err != nil {
				return nil, err
			}
			grids = append(grids, s)
			break
		}
	}
	return grids, nil
}

// relationID is the attribute id of the relations' name space: the one with a prefix.
func relationID(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

func yes(s string) bool { return s == "1" || s == "true" || s == "on" }

// readShared reads the texts that cells refer to by number.
func (x *xlsx) readShared(name string) error {
	t, found, err := x.tokens(name, x.count)
	if err != nil || !found {
		return err
	}
	defer t.in.Close()
	for {
		tok, err := t.next()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if e, ok := tok.(xml.StartElement); !ok || e.Name.Local != "si" {
			continue
		}
		text, err := t.text(true)
		if err == nil {
			err = x.count.keeps(text)
		}
		if err != nil {
			return err
		}
		if len(x.shared) >= x.limits.Cells {
			return refused(WhyBig, name)
		}
		x.shared = append(x.shared, unescaped(valid(text)))
	}
}

// unescaped turns _x000D_ into the character with that number: how workbooks write what XML has no sign for.
func unescaped(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '_' && len(s) >= i+7 && s[i+1] == 'x' && s[i+6] == '_' {
			if code, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil {
				out.WriteRune(rune(code))
				i += 6
				continue
			}
		}
		out.WriteByte(s[i])
	}
	return out.String()
}
