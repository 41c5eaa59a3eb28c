// A flag that Ctrl-C sets. The handler is C, because a signal may arrive at any instruction and Swift promises nothing
// about what its runtime does then.

#ifndef CSHIMS_INTERRUPT_H
#define CSHIMS_INTERRUPT_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Makes SIGINT and SIGTERM set the flag; the second one of a kind ends the process as usual. Returns false on failure.
bool cshims_interrupt_install(void);

/// Whether a signal came since the last clear.
bool cshims_interrupt_is_requested(void);

/// Clears the flag (for tests, and for a program that goes on).
void cshims_interrupt_clear(void);

#ifdef __cplusplus
}
#endif

#endif
