// Command withpostgres runs a command with a throw-away PostgreSQL cluster whose address is in
// DIGIBRUG_TEST_POSTGRES, so that the tests of all packages share one. Where the server's binaries are
// missing it says so and runs the command without.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"

	"digibrug/data/datatest"

	_ "github.com/jackc/pgx/v5/stdlib"
)

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	runtime.LockOSThread() // the cluster dies with the thread that started it
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, "usage: withpostgres COMMAND [ARG …]")
		return 2
	}
	if os.Getenv(datatest.EnvPostgres) == "" {
		c, err := datatest.StartCluster()
		switch {
		case err == nil:
			defer c.Stop()
			if err := os.Setenv(datatest.EnvPostgres, c.URL); err != nil {
				fmt.Fprintln(os.Stderr, err)
				return 1
			}
			fmt.Fprintln(os.Stderr, "PostgreSQL for tests: a throw-away cluster")
		case os.Getenv(datatest.EnvRequired) == "1":
			fmt.Fprintln(os.Stderr, "PostgreSQL for tests:", err)
			return 1
		default:
			fmt.Fprintln(os.Stderr, "PostgreSQL for tests: none,", err, "— its tests are skipped")
		}
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		return exit.ExitCode()
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}
