#!/bin/sh
# Installs the npm packages of this folder, but only when package-lock.json is newer than the last installation.
set -eu

cd "$(dirname "$0")/.."

installed=node_modules/.package-lock.json
if [ -f "$installed" ] && [ ! package-lock.json -nt "$installed" ]; then
    echo "npm packages are up to date"
    exit 0
fi
exec npm ci --no-audit --no-fund
