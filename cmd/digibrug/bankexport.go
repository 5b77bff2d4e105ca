package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"digibrug/data"
	"digibrug/data/workbook"
	"digibrug/quiz"
	"digibrug/quiz/exchange"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// fileEnds gives the format that the end of a name says.
func fileEnds() map[string]exchange.Format {
	return map[string]exchange.Format{".gift": exchange.FormatGIFT, ".txt": exchange.FormatGIFT, ".xml": exchange.FormatXML, ".yaml": exchange.FormatYAML, ".yml": exchange.FormatYAML,
		".csv": exchange.FormatCSV, ".xlsx": exchange.FormatXLSX}
}

func (c *cli) bankExport() *cobra.Command {
	cmd := &cobra.Command{Use: "export BANK", Short: nl.T(words.BankfileCliExport), Long: nl.T(words.BankfileCliExportLong), Args: takes(1, 1)}
	format := cmd.Flags().String("format", "", nl.T(words.BankfileFlagTo))
	out := cmd.Flags().String("out", "", nl.T(words.BankfileFlagOut))
	force := cmd.Flags().Bool("force", false, nl.T(words.BankfileFlagForce))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		f, err := exportFormat(cmd, *format, *out)
		if err != nil {
			return err
		}
		if err := mayWrite(*out, *force); err != nil {
			return err
		}
		b, left, err := c.exported(cmd.Context(), args[0])
		switch {
		case errors.Is(err, data.ErrNotFound):
			return failed(err, nl.T(words.ItemsheetNoBank, "id", data.Clean(args[0], 40)))
		case err != nil:
			return err
		}
		return c.export(b, left, f, *out)
	}
	return cmd
}

func exportFormat(cmd *cobra.Command, said, out string) (exchange.Format, error) {
	f := exchange.Format(said)
	if said == "" {
		if f = fileEnds()[strings.ToLower(filepath.Ext(out))]; f == "" && out != "" {
			return "", misused(cmd, nl.T(words.BankfileNoFormat, "path", out))
		} else if f == "" {
			f = exchange.FormatYAML
		}
	}
	for _, known := range exchange.Formats()[1:] {
		if f == known {
			if f == exchange.FormatXLSX && out == "" {
				return "", misused(cmd, nl.T(words.BankfileNeedOut))
			}
			return f, nil
		}
	}
	return "", misused(cmd, nl.T(words.BankfileBadFormat, "got", said, "names", formatNames(exchange.Formats()[1:])))
}

// mayWrite refuses a file that is there, unless it may be replaced.
func mayWrite(out string, force bool) error {
	if out == "" || force {
		return nil
	}
	if _, err := os.Lstat(out); err == nil {
		return failed(fs.ErrExist, nl.T(words.BankfileThere, "path", out))
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// exported is a bank as it stands in the house. One that comes with the program is there without a house too.
func (c *cli) exported(ctx context.Context, id string) (b quiz.Bank, left int, err error) {
	h, err := c.enter(ctx)
	if err != nil {
		for _, language := range quiz.Languages() {
			shipped, err := quiz.ShippedBanks(data.Banks, language)
			if err != nil {
				return b, 0, err
			}
			for _, one := range shipped {
				if one.ID == id {
					return one, 0, nil
				}
			}
		}
		return b, 0, err
	}
	defer h.leave(&err)
	return h.quiz.Library().Export(ctx, c.by(), id)
}

// exportReport is the document of bank export --json.
type exportReport struct {
	Bank    string          `json:"bank"`
	Format  exchange.Format `json:"format"`
	File    string          `json:"file"`
	Items   int             `json:"items"` // of a family each variant
	Left    int             `json:"left"`  // in a recruitment that is not over
	Skipped []toldSkipped   `json:"skipped"`
}

func (c *cli) export(b quiz.Bank, left int, f exchange.Format, out string) error {
	r := exportReport{Bank: b.ID, Format: f, File: out, Items: len(b.Items), Left: left}
	content, skipped, err := written(b, f)
	if err != nil {
		return err
	}
	if r.Skipped = toldSkips(skipped); f != exchange.FormatYAML {
		r.Items = len(exchange.FromItems(b.Items)) - len(skipped)
	}
	if out == "" {
		_, err := c.out.Write(content)
		return err
	}
	if err := replaceFile(out, content); err != nil {
		return err
	}
	if c.json {
		return c.printJSON(r)
	}
	lines := append(skipLines(r.Skipped), nl.T(words.BankfileExported, "n", r.Items, "path", out))
	if left > 0 {
		lines = append(lines, nl.T(words.BankfileLeft, "n", left))
	}
	return c.sayAll(lines)
}

// written is a bank in a format, and what it can't hold.
func written(b quiz.Bank, f exchange.Format) (content []byte, skipped []exchange.Skipped, err error) {
	switch f {
	case exchange.FormatGIFT:
		questions := exchange.FromItems(b.Items)
		return exchange.PrintGIFT(questions), exchange.NotInGIFT(questions), nil
	case exchange.FormatXML:
		return exchange.PrintXML(exchange.FromItems(b.Items)), nil, nil
	case exchange.FormatCSV:
		return exchange.PrintCSV(exchange.Sheet(b.Items)), nil, nil
	case exchange.FormatXLSX:
		content, err = workbook.Write(workbook.Draft{About: sheetAbout(), Tabs: []workbook.Tab{exchange.Sheet(b.Items)}})
		return content, nil, err
	}
	content, err = b.YAML()
	return content, nil, err
}

// sheetAbout says how a sheet with questions works.
func sheetAbout() (lines []string) {
	for _, key := range []words.Key{words.BankfileAboutName, words.BankfileAboutRow, words.BankfileAboutSingle, words.BankfileAboutMultiple, words.BankfileAboutTruefalse, words.BankfileAboutNumber,
		words.BankfileAboutText, words.BankfileAboutOrder, words.BankfileAboutMatch, words.BankfileAboutOpen, words.BankfileAboutWhy, words.BankfileAboutLevel, words.BankfileAboutCode, words.BankfileAboutExample} {
		lines = append(lines, nl.T(key))
	}
	return lines
}

func (c *cli) bankTemplate() *cobra.Command {
	cmd := &cobra.Command{Use: "template BESTAND.xlsx|BESTAND.csv", Short: nl.T(words.BankfileCliTemplate), Long: nl.T(words.BankfileCliTemplateLong), Args: takes(1, 1)}
	force := cmd.Flags().Bool("force", false, nl.T(words.BankfileFlagForce))
	cmd.RunE = func(cmd *cobra.Command, args []string) (err error) {
		content := exchange.PrintCSV(exchange.Template())
		switch fileEnds()[strings.ToLower(filepath.Ext(args[0]))] {
		case exchange.FormatCSV:
		case exchange.FormatXLSX:
			if content, err = workbook.Write(workbook.Draft{About: sheetAbout(), Tabs: []workbook.Tab{exchange.Template()}}); err != nil {
				return err
			}
		default:
			return misused(cmd, nl.T(words.BankfileNotTable, "path", args[0]))
		}
		if err := mayWrite(args[0], *force); err != nil {
			return err
		}
		if err := replaceFile(args[0], content); err != nil {
			return err
		}
		return c.done(map[string]any{"file": args[0]}, nl.T(words.BankfileMade, "path", args[0]))
	}
	return cmd
}
