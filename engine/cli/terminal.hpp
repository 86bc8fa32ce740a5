// What goes to the terminal and comes from it: progress, sizes, errors, flags that commands share.
#pragma once

#include <chrono>
#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/cli/commands.hpp"

namespace kohort::cli {

/// 12345678 as "12 345 678".
std::string count_text(double count);

/// Large numbers in whole ones, small ones with some digits, none as a dash.
std::string figure_text(double figure);

/// A line on standard error. Unlike fmt::print it does not throw where that is closed or full: it
/// must neither end a run nor hide its exit code.
void tell(const std::string& text);

/// Overrides of a scenario, and after them what --draws and --seed say.
std::vector<std::string> overrides_of(std::vector<std::string> overrides,
                                      std::optional<long long> draws,
                                      std::optional<long long> seed);

/// The exit code that goes with a fault.
Exit exit_of(Fault fault);

/// The same of any error.
Exit exit_of(const std::exception& error);

/// An error for people, one mistake a line.
std::string text_of(const std::exception& error);

/// Prints an error to standard error; returns the exit code that goes with it.
Exit report(const std::exception& error);

/// Prints something that a person should look at to standard error.
void warn(const Mistake& doubt);

/// Shows how far a run has come, how fast and how long it still takes: one line rewritten at most
/// five times a second on a terminal, otherwise a plain line every ten seconds, or one JSON object
/// a line.
class ProgressDisplay {
 public:
  /// `unit`: what is counted.
  ProgressDisplay(std::string what, const std::string& mode, std::string unit = "intervals");
  ~ProgressDisplay();
  ProgressDisplay(const ProgressDisplay&) = delete;
  ProgressDisplay& operator=(const ProgressDisplay&) = delete;

  void update(std::size_t done, std::size_t total);

 private:
  enum class Style { line, plain, json, none };
  using Clock = std::chrono::steady_clock;

  void print(std::size_t done, std::size_t total, double seconds);

  std::string what_;
  std::string unit_;
  Style style_;
  Clock::time_point started_ = Clock::now();
  Clock::time_point shown_ = started_;
  bool line_open_ = false;
};

}  // namespace kohort::cli
