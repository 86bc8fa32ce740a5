// Errors with fields. The library throws `Error`; only the command line prints one.
//
// Decision, made once for the whole project: exceptions, not result types. A mistake in a scenario
// or a table stops the run wherever it is found, several layers below whoever can tell the user,
// and no caller in between has anything useful to do about it. Readers gather all the mistakes
// that they can see in a `Mistakes` before they throw, so that the user mends a file in one go.
#pragma once

#include <cstddef>
#include <exception>
#include <string>
#include <vector>

namespace kohort {

/// What is at fault; the command line turns it into an exit code.
enum class Fault {
  scenario,  ///< the command line or a scenario file
  input,     ///< an input table
  storage,   ///< reading, writing or memory
  model,     ///< an account that does not balance: a defect in Kohort itself
};

/// Where in a text file. Line and column count from 1; 0 means that there is none to name.
struct Location {
  std::string file;
  std::size_t line = 0;
  std::size_t column = 0;
};

/// One thing that is wrong: where, what was found, and what to do about it.
struct Mistake {
  Location where;
  std::string what;
  std::string remedy;
};

/// "file:line:column: error: what; remedy", leaving out what is not known.
std::string to_string(const Mistake& mistake);

/// "file:line:column", leaving out what is not known.
std::string to_string(const Location& location);

/// One or more mistakes of one kind.
class Error : public std::exception {
 public:
  Error(Fault fault, std::vector<Mistake> mistakes);
  Error(Fault fault, Mistake mistake) : Error(fault, std::vector<Mistake>{std::move(mistake)}) {}

  Fault fault() const { return fault_; }
  const std::vector<Mistake>& mistakes() const { return mistakes_; }
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  Fault fault_;
  std::vector<Mistake> mistakes_;
  std::string text_;
};

/// Gathers mistakes, so that a reader reports all of them and not the first alone; of a great many
/// the first, and how many more there are.
class Mistakes {
 public:
  void add(Mistake mistake);
  void add(std::vector<Mistake> mistakes);
  bool empty() const { return found_.empty(); }
  const std::vector<Mistake>& found() const { return found_; }

  /// Throws an `Error` with everything gathered so far; does nothing if that is nothing.
  void throw_if_any(Fault fault) const;

 private:
  static constexpr std::size_t most = 20;

  std::vector<Mistake> found_;
  std::size_t more_ = 0;  ///< that are not kept
};

/// Goes on after an error in one part, to find those in the others.
class Attempts {
 public:
  /// Does something; keeps the mistakes if it throws an `Error` about the scenario or an input.
  template <class Action>
  void attempt(Action&& action) {
    try {
      action();
    } catch (const Error& error) {
      keep(error);
    }
  }

  /// Throws what was kept, each mistake once: as the scenario's fault if any of it is.
  void throw_if_any() const;

 private:
  void keep(const Error& error);

  std::vector<Mistake> found_;
  Fault fault_ = Fault::input;
};

}  // namespace kohort
