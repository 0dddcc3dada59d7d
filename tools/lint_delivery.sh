#!/usr/bin/env bash
# usage: tools/lint_delivery.sh
# Check what delivers the project: Dockerfiles, workflows, dependabot, issue forms, development
# container, the templates of examples/server/deploy. The checkers come from PyPI
# (tools/lint-requirements.txt); actionlint is a Go program.
set -eu
cd "$(dirname "$0")/.."
ACTIONLINT=github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
DEVCONTAINER_SCHEMA=https://raw.githubusercontent.com/devcontainers/spec/main/schemas/devContainer.base.schema.json
venv=.venv-lint
deploy=examples/server/deploy

tools/make_venv.sh "$venv" tools/lint-requirements.txt
PATH=$PWD/$venv/bin:$PATH

hadolint Dockerfile .devcontainer/Dockerfile
check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml
check-jsonschema --quiet --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/bug.yml \
    .github/ISSUE_TEMPLATE/wish.yml
check-jsonschema --quiet --builtin-schema vendor.github-issue-config \
    .github/ISSUE_TEMPLATE/config.yml
tests/project/check_delivery.py
if curl -sSfI --max-time 10 "$DEVCONTAINER_SCHEMA" >/dev/null 2>&1; then
    check-jsonschema --quiet --schemafile "$DEVCONTAINER_SCHEMA" .devcontainer/devcontainer.json
else
    echo "lint: no way to the development container schema; only its files and names were checked"
fi
if command -v actionlint >/dev/null; then
    actionlint
elif command -v go >/dev/null; then
    GOFLAGS=-mod=mod go run "$ACTIONLINT"
else
    echo "lint: neither actionlint nor go is here; workflows were checked against their schema only"
fi
cfn-lint "$deploy/aws.yaml"
# checkov leaves out a template that it cannot read, without a word; this is its parser.
python3 -c \
    'import pathlib, sys, pycep; pycep.BicepParser().parse(file_path=pathlib.Path(sys.argv[1]))' \
    "$deploy/azure.bicep"
checkov --quiet --compact --skip-download --framework cloudformation bicep --directory "$deploy"
checkov --quiet --compact --skip-download --framework dockerfile --file Dockerfile \
    .devcontainer/Dockerfile
checkov --quiet --compact --skip-download --framework github_actions --directory .
echo "lint: delivery ok"
