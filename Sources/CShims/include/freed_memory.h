// What the C library does with memory that the program gives back. C, because Swift's view of the C library lacks it.

#ifndef CSHIMS_FREED_MEMORY_H
#define CSHIMS_FREED_MEMORY_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Keeps freed memory for the next allocation, whatever its size, until the process ends. Returns false on failure.
bool cshims_keep_freed_memory(void);

#ifdef __cplusplus
}
#endif

#endif
