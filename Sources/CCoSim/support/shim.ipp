// The table of functions around one model. Included by the generated unit after it has defined, for its design:
//   COSIM_TOP, COSIM_KEY, COSIM_FLAGS, COSIM_N_PORTS, COSIM_IN_STRIDE, COSIM_OUT_STRIDE, COSIM_CLK_INDEX,
//   COSIM_SET_CLOCK(root, value), and in namespace design: Root, ports[], storage(), load(), store(), differs(), firstBad().
#include <cstdio>
#include <cstring>
#include <memory>
#if VM_TRACE
#include "verilated_vcd_c.h"
#endif
#if VM_COVERAGE
#include "verilated_cov.h"
#endif
#if COSIM_SAVABLE
#include "verilated_save.h"
#endif

struct cosim_model : cosim::Session {
    VerilatedContext context;
    std::unique_ptr<Vdut> top;
    design::Root *root = nullptr;
#if VM_TRACE
    std::unique_ptr<VerilatedVcdC> trace;
    bool tracing = false;
#endif
};

namespace {

constexpr uint64_t halfCycle = 5;

uint64_t cycle(cosim_model *m) { return m->context.time() / (2 * halfCycle); }

// Two models of one thread must not mix up their text and their end.
inline void enter(cosim_model *m) {
    if (__builtin_expect(m->thread.load(std::memory_order_relaxed) != cosim::self(), 0)) cosim::claim(m, &m->context);
}

// Ends the model by the exception that is being handled; out of the way of the calls that throw none.
__attribute__((noinline, cold)) void die(cosim_model *m) {
    try {
        throw;
    } catch (const cosim::Death &) {
        m->end(COSIM_DEAD, "fatal error");
    } catch (const std::exception &error) {
        m->end(COSIM_DEAD, error.what());
    } catch (...) {
        m->end(COSIM_DEAD, "unknown exception");
    }
}

// Runs `body` unless the model is not alive; nothing it throws gets further.
template <typename Body> inline int guarded(cosim_model *m, Body &&body) {
    if (__builtin_expect(m->thread.load(std::memory_order_relaxed) != cosim::self(), 0)) {
        if (m->status != COSIM_ALIVE) return m->status;
        cosim::claim(m, &m->context);
    }
    try {
        body();
    } catch (...) {
        die(m);
    }
    return m->status;
}

inline void low(cosim_model *m) {
    COSIM_SET_CLOCK(m->root, 0);
    m->top->eval();
}

inline void dump(cosim_model *m) {
#if VM_TRACE
    if (__builtin_expect(m->tracing, 0)) m->trace->dump(m->context.time());
#else
    (void)m;
#endif
}

// The settled half is dumped here, not in low(): a cycle may settle more than once, a wave holds its last state.
inline void high(cosim_model *m) {
    dump(m);
    m->context.timeInc(halfCycle);
    COSIM_SET_CLOCK(m->root, 1);
    m->top->eval();
    dump(m);
    m->context.timeInc(halfCycle);
}

uint64_t lowWord(cosim_model *m, uint32_t port) {
    uint64_t word = 0;
    const uint32_t size = design::ports[port].storage;
    std::memcpy(&word, design::storage(*m->root, port), size < 8 ? size : 8);
    return word;
}

void destroy(cosim_model *m) {
    if (!m) return;
    enter(m);
#if VM_TRACE
    if (m->trace && m->tracing) {
        dump(m);
        m->trace->close();
    }
#endif
    try {
        if (m->top) m->top->final();
    } catch (...) {
        // The model goes away with whatever it had to say.
    }
    cosim::release(m);
    delete m;
}

cosim_model *create(uint64_t seed, const char *const *arguments, int count, char *error, size_t errorSize) {
    cosim_model *m = nullptr;
    try {
        m = new cosim_model;
        enter(m);
        m->context.randSeed(static_cast<int>(seed % 0x7ffffffeull) + 1);
        m->context.randReset(2);
        m->context.commandArgs(count, const_cast<const char **>(arguments));
#if VM_TRACE
        m->context.traceEverOn(true);
#endif
        m->top.reset(new Vdut{&m->context});
        m->root = m->top->rootp;
        return m;
    } catch (const std::exception &thrown) {
        if (error && errorSize) std::snprintf(error, errorSize, "%s", m && m->status ? m->message.c_str() : thrown.what());
    } catch (...) {
        if (error && errorSize) std::snprintf(error, errorSize, "unknown exception");
    }
    if (m) cosim::release(m);
    delete m;
    return nullptr;
}

void *portPointer(cosim_model *m, uint32_t port) { return design::storage(*m->root, port); }

void set(cosim_model *m, uint32_t port, const void *words) {
    if (port < COSIM_N_PORTS) std::memcpy(design::storage(*m->root, port), words, design::ports[port].storage);
}

void get(cosim_model *m, uint32_t port, void *words) {
    if (port >= COSIM_N_PORTS) return;
    std::memset(words, 0, (design::ports[port].width + 63) / 64 * 8);
    std::memcpy(words, design::storage(*m->root, port), design::ports[port].storage);
}

int eval(cosim_model *m) {
    return guarded(m, [m] { m->top->eval(); });
}
int settle(cosim_model *m) {
    return guarded(m, [m] { low(m); });
}
int edge(cosim_model *m) {
    return guarded(m, [m] { high(m); });
}

int cycles(cosim_model *m, uint64_t count) {
    return guarded(m, [m, count] {
        for (uint64_t i = 0; i < count && m->status == COSIM_ALIVE; ++i) {
            low(m);
            if (m->status != COSIM_ALIVE) return;
            high(m);
        }
    });
}

int run(cosim_model *m, const void *in, void *out, uint64_t count, uint32_t stopPort, uint64_t stopMask, uint64_t *done) {
    uint64_t i = 0;
    const int status = guarded(m, [=, &i] {
        const uint8_t *from = static_cast<const uint8_t *>(in);
        uint8_t *to = static_cast<uint8_t *>(out);
        while (i < count) {
            if (from) design::load(*m->root, from + i * COSIM_IN_STRIDE);
            low(m);
            if (m->status != COSIM_ALIVE) return;
            if (to) design::store(*m->root, to + i * COSIM_OUT_STRIDE);
            const bool stop = stopPort < COSIM_N_PORTS && (lowWord(m, stopPort) & stopMask);
            high(m);
            ++i;
            if (stop || m->status != COSIM_ALIVE) return;
        }
    });
    if (done) *done = i;
    return status;
}

uint64_t check(cosim_model *m, const void *in, const void *expected, uint64_t count, uint64_t *badCycle, uint32_t *badPort) {
    uint64_t i = 0;
    *badCycle = COSIM_NO_CYCLE;
    *badPort = COSIM_NO_PORT;
    guarded(m, [=, &i] {
        design::Root &root = *m->root;
        const uint8_t *from = static_cast<const uint8_t *>(in);
        const uint8_t *wanted = static_cast<const uint8_t *>(expected);
        for (; i < count; ++i, from += COSIM_IN_STRIDE, wanted += COSIM_OUT_STRIDE) {
            design::load(root, from);
            low(m);
            if (__builtin_expect(m->status != COSIM_ALIVE, 0)) return;
            if (__builtin_expect(design::differs(root, wanted), 0)) {
                *badCycle = i;
                *badPort = design::firstBad(root, wanted);
                return;
            }
            high(m);
            if (__builtin_expect(m->status != COSIM_ALIVE, 0)) {
                ++i;
                return;
            }
        }
    });
    return i;
}

int status(cosim_model *m) { return m->status; }
uint64_t endCycle(cosim_model *m) { return m->end_time / (2 * halfCycle); }
const char *lastError(cosim_model *m) { return m->message.c_str(); }

const char *output(cosim_model *m, size_t *size) {
    *size = m->output.size();
    return m->output.data();
}

void clearOutput(cosim_model *m) {
    m->output.clear();
    m->output_cut = false;
}

}  // namespace

#include "shim_files.ipp"

namespace {

const cosim_api table = {
    COSIM_ABI,   COSIM_FLAGS,  COSIM_N_PORTS, COSIM_IN_STRIDE, COSIM_OUT_STRIDE, COSIM_CLK_INDEX, COSIM_TOP, COSIM_KEY,
    design::ports, create,     destroy,       portPointer,     set,              get,             eval,      settle,
    edge,        cycles,       run,           check,           status,           cycle,           endCycle,  lastError, output,
    clearOutput, traceOpen,    traceClose,    coverageWrite,   save,             restore,
};

}  // namespace

extern "C" __attribute__((visibility("default"))) const cosim_api *cosim_entry(void) { return &table; }
