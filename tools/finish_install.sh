#!/bin/sh
# usage: tools/finish_install.sh LIBRARY-FOLDER
# Run by `meson install`: programs find a new library in a folder of the loader's once its cache is made anew, which takes
# root. Where the loader does not search the folder, say what to set.
set -eu
folder=$1
PATH=$PATH:/usr/sbin:/sbin
command -v ldconfig >/dev/null || exit 0
[ "$(id -u)" -ne 0 ] || ldconfig
case $(ldconfig -p) in
    *" $folder/libmusicsched.so."*) ;;
    *)
        echo "The loader does not search $folder. To compile and run programs with this library:"
        echo "  export PKG_CONFIG_PATH=$folder/pkgconfig LD_LIBRARY_PATH=$folder"
        ;;
esac
