package recruit_test

import (
	"errors"
	"os"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz/recruit/recruittest"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// each runs a test on both engines in a fresh scene.
func each(t *testing.T, test func(t *testing.T, s *recruittest.Scene), opts ...data.Option) {
	t.Helper()
	datatest.Each(t, func(t *testing.T, db *data.DB) { test(t, recruittest.NewScene(t, db)) }, opts...)
}

// whys lists the codes of what is wrong in an error, in its order.
func whys(err error) (all []data.Why) {
	var many interface{ Unwrap() []error }
	if errors.As(err, &many) {
		for _, one := range many.Unwrap() {
			all = append(all, whys(one)...)
		}
		return all
	}
	var bad *data.Invalid
	if errors.As(err, &bad) {
		all = append(all, bad.Why)
	}
	return all
}
