// The part of the table that works with files: waves, coverage, saved states. Included by shim.ipp.
namespace {

int traceOpen(cosim_model *m, const char *path, int depth) {
#if VM_TRACE
    enter(m);
    try {
        if (m->tracing) m->trace->close();
        m->tracing = false;
        if (!m->trace) {
            m->trace.reset(new VerilatedVcdC);
            m->top->trace(m->trace.get(), depth);
        }
        m->trace->open(path);
        m->tracing = m->trace->isOpen();
    } catch (...) {
        m->tracing = false;
    }
    return m->tracing ? 0 : -2;
#else
    (void)m, (void)path, (void)depth;
    return -1;
#endif
}

void traceClose(cosim_model *m) {
#if VM_TRACE
    if (!m->tracing) return;
    enter(m);
    dump(m);
    m->trace->close();
    m->tracing = false;
#else
    (void)m;
#endif
}

// Whether `path` can be written: the runtime answers an unwritable file with a fatal error or with nothing.
[[maybe_unused]] bool writable(const char *path) {
    FILE *const file = std::fopen(path, "wb");
    if (!file) return false;
    std::fclose(file);
    return true;
}

int coverageWrite(cosim_model *m, const char *path) {
#if VM_COVERAGE
    if (!writable(path)) return -2;
    enter(m);
    try {
        m->context.coveragep()->write(path);
    } catch (...) {
        return -2;
    }
    return 0;
#else
    (void)m, (void)path;
    return -1;
#endif
}

int save(cosim_model *m, const char *path) {
#if COSIM_SAVABLE
    enter(m);
    try {
        VerilatedSave file;
        file.open(path);
        if (!file.isOpen()) return -2;
        uint64_t time = m->context.time();
        file << time << *m->top;
        file.close();
    } catch (...) {
        return -2;
    }
    return 0;
#else
    (void)m, (void)path;
    return -1;
#endif
}

int restore(cosim_model *m, const char *path) {
#if COSIM_SAVABLE
    enter(m);
    try {
        VerilatedRestore file;
        file.open(path);
        if (!file.isOpen()) return -2;
        uint64_t time = 0;
        file >> time >> *m->top;
        file.close();
        m->context.time(time);
    } catch (...) {
        return -2;
    }
    return 0;
#else
    (void)m, (void)path;
    return -1;
#endif
}

}  // namespace
