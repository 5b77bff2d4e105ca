package regulation_test

import (
	"os"
	"testing"

	"digibrug/data/datatest"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
