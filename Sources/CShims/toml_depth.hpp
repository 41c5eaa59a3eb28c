// The longest dotted key of a document, found before toml++ makes a tree of it.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "toml_document.h"

namespace cshims {

/// The place of the first key that is one more than a dotted key may hold; none in a document without such a key.
///
/// The scan knows of TOML what tells keys from strings and comments, no more. Up to the first error of a document it is
/// exact, and behind the first error toml++ makes no tables.
std::optional<cshims_toml_position> find_overlong_key(std::string_view text);

}  // namespace cshims
