# digibrug: everything a developer or a one-person ICT service types. `make` lists the targets.

GO      ?= go
BIN     := digibrug
TOOLS   := .cache/bin
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
# Where one thing happens at a time no race can show, and the detector makes a test take ten times as long. TestRaced keeps
# these: the packages in which goroutines run, those of which only some tests start any (they are called …AtOnce…), and
# tests of the first that run the program as a process of its own, built without the detector, or one thing at a time, often.
RACED   := ./cmd/digibrug ./data/outbox ./tui ./tui/server ./tui/shell ./tui/kiosk ./tui/files ./tui/reading
AT_ONCE := ./data ./data/calendar ./quiz ./quiz/recruit ./loans ./courses ./courses/activity ./tui/words ./tui/papers
UNRACED := ^(TestFiveThousand|TestScripts|TestStory|TestLoanStory|TestCourseStory|TestDayOne|TestKilledBetweenAnswers|TestKilledWhileACandidateAnswers)$$
LDFLAGS := -s -w -X main.version=$(VERSION)

.PHONY: help demo run build test check bench cover fuzz picture clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort

demo: build ## a throw-away municipality on free ports, with log-ins to try
	./$(BIN) demo

run: build ## serve ./digibrug-data (make it first with: ./digibrug init)
	./$(BIN) serve

build: ## the one binary, without cgo
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN) ./cmd/digibrug

test: ## all tests, with a throw-away PostgreSQL where its server is installed
	$(GO) run ./data/datatest/withpostgres $(GO) test -p 3 -timeout 30m ./...

check: ## gofmt, vet, staticcheck, govulncheck, and the tests of what has goroutines with the race detector
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo 'gofmt: the files above differ'; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	sh .ci/vulncheck
	$(GO) run ./data/datatest/withpostgres $(GO) test -race -p 3 -run AtOnce -timeout 30m $(AT_ONCE)
	$(GO) run ./data/datatest/withpostgres $(GO) test -race -p 3 -skip '$(UNRACED)' -timeout 30m $(RACED)

bench: build ## what a visit costs: first paint, keys with 50 visitors, durable answers
	./$(BIN) bench
	$(GO) test -run '^$$' -bench . -benchtime 1s ./quiz/... ./tui/...

cover: ## test coverage per package, and cover.out for go tool cover
	$(GO) run ./data/datatest/withpostgres $(GO) test -coverprofile cover.out -coverpkg ./... ./...
	$(GO) tool cover -func cover.out | tail -n 1

fuzz: ## each fuzz target for 30 seconds
	@for package in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz'); do \
	    echo "$$package $$target"; $(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime 30s $$package || exit 1; \
	  done; \
	done

picture: ## the README's picture of a screen, drawn by the real program
	$(GO) run ./cmd/picture cmd/picture/kennismeting.svg

clean: ## remove what the targets made
	rm -rf $(BIN) cover.out .cache
