// A parameter as the command line names it, also within one block of a list.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "engine/base/error.hpp"
#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/parameter.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort {

/// "care.first_age", or a field of one block: "care.lever[0].factor" by its number in the scenario,
/// counted from 0, "care.lever[technology].factor" by what the block's field `name` says.
struct ParameterPath {
  std::string parameter;               ///< by its name; of a field that of its list
  std::optional<std::string> block{};  ///< name or number
  std::string field{};                 ///< key within the block
};

/// The path that a text writes. Without brackets it is the name of a parameter, whatever it is.
ParameterPath parameter_path(const std::string& text);

/// A field of the blocks of a list.
struct ListField {
  const Parameter* list = nullptr;
  const Parameter* field = nullptr;
};

/// The field that a path with a block leads to. Where there is none, adds a mistake placed at
/// `where`.
std::optional<ListField> find_field(const ParameterPath& path, const Catalogue& catalogue,
                                    const Location& where, Mistakes& mistakes);

/// Which block of a list a path is about, by its position; `list` is what the scenario holds for
/// it. Where there is none, or several have the name, adds a mistake placed at `where`.
std::optional<std::size_t> find_block(const ParameterPath& path, const Setting& list,
                                      const Location& where, Mistakes& mistakes);

/// Whether the command line gives the value, or of a list a field of one of its blocks.
bool from_command_line(const Setting& setting);

}  // namespace kohort
