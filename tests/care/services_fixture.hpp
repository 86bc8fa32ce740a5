// Services in small: with figures made in memory, and as a scenario of two areas.
#pragma once

#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "engine/run/scenario_run.hpp"
#include "models/care/services.hpp"
#include "tests/support/folder.hpp"

namespace kohort::test {

/// Services and the people at the base year and a year later, in memory.
struct ServiceExample {
  Frame frame{};
  care::ServiceRates rates{};
  std::vector<partition::PartTable> persons{};  ///< by state, at each year's end

  std::size_t services() const { return rates.services.size(); }
  care::Services model() const { return {frame, rates}; }
};

/// How large an example is.
struct ServiceShape {
  std::size_t services = 1;
  std::size_t states = 2;
  std::size_t sexes = 1;
  std::size_t ages = 1;
  std::size_t areas = 1;
  std::size_t draws = 1;
};

/// Nobody uses anything, nothing costs, and there is room for all. Each service is for the state of
/// its own number, but the last state is for none where there are more.
inline ServiceExample idle_example(const ServiceShape& shape) {
  using namespace care;
  ServiceExample example;
  example.frame.base_year = Year(2000);
  example.frame.intervals = 1;
  for (std::size_t at = 0; at < shape.areas; ++at) {
    example.frame.areas.push_back({fmt::format("area {}", at), "", false, ""});
  }
  example.frame.sexes = {"female", "male"};
  example.frame.sexes.resize(shape.sexes);
  ServiceRates& rates = example.rates;
  for (std::size_t at = 0; at < shape.services; ++at) {
    rates.services.push_back({.name = fmt::format("service {}", at),
                              .unit = "hours",
                              .states = {CareState(at % shape.states)}});
  }
  rates.use = ServiceTable({shape.services, shape.states, shape.sexes, shape.ages, shape.areas});
  rates.per_user = rates.use;
  rates.room = Table<double, Service, StockYear, Area>({shape.services, 2, shape.areas},
                                                       std::numeric_limits<double>::infinity());
  rates.price = Table<double, Service, Area>({shape.services, shape.areas});
  rates.price_level = Table<double, Service, Interval>({shape.services, 1}, 1.0);
  rates.inflation = {1.0};
  example.persons.assign(
      2, partition::PartTable({shape.states, shape.sexes, shape.ages, shape.areas, shape.draws}));
  return example;
}

/// Random people, use, units, prices, places and ways on from one service to others.
inline ServiceExample random_example(std::mt19937_64& random) {
  using namespace care;
  const auto below = [&](std::size_t end) { return random() % end; };
  const auto between = [&](double least, double most) {
    return std::uniform_real_distribution<double>(least, most)(random);
  };
  const std::size_t states = 2 + below(3);
  ServiceExample example = idle_example(
      {1 + below(states), states, 1 + below(2), 1 + below(3), 1 + below(3), 1 + below(4)});
  for (partition::PartTable& persons : example.persons) {
    for (double& people : persons.values()) people = below(5) == 0 ? 0.0 : between(0.0, 500.0);
  }
  for (double& share : example.rates.use.values()) share = below(5) == 0 ? 0.0 : between(0.0, 1.0);
  for (double& units : example.rates.per_user.values()) units = between(0.0, 300.0);
  for (double& price : example.rates.price.values()) price = between(0.0, 1000.0);
  for (double& room : example.rates.room.values()) {
    if (below(2) == 0) room = between(0.0, 600.0);
  }
  for (ServiceDescription& service : example.rates.services) {
    service.payer = Payer(below(2));
    service.user_share = between(0.0, 1.0);
  }
  // The last service passes people on to the first: each has states of its own.
  if (example.services() > 1) {
    example.rates.services.back().overflow = {{Service(0), between(0.0, 1.0), CareState(0)}};
  }
  return example;
}

/// A scenario of the areas a and b, whose people of 65 and older are 35 ages of 100 and of 200 of
/// each sex; nobody is born or dies. States are none, light, heavy and housing, in shares by the
/// method `prevalence`. Two years after 2000.
class CareCountry {
 public:
  CareCountry() {
    folder_.write("base.csv", base());
    folder_.write("profile.csv",
                  "sex,age,value\n"
                  "female,65-69,0.03\nfemale,70-74,0.07\nfemale,75-79,0.15\nfemale,80-84,0.3\n"
                  "female,85-89,0.5\nfemale,90+,0.8\n"
                  "male,65-69,0.03\nmale,70-74,0.07\nmale,75-79,0.15\nmale,80-84,0.3\n"
                  "male,85-89,0.5\nmale,90+,0.8\n");
    folder_.write("shares.csv", shares());
  }

  /// Writes a table beside the scenario.
  void write(const std::string& name, const std::string& text) const { folder_.write(name, text); }

  /// Runs it with what `more` adds; `care` stands within the section [care].
  Outcome run(const std::string& more, const std::string& care = "") const {
    return ScenarioRun(folder_.write("s.toml", text(more, care)), {}).project();
  }

 private:
  static std::string base() {
    std::string text = "area,sex,age,value\n";
    for (const std::string area : {"a", "b"}) {
      for (const std::string sex : {"female", "male"}) {
        for (int age = 0; age <= 100; ++age) {
          const int persons = age < 60 || age == 100 ? 0 : area == "a" ? 100 : 200;
          text += fmt::format("{},{},{},{}\n", area, sex, age, persons);
        }
      }
    }
    return text;
  }

  static std::string shares() {
    std::string text = "year,series,definition,ages,sex,value\n";
    for (const int year : {1999, 2000}) {
      text += fmt::format("{0},home,d,65+,female,0.1\n{0},home,d,65+,male,0.1\n", year);
      text += fmt::format("{0},home,d,80+,both,0.15\n{0},housing,d,80+,both,0.08\n", year);
      text += fmt::format("{0},housing,d,65+,female,0.05\n{0},housing,d,65+,male,0.05\n", year);
    }
    return text;
  }

  static std::string text(const std::string& more, const std::string& care) {
    return "format = 1\ntitle = \"two areas\"\n"
           "projection = { base_year = 2000, end_year = 2002 }\nareas.codes = [\"a\", \"b\"]\n"
           "[population]\nbase = { file = \"base.csv\", basis = \"observed\", "
           "age_definition = \"end_of_year\" }\nfertility.rates = 0.0\nmortality.rates = 0.0\n"
           "mortality.measure = \"probability_of_dying\"\n"
           "[care]\nmethod = \"prevalence\"\n"
           "profile = { file = \"profile.csv\", basis = \"estimated\" }\n"
           "national_shares = { file = \"shares.csv\", basis = \"observed\" }\n"
           "national_definitions = { home = [\"d\"], housing = [\"d\"] }\ntrend = "
           "\"none\"\n" +
           care +
           "\n[[care.state]]\nname = \"none\"\n"
           "[[care.state]]\nname = \"light\"\nseries = \"home\"\npart = 0.6\nodds_of_dying = 1.5\n"
           "[[care.state]]\nname = \"heavy\"\nseries = \"home\"\nodds_of_dying = 2.0\n"
           "[[care.state]]\nname = \"housing\"\nseries = \"housing\"\nodds_of_dying = 4.0\n" +
           more;
  }

  Folder folder_;
};

/// The figures of one kind of a variable: [year] and the cells of a year in the result.
inline const std::vector<double>& figures(const Outcome& outcome, const std::string& name,
                                          const std::string& kind) {
  for (const Recorded& one : outcome.recorded) {
    if (one.variable.name == name && one.variable.category.label == kind) return one.values;
  }
  throw std::out_of_range(name + " " + kind);
}

/// The same, added up within each year and area: [year][area].
inline std::vector<double> by_area(const Outcome& outcome, const std::string& name,
                                   const std::string& kind, std::size_t rows) {
  const std::vector<double>& all = figures(outcome, name, kind);
  std::vector<double> sums(rows);
  for (std::size_t at = 0; at < all.size(); ++at) sums[at / (all.size() / rows)] += all[at];
  return sums;
}

inline const std::vector<double>& estimate(const Outcome& outcome, const std::string& name) {
  for (const Estimate& one : outcome.estimates) {
    if (one.name == name) return one.values;
  }
  throw std::out_of_range(name);
}

}  // namespace kohort::test
