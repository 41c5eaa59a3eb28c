#include "CRandom123.h"

#include <Random123/philox.h>
#include <string.h>

void random123_philox4x32(const uint32_t *counter, const uint32_t *key, uint32_t *block) {
    philox4x32_ctr_t c;
    philox4x32_key_t k;
    memcpy(c.v, counter, sizeof c.v);
    memcpy(k.v, key, sizeof k.v);
    philox4x32_ctr_t r = philox4x32_R(10, c, k);
    memcpy(block, r.v, sizeof r.v);
}
