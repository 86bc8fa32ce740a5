// All parameters that a scenario may set, in the order in which people read them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/scenario/parameter.hpp"

namespace kohort {

/// A heading over parameters of one part of the scenario.
struct Section {
  std::string name;  ///< the part before the last dot of its parameters' names; "" for the root
  std::string text;
  std::vector<const Parameter*> parameters;
};

/// The declared parameters. Those added must outlive the catalogue; all of Kohort's are constants.
class Catalogue {
 public:
  void add_section(std::string name, std::string text);
  /// Adds to the section that the name belongs to. Throws `std::logic_error` where there is none,
  /// or the name stands there already.
  void add(const Parameter& parameter);

  const std::vector<Section>& sections() const { return sections_; }
  const Parameter* find(std::string_view name) const;
  bool has_section(std::string_view name) const;
  /// Names of all parameters, in order.
  std::vector<std::string> names() const;

 private:
  std::vector<Section> sections_;
};

/// " from 0 to 1", " of at least 0", ...; empty where there are no bounds.
std::string range_text(const Range& range);

/// "number >= 0", "one of a, b", ... : what may stand for the parameter, in words.
std::string allowed(const Parameter& parameter);

/// The default as it would stand in a scenario; empty where there is none.
std::string default_text(const Parameter& parameter);

}  // namespace kohort
