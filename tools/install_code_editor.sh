#!/usr/bin/env bash
# usage: tools/install_code_editor.sh
# What the page's code editor is built from, into build-code-editor: CodeMirror and esbuild, in the
# versions of examples/server/code_editor/package-lock.json. Without npm or a network the page keeps
# its text area.
set -eu
cd "$(dirname "$0")/.."
source=examples/server/code_editor
folder=build-code-editor
same() {
    [ -d "$folder/node_modules/esbuild" ] && cmp -s "$source/package-lock.json" \
        "$folder/package-lock.json"
}
if same; then
    exit 0
fi
tools/install_packages.sh code-editor || true
if ! command -v npm >/dev/null; then
    echo "There is no npm here: the page keeps its plain text area." >&2
    exit 0
fi
rm -rf "$folder"
mkdir "$folder"
cp "$source/package.json" "$source/package-lock.json" "$folder"
if ! npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --silent; then
    rm -rf "$folder"
    echo "npm could not get the code editor: the page keeps its plain text area." >&2
fi
