package main

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"

	"digibrug/courses/ics"
	"digibrug/courses/programme"
	"digibrug/data"
	"digibrug/tui/papers"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// publicProgramme reads what everybody may know of the courses.
func (h *house) publicProgramme() papers.PublicProgramme {
	return papers.PublicProgramme{Series: h.courses, Settings: h.settings}
}

// programmeFlags are the options of digibrug programme.
type programmeFlags struct {
	lang, course string
	loan         bool
}

func (c *cli) programmeCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "programme FILE", Short: nl.T(words.ProgrammecliShort), Long: nl.T(words.ProgrammecliLong), Args: takes(1, 1)}
	var f programmeFlags
	cmd.Flags().StringVar(&f.lang, "lang", string(words.NL), nl.T(words.ProgrammecliLang))
	cmd.Flags().StringVar(&f.course, "course", "", nl.T(words.ProgrammecliCourse))
	cmd.Flags().BoolVar(&f.loan, "loan", false, nl.T(words.ProgrammecliLoan))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		l, known := words.ParseLang(f.lang)
		if !known {
			return misused(cmd, nl.T(words.CliFlagWrong, "name", "--lang", "got", f.lang))
		}
		if f.loan && f.course != "" { // one file holds one of them
			return misused(cmd, nl.T(words.CliFlagWrong, "name", "--course", "got", f.course))
		}
		forms := []string{".html", ".pdf", ".txt"}
		if f.course == "" && !f.loan {
			forms = append(forms, ".ics")
		}
		if ext := filepath.Ext(args[0]); ext != "" && !slices.Contains(forms, strings.ToLower(ext)) { // a PDF that is called .csv helps nobody
			return misused(cmd, nl.T(words.ProgrammecliForm, "path", args[0], "forms", strings.Join(forms, ", ")))
		}
		return c.inHouse(func(ctx context.Context, h *house, args []string) error {
			p, err := h.publicProgramme().Read(ctx)
			if err != nil {
				return err
			}
			if strings.EqualFold(filepath.Ext(args[0]), ".ics") && f.course == "" && !f.loan {
				return c.keepPaper(args[0], nl.T(words.ProgrammeTitle), func(out *bytes.Buffer) error { return ics.Write(out, papers.ProgrammeCalendar(p, l)) })
			}
			d, err := h.publicDocument(ctx, f, p, l)
			if err != nil {
				return err
			}
			return c.keepPaper(args[0], d.Title, func(out *bytes.Buffer) error { return papers.WriteDocument(out, documentFormat(args[0]), d) })
		})(cmd, args)
	}
	return cmd
}

// publicDocument is the programme, or the product sheet that was asked for.
func (h *house) publicDocument(ctx context.Context, f programmeFlags, p programme.Programme, l words.Lang) (papers.Document, error) {
	switch {
	case f.loan: // another desk, that has no address of its own
		help, err := h.settings.Get(ctx, data.SettingHelp, "")
		if err != nil {
			return papers.Document{}, err
		}
		return h.loanRegulation().LoanProduct(ctx, programme.Contact{Phone: help}, l)
	case f.course == "":
		return papers.ProgrammePaper(p, l), nil
	default:
		course, prices, err := h.courses.PublicCourse(ctx, f.course)
		if err != nil {
			return papers.Document{}, missing(err, nl.T(words.ProgrammecliUnknown, "code", f.course))
		}
		contact, err := papers.CourseContact(ctx, h.settings)
		if err != nil {
			return papers.Document{}, err
		}
		p.Series = slices.DeleteFunc(p.Series, func(s programme.Series) bool { return s.Course.Code != course.Code })
		return papers.CourseProduct(papers.Product{Programme: p, Course: course, Prices: prices, Contact: contact}, l), nil
	}
}
