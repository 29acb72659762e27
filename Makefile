# Two commands: `make run` and `make test`. Both install what is missing, do only what is not done yet, and can be repeated.

SHELL := /bin/sh
# Go's own installer does not put itself on PATH.
export PATH := $(PATH):/usr/local/go/bin
.DEFAULT_GOAL := help

help: ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 20

setup: go ## install what running needs: PostgreSQL, Node
	@sh .make/install.sh run

setup-test: go ## the same, and Chromium
	@sh .make/install.sh test

go:
	@sh .make/go.sh

vendor := web/vendor/_test/stamp

assets: $(vendor) ## fetch and cut the browser files, by lockfile

$(vendor): web/package.json web/package-lock.json web/build.mjs web/icons.txt
	@echo "Preparing the browser files"
	@cd web && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && node build.mjs
	@touch $@

generate: go ## write the Go code of the templ pages
	go tool templ generate

schema: go ## write migrations/schema.sql anew from the migrations
	HATRACK_WRITE_SCHEMA=1 go test -count=1 -run TestSchemaDumpIsInStep ./internal/store

fuzz: go ## feed the readers of files with what nobody would write, a minute each
	@for f in $$(grep -ho 'func Fuzz[A-Za-z]*' internal/sheet/*_test.go | sed 's/func //'); do go test -run '^$$' -fuzz "^$$f$$" -fuzztime 1m ./internal/sheet || exit 1; done

screenshot: setup-test assets ## draw the README's picture from the demo organisation
	@mkdir -p .readme
	HATRACK_SCREENSHOT=$(CURDIR)/.readme/matrix.png go test -count=1 -run TestScreenshot ./internal/browsertest

build: go assets ## make bin/hatrack
	@go build -buildvcs=false -o bin/hatrack ./cmd/hatrack

run: setup ## start the demo organisation on http://localhost:8080
	@$(MAKE) --no-print-directory build
	@exec bin/hatrack serve --demo

test: setup-test ## check everything
	@$(MAKE) --no-print-directory assets check
	go test -timeout 60m ./...
	@echo
	@echo "All is well: formatting, generated code, vet and every test."

bench: setup ## measure speed as ratios, on generated organisations that are kept (HATRACK_BENCH_DIR)
	@$(MAKE) --no-print-directory build
	go run ./internal/bench

check: go ## formatting, generated code, vet
	@sh .make/check.sh
	go vet ./...

clean: ## remove what was built (never data)
	rm -rf bin web/node_modules
	find web/vendor -mindepth 1 ! -name .keep -delete

.PHONY: help setup setup-test go assets generate schema fuzz screenshot build run test bench check clean
