// The interface between a compiled model (one shared library a design and variant) and the program that drives it.
//
// A library exports one symbol, cosim_entry. Everything else is reached through the table it returns.
//
// Records. An input or output record holds the ports of that direction, without the clock, each as it is stored: ports
// of 8 bytes first, then wide ones, then those of 4, 2 and 1 bytes, in declaration order within a size. rec_off says
// where; bits above a port's width are zero. Strides are multiples of 8.
//
// Cycles. Inputs are set after the edge of a cycle and outputs are read before the next one: set inputs, settle,
// read outputs, edge. Half a cycle is 5 ns of simulated time.
//
// Status. A model that met $finish is COSIM_FINISHED, one that met $stop, $fatal, a failed assertion or that did not
// settle is COSIM_DEAD; calls on either return at once. No exception leaves a library, nothing it prints reaches
// standard output. A model is used by one thread at a time; create is called under a lock of the caller.
#ifndef COSIM_H
#define COSIM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define COSIM_ABI 4u

enum { COSIM_ALIVE = 0, COSIM_FINISHED = 1, COSIM_DEAD = 2 };

enum {
    COSIM_HAS_VCD = 1u,
    COSIM_HAS_COVERAGE = 2u,
    COSIM_HAS_SAVE = 4u,
    COSIM_HAS_ASSERTIONS = 8u,
    COSIM_HAS_RANDOM_RESET = 16u,
};

#define COSIM_NO_PORT UINT32_MAX
#define COSIM_NO_CYCLE UINT64_MAX

typedef struct cosim_model cosim_model;

typedef struct {
    const char *name;
    uint32_t width;     // bits
    uint32_t storage;   // bytes of port storage: 1, 2, 4, 8, or 4 a word of 32 bits; a wide port is only 4-byte aligned
    uint32_t is_input;
    uint32_t rec_off;   // byte offset in the record of its direction; COSIM_NO_PORT for the clock
} cosim_port;

typedef struct {
    uint32_t abi;          // COSIM_ABI of the library; read before anything else
    uint32_t flags;        // COSIM_HAS_...
    uint32_t n_ports;
    uint32_t in_stride;    // bytes of an input record
    uint32_t out_stride;   // bytes of an output record
    uint32_t clk_index;    // COSIM_NO_PORT for a design without a clock
    const char *top;
    const char *key;       // the content key under which the library was cached
    const cosim_port *ports;

    // NULL when the design cannot be started; then error, if not NULL, holds why, cut to error_size bytes.
    cosim_model *(*create)(uint64_t seed, const char *const *plus_arguments, int count, char *error, size_t error_size);
    void (*destroy)(cosim_model *);

    void *(*port_ptr)(cosim_model *, uint32_t port);               // typed storage, valid as long as the model
    void (*set)(cosim_model *, uint32_t port, const void *words);  // from ceil(width / 64) words
    void (*get)(cosim_model *, uint32_t port, void *words);        // to ceil(width / 64) words

    // All of these return the status.
    int (*eval)(cosim_model *);                    // evaluates without touching the clock
    int (*settle)(cosim_model *);                  // clock low, evaluates
    int (*edge)(cosim_model *);                    // clock high, evaluates: one cycle is done
    int (*cycles)(cosim_model *, uint64_t count);  // settle and edge, inputs held

    // Whole cycles from records: inputs from `in` (NULL: held), outputs sampled before the edge to `out` (NULL: dropped).
    // Ends early after the cycle in which a bit of stop_mask is one in the low word of output stop_port. `done` counts cycles.
    int (*run)(cosim_model *, const void *in, void *out, uint64_t count, uint32_t stop_port, uint64_t stop_mask,
               uint64_t *done);

    // Whole cycles, every output compared before the edge with its expected value. Ends before the edge of the first
    // cycle that differs. Returns the cycles done; the two results are COSIM_NO_CYCLE and COSIM_NO_PORT when all agree.
    uint64_t (*check)(cosim_model *, const void *in, const void *expected, uint64_t count, uint64_t *first_bad_cycle,
                      uint32_t *first_bad_port);

    int (*status)(cosim_model *);
    uint64_t (*cycle)(cosim_model *);              // edges since the model was created
    uint64_t (*end_cycle)(cosim_model *);          // the cycle in which the status changed, counted from 0
    const char *(*last_error)(cosim_model *);      // why the status is not COSIM_ALIVE; "" when it is
    const char *(*output)(cosim_model *, size_t *size);  // what the model printed so far
    void (*clear_output)(cosim_model *);

    // 0 done, -1 not compiled into this variant, -2 the file cannot be written or read.
    int (*trace_open)(cosim_model *, const char *path, int depth);
    void (*trace_close)(cosim_model *);
    int (*coverage_write)(cosim_model *, const char *path);
    int (*save)(cosim_model *, const char *path);
    int (*restore)(cosim_model *, const char *path);
} cosim_api;

typedef const cosim_api *(*cosim_entry_function)(void);

#ifdef __cplusplus
}
#endif

#endif
