// Operations on sixteen lanes that Swift's vectors carry out lane by lane.
//
// Law: each lane holds what IEEE 754 asks of the operation on that lane alone, rounded to nearest; the same bits on every
// CPU. Everything is inlined: no call, and nothing to link.
#ifndef HWGEN_LANES_H
#define HWGEN_LANES_H

typedef float hwgen_floats __attribute__((ext_vector_type(16)));
typedef float hwgen_half_floats __attribute__((ext_vector_type(8)));
typedef double hwgen_doubles __attribute__((ext_vector_type(8)));

// Square roots, correctly rounded; of a negative number NaN.
static inline __attribute__((always_inline)) hwgen_floats hwgen_square_roots(hwgen_floats x) {
    return __builtin_elementwise_sqrt(x);
}

// The same numbers in double precision, exactly.
static inline __attribute__((always_inline)) hwgen_doubles hwgen_widened(hwgen_half_floats x) {
    return __builtin_convertvector(x, hwgen_doubles);
}

#endif
