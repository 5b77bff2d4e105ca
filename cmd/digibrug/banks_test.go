package main

import (
	"slices"
	"testing"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/quiz"
)

// A level that was measured leads to courses by the code of its domain, so both must write it alike.
func TestEveryDomainOfCoursesHasABank(t *testing.T) {
	banks, err := quiz.ShippedBanks(data.Banks, "nl")
	if err != nil {
		t.Fatal(err)
	}
	for _, domain := range courses.Domains() {
		if !slices.ContainsFunc(banks, func(b quiz.Bank) bool { return b.Domain == string(domain) }) {
			t.Errorf("no bank is about %s", domain)
		}
	}
}
