#define _GNU_SOURCE
#include "cosim_support.h"
#include <unistd.h>

// #embed is C23; the compiler of the toolchain has it in every language mode and says so.
#if defined(__clang__)
#pragma clang diagnostic ignored "-Wc23-extensions"
#endif

static const uint8_t abi_text[] = {
#embed "include/cosim.h"
};
static const uint8_t hooks_text[] = {
#embed "support/hooks.hpp"
};
static const uint8_t runtime_text[] = {
#embed "support/runtime.ipp"
};
static const uint8_t shim_text[] = {
#embed "support/shim.ipp"
};
static const uint8_t shim_files_text[] = {
#embed "support/shim_files.ipp"
};

const uint8_t *cosim_text(cosim_text_name name, size_t *size) {
    switch (name) {
    case COSIM_TEXT_ABI: *size = sizeof abi_text; return abi_text;
    case COSIM_TEXT_HOOKS: *size = sizeof hooks_text; return hooks_text;
    case COSIM_TEXT_RUNTIME: *size = sizeof runtime_text; return runtime_text;
    case COSIM_TEXT_SHIM: *size = sizeof shim_text; return shim_text;
    case COSIM_TEXT_SHIM_FILES: *size = sizeof shim_files_text; return shim_files_text;
    }
    *size = 0;
    return abi_text;
}

int cosim_spawn_in(posix_spawn_file_actions_t *actions, const char *folder) {
    return posix_spawn_file_actions_addchdir_np(actions, folder);
}

char **cosim_environment(void) { return environ; }
