// Command digibrug is the whole product in one binary: it makes a data directory, serves the screens over
// SSH, and does from a script what an ICT officer does on a screen.
//
// Here are the command line, the configuration and the wiring; the rules live on the floors below. Every
// sentence comes from tui/words, area "cli".
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl+C ends the program at once
	os.Exit(run(ctx, os.Args[1:], os.Environ(), os.Stdin, os.Stdout, os.Stderr))
}
