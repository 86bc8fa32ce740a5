// Two areas with a few occupations, whose figures a test can follow on paper.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "engine/model/frame.hpp"
#include "engine/model/intervention.hpp"
#include "engine/scenario/read.hpp"
#include "models/population/indicators.hpp"
#include "models/population/model.hpp"
#include "models/workforce/estimate.hpp"
#include "models/workforce/parameters.hpp"
#include "tests/support/folder.hpp"

namespace kohort::test {

/// Areas `a` and `b` from 2000 to 2004, 100 people of each sex and age; nobody dies, moves or is
/// born. Half of them are in the labour force. Nurses and aides, who neither come nor go, until a
/// test says otherwise.
class Town {
 public:
  using Occupation = workforce::Occupation;

  Town() {
    std::string base = "area,sex,age,value\n";
    for (const std::string area : {"a", "b"}) {
      for (const std::string sex : {"female", "male"}) {
        for (int age = 0; age <= open_age; ++age) {
          base += fmt::format("{},{},{},100\n", area, sex, age);
        }
      }
    }
    set("population.base", table(base));
    set("population.mortality.rates", "0.0");
    set("workforce.participation", "0.5");
    set("workforce.staff", table("occupation,sex,area,value\nnurse,female,00,600\n"
                                 "nurse,male,00,60\naide,female,00,900\naide,male,00,300\n"));
    set("workforce.retirement", "0.0");
    set("workforce.exit", "0.0");
    set("workforce.other_entry", "0.0");
  }

  static constexpr int open_age = 80;
  static constexpr Occupation nurse{0};
  static constexpr Occupation aide{1};
  static constexpr Sex female{0};
  static constexpr Sex male{1};
  static constexpr Area a{0};
  static constexpr Area b{1};
  static PartAge age(int years) { return PartAge(static_cast<std::size_t>(years - 16)); }

  Town& set(const std::string& parameter, const std::string& value) {
    settings_[parameter] = value;
    return *this;
  }
  Town& remove(const std::string& parameter) {
    settings_.erase(parameter);
    return *this;
  }
  Town& add(const std::string& blocks) {
    blocks_ += blocks + "\n";
    return *this;
  }
  /// Writes a table; returns how a scenario names it.
  std::string table(const std::string& text, const std::string& more = "") {
    const std::string name = fmt::format("t{}.csv", ++tables_);
    folder_.write(name, text);
    return fmt::format(
        "{{ file = \"{}\", basis = \"observed\", age_definition = \"end_of_year\"{} }}", name,
        more);
  }

  workforce::StaffEstimate estimate(const workforce::AllocationWeights& weights = {}) const {
    const Read read(file());
    const population::PopulationModel population(read.settings, read.frame, read.tables);
    const Source source{read.settings, read.frame, read.tables};
    return workforce::estimate_staff(source, workforce::read_staff_inputs(source), population,
                                     weights);
  }

  workforce::StaffInputs inputs() const {
    const Read read(file());
    return workforce::read_staff_inputs({read.settings, read.frame, read.tables});
  }

 private:
  struct Read {
    explicit Read(const std::string& scenario)
        : settings(read_scenario(scenario, {}, catalogue())),
          tables(tables_of(settings, catalogue())),
          frame(read_frame(settings, tables)) {}
    static const Catalogue& catalogue() {
      static const Catalogue all = [] {
        Catalogue catalogue;
        catalogue.add_section("", "");
        catalogue.add(parameters::interventions);
        declare_frame(catalogue);
        population::declare_parameters(catalogue);
        workforce::declare_staff_parameters(catalogue);
        catalogue.add_section("output", "");
        catalogue.add(population::parameters::working_ages);
        return catalogue;
      }();
      return all;
    }
    Settings settings;
    mutable Tables tables;
    Frame frame;
  };

  std::string file() const {
    std::string text =
        "projection.base_year = 2000\nprojection.end_year = 2004\n"
        "projection.open_age = 80\nareas.codes = [\"a\", \"b\"]\n"
        "population.mortality.measure = \"probability_of_dying\"\n"
        "population.fertility.rates = 0.0\n";
    for (const auto& [parameter, value] : settings_) text += parameter + " = " + value + "\n";
    text +=
        "[[workforce.occupation]]\nname = \"nurse\"\n[[workforce.occupation]]\nname = \"aide\"\n";
    return folder_.write("town.toml", text + blocks_);
  }

  Folder folder_{"town"};
  std::map<std::string, std::string> settings_;
  std::string blocks_;
  int tables_ = 0;
};

/// The sum of the cells of a table that a condition holds for.
template <class Condition>
double sum_where(const workforce::StaffTable& table, Condition&& condition) {
  double sum = 0.0;
  for (const auto occupation : positions<workforce::Occupation>(table.extents()[0])) {
    for (const Sex sex : positions<Sex>(table.extents()[1])) {
      for (const PartAge age : positions<PartAge>(table.extents()[2])) {
        for (const Area area : positions<Area>(table.extents()[3])) {
          if (condition(occupation, sex, age, area)) sum += table(occupation, sex, age, area);
        }
      }
    }
  }
  return sum;
}

inline const Estimate& estimate_called(const std::vector<Estimate>& estimates,
                                       const std::string& name) {
  for (const Estimate& one : estimates) {
    if (one.name == "workforce/calibration/" + name) return one;
  }
  throw std::out_of_range(name);
}

}  // namespace kohort::test
