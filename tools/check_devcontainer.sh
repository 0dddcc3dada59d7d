#!/usr/bin/env bash
# usage: tools/check_devcontainer.sh [FOLDER]
# Prove the development container without a container engine: build .devcontainer/Dockerfile over a
# stand-in for its base image, made from Debian's packages, and as its user, in the committed tree,
# plan a day and ask for what make test needs:
# nothing is left to install. Needs root, buildah, mmdebstrap and Debian's package mirror. FOLDER
# keeps the stand-in.
set -eu
cd "$(dirname "$0")/.."
work=${1:-/var/tmp/musicsched-devcontainer}
mirror=${MIRROR:-http://deb.debian.org/debian}
base=docker.io/library/debian:bookworm-slim
image=localhost/musicsched-dev:check
[ "$(id -u)" -eq 0 ] || { echo "Needs root: buildah works in a chroot here." >&2; exit 1; }
tools/install_packages.sh container
mkdir -p "$work"
export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs
tools=(buildah --root "$work/storage" --runroot "$work/run")

if [ ! -e "$work/ready" ]; then
    mmdebstrap --quiet --mode=root --variant=minbase bookworm "$work/base.tar" "$mirror"
    container=$("${tools[@]}" from scratch)
    "${tools[@]}" add --quiet "$container" "$work/base.tar" / >/dev/null
    "${tools[@]}" commit --quiet --format docker "$container" "$base" >/dev/null
    "${tools[@]}" rm "$container" >/dev/null
    touch "$work/ready"
fi
"${tools[@]}" build --pull-never --format docker --network host \
    --quiet -f .devcontainer/Dockerfile -t "$image" . >/dev/null

container=$("${tools[@]}" from --pull-never "$image")
root=$("${tools[@]}" mount "$container")
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
trap 'umount "$root/proc" "$root/dev"; "${tools[@]}" rm "$container" >/dev/null' EXIT
mkdir "$root/home/dev/source"
git archive HEAD | tar -xf - -C "$root/home/dev/source"
chown -R 1000:1000 "$root/home/dev/source"
user=$(python3 \
    -c 'import json; print(json.load(open(".devcontainer/devcontainer.json"))["remoteUser"])')
within() { chroot --userspec="$user" "$root" env -i HOME="/home/$user" \
    PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 bash -euc "cd ~/source; $1"; }
within 'make run RUN_ONCE=1' >"$work/run.log" 2>&1 || { tail -n 20 "$work/run.log" >&2; exit 1; }
grep -q 'No better schedule exists' "$work/run.log" || { echo "no day was planned" >&2; exit 1; }
left=$(within 'tools/install_packages.sh build test swig web spark lint cover docs')
[ -z "$left" ] || { echo "not in the container: $left" >&2; exit 1; }
echo "development container: ok"
