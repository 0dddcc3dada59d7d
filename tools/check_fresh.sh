#!/usr/bin/env bash
# usage: tools/check_fresh.sh [bookworm | trixie] [COMMAND...]
# Run commands of the project on a machine that has nothing but Debian's minimal system, git, make
# and ca-certificates:
# a chroot made by mmdebstrap, and in it a clean clone of the committed tree. Each COMMAND is a line
# for the shell; without one, `make run RUN_ONCE=1` and `make test` run, then `make install` and a
# program, the README's C example and each language use what was installed. Ends with the closing
# lines of each, and with the counts of tests over all (a command that counts no tests is one);
# exits 1 if a command failed.
#
# The chroot gets this machine's way to the package registries: apt mirror, proxies, certificates,
# settings of pip, npm and Maven. ../shared is mounted read-only if it exists. Needs root and the
# right to mount. Environment:
#   MIRROR      Debian mirror (default: this machine's, else deb.debian.org)
#   FRESH_USER  run as this ordinary user, who is created; FRESH_SUDO=1 gives the user sudo without
#               a password
#   FRESH_KEEP  a folder to keep the chroot in; it is used again if it exists
#   FRESH_LOGS  a folder for the output of each command (1.log, 2.log ...)
set -eu
cd "$(dirname "$0")/.."
suite=bookworm
case ${1:-} in
    bookworm | trixie) suite=$1; shift ;;
esac
[ $# -gt 0 ] || set -- "make run RUN_ONCE=1" "make test" \
    "make install && tools/check_install.sh /usr/local"
PACKAGES=git,make,ca-certificates${FRESH_SUDO:+,sudo}
SETTINGS='^(https?|ftp|all|no)_proxy=|^(HTTPS?|FTP|ALL|NO)_PROXY='
SETTINGS+='|^(SSL_CERT_FILE|SSL_CERT_DIR|REQUESTS_CA_BUNDLE)='
SETTINGS+='|^(CURL_CA_BUNDLE|GIT_SSL_CAINFO|NODE_EXTRA_CA_CERTS|GOPROXY|GOSUMDB)='
SETTINGS+='|^(PIP|NPM_CONFIG|npm_config|MAVEN)_[A-Za-z_]+='

[ "$(id -u)" -eq 0 ] || { echo "check_fresh: run this as root: it makes a chroot" >&2; exit 1; }
if ! unshare --mount --pid --fork true; then
    echo "check_fresh: this place does not let root mount (unshare --mount failed)," \
        "so no chroot can be entered." >&2
    echo "check_fresh: in a container, start it with --privileged or with --cap-add SYS_ADMIN." >&2
    exit 1
fi
tools/install_packages.sh fresh
[ -z "$(git status --porcelain --untracked-files=no)" ] ||
    echo "check_fresh: changes that are not committed are left out" >&2

root=${FRESH_KEEP:-$(mktemp -d /var/tmp/musicsched-fresh.XXXXXX)}
logs=${FRESH_LOGS:-$(mktemp -d /var/tmp/musicsched-fresh-logs.XXXXXX)}
mkdir -p "$root" "$logs"
child=
# Mounts are made in a namespace of their own, so nothing of this machine is mounted below $root
# here.
# shellcheck disable=SC2317  # The trap calls it.
clean_up() {
    if [ -n "$child" ]; then kill -KILL "$child" 2>/dev/null || true; wait "$child" 2>/dev/null ||
        true; fi
    [ -n "${FRESH_KEEP:-}" ] || rm -rf --one-file-system "$root" ||
        { sleep 2; rm -rf --one-file-system "$root"; }
    [ -n "${FRESH_LOGS:-}" ] || rm -rf "$logs"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# usage: mirror_of LABEL DEFAULT: where this machine gets the archive of that label.
mirror_of() {
    local found
    # shellcheck disable=SC2016  # apt-get expands these.
    found=$(apt-get indextargets --format '$(LABEL)=$(REPO_URI)' \
        'Created-By: Packages' 2>/dev/null | sed -n "s/^$1=//p" | head -n 1)
    echo "${found:-$2}"
}

make_root() {
    local main security
    main=${MIRROR:-$(mirror_of Debian http://deb.debian.org/debian)}
    security=$(mirror_of Debian-Security http://deb.debian.org/debian-security)
    # Proxies, checks and time limits of apt.
    apt-config dump | grep -E '^Acquire::(http|https|ftp|Check-|ForceIPv|Retries)' |
        grep -v ' "";$' >"$logs/apt.conf" || true
    mmdebstrap --quiet --mode=root --variant=minbase --include="$PACKAGES" \
        --aptopt="$logs/apt.conf" --dpkgopt=force-unsafe-io "$suite" "$root" \
        "deb $main $suite main" "deb $main $suite-updates main" "deb $security $suite-security main"
}

# Certificates that this machine trusts and Debian does not ship, such as a proxy's.
hand_in_certificates() {
    local bundle=/etc/ssl/certs/ca-certificates.crt
    [ -f "$bundle" ] || return 0
    awk -v folder="$root/usr/local/share/ca-certificates" '
        FNR == 1 { file++ }
        /BEGIN CERTIFICATE/ { text = "" }
        { text = text $0 "\n" }
        /END CERTIFICATE/ {
            if (file == 1) known[text] = 1
            else if (!(text in known)) printf "%s", text >(folder "/machine-" ++count ".crt")
        }' "$root$bundle" "$bundle"
    chroot "$root" update-ca-certificates >/dev/null 2>&1
}

# Registry settings in the home folder and in /etc.
hand_in_settings() {
    local file
    for file in .pip/pip.conf .config/pip/pip.conf .npmrc .m2/settings.xml; do
        if [ -f "$HOME/$file" ]; then install -D -m 644 "$HOME/$file" "$root$home/$file"; fi
    done
    for file in /etc/pip.conf /etc/npmrc; do
        if [ -f "$file" ]; then install -D -m 644 "$file" "$root$file"; fi
    done
}

home=/root
as=()
if [ -n "${FRESH_USER:-}" ]; then home=/home/$FRESH_USER; as=("--userspec=$FRESH_USER"); fi
if [ ! -d "$root/etc" ]; then
    echo "== a minimal $suite"
    make_root
    hand_in_certificates
fi
if [ -n "${FRESH_USER:-}" ] && [ ! -d "$root$home" ]; then
    chroot "$root" useradd --create-home --shell /bin/bash "$FRESH_USER"
    if [ -n "${FRESH_SUDO:-}" ]; then
        echo "$FRESH_USER ALL=(ALL) NOPASSWD:ALL" >"$root/etc/sudoers.d/$FRESH_USER"
    fi
fi
hand_in_settings
rm -rf "$root$home/musicsched"
git clone --quiet --no-hardlinks . "$root$home/musicsched"
mkdir -p "$root$home/shared"
[ -z "${FRESH_USER:-}" ] || chroot "$root" chown -R "$FRESH_USER:" "$home"

# usage: within COMMAND: run the line in the clone, with no standard input and nothing of this
# machine's environment but the settings above. Whatever it leaves running ends with it.
within() {
    local settings setting named=()
    mapfile -t settings < <(env | grep -E "$SETTINGS")
    for setting in "${settings[@]}"; do
        # A folder or a file of this machine is mounted where the setting says.
        if [[ $setting == *=/* ]] && [ -e "${setting#*=}" ] && [ ! -e "$root${setting#*=}" ]; then
            named+=("${setting#*=}")
        fi
    done
    set -m # A process group of its own, without which the shell would have it ignore SIGINT.
    # shellcheck disable=SC2016  # The inner shell expands these.
    unshare --mount --pid --fork --kill-child bash -euc '
        root=$1 home=$2 shared=$3; shift 3
        # As a mount point, so that a container built inside can have a root of its own.
        mount --bind "$root" "$root"
        mount -t proc proc "$root/proc"
        mount --rbind /sys "$root/sys"
        mount --rbind /dev "$root/dev"
        for file in /etc/resolv.conf /etc/hosts; do
            touch "$root$file"
            mount --bind "$(readlink -f "$file")" "$root$file"
        done
        if [ -d "$shared" ]; then
            mount --bind "$shared" "$root$home/shared"
            mount -o remount,bind,ro "$root$home/shared"
        fi
        while [ "$1" != -- ]; do
            if [ -d "$1" ]; then mkdir -p "$root$1"; else install -D /dev/null "$root$1"; fi
            mount --bind "$1" "$root$1"
            shift
        done
        shift
        exec chroot "$@"' _ "$root" "$home" "$PWD/../shared" "${named[@]}" -- "${as[@]}" "$root" \
        env -i "HOME=$home" "${settings[@]}" \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb \
        bash -c 'cd "$HOME/musicsched" && eval "$1"' _ "$1" </dev/null &
    set +m
    child=$!
    wait "$child"
}

# usage: count LOG STATUS: what the command's closing line counts, else the command itself.
count() {
    local line
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$' "$1" | tail -n 1)
    case $2:$line in
        0:?*) echo "$line" ;;
        0:) echo "1 passed, 0 failed, 0 skipped" ;;
        *" 0 failed,"*) echo "${line/ 0 failed,/ 1 failed,}" ;;
        *:?*) echo "$line" ;;
        *) echo "0 passed, 1 failed, 0 skipped" ;;
    esac
}

number=0
closing=()
: >"$logs/counts"
for command in "$@"; do
    number=$((number + 1))
    log=$logs/$number.log
    echo "== $suite: $command"
    begun=$SECONDS
    status=0
    exec 3> >(tee "$log")
    copy=$!
    within "$command" >&3 2>&1 3>&- || status=$?
    child=
    exec 3>&-
    wait "$copy"
    closing+=("== $suite: $command: exit status $status, $((SECONDS - begun)) s" \
        "$(tail -n 3 "$log")")
    count "$log" "$status" >>"$logs/counts"
done
echo
printf '%s\n' "${closing[@]}"
awk '{ passed += $1; failed += $3; skipped += $5 }
    END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped;
        exit failed > 0 }' "$logs/counts"
