// The C interface over the table: nothing here throws.

#include "command_line.h"

#include <exception>
#include <memory>
#include <string>
#include <utility>

#include "command_table.hpp"

using namespace cshims;

namespace {

/// Calls a function that may throw and gives its result, or the fallback when it did.
template <typename Result, typename Function>
Result guarded(Result fallback, Function function) noexcept {
    try {
        return function();
    } catch (...) {
        return fallback;
    }
}

}  // namespace

cshims_cli *cshims_cli_create(const char *program) {
    return guarded<cshims_cli *>(nullptr, [&] { return std::make_unique<cshims_cli>(program).release(); });
}

void cshims_cli_destroy(cshims_cli *cli) { delete cli; }

int32_t cshims_cli_add_command(cshims_cli *cli, const char *name) {
    return guarded<int32_t>(-1, [&] {
        Command command;
        command.app = cli->root.add_subcommand(name);
        command.app->set_help_flag();
        command.app->allow_extras();
        command.help = cshims_cli::add_flag(*command.app, "-h,--help");
        cli->commands.push_back(std::move(command));
        // Only now, because a command inherits what its parent is: stop at the first word that is no command.
        cli->root.prefix_command();
        command.app = cli->commands.back().app;
        command.app->prefix_command(false);
        return static_cast<int32_t>(cli->commands.size() - 1);
    });
}

int32_t cshims_cli_add_option(
    cshims_cli *cli, int32_t command, const char *name, char short_name, cshims_kind kind,
    cshims_occurrence occurrence) {
    return guarded<int32_t>(-1, [&]() -> int32_t {
        if (command < 0 || static_cast<size_t>(command) >= cli->commands.size()) return -1;
        Command &owner = cli->commands[static_cast<size_t>(command)];
        std::string names = std::string("--") + name;
        if (short_name != 0) names = std::string("-") + short_name + "," + names;
        Option option;
        option.declaration.name = name;
        option.declaration.kind = kind;
        option.declaration.occurrence = occurrence;
        if (kind == CSHIMS_KIND_FLAG) {
            option.parsed = cshims_cli::add_flag(*owner.app, names);
        } else {
            option.parsed = owner.app->add_option(names, CLI::callback_t([](const CLI::results_t &) { return true; }));
            option.parsed->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
            option.parsed->allow_extra_args(occurrence == CSHIMS_LIST);
        }
        owner.options.push_back(std::move(option));
        return static_cast<int32_t>(owner.options.size() - 1);
    });
}

int32_t cshims_cli_add_positional(cshims_cli *cli, int32_t command, cshims_occurrence occurrence) {
    return guarded<int32_t>(-1, [&]() -> int32_t {
        if (command < 0 || static_cast<size_t>(command) >= cli->commands.size()) return -1;
        Command &owner = cli->commands[static_cast<size_t>(command)];
        // The caller's name is free text; CLI11's must be a word of its own.
        const std::string name = "POSITIONAL_" + std::to_string(owner.options.size());
        Option option;
        option.declaration.occurrence = occurrence;
        option.parsed = owner.app->add_option(name, CLI::callback_t([](const CLI::results_t &) { return true; }));
        option.parsed->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        option.parsed->allow_extra_args(occurrence != CSHIMS_ONCE);
        owner.options.push_back(std::move(option));
        return static_cast<int32_t>(owner.options.size() - 1);
    });
}

/// Changes the declaration of an option, if there is such an option.
template <typename Change>
static bool declare(cshims_cli *cli, int32_t command, int32_t option, Change change) noexcept {
    return guarded(false, [&] {
        Option *const found = cli->find(command, option);
        if (found) change(found->declaration);
        return found != nullptr;
    });
}

bool cshims_cli_require(cshims_cli *cli, int32_t command, int32_t option) {
    return declare(cli, command, option, [](Declaration &declaration) { declaration.is_required = true; });
}

bool cshims_cli_allow_choice(cshims_cli *cli, int32_t command, int32_t option, const char *choice) {
    return declare(cli, command, option, [&](Declaration &declaration) { declaration.choices.emplace_back(choice); });
}

bool cshims_cli_allow_integers(cshims_cli *cli, int32_t command, int32_t option, int64_t minimum, int64_t maximum) {
    return declare(cli, command, option, [&](Declaration &declaration) {
        declaration.integer_minimum = minimum;
        declaration.integer_maximum = maximum;
    });
}

bool cshims_cli_allow_unsigned(cshims_cli *cli, int32_t command, int32_t option, uint64_t minimum, uint64_t maximum) {
    return declare(cli, command, option, [&](Declaration &declaration) {
        declaration.natural_minimum = minimum;
        declaration.natural_maximum = maximum;
    });
}

bool cshims_cli_allow_reals(cshims_cli *cli, int32_t command, int32_t option, double minimum, double maximum) {
    return declare(cli, command, option, [&](Declaration &declaration) {
        declaration.real_minimum = minimum;
        declaration.real_maximum = maximum;
    });
}

bool cshims_cli_set_default(cshims_cli *cli, int32_t command, int32_t option, const char *text) {
    return declare(cli, command, option, [&](Declaration &declaration) { declaration.default_text = text; });
}

cshims_outcome cshims_cli_parse(cshims_cli *cli, size_t count, const char *const *arguments) {
    try {
        Finding finding = cli->parse(count, arguments);
        cli->found = std::move(finding.found);
        return {finding.status, finding.command, finding.option, cli->found.c_str()};
    } catch (const std::exception &error) {
        guarded(false, [&] {
            cli->found = error.what();
            return true;
        });
    } catch (...) {
        cli->found.clear();
    }
    return {CSHIMS_FAILED, -1, -1, cli->found.c_str()};
}

bool cshims_cli_is_given(const cshims_cli *cli, int32_t option) {
    const Option *const found = cli->find_current(option);
    return found && found->is_given;
}

size_t cshims_cli_value_count(const cshims_cli *cli, int32_t option) {
    const Option *const found = cli->find_current(option);
    return found ? found->values.size() : 0;
}

const char *cshims_cli_text(const cshims_cli *cli, int32_t option, size_t index) {
    const Value *const value = cli->find_value(option, index);
    return value ? value->text.c_str() : nullptr;
}

int64_t cshims_cli_integer(const cshims_cli *cli, int32_t option, size_t index) {
    const Value *const value = cli->find_value(option, index);
    return value ? value->integer : 0;
}

uint64_t cshims_cli_unsigned(const cshims_cli *cli, int32_t option, size_t index) {
    const Value *const value = cli->find_value(option, index);
    return value ? value->natural : 0;
}

double cshims_cli_real(const cshims_cli *cli, int32_t option, size_t index) {
    const Value *const value = cli->find_value(option, index);
    return value ? value->real : 0;
}
