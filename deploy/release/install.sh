#!/bin/sh
# deploy/release/install.sh TARBALL FOLDER: installs the package into an empty folder, as anybody would, and lists on standard
# output everything that comes with it, as a CycloneDX bill of materials.
set -eu
tarball=$(realpath "$1")
mkdir -p "$2"
cd "$2"
# npm lists only what has a name and a version.
printf '{ "name": "somewhere", "version": "0.0.0", "private": true }\n' >package.json
npm install --no-audit --no-fund --loglevel error "$tarball" >&2
npm sbom --omit dev --sbom-format cyclonedx
