// The table of commands and options that is declared, and what one command line made of it.

#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "command_line.h"
#include "declaration.hpp"

namespace cshims {

/// An option with what CLI11 and the last parse know of it.
struct Option {
    Declaration declaration;
    CLI::Option *parsed = nullptr;
    std::vector<Value> values;
    bool is_given = false;

    bool is_positional() const { return declaration.name.empty(); }
};

struct Command {
    CLI::App *app = nullptr;
    CLI::Option *help = nullptr;
    std::vector<Option> options;
};

/// What went wrong, before it is put into the C outcome.
struct Finding {
    cshims_status status = CSHIMS_OK;
    int32_t command = -1;
    int32_t option = -1;
    std::string found;
};

}  // namespace cshims

struct cshims_cli {
    CLI::App root;
    CLI::Option *help = nullptr;
    CLI::Option *version = nullptr;
    std::vector<cshims::Command> commands;
    int32_t current = -1;
    std::string found;

    explicit cshims_cli(const char *program) : root("", program) {
        root.set_help_flag();
        root.allow_extras();
        root.require_subcommand(0, 1);
        help = add_flag(root, "-h,--help");
        version = add_flag(root, "--version");
    }

    static CLI::Option *add_flag(CLI::App &app, const std::string &names) {
        return app.add_flag(names)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    }

    cshims::Option *find(int32_t command, int32_t option) {
        if (command < 0 || static_cast<size_t>(command) >= commands.size()) return nullptr;
        auto &options = commands[static_cast<size_t>(command)].options;
        if (option < 0 || static_cast<size_t>(option) >= options.size()) return nullptr;
        return &options[static_cast<size_t>(option)];
    }

    const cshims::Option *find_current(int32_t option) const {
        return const_cast<cshims_cli *>(this)->find(current, option);
    }

    const cshims::Value *find_value(int32_t option, size_t index) const {
        const cshims::Option *const found_option = find_current(option);
        return found_option && index < found_option->values.size() ? &found_option->values[index] : nullptr;
    }

    cshims::Finding parse(size_t count, const char *const *arguments);
    cshims::Finding check(int32_t index);
    cshims::Finding check_arguments(
        int32_t index, const cshims::Command &command, cshims::Option &option, int32_t place);
    bool names_option(const cshims::Command &command, const std::string &text) const;
    cshims::Finding missing_last_value(const std::string &last) const;
};
