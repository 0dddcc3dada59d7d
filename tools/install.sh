#!/usr/bin/env bash
# usage: tools/install.sh BUILD-FOLDER PREFIX
# Build, then install below PREFIX (DESTDIR is kept). Under sudo the user who called it builds, so
# that the build folder stays that user's; root only installs. Where the loader does not search the
# library's folder, say what to set.
set -eu
cd "$(dirname "$0")/.."
build=${1:?which build folder}
prefix=${2:?which prefix}
builder=()
if [ "$(id -u)" -eq 0 ] && [ "${SUDO_UID:-0}" -ne 0 ] && [ "$(stat -c %u .)" -eq "$SUDO_UID" ]; then
    builder=(sudo -H -u "#$SUDO_UID" env "PATH=$PATH")
fi
"${builder[@]}" tools/configure.sh "$build"
"${builder[@]}" meson configure "$build" "-Dprefix=$prefix"
"${builder[@]}" meson compile -C "$build"
meson install -C "$build" --no-rebuild
[ "${#builder[@]}" -eq 0 ] || chown -R "$SUDO_UID:${SUDO_GID:-$SUDO_UID}" "$build/meson-logs"

[ -z "${DESTDIR:-}" ] || exit 0
package=$(find "$prefix" -name musicsched.pc -print -quit)
libraries=${package%/pkgconfig/*}
ldconfig=$(PATH=$PATH:/usr/sbin:/sbin command -v ldconfig || true)
if [ -n "$ldconfig" ] && ! "$ldconfig" -p | grep -qF " $libraries/libmusicsched.so."; then
    echo "The loader does not search $libraries. To compile and run programs with this library:"
    echo "  export PKG_CONFIG_PATH=$libraries/pkgconfig LD_LIBRARY_PATH=$libraries"
fi
