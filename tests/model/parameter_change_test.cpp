// Interventions on parameters of the catalogue: each does what editing the number or the table by
// hand does, and none is left without effect.
#include "engine/model/parameter_change.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <random>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/model/variants.hpp"
#include "engine/scenario/read.hpp"
#include "tests/support/draws.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

using Cells = BroadcastTable<Interval, Area, Sex, Age>;

/// Two areas and 2001 to 2004, with a few parameters of each kind.
class ParameterInterventions : public ::testing::Test {
 protected:
  ParameterInterventions() {
    for (const char* section : {"", "care", "welfare"}) catalogue_.add_section(section, "");
    for (const Parameter* one :
         std::initializer_list<const Parameter*>{&parameters::interventions, &rate_, &price_,
                                                 &share_, &age_, &weights_, &method_, &services_}) {
      catalogue_.add(*one);
    }
    frame_.base_year = Year(2000);
    frame_.intervals = 4;
    frame_.open_age = 20;
    frame_.sexes = {"female", "male"};
    frame_.areas = {{"a", "", false, ""}, {"b", "", false, ""}};
    frame_.area_groups = {{"both", {Area(0), Area(1)}}};
  }

  static std::string on(const std::string& parameter, const std::string& fields) {
    return "[[intervention]]\nname = \"x\"\non = \"" + parameter + "\"\n" + fields;
  }

  /// A scenario with its interventions in effect, and what `read` gets of it.
  template <class Read>
  auto with(const std::string& text, Read&& read) const {
    Settings settings = read_scenario(folder_.write("s.toml", text), {}, catalogue_);
    Tables tables(std::nullopt);
    const Source source{settings, frame_, tables};
    ParameterChanges changes(source, catalogue_, {{"care", onset_, true}});
    changes.enter(settings);
    const auto result = read(source);
    changes.require_something();
    return result;
  }

  /// What `read` gets of a scenario in each of the variants that draws belong to.
  template <class Read>
  auto in_variants(const std::string& text, std::uint64_t seed, Read&& read) const {
    const Settings settings = read_scenario(folder_.write("s.toml", text), {}, catalogue_);
    Tables tables(std::nullopt);
    const ParameterChanges changes({settings, frame_, tables}, catalogue_, {});
    EXPECT_TRUE(changes.any_random());
    std::vector<decltype(read(Source{settings, frame_, tables}))> results;
    for (std::size_t variant = 0; variant < most_variants; ++variant) {
      Settings varied = settings;
      ParameterChanges drawn = changes.in_variant(variant, seed);
      drawn.enter(varied);
      results.push_back(read(Source{varied, frame_, tables}));
    }
    return results;
  }

  /// The rate, one number, in each variant.
  std::vector<double> rates(const std::string& fields, std::uint64_t seed = 1) const {
    return in_variants(
        on("care.rate", fields + "evidence = \"trial\"\n"), seed,
        [&](const Source& source) { return *Quantity(source.settings[rate_]).number(); });
  }

  template <class P>
  auto value(const P& parameter, const std::string& text) const {
    return with(text, [&](const Source& source) { return source.settings[parameter]; });
  }

  Cells cells(const Source& source) const {
    const Quantity rate = source.settings[rate_];
    if (rate.number() != nullptr) return Cells(*rate.number());
    return source.tables.read<Interval, Area, Sex, Age>(
        rate_, *rate.table(),
        {frame_.flow_years(), frame_.area_axis(), frame_.sex_axis(), frame_.age_axis()});
  }

  Cells cells(const std::string& text) const {
    return with(text, [&](const Source& source) { return cells(source); });
  }

  std::string refused(const std::string& text) const {
    return test::error_of(Fault::scenario, [&] { cells(text); });
  }

  /// A table of the rate, and how a scenario names it.
  std::string table(const std::string& rows) const {
    folder_.write("rate.csv", rows);
    return "care.rate = { file = \"rate.csv\", basis = \"assumed\" }\n";
  }

  /// What prices of services come to.
  std::vector<double> prices(const std::string& text) const {
    return with(text, [&](const Source& source) {
      std::vector<double> prices;
      for (const Settings& block : source.settings[services_]) {
        prices.push_back(*block.quantity(service_price_).number());
      }
      return prices;
    });
  }

  const test::Folder folder_;
  const std::vector<std::string> onset_{"onset"};
  const QuantityParameter rate_{{.name = "care.rate",
                                 .range = {0.0, 1.0},
                                 .axes = {"year", "area", "sex", "age"},
                                 .fallback = Quantity{0.1}}};
  const QuantityParameter price_{{.name = "care.price", .axes = {"area"}}};
  const Real share_{{.name = "care.share", .range = {0.0, 1.0}, .fallback = 0.0}};
  const Integer age_{{.name = "care.age", .range = {1, 100}, .fallback = std::int64_t{40}}};
  const RealList weights_{{.name = "care.weights", .fallback = std::vector<double>{1.0, 3.0}}};
  const Text method_{{.name = "care.method", .fallback = std::string("x")}};
  const Text service_name_{{.name = "welfare.service.name"}};
  const QuantityParameter service_price_{{.name = "welfare.service.price"}};
  const BlockList services_{{.name = "welfare.service"}, {&service_name_, &service_price_}};
  Catalogue catalogue_;
  Frame frame_;
};

TEST_F(ParameterInterventions, ChangeNumbersOfEveryKind) {
  EXPECT_DOUBLE_EQ(*value(rate_, on("care.rate", "factor = 1.5\n")).number(), 0.1 * 1.5);
  EXPECT_DOUBLE_EQ(value(share_, on("care.share", "shift = 0.2\n")), 0.2);
  EXPECT_EQ(value(age_, on("care.age", "shift = -2.0\n")), 38);
  EXPECT_EQ(value(weights_, on("care.weights", "factor = 2.0\n")), (std::vector{2.0, 6.0}));
  // Half of them reached, 1 + (0.5 - 1) / 2; factors multiply, then shifts add.
  EXPECT_DOUBLE_EQ(*value(rate_, on("care.rate", "shift = 0.01\n") +
                                     on("care.rate", "factor = 0.5\nreach = 0.5\n"))
                        .number(),
                   0.1 * 0.75 + 0.01);
}

TEST_F(ParameterInterventions, ChangeTheBlocksThatTheyAreOf) {
  const std::string services =
      "[[welfare.service]]\nname = \"home\"\nprice = 10.0\n"
      "[[welfare.service]]\nname = \"meals\"\nprice = 2.0\n";
  EXPECT_EQ(prices(services + on("welfare.service.price", "factor = 3.0\nof = [\"meals\"]\n")),
            (std::vector{10.0, 6.0}));
  EXPECT_EQ(prices(services + on("welfare.service.price", "factor = 3.0\n")),
            (std::vector{30.0, 6.0}));
  EXPECT_HAS(test::error_of(Fault::scenario,
                            [&] {
                              prices(services + on("welfare.service.price",
                                                   "factor = 3.0\nof = [\"meal\"]\n"));
                            }),
             "no [[welfare.service]] is called 'meal'; did you mean 'meals'?");
}

TEST_F(ParameterInterventions, LeaveWhatTheScenarioSaysAsItIs) {
  with(on("care.share", "shift = 0.2\n"), [&](const Source& source) {
    EXPECT_EQ(source.settings[share_], 0.2);
    EXPECT_EQ(std::get<double>(source.settings.setting(share_).value), 0.0);
    return 0;
  });
}

TEST_F(ParameterInterventions, GiveANumberOrATableWithoutYearsTheYearsThatTheyAreAbout) {
  const std::string course = "factor = 0.5\nfrom = 2002\nto = 2003\nphase_in = 2\n";
  const std::array parts{1.0, 0.75, 0.5, 1.0};
  const Cells of_number = cells(on("care.rate", course));
  const Cells of_table =
      cells(table("area,value\na,0.2\nb,0.4\n") + on("care.rate", course + "areas = [\"b\"]\n"));
  folder_.write("course.csv", "year,value\n2001,0\n2002,0.5\n2003,1\n2004,0\n");
  const Cells by_table = cells(on("care.rate",
                                  "factor = 0.5\ncourse = { file = \"course.csv\", basis = "
                                  "\"assumed\" }\n"));
  for (const Interval interval : positions<Interval>(4)) {
    const double part = parts.at(interval.position());
    EXPECT_DOUBLE_EQ(of_number(interval, Area(1), Sex(0), Age(3)), 0.1 * part);
    EXPECT_DOUBLE_EQ(by_table(interval, Area(1), Sex(0), Age(3)), 0.1 * part);
    EXPECT_DOUBLE_EQ(of_table(interval, Area(0), Sex(0), Age(3)), 0.2);
    EXPECT_DOUBLE_EQ(of_table(interval, Area(1), Sex(0), Age(3)), 0.4 * part);
  }
}

/// Whatever they are about, a table that is edited cell by cell holds the same.
TEST_F(ParameterInterventions, DoWhatEditingATableDoesInTheCellsThatTheyAreAbout) {
  using RateOf = std::function<double(int, const std::string&, const std::string&, int)>;
  const RateOf before = [](int year, const std::string& area, const std::string& sex, int age) {
    return age < 5 ? 0.0
                   : 0.02 + 0.001 * (year - 2000) + (area == "a" ? 0.01 : 0.0) +
                         (sex == "male" ? 0.005 : 0.0) + 0.001 * age;
  };
  std::string rows = "year,area,sex,age,value\n";
  for (int year = 2001; year <= 2004; ++year) {
    for (const std::string area : {"a", "b"}) {
      for (const std::string sex : {"female", "male"}) {
        for (int age = 0; age <= 20; ++age) {
          rows +=
              fmt::format("{},{},{},{},{}\n", year, area, sex, age, before(year, area, sex, age));
        }
      }
    }
  }
  std::mt19937 numbers(5);
  const auto one_of = [&](const std::vector<std::string>& words) {
    return words[numbers() % words.size()];
  };
  for (int trial = 0; trial < 100; ++trial) {
    const std::string area = one_of({"", "a", "b", "both"});
    const std::string sex = one_of({"", "female", "male"});
    const int first_age = static_cast<int>(numbers() % 12);
    const int last_age = first_age + 5 + static_cast<int>(numbers() % 3);
    const int from = 2001 + static_cast<int>(numbers() % 4);
    const int phase_in = 1 + static_cast<int>(numbers() % 3);
    const bool shift = numbers() % 2 == 1;
    std::string fields = shift ? "shift = 0.03\n" : "factor = 0.4\n";
    if (!area.empty()) fields += "areas = [\"" + area + "\"]\n";
    if (!sex.empty()) fields += "sexes = [\"" + sex + "\"]\n";
    fields += fmt::format("ages = \"{}-{}\"\nfrom = {}\nphase_in = {}\n", first_age, last_age, from,
                          phase_in);
    SCOPED_TRACE(fields);
    const Cells changed = cells(table(rows) + on("care.rate", fields));
    for (int year = 2001; year <= 2004; ++year) {
      for (const std::size_t of : {std::size_t{0}, std::size_t{1}}) {
        for (const std::size_t who : {std::size_t{0}, std::size_t{1}}) {
          for (int age = 0; age <= 20; ++age) {
            const double rate = before(year, frame_.areas[of].code, frame_.sexes[who], age);
            const bool meant = (area.empty() || area == "both" || area == frame_.areas[of].code) &&
                               (sex.empty() || sex == frame_.sexes[who]) && age >= first_age &&
                               age <= last_age && year >= from && rate != 0.0;
            const double part = meant ? std::min(1.0, (year - from + 1.0) / phase_in) : 0.0;
            const double expected = shift ? rate + 0.03 * part : rate * (1.0 + (0.4 - 1.0) * part);
            ASSERT_NEAR(changed(Interval(static_cast<std::size_t>(year - 2001)), Area(of), Sex(who),
                                Age(static_cast<std::size_t>(age))),
                        expected, 1e-12);
          }
        }
      }
    }
  }
}

TEST_F(ParameterInterventions, ChangeTheLabelsOfATableThatTheyAreOf) {
  using Occupation = Index<struct OccupationOfTestAxis>;
  const auto rates = [&](const std::string& of) {
    return with(table("occupation,value\nnurse,0.1\naide,0.2\n") +
                    on("care.rate", "factor = 0.5\nof = [\"" + of + "\"]\n"),
                [&](const Source& source) {
                  const auto table = source.tables.read<Occupation>(
                      rate_, *source.settings[rate_].table(),
                      {WantedAxis{.name = "occupation", .labels = {"nurse", "aide"}}});
                  return std::vector{table(Occupation(0)), table(Occupation(1))};
                });
  };
  EXPECT_EQ(rates("aide"), (std::vector{0.1, 0.1}));
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { rates("aides"); }),
             "the table of 'care.rate' does not tell aides apart; it has nurse, aide");
}

TEST_F(ParameterInterventions, AreRefusedWhereTheyWouldDoNothing) {
  EXPECT_HAS(refused(on("care.share", "shift = 0.1\nareas = [\"a\"]\n")),
             "s.toml:5:9: error: intervention.areas: 'care.share' is one number, alike for every "
             "area; leave it out");
  EXPECT_HAS(refused(on("care.rate", "factor = 0.9\nsexes = [\"male\"]\n")),
             "alike for every sex; give it as a table with a column sex, or leave this out");
  EXPECT_HAS(refused(on("care.share", "shift = 0.1\nfrom = 2002\n")), "alike for every year");
  EXPECT_HAS(refused(on("care.share", "factor = 2.0\n")),
             "nothing in this scenario reads 'care.share'");
  EXPECT_HAS(refused(on("care.price", "factor = 2.0\n")),
             "the scenario does not give 'care.price'");
  EXPECT_HAS(refused(table("value\n0.0\n") + on("care.rate", "factor = 2.0\n")),
             "all figures of 'care.rate' that it is about are 0, and stay 0");
  EXPECT_HAS(refused(on("care.age", "factor = 1.01\n")),
             "'care.age' would become 40.4, and is a whole number; give a shift by a whole number");
}

TEST_F(ParameterInterventions, AreRefusedOnWhatTheyDoNotReach) {
  EXPECT_HAS(refused(on("care.rates", "factor = 2.0\n")), "did you mean 'care.rate'?");
  EXPECT_HAS(refused(on("care.onsett", "factor = 2.0\n")), "did you mean 'care.onset'?");
  EXPECT_HAS(refused(on("care.method", "factor = 2.0\n")), "it holds no number; change it in the");
  EXPECT_HAS(refused(on("intervention.factor", "factor = 2.0\n")),
             "change the block itself, or by --set intervention[NAME].factor=...");
}

TEST_F(ParameterInterventions, AreRefusedWhereTheTableDoesNotTellThemApart) {
  EXPECT_HAS(refused(table("sex,value\nfemale,0.6\nmale,0.2\n") +
                     on("care.rate", "factor = 0.9\nages = \"10+\"\n")),
             "intervention.ages: 'care.rate' is not told apart by age there; give it as a table "
             "with a column age");
  EXPECT_HAS(
      refused(table("sex,value\nfemale,0.6\nmale,0.2\n") + on("care.rate", "factor = 2.0\n")),
      "'care.rate' would become 1.2 at sex female, and must be a number from 0 to 1");
  EXPECT_HAS(refused(table("sex,value\nfemale,0.6\nmale,0.2\n") +
                     on("care.rate", "factor = 2.0\nof = [\"nurses\"]\n")),
             "the table of 'care.rate' does not tell nurses apart");
  const auto grouped = [&](const std::string& fields) {
    return with(table("age,value\n0,0.1\n10,0.2\n") + on("care.rate", fields), [&](const Source&
                                                                                       source) {
      const WantedAxis ages{.name = "age", .labels = {"0", "10"}, .kind = WantedAxis::Kind::age};
      const auto table = source.tables.read<Age>(rate_, *source.settings[rate_].table(), {ages});
      return std::vector{table(Age(0)), table(Age(1))};
    });
  };
  EXPECT_EQ(grouped("factor = 0.5\nages = \"10+\"\n"), (std::vector{0.1, 0.1}));
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { grouped("factor = 0.5\nages = \"5-9\"\n"); }),
             "it splits the ages 0-9 of the table of 'care.rate'; its groups begin at 0, 10");
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { grouped("factor = 0.5\nfrom = 2002\n"); }),
             "'care.rate' holds for all years alike");
}

/// Bounds for one result are those of 16 strata; for the mean of many results, five of its standard
/// errors.
TEST_F(ParameterInterventions, AreDrawnWithTheirMeanAndStandardErrorInSixteenVariants) {
  constexpr int seeds = 60;
  for (const auto& [fields, mean, se] :
       {std::tuple("factor = 0.8\nse = 0.1\n", 0.08, 0.01),
        std::tuple("shift = 0.05\nse = 0.02\n", 0.15, 0.02),
        std::tuple("factor = 0.8\nse = 0.1\nreach = 0.5\n", 0.09, 0.005)}) {
    double means = 0.0;
    double variances = 0.0;
    for (int seed = 0; seed < seeds; ++seed) {
      const std::vector<double> drawn = rates(fields, static_cast<std::uint64_t>(seed));
      ASSERT_EQ(drawn.size(), 16U);
      const double sd = test::sd_of(drawn);
      EXPECT_NEAR(test::mean_of(drawn), mean, 0.25 * se) << fields << seed;
      EXPECT_NEAR(sd, se, 0.5 * se) << fields << seed;
      means += test::mean_of(drawn) / seeds;
      variances += sd * sd / seeds;
    }
    EXPECT_NEAR(means, mean, 0.03 * se) << fields;
    EXPECT_NEAR(variances, se * se, 0.15 * se * se) << fields;
  }
}

TEST_F(ParameterInterventions, AreSpreadEvenlyOverTheFirstOfTheVariants) {
  for (const std::uint64_t seed : {std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{3}}) {
    std::vector<double> drawn = rates("shift = 0.05\nse = 0.01\n", seed);
    for (; !drawn.empty(); drawn.resize(drawn.size() / 2)) {
      std::set<std::size_t> strata;
      for (const double rate : drawn) {
        const double share = 0.5 * std::erfc(-(rate - 0.15) / 0.01 / std::sqrt(2.0));
        strata.insert(static_cast<std::size_t>(share * static_cast<double>(drawn.size())));
      }
      EXPECT_EQ(strata.size(), drawn.size());
    }
  }
}

TEST_F(ParameterInterventions, AreDrawnByTheSeedAndTheirNamesAlone) {
  const std::string shift = "shift = 0.05\nse = 0.01\n";
  const std::vector<double> alone = rates(shift);
  EXPECT_NE(rates(shift, 2), alone);
  const auto beside = [&](const std::string& name) {
    return rates(shift + "evidence = \"trial\"\n[[intervention]]\nname = \"" + name +
                 "\"\non = \"care.rate\"\nshift = 0.02\nse = 0.003\n");
  };
  const std::vector<double> same = beside("x");
  const std::vector<double> other = beside("y");
  double product = 0.0;
  for (std::size_t at = 0; at < alone.size(); ++at) {
    EXPECT_NEAR(same[at], alone[at] + 0.02 + 0.3 * (alone[at] - 0.15), 1e-12);
    product += (alone[at] - 0.15) * (other[at] - alone[at] - 0.02);
  }
  // Apart from what they have in common, which is nothing, there are the two standard errors.
  EXPECT_LT(std::abs(product / 16.0), 0.9 * 0.01 * 0.003);
}

TEST_F(ParameterInterventions, SpreadFromAreaToArea) {
  frame_.areas.push_back({"rest", "", true, ""});
  const std::string text =
      table("area,value\na,0.2\nb,0.4\nrest,0.8\n") +
      on("care.rate", "factor = 0.5\nspread = \"logistic\"\nphase_in = 2\ntake_part = 0.8\n");
  const auto share = [](std::size_t at) {
    return 0.8 / (1.0 + std::pow(81.0, (2002.0 - (2001.0 + static_cast<double>(at))) / 2.0));
  };
  const Cells expected = cells(text);
  const std::vector<Cells> drawn =
      in_variants(text, 1, [&](const Source& source) { return cells(source); });
  for (const Interval interval : positions<Interval>(4)) {
    const auto rate = [&](const Cells& of, std::size_t area) {
      return of(interval, Area(area), Sex(1), Age(3));
    };
    const double part = share(interval.position());
    for (const auto& [area, whole] :
         {std::pair(std::size_t{0}, 0.2), std::pair(std::size_t{1}, 0.4)}) {
      EXPECT_NEAR(rate(expected, area), whole * (1.0 - 0.5 * part), 1e-12);
      double taken_up = 0.0;
      for (const Cells& one : drawn) {
        const bool takes_part = rate(one, area) < 0.75 * whole;
        EXPECT_NEAR(rate(one, area), takes_part ? 0.5 * whole : whole, 1e-12);
        taken_up += takes_part ? 1.0 / 16.0 : 0.0;
      }
      EXPECT_NEAR(taken_up, part, 1.0 / 16.0);
    }
    for (const Cells& one : drawn) EXPECT_EQ(rate(one, 2), rate(expected, 2));
  }
  const auto differ = [](const Cells& one) {
    return 2.0 * one(Interval(1), Area(0), Sex(0), Age(0)) !=
           one(Interval(1), Area(1), Sex(0), Age(0));
  };
  EXPECT_TRUE(std::any_of(drawn.begin(), drawn.end(), differ)) << "the areas have one luck";
}

TEST_F(ParameterInterventions, AreRefusedWhereDrawsCannotDiffer) {
  EXPECT_HAS(refused(on("care.age", "shift = -2.0\nse = 1.0\nevidence = \"y\"\n")),
             "s.toml:5:6: error: intervention.se: 'care.age' is a whole number, and no draw would "
             "be one; leave it out, or let a plan sample");
  const std::string spread = "factor = 0.5\nspread = \"logistic\"\n";
  EXPECT_HAS(refused(on("care.rate", spread)),
             "intervention.spread: 'care.rate' is not told apart by area there; give it as a table "
             "with a column area");
  EXPECT_HAS(refused(on("care.share", spread)),
             "intervention.spread: 'care.share' is one number, alike for every area; leave it out");
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { rates("shift = 0.88\nse = 0.02\n"); }),
             "'care.rate' would become 1.0");
}

}  // namespace
}  // namespace kohort
