// Two small areas with care, whose figures a test can follow.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/run/scenario_run.hpp"
#include "tests/support/folder.hpp"

namespace kohort::test {

/// A scenario of areas `a` and `b`, 31 December 2000 to 2004. A test changes parameters by their
/// names, and adds blocks.
class Village {
 public:
  Village();

  Village& set(const std::string& parameter, const std::string& value) {
    settings_[parameter] = value;
    return *this;
  }
  Village& add(const std::string& blocks) {
    blocks_ += blocks + "\n";
    return *this;
  }
  std::string write_table(const std::string& name, const std::string& text) const {
    return folder_.write(name, text);
  }
  /// Writes the scenario; returns its file.
  std::string file() const;

 private:
  Folder folder_{"village"};
  std::map<std::string, std::string> settings_;
  std::string blocks_;
};

/// A run, its figures found by their labels.
class CareRun {
 public:
  explicit CareRun(const std::string& scenario, const std::vector<std::string>& overrides = {})
      : run_(scenario, overrides), outcome_(run_.project()) {}

  const ScenarioRun& run() const { return run_; }
  const Outcome& outcome() const { return outcome_; }
  /// Of one kind, all years: [year][area][sex][age]; without a kind, of the only one.
  const Recorded& recorded(const std::string& name, const std::string& kind = "") const;
  /// People of some ages in a state, both sexes and all areas or one of them.
  double people(const std::string& state, int year, int from_age = 65, int area = -1) const;
  const Estimate& estimate(const std::string& name) const;

 private:
  ScenarioRun run_;
  Outcome outcome_;
};

}  // namespace kohort::test
