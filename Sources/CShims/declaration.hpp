// What was declared of an option, and the conversion of one text to its kind.

#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "command_line.h"

namespace cshims {

struct Value {
    std::string text;
    int64_t integer = 0;
    uint64_t natural = 0;
    double real = 0;
};

struct Declaration {
    std::string name;  // as CLI11 knows it, empty for a positional
    cshims_kind kind = CSHIMS_KIND_TEXT;
    cshims_occurrence occurrence = CSHIMS_ONCE;
    bool is_required = false;
    std::optional<std::string> default_text;
    std::vector<std::string> choices;
    int64_t integer_minimum = std::numeric_limits<int64_t>::min();
    int64_t integer_maximum = std::numeric_limits<int64_t>::max();
    uint64_t natural_minimum = 0;
    uint64_t natural_maximum = std::numeric_limits<uint64_t>::max();
    double real_minimum = std::numeric_limits<double>::lowest();
    double real_maximum = std::numeric_limits<double>::max();

    /// Converts and checks one text: CSHIMS_OK, CSHIMS_MALFORMED or CSHIMS_OUT_OF_RANGE.
    cshims_status convert(const std::string &text, Value &value) const;
};

}  // namespace cshims
