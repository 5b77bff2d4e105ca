//go:build !unix

package outbox

import "os/exec"

// alone does nothing here: only the command itself ends when its time is up.
func alone(*exec.Cmd) {}
