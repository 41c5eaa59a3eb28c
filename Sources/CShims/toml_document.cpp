// The C interface over the flat document: nothing here throws.

#include "toml_document.h"

#include <memory>
#include <string>
#include <string_view>

#include "toml_tree.hpp"

using namespace cshims;

namespace {

cshims_toml_text view(const std::string &text) { return {text.data(), text.size()}; }

cshims_toml_value view(const TomlValue &value) {
    return {value.kind,       value.integer,       value.real,         value.boolean,
            view(value.text), value.element_start, value.element_count};
}

}  // namespace

cshims_toml *cshims_toml_parse(const char *bytes, size_t count) {
    try {
        auto document = std::make_unique<cshims_toml>();
        document->parse(count == 0 ? std::string_view() : std::string_view(bytes, count));
        return document.release();
    } catch (...) {
        return nullptr;
    }
}

void cshims_toml_destroy(cshims_toml *document) { delete document; }

bool cshims_toml_get_error(const cshims_toml *document, cshims_toml_error *error) {
    if (document->is_valid) return false;
    *error = {document->error.position, view(document->error.message)};
    return true;
}

size_t cshims_toml_entry_count(const cshims_toml *document) { return document->entries.size(); }

bool cshims_toml_get_entry(const cshims_toml *document, size_t entry, cshims_toml_entry *found) {
    if (entry >= document->entries.size()) return false;
    const TomlEntry &place = document->entries[entry];
    *found = {place.keys.size(), place.position, view(place.value)};
    return true;
}

bool cshims_toml_get_key(const cshims_toml *document, size_t entry, size_t key, cshims_toml_key *found) {
    if (entry >= document->entries.size() || key >= document->entries[entry].keys.size()) return false;
    const TomlKey &place = document->entries[entry].keys[key];
    *found = {view(place.name), place.position};
    return true;
}

bool cshims_toml_get_element(const cshims_toml *document, size_t element, cshims_toml_value *found) {
    if (element >= document->elements.size()) return false;
    *found = view(document->elements[element]);
    return true;
}
