#!/usr/bin/env bash
# usage: REGISTRY_USER=... REGISTRY_TOKEN=... tools/publish_container.sh NAME TAG
# Build the image with both bases pinned to their digests of today, test it, push it; print name=
# and digest= .
set -eu
cd "$(dirname "$0")/.."
name=$(tr '[:upper:]' '[:lower:]' <<<"${1:?which name}")
version=${2#v}
digest_of() { docker buildx imagetools inspect "$1" --format '@{{.Manifest.Digest}}'; }
{
    build=$(digest_of debian:trixie-slim)
    run=$(digest_of gcr.io/distroless/base-nossl-debian13:nonroot)
    echo "$REGISTRY_TOKEN" | docker login "${name%%/*}" --username "$REGISTRY_USER" --password-stdin
    docker build --build-arg "BUILD_DIGEST=$build" --build-arg "RUN_DIGEST=$run" \
        --build-arg "VERSION=$version" -t "$name:$version" .
    tools/check_image.sh "$name:$version"
    docker push "$name:$version"
} >&2
echo "name=$name"
echo "digest=$(docker image inspect --format '{{index .RepoDigests 0}}' "$name:$version" |
    sed 's/.*@//')"
