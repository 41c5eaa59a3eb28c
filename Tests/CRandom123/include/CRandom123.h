#ifndef CRANDOM123_H
#define CRANDOM123_H

#include <stdint.h>

/// Philox4x32-10 of the published Random123 library; counter and block are 4 words, key 2.
void random123_philox4x32(const uint32_t *counter, const uint32_t *key, uint32_t *block);

#endif
