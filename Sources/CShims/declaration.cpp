#include "declaration.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

namespace cshims {

namespace {

/// Reads the whole of a text as one number. A number too large for the type is out of range, not malformed.
template <typename Number, typename... Format>
cshims_status read(std::string_view text, Number &number, Format... format) {
    const char *const end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, number, format...);
    if (result.ec == std::errc::invalid_argument || result.ptr != end) return CSHIMS_MALFORMED;
    return result.ec == std::errc() ? CSHIMS_OK : CSHIMS_OUT_OF_RANGE;
}

/// Drops the plus sign that from_chars does not know.
std::string_view without_plus(std::string_view text) {
    if (text.size() > 1 && text[0] == '+' && text[1] != '-' && text[1] != '+') text.remove_prefix(1);
    return text;
}

cshims_status read_natural(std::string_view text, uint64_t &number) {
    if (text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        text.remove_prefix(2);
        return read(text, number, 16);
    }
    // A negative number is a number, but not an allowed one.
    if (text.size() > 1 && text[0] == '-') {
        int64_t negative = 0;
        return read(text, negative) == CSHIMS_MALFORMED ? CSHIMS_MALFORMED : CSHIMS_OUT_OF_RANGE;
    }
    return read(text, number);
}

template <typename Number>
cshims_status within(Number number, Number minimum, Number maximum) {
    return number >= minimum && number <= maximum ? CSHIMS_OK : CSHIMS_OUT_OF_RANGE;
}

}  // namespace

cshims_status Declaration::convert(const std::string &text, Value &value) const {
    value = Value{};
    value.text = text;
    const std::string_view digits = without_plus(text);
    cshims_status status = CSHIMS_OK;
    switch (kind) {
    case CSHIMS_KIND_FLAG:
        break;
    case CSHIMS_KIND_TEXT:
        if (!choices.empty() && std::find(choices.begin(), choices.end(), text) == choices.end())
            status = CSHIMS_OUT_OF_RANGE;
        break;
    case CSHIMS_KIND_INTEGER:
        status = read(digits, value.integer);
        if (status == CSHIMS_OK) status = within(value.integer, integer_minimum, integer_maximum);
        break;
    case CSHIMS_KIND_UNSIGNED:
        status = read_natural(digits, value.natural);
        if (status == CSHIMS_OK) status = within(value.natural, natural_minimum, natural_maximum);
        break;
    case CSHIMS_KIND_REAL:
        status = read(digits, value.real, std::chars_format::general);
        if (status == CSHIMS_OK && !std::isfinite(value.real)) status = CSHIMS_MALFORMED;
        if (status == CSHIMS_OK) status = within(value.real, real_minimum, real_maximum);
        break;
    }
    return status;
}

}  // namespace cshims
