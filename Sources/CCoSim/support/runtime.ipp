// Verilator's runtime as one unit with the hooks. fmt is compiled here once, not in every model.
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <mutex>
#include <set>
#include <stdio.h>

#define FMT_HEADER_ONLY 1
#include <fmt/format.h>

extern "C" __attribute__((visibility("hidden"))) FILE *cosim_stdout();

// $fwrite to descriptors 1 and 2 would reach the process: the runtime sees a stream of ours in their place.
#undef stdout
#undef stderr
#define stdout cosim_stdout()
#define stderr cosim_stdout()
#include "verilated.cpp"
#undef stdout
#undef stderr

namespace cosim {

// The model that this thread evaluates.
static __thread Session *current = nullptr;

// Never destroyed: a thread may end after the statics of the process.
static std::mutex &claimsLock = *new std::mutex;
static std::set<Session *> &sessions = *new std::set<Session *>;

static void giveUpClaims() {
    for (Session *session : sessions) {
        if (session->thread.load(std::memory_order_relaxed) == self()) session->thread.store(nullptr);
    }
}

// A later thread may get the identity of an ended one: its claims end with it.
struct ThreadEnd {
    bool used = false;
    ~ThreadEnd() {
        const std::lock_guard<std::mutex> guard{claimsLock};
        giveUpClaims();
    }
};
static thread_local ThreadEnd threadEnd;

void claim(Session *session, VerilatedContext *context) {
    const std::lock_guard<std::mutex> guard{claimsLock};
    threadEnd.used = true;
    giveUpClaims();
    sessions.insert(session);
    session->thread.store(session->status == 0 ? self() : nullptr, std::memory_order_relaxed);
    current = session;
    Verilated::threadContextp(context);
}

void release(Session *session) {
    const std::lock_guard<std::mutex> guard{claimsLock};
    sessions.erase(session);
    if (current == session) current = nullptr;
}

// Enough for a person; a model that prints every cycle must not fill the memory.
constexpr size_t outputLimit = 1 << 20;

void Session::print(const char *text, size_t size) {
    for (size_t i = 0; i < size; ++i) {
        if (!last_line.empty() && last_line.back() == '\n') last_line.clear();
        if (last_line.size() < 4096) last_line.push_back(text[i]);
        else if (text[i] == '\n') last_line.back() = '\n';
    }
    if (output_cut) return;
    if (output.size() + size > outputLimit) {
        output.append("\n[output cut]\n");
        output_cut = true;
        return;
    }
    output.append(text, size);
}

void Session::end(int how, const std::string &why) {
    if (status >= how) return;
    status = how;
    thread.store(nullptr, std::memory_order_relaxed);
    message = why;
    end_time = Verilated::threadContextp()->time();
}

static std::string place(const char *file, int line) {
    return file && file[0] ? fmt::format("{}:{}: ", file, line) : std::string{};
}

// Verilator prints the text of $fatal, $error and assertions, then stops with the place only: the text is taken back.
static std::string reason(const std::string &where, const std::string &printed, const char *otherwise) {
    const size_t at = where.empty() ? std::string::npos : printed.find(where);
    if (at == std::string::npos) return otherwise;
    std::string text = printed.substr(at + where.size());
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    return text.empty() ? otherwise : text;
}

[[noreturn]] static void end(const char *file, int line, const char *otherwise) {
    const std::string where = place(file, line);
    if (current) current->end(2, fmt::format("{}{}", where, reason(where, current->last_line, otherwise)));
    throw Death{};
}

static ssize_t writeCaptured(void *, const char *text, size_t size) {
    if (current) current->print(text, size);
    return static_cast<ssize_t>(size);
}

}  // namespace cosim

extern "C" int cosim_capture(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = nullptr;
    const int size = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (size < 0) return size;
    if (cosim::current) cosim::current->print(text, static_cast<size_t>(size));
    free(text);
    return size;
}

extern "C" FILE *cosim_stdout() {
    static FILE *const stream = [] {
        cookie_io_functions_t functions{};
        functions.write = cosim::writeCaptured;
        FILE *const opened = fopencookie(nullptr, "w", functions);
        if (opened) setvbuf(opened, nullptr, _IONBF, 0);
        return opened;
    }();
    return stream;
}

void vl_finish(const char *file, int line, const char *) VL_MT_UNSAFE {
    if (cosim::current) cosim::current->end(1, fmt::format("{}$finish", cosim::place(file, line)));
}

void vl_stop(const char *file, int line, const char *) VL_MT_UNSAFE { cosim::end(file, line, "$stop"); }

void vl_fatal(const char *file, int line, const char *, const char *text) VL_MT_UNSAFE {
    cosim::end(file, line, text && text[0] ? text : "fatal error");
}
