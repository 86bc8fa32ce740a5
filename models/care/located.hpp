// The calibration speaks of numbers; a scenario's author wants to know which parameter is meant.
#pragma once

#include <concepts>
#include <string>

#include "engine/base/error.hpp"
#include "engine/model/source.hpp"

namespace kohort::care {

/// Does something; an `Error` of it that says no place is thrown again as one about the parameter,
/// with `subject` before what is wrong: words, or what makes them when they are needed.
template <class Subject, class Action>
auto located(const Source& source, const Parameter& parameter, const Subject& subject,
             Action&& action) {
  const auto words = [&]() -> std::string {
    if constexpr (std::invocable<const Subject&>) {
      return subject();
    } else {
      return subject;
    }
  };
  try {
    return action();
  } catch (const Error& error) {
    Mistakes mistakes;
    for (const Mistake& mistake : error.mistakes()) {
      if (!mistake.where.file.empty()) throw;
      mistakes.add(
          source.settings.mistake(parameter, words() + ": " + mistake.what, mistake.remedy));
    }
    mistakes.throw_if_any(error.fault());
    throw;
  }
}

}  // namespace kohort::care
