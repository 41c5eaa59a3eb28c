#include "toml_depth.hpp"

#include <cstddef>

namespace cshims {

namespace {

/// The index behind a string that begins at `start`, quotes included; the end of the text when it is not closed.
size_t skip_string(std::string_view text, size_t start) {
    const char quote = text[start];
    const std::string_view delimiter = quote == '"' ? R"(""")" : "'''";
    const bool is_multiline = text.substr(start, 3) == delimiter;
    size_t place = start + (is_multiline ? 3 : 1);
    while (place < text.size()) {
        if (quote == '"' && text[place] == '\\') {
            place += 2;
        } else if (is_multiline && text.substr(place, 3) == delimiter) {
            place += 3;
            // Up to two more quotes belong to the string.
            for (int extra = 0; extra < 2 && place < text.size() && text[place] == quote; ++extra) ++place;
            return place;
        } else if (!is_multiline && (text[place] == quote || text[place] == '\n')) {
            return place + 1;
        } else {
            ++place;
        }
    }
    return text.size();
}

cshims_toml_position position(std::string_view text, size_t place) {
    cshims_toml_position result = {1, 1};
    for (const char byte : text.substr(0, place)) {
        if (byte == '\n') {
            result = {result.line + 1, 1};
        } else if ((static_cast<unsigned char>(byte) & 0xC0) != 0x80) {
            ++result.column;  // a code point is counted at its first byte
        }
    }
    return result;
}

}  // namespace

std::optional<cshims_toml_position> find_overlong_key(std::string_view text) {
    size_t dots = 0;
    for (size_t place = 0; place < text.size();) {
        const char byte = text[place];
        switch (byte) {
        case '"':
        case '\'':
            place = skip_string(text, place);
            continue;
        case '#':
            while (place < text.size() && text[place] != '\n') ++place;
            continue;
        case '.':
            if (++dots == CSHIMS_TOML_MAXIMUM_KEYS) return position(text, place + 1);
            break;
        case '\n':
        case '=':
        case ',':
        case '[':
        case ']':
        case '{':
        case '}':
            dots = 0;
            break;
        default:
            break;
        }
        ++place;
    }
    return std::nullopt;
}

}  // namespace cshims
