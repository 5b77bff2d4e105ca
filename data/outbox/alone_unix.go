//go:build unix

package outbox

import (
	"errors"
	"os"
	"os/exec"
	"syscall"
)

// alone gives a command a process group of its own, so that what it started ends with it when its time is up, and
// a Ctrl-C at the server's terminal does not reach a printer.
func alone(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error {
		err := syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		if errors.Is(err, syscall.ESRCH) {
			return os.ErrProcessDone
		}
		return err
	}
}
