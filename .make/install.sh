#!/bin/sh
# Installs what Hatrack needs and this machine lacks, and nothing else.
#   install.sh run    PostgreSQL's server programs, Node and npm
#   install.sh test   Chromium as well
# Does nothing, in a few milliseconds, where all is there. Needs root or sudo only where something is missing.
set -eu

minimum=15 # of PostgreSQL, as internal/postgres says
purpose=${1:-run}

has() { command -v "$1" >/dev/null 2>&1; }

has_postgres() {
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

# missing lists packages in the words of the package manager $1.
missing() {
	if [ "$1" = apt ]; then
		[ -e /etc/ssl/certs/ca-certificates.crt ] || echo ca-certificates
		has_postgres || echo postgresql
		has node || echo nodejs
		has npm || echo npm
		[ "$purpose" != test ] || has_browser || echo chromium
	else
		has_postgres || echo postgresql@17
		has node && has npm || echo node
		[ "$purpose" != test ] || has_browser || echo --cask=google-chrome
	fi
}

give_up() {
	printf '%s\n' "$@" >&2
	exit 1
}

# install_apt runs as root. A cluster of the system's own is not wanted: Hatrack starts the server it needs.
install_apt() {
	if ! [ -d /etc/postgresql-common ]; then
		mkdir -p /etc/postgresql-common/createcluster.d
		echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/no-main-cluster.conf
	fi
	export DEBIAN_FRONTEND=noninteractive
	apt-get update
	apt-get install -y --no-install-recommends "$@"
}

if has apt-get; then
	packages=$(missing apt)
	[ -n "$packages" ] || exit 0
	packages=$(echo "$packages" | tr '\n' ' ')
	echo "Installing: $packages"
	if [ "$(id -u)" = 0 ]; then
		# shellcheck disable=SC2086 # a list of words
		install_apt $packages
	elif has sudo && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
		exec sudo sh "$0" "$purpose"
	else
		script=$(cd "$(dirname "$0")" && pwd)/install.sh
		give_up "These packages are missing: $packages" "They need root. Run this once as root, then try again:" "" "    sh '$script' $purpose" ""
	fi
elif has brew; then
	packages=$(missing brew)
	[ -n "$packages" ] || exit 0
	echo "Installing:" $packages
	for package in $packages; do
		case $package in
		--cask=*) brew install --cask "${package#--cask=}" ;;
		*) brew install "$package" ;;
		esac
	done
else
	packages=$(missing apt | grep -v ca-certificates || true)
	[ -n "$packages" ] || exit 0
	give_up "This machine has neither apt-get nor Homebrew. Install these yourself, then try again:" \
		"    $(echo "$packages" | tr '\n' ' ')(PostgreSQL $minimum or newer, with its contrib modules; Node 18 or newer)"
fi

has_postgres || give_up "The newest PostgreSQL that this system's packages offer is older than $minimum." \
	"Install a newer one, or set DATABASE_URL to a database of your own."
