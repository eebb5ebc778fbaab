#!/bin/sh
# Installs the Debian packages that the system tests need, leaving out what is there already.
set -eu

has() {
	command -v "$1" >/dev/null 2>&1
}

has_postgres() {
	has postgres || ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1
}

missing=''
has chromium || missing="$missing chromium"
has_postgres || missing="$missing postgresql"
has redis-server || missing="$missing redis-server"
# Without it the editor's pictures show boxes where Chinese should be.
ls /usr/share/fonts/opentype/noto/NotoSansCJK* >/dev/null 2>&1 ||
	missing="$missing fonts-noto-cjk"

if [ -z "$missing" ]; then
	echo 'All packages for the system tests are installed.'
	exit 0
fi
if ! has apt-get; then
	echo "The system tests need:$missing" >&2
	echo 'There is no apt-get here to install them with. Install them another way.' >&2
	exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
	echo "The system tests need:$missing" >&2
	echo "Installing them takes root: sudo $0" >&2
	exit 1
fi

echo "Installing$missing"
export DEBIAN_FRONTEND=noninteractive
# Keeps the packages from starting servers of their own: the tests start theirs.
export RUNLEVEL=1
apt-get update -q
# shellcheck disable=SC2086
apt-get install -y -q --no-install-recommends $missing
