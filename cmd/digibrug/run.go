package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os/user"
	"strings"

	"digibrug/data"
	"digibrug/tui/words"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"
)

// Exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitMisuse = 2
)

// dutch is the language of the command line: the ICT officer's.
type dutch struct{}

// T is words.T in Dutch.
func (dutch) T(key words.Key, args ...any) string { return words.T(words.NL, key, args...) }

var nl dutch

// cli is one run of the program: what it was given and where it writes.
type cli struct {
	env      []string // NAME=value
	in       io.Reader
	out, err io.Writer
	db, data string // --db, --data; empty: not given
	json     bool
}

// run is main without the process: it returns the exit code.
func run(ctx context.Context, args, env []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c := &cli{env: env, in: stdin, out: stdout, err: stderr}
	root := c.root()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := fang.Execute(ctx, root, fang.WithoutManpage(), fang.WithVersion(versionOf().Version),
		fang.WithErrorHandler(func(_ io.Writer, _ fang.Styles, err error) { c.tell(err) }))
	return exitCode(err)
}

func (c *cli) root() *cobra.Command {
	root := &cobra.Command{
		Use: "digibrug", Short: nl.T(words.CliRoot), Long: nl.T(words.CliRootLong),
		Args: c.knownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	flags := root.PersistentFlags()
	flags.StringVar(&c.data, "data", "", nl.T(words.CliFlagData))
	flags.StringVar(&c.db, "db", "", nl.T(words.CliFlagDB))
	flags.BoolVar(&c.json, "json", false, nl.T(words.CliFlagJSON))
	flags.BoolP("help", "h", false, nl.T(words.CliHelp)) // cobra's own would be in English
	root.Flags().BoolP("version", "v", false, nl.T(words.CliVersion))
	root.SetFlagErrorFunc(flagMisuse)
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetHelpCommand(c.helpCommand())
	root.AddCommand(c.initCommand(), c.startCommand(), c.serveCommand(), c.demoCommand(), c.userCommand(), c.codeCommand(), c.loanCommand(), c.courseCommand(), c.recruitCommand(), c.activityCommand(), c.regulationCommand(), c.kioskCommand(), c.orgCommand(), c.calendarCommand(), c.bankCommand(),
		c.campaignCommand(), c.reportCommand(), c.programmeCommand(), c.settingCommand(), c.auditCommand(), c.outboxCommand(), c.clientCommand(), c.doctorCommand(), c.benchCommand(), c.versionCommand())
	return root
}

func (c *cli) helpCommand() *cobra.Command {
	return &cobra.Command{Use: "help [OPDRACHT]", Short: nl.T(words.CliHelp), Hidden: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return c.knownCommand(cmd.Root(), args)
			}
			return about.Help()
		}}
}

// group is a command that only holds others.
func (c *cli) group(use string, short words.Key, subs ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{Use: use, Short: nl.T(short), Args: c.knownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return misused(cmd, nl.T(words.CliChooseCommand, "names", strings.Join(subNames(cmd), ", ")))
		}}
	cmd.AddCommand(subs...)
	return cmd
}

// knownCommand is the check on arguments of a command that only holds others.
func (c *cli) knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	cmd.SuggestionsMinimumDistance = 2 // two letters wrong
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		return misused(cmd, nl.T(words.CliUnknownNear, "name", args[0], "near", near[0]))
	}
	return misused(cmd, nl.T(words.CliUnknownCommand, "name", args[0]))
}

func subNames(cmd *cobra.Command) (names []string) {
	for _, sub := range cmd.Commands() {
		if !sub.Hidden {
			names = append(names, sub.Name())
		}
	}
	return names
}

// takes is the check on the number of arguments.
func takes(low, high int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < low:
			return misused(cmd, nl.T(words.CliTooFew, "use", cmd.UseLine()))
		case high >= 0 && len(args) > high:
			return misused(cmd, nl.T(words.CliTooMany, "arg", args[high]))
		}
		return nil
	}
}

// by is who acts at the command line: whoever can read the database may do everything.
func (c *cli) by() data.Actor {
	name := "?"
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	return data.Operator(name)
}

// printJSON writes the one document of --json.
func (c *cli) printJSON(v any) error {
	enc := json.NewEncoder(c.out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

// say writes one line on stdout.
func (c *cli) say(line string) error {
	_, err := fmt.Fprintln(c.out, line)
	return err
}
