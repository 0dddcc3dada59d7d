#!/usr/bin/env bash
# usage: tools/build_javascript.sh
# The package for JavaScript into build-javascript/package, as npm packs it.
set -eu
cd "$(dirname "$0")/.."
tools/install_packages.sh javascript
bindings/javascript/build.py build-javascript
package=build-javascript/package
rm -rf "$package"
mkdir -p "$package"
cp -r bindings/javascript/lib bindings/javascript/package.json bindings/javascript/README.md \
    "$package"
cp build-javascript/musicsched.wasm LICENSE THIRD-PARTY.md "$package"
if ! (command -v npm && npm install --prefix "$package" --ignore-scripts --no-package-lock \
    --no-audit --no-fund --silent) >/dev/null; then
    echo "npm could not get ical.js: this package leaves out recurring events of calendars." >&2
fi
# Versions of Emscripten differ in what a module imports.
node --input-type=module -e 'await (await import(process.argv[1])).load()' \
    "$PWD/$package/lib/index.js"
echo "see $package"
