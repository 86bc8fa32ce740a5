// A scenario with random tables, kept in memory until it is run, so that a test can rearrange it.
#pragma once

#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "tests/support/folder.hpp"
#include "tests/support/projected.hpp"

namespace kohort::test {

/// A table: one figure for each combination of its labels.
struct SketchTable {
  struct Row {
    std::vector<std::string> labels;
    double figure = 0.0;
  };
  std::vector<std::string> columns;  ///< axes
  std::vector<Row> rows;
  std::string ages = "end_of_year";
};

/// A scenario of one to three areas, one or two groups, both sexes.
struct Sketch {
  int step = 1;
  int open_age = 5;
  int intervals = 2;
  std::vector<std::string> areas;
  std::vector<std::string> groups;              ///< empty where people are not told apart
  std::map<std::string, std::string> settings;  ///< parameter -> value, as TOML has it
  std::map<std::string, SketchTable> tables;    ///< parameter -> its table

  int base_year() const { return 2000; }
  std::vector<int> flow_years() const;
  std::vector<int> ages() const;
  /// One where people are not told apart.
  std::vector<std::string> group_labels() const;
  /// Everyone: each area, group, sex and age.
  std::vector<Who> everyone() const;
  bool has(const std::string& parameter, const std::string& value) const;
};

/// Whether the figures of a parameter are persons, and grow with the population.
bool counts_persons(const std::string& parameter);

/// What a sketch is about.
enum class Form { pool, linear, exponential };
enum class Net { none, counts, rates, residual };

/// A sketch in which everything happens, of random shape, conventions and rates.
Sketch any_sketch(Form form, Net net, std::mt19937_64& random);

/// The same with nobody born, dying or moving.
Sketch without_events(Sketch sketch);

/// The same with every area as two, each with half of the people.
Sketch halved(const Sketch& sketch);

/// Writes the scenario and its tables into the folder, and runs it.
Projected project(const Sketch& sketch, const Folder& folder);

}  // namespace kohort::test
