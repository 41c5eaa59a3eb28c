#include "freed_memory.h"

#include <limits.h>
#include <malloc.h>

bool cshims_keep_freed_memory(void) {
    return mallopt(M_MMAP_THRESHOLD, INT_MAX) == 1 && mallopt(M_TRIM_THRESHOLD, INT_MAX) == 1;
}
