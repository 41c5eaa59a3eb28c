// A document as it is kept after the parse: flat, in the order of the file, free of toml++.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "toml_document.h"

namespace cshims {

struct TomlValue {
    cshims_toml_kind kind = CSHIMS_TOML_OTHER;
    int64_t integer = 0;
    double real = 0;
    bool boolean = false;
    std::string text;
    size_t element_start = 0;
    size_t element_count = 0;
};

struct TomlKey {
    std::string name;
    cshims_toml_position position = {};
};

struct TomlEntry {
    std::vector<TomlKey> keys;
    cshims_toml_position position = {};
    TomlValue value;
};

struct TomlError {
    cshims_toml_position position = {};
    std::string message;
};

}  // namespace cshims

struct cshims_toml {
    bool is_valid = true;
    cshims::TomlError error;
    std::vector<cshims::TomlEntry> entries;
    std::vector<cshims::TomlValue> elements;

    /// Fills an empty document; throws nothing but std::bad_alloc and its like.
    void parse(std::string_view text);
};
