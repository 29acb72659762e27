#!/bin/sh
# Installs what Hatrack needs and this machine lacks, and nothing else.
#   install.sh run                 PostgreSQL's server programs (not where DATABASE_URL is set), Node and npm
#   install.sh test                these, and Chromium
#   install.sh packages NAME...    as root: these Debian packages
# Does nothing, in a few milliseconds, where all is there. Needs root or sudo only where something is missing.
set -eu

minimum=15 # of PostgreSQL, as internal/postgres says
purpose=${1:-run}

has() { command -v "$1" >/dev/null 2>&1; }

give_up() {
	printf '%s\n' "$@" >&2
	exit 1
}

has_postgres() {
	[ "$purpose" = run ] && [ -n "${DATABASE_URL:-}" ] && return 0
	for dir in $(command -v postgres 2>/dev/null | xargs -n1 dirname 2>/dev/null || true) \
		/usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/lib/postgresql*/bin /usr/libexec/postgresql* \
		/opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin /Applications/Postgres.app/Contents/Versions/*/bin \
		/run/current-system/sw/bin; do
		[ -x "$dir/initdb" ] && [ -x "$dir/postgres" ] || continue
		major=$("$dir/postgres" --version | sed -n 's/.*(PostgreSQL) \([0-9]*\).*/\1/p')
		[ "${major:-0}" -ge "$minimum" ] && return 0
	done
	return 1
}

has_browser() {
	has chromium || has chromium-browser || has google-chrome || has google-chrome-stable ||
		[ -d "/Applications/Google Chrome.app" ] || [ -d /Applications/Chromium.app ]
}

missing_on_debian() {
	[ -e /etc/ssl/certs/ca-certificates.crt ] || echo ca-certificates # for go and npm to fetch what they need
	has_postgres || echo postgresql
	has node || echo nodejs
	has npm || echo npm
	[ "$purpose" != test ] || has_browser || echo chromium
}

# install_on_debian runs as root. A database of the system's own is not wanted: Hatrack starts the server it needs.
install_on_debian() {
	if ! [ -d /etc/postgresql-common ]; then
		mkdir -p /etc/postgresql-common/createcluster.d
		echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/no-main-cluster.conf
	fi
	export DEBIAN_FRONTEND=noninteractive
	apt-get update
	apt-get install -y --no-install-recommends "$@"
}

debian() {
	# shellcheck disable=SC2046 # a list of words
	set -- $(missing_on_debian)
	[ $# -gt 0 ] || return 0
	script=$(cd "$(dirname "$0")" && pwd)/install.sh
	if [ "$(id -u)" = 0 ]; then
		echo "Installing: $*"
		install_on_debian "$@"
	elif has sudo && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
		echo "Installing with sudo: $*"
		sudo sh "$script" packages "$@"
	else
		give_up "These packages are missing: $*" "Run this once as root, then try again:" "" "    sh '$script' packages $*" ""
	fi
}

macos() {
	has_postgres || brew install postgresql@17
	{ has node && has npm; } || brew install node
	[ "$purpose" != test ] || has_browser || brew install --cask google-chrome
}

elsewhere() {
	absent=$(missing_on_debian | grep -v ca-certificates | tr '\n' ' ')
	[ -z "$absent" ] || give_up "This machine has neither apt-get nor Homebrew. Install these yourself, then try again: $absent" \
		"(PostgreSQL $minimum or newer with its contrib modules, Node 18 or newer)"
}

case $purpose in
packages)
	shift
	install_on_debian "$@"
	exit
	;;
run | test) ;;
*) give_up "usage: install.sh run | test | packages NAME..." ;;
esac

if has apt-get; then
	debian
elif has brew; then
	macos
else
	elsewhere
fi

has_postgres || give_up "The newest PostgreSQL that this system's packages offer is older than $minimum." \
	"Install a newer one, or set DATABASE_URL to a database of your own."
