// A reader of TOML over toml++ behind a C interface.
//
// No exception crosses this boundary: a syntax error is data with its place, and what there is no memory for is NULL.
// Tables are flattened: an entry is a value with the path of keys that leads to it, and the entries stand in the order
// of the file, which toml++ itself does not keep. It words nothing beyond toml++'s own descriptions.

#ifndef CSHIMS_TOML_DOCUMENT_H
#define CSHIMS_TOML_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A parsed document. Everything that is read from it lives until it is destroyed.
typedef struct cshims_toml cshims_toml;

/// The keys that one dotted key or table header may hold, and the arrays and inline tables that may stand in each
/// other. toml++ 3.3 limits the latter only, and destroys a deep tree by recursion, so that a long enough key would
/// exhaust the stack.
enum { CSHIMS_TOML_MAXIMUM_KEYS = 16, CSHIMS_TOML_MAXIMUM_NESTING = 16 };

/// What one value is.
typedef enum cshims_toml_kind {
    CSHIMS_TOML_STRING,
    CSHIMS_TOML_INTEGER,
    CSHIMS_TOML_REAL,
    CSHIMS_TOML_BOOLEAN,
    CSHIMS_TOML_ARRAY,  // of any values
    CSHIMS_TOML_TABLE,  // as an entry: an empty one; in an array: any, without its content
    CSHIMS_TOML_OTHER   // a date or a time; text is how TOML writes it
} cshims_toml_kind;

/// UTF-8, not terminated: it may hold a zero.
typedef struct cshims_toml_text {
    const char *bytes;
    size_t count;
} cshims_toml_text;

/// A place in the file; both count from one, the column in code points.
typedef struct cshims_toml_position {
    uint32_t line;
    uint32_t column;
} cshims_toml_position;

/// A value; only the member of its kind means something.
typedef struct cshims_toml_value {
    cshims_toml_kind kind;
    int64_t integer;
    double real;
    bool boolean;
    cshims_toml_text text;  // of a string and of a value of another kind
    size_t element_start;   // of an array: the index of its first element, for cshims_toml_get_element
    size_t element_count;
} cshims_toml_value;

typedef struct cshims_toml_entry {
    size_t key_count;               // for cshims_toml_get_key
    cshims_toml_position position;  // of the value
    cshims_toml_value value;
} cshims_toml_entry;

/// One key of the path to a value, where the file first names it.
typedef struct cshims_toml_key {
    cshims_toml_text name;
    cshims_toml_position position;
} cshims_toml_key;

/// Where a document ceases to be TOML and why.
typedef struct cshims_toml_error {
    cshims_toml_position position;
    cshims_toml_text message;
} cshims_toml_error;

/// Parses the bytes of a file. Returns NULL only when there is no memory.
cshims_toml *cshims_toml_parse(const char *bytes, size_t count);
void cshims_toml_destroy(cshims_toml *document);

/// Stores the error, if there is one, and returns whether there is. A document with an error has no entries.
bool cshims_toml_get_error(const cshims_toml *document, cshims_toml_error *error);

size_t cshims_toml_entry_count(const cshims_toml *document);

/// These three store what an index names, and return false when it names nothing.
bool cshims_toml_get_entry(const cshims_toml *document, size_t entry, cshims_toml_entry *found);
bool cshims_toml_get_key(const cshims_toml *document, size_t entry, size_t key, cshims_toml_key *found);
bool cshims_toml_get_element(const cshims_toml *document, size_t element, cshims_toml_value *found);

#ifdef __cplusplus
}
#endif

#endif
