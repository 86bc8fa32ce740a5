// A scenario of two areas and two occupations, read for the work that care takes.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "engine/model/frame.hpp"
#include "engine/scenario/read.hpp"
#include "models/workforce/demand_calibration.hpp"
#include "models/workforce/demand_inputs.hpp"
#include "models/workforce/parameters.hpp"
#include "models/workforce/supply.hpp"
#include "tests/support/folder.hpp"

namespace kohort::test {

/// Areas `a` and `b` from 2000 to 2004; nurses and aides of 16 to 20; services `home` and
/// `housing`, and no needs of welfare.
class Shire {
 public:
  static constexpr workforce::Occupation nurse{0};
  static constexpr workforce::Occupation aide{1};
  static constexpr Area a{0};
  static constexpr Area b{1};

  Shire& set(const std::string& parameter, const std::string& value) {
    settings_[parameter] = value;
    return *this;
  }
  Shire& add(const std::string& block) {
    blocks_ += block;
    return *this;
  }
  /// Writes a table; returns how a scenario names it.
  std::string table(const std::string& text) {
    const std::string name = fmt::format("t{}.csv", ++tables_);
    folder_.write(name, text);
    return fmt::format("{{ file = \"{}\", basis = \"assumed\" }}", name);
  }

  workforce::DemandRates demand() const {
    const Read read(file());
    const std::vector<workforce::Lever> levers =
        workforce::read_levers(read.source(), workforce_frame().occupations);
    return workforce::read_demand(read.source(), workforce_frame().occupations,
                                  {{"home", "housing"}, {}}, levers);
  }

  workforce::SupplyRates supply() const {
    const Read read(file());
    const std::vector<workforce::Lever> levers =
        workforce::read_levers(read.source(), workforce_frame().occupations);
    return workforce::read_supply(read.source(), workforce_frame(), levers);
  }

  std::vector<Estimate> calibrate(const workforce::BasePosts& base,
                                  workforce::Demand& demand) const {
    const Read read(file());
    return workforce::calibrate_demand(read.source(), workforce_frame().occupations, base, demand);
  }

  static workforce::WorkforceFrame workforce_frame() {
    return {Age(16), Age(20), {"nurse", "aide"}};
  }

 private:
  struct Read {
    explicit Read(const std::string& scenario)
        : settings(read_scenario(scenario, {}, catalogue())),
          tables(tables_of(settings, catalogue())),
          frame(read_frame(settings, tables)) {}
    Source source() const { return {settings, frame, tables}; }
    static const Catalogue& catalogue() {
      static const Catalogue all = [] {
        Catalogue catalogue;
        catalogue.add_section("", "");
        catalogue.add(parameters::interventions);
        declare_frame(catalogue);
        workforce::declare_staff_parameters(catalogue);
        workforce::declare_demand_parameters(catalogue);
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
        "areas.codes = [\"a\", \"b\"]\n";
    for (const auto& [parameter, value] : settings_) text += parameter + " = " + value + "\n";
    return folder_.write("shire.toml", text + blocks_);
  }

  Folder folder_;
  std::map<std::string, std::string> settings_;
  std::string blocks_;
  int tables_ = 0;
};

}  // namespace kohort::test
