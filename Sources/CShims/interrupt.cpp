#include "interrupt.h"

#include <atomic>
#include <csignal>

namespace {

// Lock-free, so that the handler may store to it.
std::atomic<bool> requested{false};
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void note_signal(int) { requested.store(true, std::memory_order_relaxed); }

bool install(int signal) {
    struct sigaction action = {};
    action.sa_handler = note_signal;
    // Reset after the first: whoever presses twice wants out. Restart: a file being written is not cut short.
    action.sa_flags = SA_RESETHAND | SA_RESTART;
    sigemptyset(&action.sa_mask);
    return sigaction(signal, &action, nullptr) == 0;
}

}  // namespace

bool cshims_interrupt_install(void) { return install(SIGINT) && install(SIGTERM); }

bool cshims_interrupt_is_requested(void) { return requested.load(std::memory_order_relaxed); }

void cshims_interrupt_clear(void) { requested.store(false, std::memory_order_relaxed); }
