package courses_test

import (
	"os"
	"testing"

	"digibrug/data/datatest"
)

func TestMain(m *testing.M) {
	if url := datatest.WorkerURL(); url != "" { // this process is one of the desks of TestSeatsFiftyProcesses
		os.Exit(datatest.Work(url, deskAt))
	}
	os.Exit(datatest.Main(m))
}
