// What replaces Verilator's ways to end the process and to print: per-model capture, and exceptions that stay inside.
// Included before anything else in the runtime and in every model (-include).
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <pthread.h>
#include <string>

class VerilatedContext;

// Stands for printf in Verilator's runtime and models.
extern "C" __attribute__((format(printf, 1, 2), visibility("hidden"))) int cosim_capture(const char *format, ...);

#define VL_PRINTF cosim_capture
#define VL_USER_FINISH
#define VL_USER_STOP
#define VL_USER_FATAL

namespace cosim {

// Ends an evaluation; caught at the extern "C" boundary, the message is in the session.
struct Death : std::exception {};

// The part of a model that the hooks reach.
struct Session {
    // The thread whose Verilator context and `current` are this model's; no other thread has it so. Nothing once the
    // model has ended: one comparison tells whether the calling thread may go on.
    std::atomic<void *> thread{nullptr};
    int status = 0;
    uint64_t end_time = 0;
    std::string message;
    std::string output;
    std::string last_line;
    bool output_cut = false;

    void print(const char *text, size_t size);
    void end(int how, const std::string &why);
};

// Identity of the calling thread without a call: thread storage of a loaded library costs one at each use.
inline void *self() {
#if defined(__has_builtin) && __has_builtin(__builtin_thread_pointer)
    return __builtin_thread_pointer();
#else
    return reinterpret_cast<void *>(pthread_self());
#endif
}

// Makes the calling thread's context and output those of `session`; before any other call for it in this thread.
__attribute__((visibility("hidden"))) void claim(Session *session, VerilatedContext *context);

// Ends the life of a session: no thread has it any more.
__attribute__((visibility("hidden"))) void release(Session *session);

}  // namespace cosim
