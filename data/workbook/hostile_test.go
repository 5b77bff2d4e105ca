package workbook_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"runtime"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/workbook"
)

const (
	rels     = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	bookRels = rels + `<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="http://x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://x/styles" Target="styles.xml"/></Relationships>`
	bookPart = `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Personeel" sheetId="1" r:id="rId1"/></sheets></workbook>`
)

// packed makes an archive of parts: name, content in turns. Parts of a plain workbook that are not given are added.
func packed(t testing.TB, parts ...string) []byte {
	t.Helper()
	given := map[string]bool{}
	for i := 0; i < len(parts); i += 2 {
		given[parts[i]] = true
	}
	for name, content := range map[string]string{
		"xl/workbook.xml": bookPart, "xl/_rels/workbook.xml.rels": bookRels,
		"xl/worksheets/sheet1.xml": `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>naam</t></is></c></row></sheetData></worksheet>`,
	} {
		if !given[name] {
			parts = append(parts, name, content)
		}
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		f, err := w.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, parts[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func grid(rows string) string { return `<worksheet><sheetData>` + rows + `</sheetData></worksheet>` }

// noise is text that hardly packs: 64 letters, six bits each.
func noise(n int) string {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._"
	out, x := make([]byte, n), uint32(2463534242)
	for i := range out {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		out[i] = letters[x>>26]
	}
	return string(out)
}

// loosely gives an archive in which a part packs badly enough to pass the ratio: half a megabyte of noise and then
// the rest.
func loosely(t testing.TB, part, content string) []byte {
	return packed(t, part, strings.Replace(content, "<sheetData>", "<sheetData><!--"+noise(400<<10)+"-->", 1))
}

func TestHostile(t *testing.T) {
	sheet := "xl/worksheets/sheet1.xml"
	cases := map[string]struct {
		content []byte
		why     data.Why
	}{
		"a part that grows ten thousand times":  {packed(t, sheet, grid(strings.Repeat(" ", 40<<20))), workbook.WhyBomb},
		"more than 50 MB in small parts":        {packed(t, many("xl/media/p%d.png", 30, strings.Repeat(noise(1000), 2000))...), workbook.WhyBomb},
		"a part that lies about its size":       {lying(t, sheet, grid(strings.Repeat("<row/>", 2<<20))), workbook.WhyBroken},
		"more parts than a workbook has":        {packed(t, many("xl/x%d.xml", 1200, "")...), workbook.WhyBomb},
		"the same part twice":                   {packed(t, "a.xml", "1", "A.XML", "2"), workbook.WhyBroken},
		"row 2^31":                              {packed(t, sheet, grid(`<row r="2147483648"><c t="b"><v>1</v></c></row>`)), workbook.WhyRows},
		"row 2^63":                              {packed(t, sheet, grid(`<row r="9223372036854775808"><c t="b"><v>1</v></c></row>`)), workbook.WhyRows},
		"a row that goes back":                  {packed(t, sheet, grid(`<row r="2"/><row r="1"/>`)), workbook.WhyBroken},
		"row 0":                                 {packed(t, sheet, grid(`<row r="0"/>`)), workbook.WhyBroken},
		"a row below the last one":              {packed(t, sheet, grid(`<row r="20001"><c><v>1</v></c></row>`)), workbook.WhyRows},
		"a column behind the last one":          {packed(t, sheet, grid(`<row r="1"><c r="GS1"><v>1</v></c></row>`)), workbook.WhyColumns},
		"a column that does not exist":          {packed(t, sheet, grid(`<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>`)), workbook.WhyBroken},
		"a cell of another row":                 {packed(t, sheet, grid(`<row r="1"><c r="A2"><v>1</v></c></row>`)), workbook.WhyBroken},
		"a million rows of nothing":             {packed(t, sheet, grid(strings.Repeat(`<row/>`, 1<<20+1))), workbook.WhyBomb},
		"a million cells of nothing":            {loosely(t, sheet, grid("<row>"+strings.Repeat("<c/>", 8<<20)+"</row>")), workbook.WhyBig},
		"a million small cells":                 {loosely(t, sheet, grid(cells(20_000, 60))), workbook.WhyBig},
		"65 sheets":                             {packed(t, "xl/workbook.xml", strings.Replace(bookPart, "</sheets>", strings.Repeat(`<sheet name="x" r:id="rId9"/>`, 64)+"</sheets>", 1)), workbook.WhySheets},
		"a million sheets":                      {packed(t, "xl/workbook.xml", strings.Replace(bookPart, "</sheets>", strings.Repeat(`<sheet name="x" r:id="rId9"/>`, 1_000_000)+"</sheets>", 1)), workbook.WhyBomb},
		"one shared text of 4 MB":               {packed(t, "xl/sharedStrings.xml", "<sst><si><t>"+noise(4<<20)+"</t></si></sst>"), workbook.WhyLong},
		"one shared text that is too long":      {packed(t, "xl/sharedStrings.xml", "<sst><si><t>"+noise(200_000)+"</t></si></sst>"), workbook.WhyLong},
		"a million shared texts":                {packed(t, "xl/sharedStrings.xml", "<sst>"+strings.Repeat("<si><t>"+noise(30)+"</t></si>", 600_000)+"</sst>"), workbook.WhyBomb},
		"shared texts over the sum":             {packed(t, "xl/sharedStrings.xml", "<sst>"+strings.Repeat("<si><t>"+noise(60_000)+"</t></si>", 400)+"</sst>"), workbook.WhyBig},
		"a shared text that isn't there":        {packed(t, sheet, grid(`<row r="1"><c t="s"><v>7</v></c></row>`)), workbook.WhyBroken},
		"entities that grow (billion laughs)":   {packed(t, sheet, `<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>`+grid(`<row r="1"><c t="inlineStr"><is><t>&b;</t></is></c></row>`)), workbook.WhyDoctype},
		"an entity of another file (XXE)":       {packed(t, sheet, `<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>`+grid(`<row r="1"><c t="inlineStr"><is><t>&x;</t></is></c></row>`)), workbook.WhyDoctype},
		"an entity without a type":              {packed(t, sheet, grid(`<row r="1"><c t="inlineStr"><is><t>&x;</t></is></c></row>`)), workbook.WhyBroken},
		"a tag with a million attributes":       {loosely(t, sheet, grid(`<row r="1"><c`+strings.Repeat(` a=""`, 1<<20)+`/></row>`)), workbook.WhyBroken},
		"a comment of 10 MB":                    {loosely(t, sheet, grid(`<!--`+strings.Repeat("< >", 3<<20)+`-->`)), workbook.WhyBroken},
		"elements 10,000 deep":                  {packed(t, sheet, grid(strings.Repeat("<a>", 10_000)+strings.Repeat("</a>", 10_000))), workbook.WhyBroken},
		"elements that never end":               {packed(t, sheet, "<worksheet><sheetData>"), workbook.WhyBroken},
		"no XML":                                {packed(t, sheet, "naam;dienst"), workbook.WhyBroken},
		"a program (vbaProject)":                {packed(t, "xl/vbaProject.bin", "x"), workbook.WhyMacro},
		"a program by its type":                 {packed(t, "[Content_Types].xml", `<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>`), workbook.WhyMacro},
		"a program by the type of its parts":    {packed(t, "xl/x.bin", "x", "[Content_Types].xml", `<Types><Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>`), workbook.WhyMacro},
		"an old macro sheet":                    {packed(t, "xl/macrosheets/sheet1.xml", "<x/>"), workbook.WhyMacro},
		"another workbook's values":             {packed(t, "xl/externalLinks/externalLink1.xml", "<x/>"), workbook.WhyExternal},
		"another workbook's values by relation": {packed(t, "xl/_rels/workbook.xml.rels", strings.Replace(bookRels, "</Rel", `<Relationship Id="r7" Type="http://x/externalLink" Target="elders.xml"/></Rel`, 1)), workbook.WhyExternal},
		"values of a database":                  {packed(t, "xl/connections.xml", "<x/>"), workbook.WhyExternal},
		"an embedded document":                  {packed(t, "xl/embeddings/oleObject1.bin", "x"), workbook.WhyExternal},
		"LibreOffice's own form":                {packed(t, "content.xml", "<x/>"), workbook.WhyOld},
		"a binary workbook":                     {packed(t, "xl/workbook.bin", "x"), workbook.WhyOld},
		"cut off":                               {packed(t)[:400], workbook.WhyBroken},
		"locked parts":                          {locked(packed(t)), workbook.WhyEncrypted},
		"a locked workbook":                     {append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), wide("EncryptedPackage")...), workbook.WhyEncrypted},
		"an old workbook":                       {append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), wide("Workbook")...), workbook.WhyOld},
		"a workbook in one piece of XML":        {[]byte(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`), workbook.WhyOld},
		"a page":                                {[]byte("\xEF\xBB\xBF\n<!DOCTYPE html><html><table><tr><td>Naam"), workbook.WhyHTML},
		"a table of a page":                     {[]byte("<table border=1><tr><td>Naam"), workbook.WhyHTML},
		"a PDF":                                 {[]byte("%PDF-1.4 x"), workbook.WhyNoSheet},
		"6 MB":                                  {bytes.Repeat([]byte("a;b\n"), 6<<18), workbook.WhyBig},
		"a line of 4 MB":                        {bytes.Repeat([]byte("abcdefgh"), 1<<19), workbook.WhyLong},
		"4 MB of separators":                    {bytes.Repeat([]byte(";"), 1<<22), ""},
		"4 MB of separators and one cell":       {append(bytes.Repeat([]byte(";"), 1<<22), 'x'), workbook.WhyColumns},
		"4 MB of lines":                         {append(bytes.Repeat([]byte("\n"), 1<<22), 'x'), workbook.WhyRows},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			before := held()
			book, err := workbook.Read("lijst.xlsx", c.content, workbook.Standard())
			if grown := held() - before; grown > 100<<20 {
				t.Errorf("reading took %d MB", grown>>20)
			}
			var bad *data.Invalid
			switch {
			case c.why == "" && err == nil:
			case !errors.As(err, &bad):
				t.Fatalf("got %d sheets and %v, want %s", len(book.Sheets), err, c.why)
			case bad.Why != c.why:
				t.Errorf("refused as %s, want %s", bad.Why, c.why)
			}
		})
	}
}

// held is the most memory that the process has had from the system until now.
func held() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Sys
}

func many(name string, n int, content string) (parts []string) {
	for i := range n {
		parts = append(parts, fmt.Sprintf(name, i), content)
	}
	return parts
}

func cells(rows, columns int) string {
	return strings.Repeat("<row>"+strings.Repeat("<c><v>1</v></c>", columns)+"</row>", rows)
}

func wide(s string) (out []byte) {
	for _, r := range s {
		out = binary.LittleEndian.AppendUint16(out, uint16(r))
	}
	return out
}

// locked sets the mark of a password on every part.
func locked(content []byte) []byte {
	content = bytes.Clone(content)
	for i := 0; i+46 < len(content); i++ {
		if bytes.HasPrefix(content[i:], []byte("PK\x01\x02")) {
			content[i+8] |= 1
		}
	}
	return content
}

// lying packs a part whose entry in the list says that it is small.
func lying(t testing.TB, name, content string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for part, text := range map[string]string{"xl/workbook.xml": bookPart, "xl/_rels/workbook.xml.rels": bookRels} {
		f, err := w.Create(part)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, text); err != nil {
			t.Fatal(err)
		}
	}
	var squeezed bytes.Buffer
	f, err := w.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, UncompressedSize64: 1000,
		CompressedSize64: uint64(deflate(t, &squeezed, content)), CRC32: crc32.ChecksumIEEE([]byte(content))})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(squeezed.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
