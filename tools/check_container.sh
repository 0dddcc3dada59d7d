#!/usr/bin/env bash
# usage: tools/check_container.sh [FOLDER]
# Prove the Dockerfile without a container engine and without pulling an image: stand-ins for its
# two base images are made from Debian 13's packages, buildah builds over them, and the image runs
# as user 65532 on a read-only root, plans a day over HTTP, answers its own health check and stops.
# Needs root, buildah, mmdebstrap, curl and Debian's package mirror.
# FOLDER (/var/tmp/musicsched-container) keeps the stand-ins for the next run.
set -eu
cd "$(dirname "$0")/.."
work=${1:-/var/tmp/musicsched-container}
suite=${SUITE:-trixie}
mirror=${MIRROR:-http://deb.debian.org/debian}
port=${PORT:-18080}
image=localhost/musicsched:check
[ "$(id -u)" -eq 0 ] || { echo "Needs root: buildah works in a chroot here." >&2; exit 1; }
tools/install_packages.sh container
mkdir -p "$work"
export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs
tools=(buildah --root "$work/storage" --runroot "$work/run")
clean_up() {
    kill -TERM "${server:-}" 2>/dev/null || true
    umount "$work/root" 2>/dev/null || true
    "${tools[@]}" rm --all >/dev/null || true
}
trap clean_up EXIT

# usage: stand_in NAME TARBALL: an image of that name that holds the tarball, with nothing run in
# it.
stand_in() {
    local container
    container=$("${tools[@]}" from scratch)
    "${tools[@]}" add --quiet "$container" "$2" / >/dev/null
    "${tools[@]}" config --user "${3:-0:0}" "$container"
    "${tools[@]}" commit --quiet --format docker "$container" "$1" >/dev/null
    "${tools[@]}" rm "$container" >/dev/null
}

if [ ! -e "$work/ready-$suite" ]; then
    echo "== stand-ins from $suite"
    mmdebstrap --quiet --mode=root --variant=minbase "$suite" "$work/build.tar" "$mirror"
    # What the runtime base says it holds: the C library, time zones, certificates, no shell; and
    # user 65532.
    # shellcheck disable=SC2016  # mmdebstrap gives $1, the folder.
    mmdebstrap --quiet --mode=root --variant=extract \
        --include=base-files,netbase,tzdata,libc6,ca-certificates \
        --customize-hook='printf "root:x:0:0:root:/root:/sbin/nologin\n" >"$1/etc/passwd"' \
        --customize-hook='printf "%s\n" >>"$1/etc/passwd" \
            nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin' \
        --customize-hook='printf "root:x:0:\nnonroot:x:65532:\n" >"$1/etc/group"' \
        --customize-hook='find "$1/usr/bin" "$1/usr/sbin" -mindepth 1 -delete' \
        --customize-hook='find "$1/usr/lib" \( -name "libssl*" -o -name "libcrypto*" \
            -o -name "libgcc_s*" \
            -o -name "libz.*" -o -name "libzstd*" \) -delete' \
        "$suite" "$work/run.tar" "$mirror"
    stand_in docker.io/library/debian:trixie-slim "$work/build.tar"
    stand_in gcr.io/distroless/base-nossl-debian13:nonroot "$work/run.tar" 65532:65532
    touch "$work/ready-$suite"
fi

echo "== build"
# The limits of this process: a newer buildah asks for more than a place may give.
processes=$(ulimit -Hu)
[ "$processes" != unlimited ] && [ "$processes" -lt 32768 ] || processes=32768 # buildah's own limit
"${tools[@]}" build --pull-never --format docker --network host \
    --ulimit "nofile=$(ulimit -Sn):$(ulimit -Hn)" --ulimit "nproc=$processes:$processes" \
    --quiet --build-arg "VERSION=$(tools/version.py)" -t "$image" . >/dev/null

# What the image itself says of how it is run.
setting() {
    "${tools[@]}" inspect --type image "$image" | python3 -c '
import json, sys
config = json.load(sys.stdin)["Docker"]["config"]
print(*eval(sys.argv[1], {"config": config}), sep="\n")' "$1"
}
mapfile -t command < <(setting 'config["Entrypoint"] + config["Cmd"]')
mapfile -t probe < <(setting 'config["Healthcheck"]["Test"][1:]')
user=$(setting '[config["User"]]')
[ "$user" = 65532:65532 ] || { echo "the image runs as $user" >&2; exit 1; }
for i in "${!command[@]}"; do [ "${command[i]}" != 8080 ] || command[i]=$port; done
for i in "${!probe[@]}"; do [ "${probe[i]}" != 8080 ] || probe[i]=$port; done

echo "== run: ${command[*]}"
container=$("${tools[@]}" from --pull-never "$image")
root=$("${tools[@]}" mount "$container")
mkdir -p "$work/root"
mount --bind "$root" "$work/root"
mount -o remount,ro,bind "$work/root"
within() { chroot --userspec="$user" --groups= "$work/root" "$@"; }
if within /bin/sh -c true 2>/dev/null; then echo "the image has a shell" >&2; exit 1; fi
chroot --userspec="$user" --groups= "$work/root" "${command[@]}" >"$work/server.log" 2>&1 &
server=$!
for _ in $(seq 100); do
    if within "${probe[@]}" 2>/dev/null; then break; fi
    kill -0 "$server" 2>/dev/null || { cat "$work/server.log" >&2; exit 1; }
    sleep 0.1
done
within "${probe[@]}" || { echo "the health check fails" >&2; cat "$work/server.log" >&2; exit 1; }
[ "$(awk '/^Uid:/ { print $2 }' "/proc/$server/status")" = 65532 ] ||
    { echo "the server runs as another user" >&2; exit 1; }
if touch "$work/root/usr/x" 2>/dev/null; then echo "the root file system can be written" >&2;
    exit 1; fi
plan='date: 2026-11-24
9:00-17:00 Work
Gym 1h after 17:00 #workout id:gym
fill: 20m
'
curl -sSf -H 'Content-Type: text/plain' -H 'Accept: text/plain' --data-binary "$plan" \
    "http://127.0.0.1:$port/api/v1/schedule" | tee "$work/plan.txt"
grep -q '17:.*Gym' "$work/plan.txt" || { echo "the day was not planned" >&2; exit 1; }
curl -sSf "http://127.0.0.1:$port/" | grep -qi '<!doctype html' ||
    { echo "there is no page" >&2; exit 1; }
curl -sSf "http://127.0.0.1:$port/musicsched/musicsched.wasm" -o "$work/library.wasm"
head -c 4 "$work/library.wasm" | grep -q asm ||
    { echo "the page cannot plan in the browser" >&2; exit 1; }
for licence in musicsched libcsv3 libjansson4 libcivetweb1 libgcrypt20 libgpg-error0 \
    zlib1g; do
    [ -s "$root/usr/share/doc/$licence/copyright" ] ||
        { echo "the licence of $licence is missing" >&2; exit 1; }
done
for notice in LICENSE-libcsv.txt THIRD-PARTY.md Unicode-3.0.txt; do
    [ -s "$root/usr/share/doc/musicsched/$notice" ] || { echo "$notice is missing" >&2; exit 1; }
done
kill -TERM "$server"
wait "$server" || { echo "the server did not stop cleanly" >&2; exit 1; }

total=$(du -s --apparent-size -B1 "$root" | cut -f1)
base=$(tar -tvf "$work/run.tar" | awk '{ sum += $3 } END { print sum }')
awk -v total="$total" -v base="$base" \
    'BEGIN { printf "container: ok, %.1f MB, %.1f MB of it over the base\n",
        total / 1e6, (total - base) / 1e6 }'
