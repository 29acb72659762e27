#!/bin/sh
# Fails where a Go file is not formatted, or generated code does not follow from its source.
set -eu

unformatted=$(go list -f '{{.Dir}}' ./... | xargs gofmt -l | sort -u)
if [ -n "$unformatted" ]; then
	echo "These files are not formatted; run gofmt -w on them:" "$unformatted" >&2
	exit 1
fi

generated() { find internal web -name node_modules -prune -o -name '*_templ.go' -print | sort; }

for file in $(generated); do
	[ -e "${file%_templ.go}.templ" ] && continue
	echo "$file has lost its source; remove it." >&2
	exit 1
done
before=$(generated | xargs cksum)
go tool templ generate >/dev/null
if [ "$before" != "$(generated | xargs cksum)" ]; then
	echo "The generated code was not in step with the .templ files. It is now: look at the difference and commit it." >&2
	exit 1
fi
