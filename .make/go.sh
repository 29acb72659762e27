#!/bin/sh
# Says in a sentence what is wrong where Go is missing or too old for go.mod.
set -eu
wanted=$(sed -n 's/^go //p' go.mod)
if ! command -v go >/dev/null 2>&1; then
	echo "Go $wanted or newer is needed and is not on PATH. Install it from the Go project's download page, then try again." >&2
	exit 1
fi
if ! said=$(go list -m 2>&1); then
	have=$(cd / && go env GOVERSION)
	echo "Go $wanted or newer is needed; this machine has $have. Install it from the Go project's download page, then try again." >&2
	echo "(go said: $said)" >&2
	exit 1
fi
