#!/bin/sh
# What a bare Debian container lacks for the commands of the README.
set -eu
apt-get -qq update
DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends git make \
    ca-certificates curl >/dev/null
# The checkout belongs to another user than the container's.
git config --global --add safe.directory "$(pwd)"
