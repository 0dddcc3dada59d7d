#!/usr/bin/env bash
# usage: tools/check_image.sh IMAGE
# Run a built image under Docker on a read-only root and plan a day through it.
# tools/check_container.sh needs no Docker.
set -eu
image=${1:?which image}
id=$(docker run --detach --read-only --cap-drop ALL --security-opt no-new-privileges \
    --publish 127.0.0.1::8080 "$image")
trap 'docker rm --force "$id" >/dev/null' EXIT
port=$(docker port "$id" 8080/tcp | head -n 1 | sed 's/.*://')
for _ in $(seq 100); do
    if docker exec "$id" /usr/bin/musicsched-server --probe --port 8080; then break; fi
    sleep 0.1
done
curl -sSf -H 'Content-Type: text/plain' -H 'Accept: text/plain' \
    "http://127.0.0.1:$port/api/v1/schedule" \
    --data-binary $'date: 2026-11-24\n9:00-17:00 Work\nGym 1h after 17:00 #workout\nfill: 20m\n' |
    grep 'Gym'
docker image inspect --format 'image: ok, {{.Size}} bytes' "$image"
