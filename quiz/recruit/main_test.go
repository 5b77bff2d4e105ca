package recruit_test

import (
	"os"
	"testing"

	"digibrug/data/datatest"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }
