// What the host needs to build model libraries: the texts of this target, and the environment for child processes.
#ifndef COSIM_SUPPORT_H
#define COSIM_SUPPORT_H

#include <spawn.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    COSIM_TEXT_ABI,         // cosim.h
    COSIM_TEXT_HOOKS,       // hooks.hpp: what replaces Verilator's ways to end a process and to print
    COSIM_TEXT_RUNTIME,     // runtime.ipp: Verilator's runtime and the hooks as one unit
    COSIM_TEXT_SHIM,        // shim.ipp: the table of functions around one model
    COSIM_TEXT_SHIM_FILES,  // shim_files.ipp: the part of that table that works with files
} cosim_text_name;

// The bytes of one text; not terminated.
const uint8_t *cosim_text(cosim_text_name name, size_t *size);

// posix_spawn_file_actions_addchdir_np, which Swift's view of the C library leaves out.
int cosim_spawn_in(posix_spawn_file_actions_t *actions, const char *folder);

// The environment of this process, for posix_spawn.
char **cosim_environment(void);

#endif
