// The parse: CLI11 says which argument belongs to which option, the checks after it say what is wrong first.

#include <algorithm>
#include <utility>

#include "command_table.hpp"
#include "escape.hpp"

using namespace cshims;

/// Whether an unmarked text in the place of a value is rather the next option.
bool cshims_cli::names_option(const Command &command, const std::string &text) const {
    if (text.size() >= 2 && text.compare(0, 2, "--") == 0) return true;
    return text.size() == 2 && text[0] == '-' && command.app->get_option_no_throw(text) != nullptr;
}

/// CLI11 throws only at the end of the line for want of a value, so the last argument is the option.
Finding cshims_cli::missing_last_value(const std::string &last) const {
    for (size_t index = 0; index < commands.size(); ++index) {
        if (!commands[index].app->parsed()) continue;
        const bool is_long = last.compare(0, 2, "--") == 0;
        const std::string name = is_long || last.size() < 2 ? last : std::string("-") + last.back();
        const auto &options = commands[index].options;
        for (size_t place = 0; place < options.size(); ++place)
            if (!options[place].is_positional() && options[place].parsed->check_name(name))
                return {CSHIMS_MISSING_VALUE, static_cast<int32_t>(index), static_cast<int32_t>(place), ""};
    }
    return {CSHIMS_FAILED, -1, -1, "no value after " + last};
}

Finding cshims_cli::parse(size_t count, const char *const *arguments) {
    current = -1;
    for (auto &command : commands)
        for (auto &option : command.options) {
            option.values.clear();
            option.is_given = false;
        }
    std::vector<std::string> reversed = escaped(count, arguments);
    const std::string last = reversed.empty() ? "" : reversed.back();
    std::reverse(reversed.begin(), reversed.end());
    try {
        root.parse(std::move(reversed));
    } catch (const CLI::ArgumentMismatch &) {
        return missing_last_value(last);
    }
    int32_t index = -1;
    for (size_t place = 0; place < commands.size(); ++place)
        if (commands[place].app->parsed()) index = static_cast<int32_t>(place);
    const auto extras = root.remaining();
    if (help->count() > 0) return {CSHIMS_HELP, -1, -1, ""};
    if (version->count() > 0) return {CSHIMS_VERSION, -1, -1, ""};
    // Before the command stands nothing but the two options above.
    if (!extras.empty() && extras.front().size() > 1 && extras.front().front() == '-')
        return {CSHIMS_UNKNOWN_OPTION, -1, -1, original(extras.front())};
    if (index < 0 && extras.empty()) return {CSHIMS_NO_COMMAND, -1, -1, ""};
    if (index < 0) return {CSHIMS_UNKNOWN_COMMAND, -1, -1, original(extras.front())};
    Finding finding = check(index);
    if (finding.status == CSHIMS_OK && !extras.empty())
        finding = {CSHIMS_UNEXPECTED_ARGUMENT, index, -1, original(extras.front())};
    if (finding.status == CSHIMS_OK) current = index;
    return finding;
}

/// The checks of one command, in the order in which a person would want to hear of them.
Finding cshims_cli::check(int32_t index) {
    Command &command = commands[static_cast<size_t>(index)];
    if (command.help->count() > 0) return {CSHIMS_HELP, index, -1, ""};
    const auto extras = command.app->remaining();
    for (const auto &extra : extras)
        if (extra.size() > 1 && extra.front() == '-' && extra != "--")
            return {CSHIMS_UNKNOWN_OPTION, index, -1, original(extra)};
    for (size_t place = 0; place < command.options.size(); ++place) {
        const Finding finding = check_arguments(index, command, command.options[place], static_cast<int32_t>(place));
        if (finding.status != CSHIMS_OK) return finding;
    }
    for (const auto &extra : extras)
        if (extra != "--") return {CSHIMS_UNEXPECTED_ARGUMENT, index, -1, original(extra)};
    for (size_t place = 0; place < command.options.size(); ++place) {
        const Option &option = command.options[place];
        if (option.declaration.is_required && option.values.empty())
            return {CSHIMS_MISSING_OPTION, index, static_cast<int32_t>(place), ""};
    }
    return {CSHIMS_OK, index, -1, ""};
}

/// Converts the values of one option.
Finding cshims_cli::check_arguments(int32_t index, const Command &command, Option &option, int32_t place) {
    const Declaration &declaration = option.declaration;
    std::vector<std::string> texts = option.parsed->results();
    option.is_given = !texts.empty();
    if (declaration.kind == CSHIMS_KIND_FLAG) {
        for (const auto &text : texts)
            if (is_marked(text)) return {CSHIMS_UNEXPECTED_VALUE, index, place, original(text)};
        return {CSHIMS_OK, index, place, ""};
    }
    if (!option.is_positional())
        for (const auto &text : texts)
            if (names_option(command, text)) return {CSHIMS_MISSING_VALUE, index, place, original(text)};
    if (texts.size() > 1 && declaration.occurrence == CSHIMS_ONCE) return {CSHIMS_REPEATED_OPTION, index, place, ""};
    if (texts.empty() && declaration.default_text) texts.push_back(mark + *declaration.default_text);
    for (const auto &text : texts) {
        const cshims_status status = declaration.convert(original(text), option.values.emplace_back());
        if (status != CSHIMS_OK) return {status, index, place, original(text)};
    }
    return {CSHIMS_OK, index, place, ""};
}
