package papers

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"digibrug/data"
)

// Format is a form that a sheet can take.
type Format string

// The formats, by their name in commands and as the end of a file's name.
const (
	FormatTable Format = "table" // text in columns
	FormatCSV   Format = "csv"   // for a spreadsheet set to Belgium
	FormatXLSX  Format = "xlsx"
	FormatJSON  Format = "json"
	FormatPDF   Format = "pdf"
)

// Formats gives all formats, in the order in which they are offered.
func Formats() []Format { return []Format{FormatTable, FormatCSV, FormatXLSX, FormatJSON, FormatPDF} }

// FormatNames is "table, csv, …".
func FormatNames() string {
	var names []string
	for _, f := range Formats() {
		names = append(names, string(f))
	}
	return strings.Join(names, ", ")
}

// ParseFormat finds a format by its name; case doesn't count.
func ParseFormat(s string) (Format, error) {
	if f := Format(strings.ToLower(s)); slices.Contains(Formats(), f) {
		return f, nil
	}
	return "", &data.Invalid{Field: "format", Why: data.WhyNotOneOf, Want: FormatNames(), Got: data.Clean(s, gotLen)}
}

// FormatOf finds the format that the name of a file asks for; ok is false when it asks for none.
func FormatOf(file string) (f Format, ok bool) {
	end := strings.ToLower(strings.TrimPrefix(filepath.Ext(file), "."))
	if end == "txt" {
		return FormatTable, true
	}
	f = Format(end)
	return f, f != FormatTable && slices.Contains(Formats(), f)
}

// Ext is how the name of a file in this format ends: ".csv".
func (f Format) Ext() string {
	if f == FormatTable {
		return ".txt"
	}
	return "." + string(f)
}

// media is the media type of a file in this format. It returns an *data.Invalid for a format that there is not.
func (f Format) media() (string, error) {
	media, known := map[Format]string{FormatPDF: mediaPDF, FormatCSV: "text/csv; charset=utf-8", FormatTable: mediaText, FormatJSON: "application/json",
		FormatXLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}[f]
	if !known {
		return "", &data.Invalid{Field: "format", Why: data.WhyNotOneOf, Want: FormatNames(), Got: data.Clean(string(f), gotLen)}
	}
	return media, nil
}

// Binary tells whether the format is no text, so that it can't be shown in a terminal.
func (f Format) Binary() bool { return f == FormatXLSX || f == FormatPDF }

// Write writes a sheet. It makes all of it before it writes the first byte, so w gets a whole one or nothing,
// unless w itself fails. The same sheet gives the same bytes.
func Write(w io.Writer, f Format, s Sheet) error {
	var out bytes.Buffer
	if err := write(&out, f, s); err != nil {
		return fmt.Errorf("paper %s as %s: %w", s.Name, f, err)
	}
	if _, err := out.WriteTo(w); err != nil {
		return fmt.Errorf("write paper %s: %w", s.Name, err)
	}
	return nil
}

func write(out *bytes.Buffer, f Format, s Sheet) error {
	if err := s.check(); err != nil {
		return err
	}
	switch f {
	case FormatTable:
		out.WriteString(s.Table(0))
		return nil
	case FormatCSV:
		return writeCSV(out, s)
	case FormatXLSX:
		return writeXLSX(out, s)
	case FormatJSON:
		return writeJSON(out, s)
	case FormatPDF:
		return writePDF(out, s)
	}
	_, err := ParseFormat(string(f))
	return err
}
