package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"digibrug/data/regulation"
	"digibrug/loans"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// textFile is one text of a version in a directory.
type textFile struct {
	name  string
	lang  string
	short bool
}

// textFiles are the files of a version: a text per language, and a short one.
func textFiles() (all []textFile) {
	for _, lang := range regulation.Langs() {
		all = append(all, textFile{"uitleenreglement." + lang + ".md", lang, false}, textFile{"uitleenreglement-kort." + lang + ".md", lang, true})
	}
	return all
}

// in is the texts of a content among which the file's is.
func (f textFile) in(c regulation.Content) map[string]string {
	if f.short {
		return c.Short
	}
	return c.Text
}

func (c *cli) regulationExport() *cobra.Command {
	var own bool
	cmd := &cobra.Command{Use: "export MAP [VERSIE]", Short: nl.T(words.RegtextCliExport), Long: nl.T(words.RegtextCliExportLong), Args: takes(1, 2)}
	cmd.Flags().BoolVar(&own, "own", false, nl.T(words.RegtextFlagOwn))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, args []string) error {
		e, err := c.editionNamed(ctx, h, args[1:])
		if err != nil {
			return err
		}
		content := e.Content
		if own {
			if content, err = content.Adopted(); err != nil {
				return err
			}
		}
		made, err := exportTexts(args[0], content)
		if err != nil {
			return err
		}
		return c.done(map[string]any{"version": editionName(e), "path": args[0], "files": made}, nl.T(words.RegtextExported, "path", args[0], "files", strings.Join(made, ", ")))
	})
	return cmd
}

// exportTexts writes the texts of a content in a directory, over no file that is there.
func exportTexts(dir string, c regulation.Content) (made []string, err error) {
	for _, f := range textFiles() {
		if _, err := os.Lstat(filepath.Join(dir, f.name)); err == nil {
			return nil, failed(fs.ErrExist, nl.T(words.RegtextThere, "path", filepath.Join(dir, f.name)))
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("make directory %s: %w", dir, err)
	}
	for _, f := range textFiles() {
		text := f.in(c)[f.lang]
		if text == "" {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, f.name), []byte(text), 0o644); err != nil {
			return nil, fmt.Errorf("write %s: %w", f.name, err)
		}
		made = append(made, f.name)
	}
	return made, nil
}

func (c *cli) regulationImport() *cobra.Command {
	var name string
	cmd := &cobra.Command{Use: "import MAP", Short: nl.T(words.RegtextCliImport), Long: nl.T(words.RegtextCliImportLong), Args: takes(1, 1)}
	cmd.Flags().StringVar(&name, "name", "", nl.T(words.RegtextFlagName))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, args []string) error {
		content, err := importTexts(args[0])
		if err != nil {
			return err
		}
		v, err := regulation.NewStore(h.db).PutDraft(ctx, c.by(), regulation.Loan, name, content)
		if err != nil {
			return err
		}
		return c.done(map[string]any{"version": theDraft, "number": v.Number, "name": v.Name, "fingerprint": v.Hash}, nl.T(words.RegtextImported, "number", strconv.Itoa(v.Number)))
	})
	return cmd
}

// mostBytes is how much of a file is read: more than the longest text that is taken.
const mostBytes = 1 << 20

// importTexts reads the texts in a directory; what is wrong with one names its file.
func importTexts(dir string) (regulation.Content, error) {
	c := regulation.Content{Text: map[string]string{}, Short: map[string]string{}}
	for _, f := range textFiles() {
		text, err := readUpTo(filepath.Join(dir, f.name), mostBytes)
		switch {
		case errors.Is(err, fs.ErrNotExist) && f.lang == regulation.Binding && !f.short:
			return c, failed(err, nl.T(words.RegtextNoFile, "path", dir, "file", f.name))
		case errors.Is(err, fs.ErrNotExist): // not in every language
			continue
		case err != nil:
			return c, err
		}
		alone := regulation.Content{Text: map[string]string{}, Short: map[string]string{}}
		f.in(alone)[f.lang] = string(text)
		if err := loans.TextFigures().Check(alone); err != nil {
			return c, failed(err, f.name+": "+sentence(err))
		}
		f.in(c)[f.lang] = string(text)
	}
	return c, nil
}
