// A command-line parser over CLI11 behind a C interface.
//
// No exception crosses this boundary: every outcome, also "out of memory", is data. The library decides which argument
// belongs to which option; this layer converts the values, checks them against what was declared, and reports the first
// thing that is wrong as a status with the place and the offending text. It words nothing: messages are the caller's.

#ifndef CSHIMS_COMMAND_LINE_H
#define CSHIMS_COMMAND_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A table of commands and, after cshims_cli_parse, the values of one command line.
typedef struct cshims_cli cshims_cli;

/// What one value is.
typedef enum cshims_kind {
    CSHIMS_KIND_FLAG,      // no value
    CSHIMS_KIND_TEXT,      // any text, or one of the declared choices
    CSHIMS_KIND_INTEGER,   // int64_t, decimal
    CSHIMS_KIND_UNSIGNED,  // uint64_t, decimal or 0x hexadecimal
    CSHIMS_KIND_REAL       // finite double
} cshims_kind;

/// How often an option may stand on a command line.
typedef enum cshims_occurrence {
    CSHIMS_ONCE,      // --option a
    CSHIMS_REPEATED,  // --option a --option b
    CSHIMS_LIST       // --option a b --option c
} cshims_occurrence;

/// What the parse came to.
typedef enum cshims_status {
    CSHIMS_OK,                   // command and values are there
    CSHIMS_HELP,                 // --help; command is -1 for the program's own help
    CSHIMS_VERSION,              // --version
    CSHIMS_NO_COMMAND,           // no argument names a command
    CSHIMS_UNKNOWN_COMMAND,      // found is the name
    CSHIMS_UNKNOWN_OPTION,       // found is the option; command is -1 when it stands before the command
    CSHIMS_MISSING_VALUE,        // of option; found is the option that stands in its place, or empty at the end
    CSHIMS_UNEXPECTED_VALUE,     // a flag with a value, found
    CSHIMS_REPEATED_OPTION,      // an option that may stand once
    CSHIMS_MALFORMED,            // found is no number of the option's kind
    CSHIMS_OUT_OF_RANGE,         // found is outside of the range or is none of the choices
    CSHIMS_MISSING_OPTION,       // a required option or positional that is not given
    CSHIMS_UNEXPECTED_ARGUMENT,  // one positional too many, found
    CSHIMS_FAILED                // a fault of the table or of the library; found is its description
} cshims_status;

/// The outcome of a parse. `found` lives until the next parse or destroy.
typedef struct cshims_outcome {
    cshims_status status;
    int32_t command;  // index of the command, -1 for none
    int32_t option;   // index of the option within the command, -1 for none
    const char *found;
} cshims_outcome;

/// Returns a new empty table, or NULL when there is no memory. `program` is its name.
cshims_cli *cshims_cli_create(const char *program);
void cshims_cli_destroy(cshims_cli *cli);

/// Adds a command and returns its index, or -1 when the name is taken or not valid.
int32_t cshims_cli_add_command(cshims_cli *cli, const char *name);

/// Adds an option `--name` (and `-short_name` unless it is 0) and returns its index within the command, or -1.
int32_t cshims_cli_add_option(
    cshims_cli *cli, int32_t command, const char *name, char short_name, cshims_kind kind,
    cshims_occurrence occurrence);

/// Adds a positional argument of text and returns its index (options and positionals are counted together), or -1.
int32_t cshims_cli_add_positional(cshims_cli *cli, int32_t command, cshims_occurrence occurrence);

/// What a declared option allows; each returns false when there is no such option.
bool cshims_cli_require(cshims_cli *cli, int32_t command, int32_t option);
bool cshims_cli_allow_choice(cshims_cli *cli, int32_t command, int32_t option, const char *choice);
bool cshims_cli_allow_integers(cshims_cli *cli, int32_t command, int32_t option, int64_t minimum, int64_t maximum);
bool cshims_cli_allow_unsigned(cshims_cli *cli, int32_t command, int32_t option, uint64_t minimum, uint64_t maximum);
bool cshims_cli_allow_reals(cshims_cli *cli, int32_t command, int32_t option, double minimum, double maximum);

/// The value, as text, of an option that is not given; it is checked like a given one.
bool cshims_cli_set_default(cshims_cli *cli, int32_t command, int32_t option, const char *text);

/// Parses arguments (without the program's name). May be called again; each call forgets the values of the last.
cshims_outcome cshims_cli_parse(cshims_cli *cli, size_t count, const char *const *arguments);

/// Values of the command that the last parse found, in the order given. Out of range: 0, NULL.
bool cshims_cli_is_given(const cshims_cli *cli, int32_t option);
size_t cshims_cli_value_count(const cshims_cli *cli, int32_t option);
const char *cshims_cli_text(const cshims_cli *cli, int32_t option, size_t index);
int64_t cshims_cli_integer(const cshims_cli *cli, int32_t option, size_t index);
uint64_t cshims_cli_unsigned(const cshims_cli *cli, int32_t option, size_t index);
double cshims_cli_real(const cshims_cli *cli, int32_t option, size_t index);

#ifdef __cplusplus
}
#endif

#endif
