package quiz_test

import (
	"os"
	"path/filepath"
	"testing"

	"digibrug/quiz"
)

func TestEmbeddedBanksParse(t *testing.T) {
	files, err := filepath.Glob("../data/banks/*/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 2 {
		t.Fatalf("only %d banks found", len(files))
	}
	for _, name := range files {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		bank, err := quiz.ParseBank(name, src)
		if err != nil {
			t.Error(err)
			continue
		}
		printed, err := bank.YAML()
		if err != nil {
			t.Error(err)
			continue
		}
		if _, err := quiz.ParseBank(name, printed); err != nil {
			t.Errorf("printed again: %v", err)
		}
		t.Logf("%s: %d items", name, len(bank.Items))
	}
}
