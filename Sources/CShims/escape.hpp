// Marks arguments that must reach CLI11 as plain values, reversibly.
//
// CLI11 2.1 gives some texts a meaning that our command lines do not have: `++` ends a command, `[a,b]` is split into a
// list, `--name=` takes the next argument, and after a command without positionals `--` no longer shields what follows.
// A mark in front hides such a text; it also tells `--name=--value`, which is meant, from `--name --value`, which is a
// forgotten value.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace cshims {

inline constexpr char mark = '\x01';

inline bool is_marked(const std::string &text) { return !text.empty() && text.front() == mark; }

/// Whether CLI11 will split this at its first equals sign.
inline bool is_assignment(const std::string &text) {
    return text.size() > 2 && text.compare(0, 2, "--") == 0 && text.find('=') != std::string::npos;
}

inline std::string escaped(const std::string &text, bool is_plain) {
    if (is_plain || is_marked(text) || text == "++" || (!text.empty() && text.front() == '[')) return mark + text;
    if (is_assignment(text)) return std::string(text).insert(text.find('=') + 1, 1, mark);
    return text;
}

/// All arguments, in order; those after the first `--` are plain.
inline std::vector<std::string> escaped(size_t count, const char *const *arguments) {
    std::vector<std::string> result;
    result.reserve(count);
    bool is_plain = false;
    for (size_t index = 0; index < count; ++index) {
        const std::string text = arguments[index];
        result.push_back(escaped(text, is_plain));
        is_plain = is_plain || text == "--";
    }
    return result;
}

/// The argument as it was given.
inline std::string original(const std::string &text) {
    if (is_marked(text)) return text.substr(1);
    if (is_assignment(text)) {
        const size_t value = text.find('=') + 1;
        if (value < text.size() && text[value] == mark) return std::string(text).erase(value, 1);
    }
    return text;
}

}  // namespace cshims
