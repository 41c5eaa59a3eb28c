# shellcheck shell=bash
# What the scripts share: where the project is, the CPU's flags, messages. To be sourced.

# Everything is said on standard error: the last line of standard output belongs to scripts/build.
say() { printf '%s\n' "$*" >&2; }

# fail STATUS MESSAGE...: one line and the end, with the exit status of the command line's contract.
fail() {
    local status=$1
    shift
    say "${0##*/}: error: $*"
    exit "$status"
}

enter_project() {
    CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
}

# The flags that let the compilers use all of this CPU. One is enough for C, C++ and Swift: the Swift compiler takes its
# own code generation from its clang importer, so a plain -Xcc reaches popcnt, AVX2 and AVX-512 in Swift code too.
cpu_flags() {
    case $(uname -m) in
        aarch64 | arm64) printf '%s\n' -Xcc -mcpu=native ;;
        *) printf '%s\n' -Xcc -march=native ;;
    esac
}
