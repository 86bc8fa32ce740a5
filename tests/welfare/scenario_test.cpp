// Needs of welfare as a scenario gives them: rates by groups of ages, own users, levers, mistakes.
#include <cmath>
#include <numeric>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "models/welfare/inputs.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/projected.hpp"

namespace kohort {
namespace {

using test::Projected;

constexpr int open_age = 8;
constexpr int cells_of_area = 2 * (open_age + 1);

/// 100 people in each cell of areas a, b and c, ages 0 to 8+, from 2000 to 2003; nobody moves.
class Welfare : public ::testing::Test {
 protected:
  Welfare() {
    std::string base = "area,sex,age,value\n";
    for (const std::string area : {"a", "b", "c"}) {
      for (const std::string sex : {"female", "male"}) {
        for (int age = 0; age <= open_age; ++age)
          base += fmt::format("{},{},{},100\n", area, sex, age);
      }
    }
    base_ = table(base);
  }

  std::string table(const std::string& text) {
    const std::string name = fmt::format("t{}.csv", ++tables_);
    folder_.write(name, text);
    return fmt::format(
        "{{ file = \"{}\", basis = \"observed\", age_definition = \"end_of_year\" }}", name);
  }
  void need(const std::string& fields) { blocks_ += "[[welfare.need]]\n" + fields + "\n"; }
  void lever(const std::string& fields) {
    blocks_ += "[[welfare.lever]]\non = \"rate\"\n" + fields + "\n";
  }
  Projected project() { return Projected(write()); }
  std::string mistake() {
    return test::error_of(Fault::scenario, [&] { ScenarioRun(write(), {}); });
  }

  /// The needs as they are read, before own users and levers.
  std::vector<welfare::NeedInput> needs() {
    const ScenarioRun run(write(), {});
    Tables tables(std::nullopt);
    return welfare::read_needs({run.settings(), run.frame(), tables});
  }

  /// The people with a need in an area, of ages from `first` to `last`, and of both sexes unless
  /// one is named.
  static double sum(const Projected& run, const std::string& need, int year,
                    const std::string& area, const std::string& only = "", int first = 0,
                    int last = open_age) {
    for (const Recorded& recorded : run.outcome().recorded) {
      if (recorded.variable.name != "welfare/persons" || recorded.variable.category.label != need) {
        continue;
      }
      std::size_t at =
          static_cast<std::size_t>((year - 2000) * 3 + (area[0] - 'a')) * cells_of_area;
      double persons = 0.0;
      for (const std::string sex : {"female", "male"}) {
        for (int age = 0; age <= open_age; ++age, ++at) {
          const bool meant = (only.empty() || only == sex) && age >= first && age <= last;
          if (meant) persons += recorded.values[at];
        }
      }
      return persons;
    }
    throw std::out_of_range(need);
  }
  static double persons(const Projected& run, int year, const std::string& area) {
    double sum = 0.0;
    for (const std::string sex : {"female", "male"}) {
      for (int age = 0; age <= open_age; ++age) sum += run.at("persons", year, {area, sex, age});
    }
    return sum;
  }
  static const Estimate& estimate(const Projected& run, const std::string& name) {
    for (const Estimate& one : run.outcome().estimates) {
      if (one.name == name) return one;
    }
    throw std::out_of_range(name);
  }

 private:
  std::filesystem::path write() {
    return folder_.write("s.toml",
                         "format = 1\ntitle = \"land\"\nprojection.base_year = 2000\n"
                         "projection.end_year = 2003\nprojection.open_age = 8\n"
                         "areas.codes = [\"a\", \"b\", \"c\"]\n"
                         "areas.groups = { pair = [\"a\", \"b\"] }\n"
                         "population.mortality.measure = \"probability_of_dying\"\n"
                         "population.mortality.rates = 0.05\npopulation.fertility.rates = 0.0\n"
                         "population.base = " +
                             base_ + "\n" + blocks_);
  }

  test::Folder folder_;
  std::string base_;
  std::string blocks_;
  int tables_ = 0;
};

TEST_F(Welfare, FollowsRatesBySexAndGroupsOfAges) {
  need("name = \"n\"\nrate_ages = [\"0\", \"4\"]\nrate = " +
       table("sex,age,value\nfemale,0-3,0.1\nfemale,4+,0.2\nmale,0-3,0.3\nmale,4+,0\n"));
  const Projected run = project();
  EXPECT_DOUBLE_EQ(sum(run, "n", 2000, "b", "female"), 4 * 10.0 + 5 * 20.0);
  EXPECT_DOUBLE_EQ(sum(run, "n", 2000, "b", "male"), 4 * 30.0);
  EXPECT_DOUBLE_EQ(sum(run, "n", 2002, "b", "male", 3, 3),
                   0.3 * run.at("persons", 2002, {"b", "male", 3}));
}

TEST_F(Welfare, CountsTheAgesOfTheNeedAlone) {
  need("name = \"children\"\nages = \"0-2\"\nrate = 0.127");
  const Projected run = project();
  EXPECT_DOUBLE_EQ(sum(run, "children", 2000, "a"), 6 * 12.7);
  EXPECT_EQ(sum(run, "children", 2000, "a", "", 3), 0.0);
}

TEST_F(Welfare, TakesTheMiddleOfARangeWithoutUncertainty) {
  need("name = \"n\"\nrate_low = 0.2\nrate_high = 0.4");
  EXPECT_NEAR(sum(project(), "n", 2000, "a"), 0.3 * 1800.0, 1e-9);
}

TEST_F(Welfare, HasATrendThatIsDamped) {
  need("name = \"n\"\nrate = 0.1\ntrend = 1.1\ntrend_damping = 0.5");
  const Projected run = project();
  EXPECT_NEAR(sum(run, "n", 2002, "a"), 0.1 * std::pow(1.1, 0.75) * persons(run, 2002, "a"), 1e-9);
}

TEST_F(Welfare, ReproducesTheUsersThatAnAreaKnows) {
  need("name = \"n\"\nrate_ages = [\"0\", \"4\"]\nrate = " + table("age,value\n0,0.1\n4,0.2\n") +
       "\nown_users = " + table("area,value\nb,112\n"));
  const Projected run = project();
  // Expected: 8 cells of 10 and 10 cells of 20, 280 in all.
  EXPECT_NEAR(sum(run, "n", 2000, "a"), 280.0, 1e-9);
  EXPECT_NEAR(sum(run, "n", 2000, "b"), 112.0, 1e-9);
  EXPECT_NEAR(sum(run, "n", 2000, "b", "female", 8), 0.4 * 20.0, 1e-12);
  const auto& factors = estimate(run, "welfare/calibration/factor").values;
  ASSERT_EQ(factors.size(), 3U);
  EXPECT_EQ(factors[0], 1.0);
  EXPECT_NEAR(factors[1], 0.4, 1e-12);
}

TEST_F(Welfare, GoesOnFromOwnUsersWithTheAreasPeople) {
  need("name = \"n\"\nrate = 0.1\nown_users = " + table("area,value\nb,90\n"));
  const Projected run = project();
  EXPECT_NEAR(sum(run, "n", 2003, "b") / persons(run, 2003, "b"), 90.0 / 1800.0, 1e-12);
}

TEST_F(Welfare, OfOwnUsersAloneGivesOtherAreasTheirShare) {
  need("name = \"n\"\nages = \"4+\"\nown_users = " + table("area,value\na,100\nb,50\n"));
  const Projected run = project();
  EXPECT_NEAR(sum(run, "n", 2000, "a"), 100.0, 1e-9);
  EXPECT_NEAR(sum(run, "n", 2000, "c"), 75.0, 1e-9);
  EXPECT_EQ(sum(run, "n", 2000, "c", "", 0, 3), 0.0);
}

TEST_F(Welfare, HasTheBinomialErrorOfARateOnItsLogOdds) {
  need("name = \"n\"\nages = \"1+\"\nrate = " + table("sex,value\nfemale,0.2\nmale,0\n") +
       "\nobserved = 400");
  const auto sd = needs().front().rates.log_odds_sd;
  EXPECT_DOUBLE_EQ(sd(Sex(0), Age(1), Area(0)), 0.125);  // 1 / sqrt(400 x 0.2 x 0.8)
  EXPECT_EQ(sd(Sex(1), Age(1), Area(0)), 0.0);
  EXPECT_EQ(sd(Sex(0), Age(0), Area(0)), 0.0);
}

TEST_F(Welfare, TakesTheStandardErrorOfARateToItsLogOdds) {
  need("name = \"n\"\nrate = 0.2\nrate_sd = 0.02");
  EXPECT_DOUBLE_EQ(needs().front().rates.log_odds_sd(Sex(1), Age(8), Area(2)), 0.125);
}

TEST_F(Welfare, KnowsWhichFiguresItsRatesWereReadFrom) {
  need("name = \"m\"\nrate = 0.2");
  need("name = \"n\"\nrate_ages = [\"0\", \"4\"]\nrate = " +
       table("sex,age,value\nfemale,0-3,0.1\nfemale,4+,0.2\nmale,0-3,0.3\nmale,4+,0\n"));
  const auto both = needs();
  EXPECT_EQ(both[0].rates.figures.size(), 1U);
  const welfare::RateFigures& figures = both[1].rates.figures;
  EXPECT_EQ(figures.size(), 4U);
  EXPECT_EQ(figures.of(Sex(1), Age(3), Area(0)), figures.of(Sex(1), Age(0), Area(2)));
  EXPECT_NE(figures.of(Sex(1), Age(3), Area(0)), figures.of(Sex(1), Age(4), Area(0)));
}

TEST_F(Welfare, TakesOwnUsersAsCertain) {
  need("name = \"n\"\nrate = 0.2\nobserved = 400\nown_users = " + table("area,value\nb,90\n"));
  auto read = needs();
  Frame frame;
  frame.open_age = open_age;
  frame.sexes = {"female", "male"};
  frame.areas = {{"a", "", false, ""}, {"b", "", false, ""}, {"c", "", false, ""}};
  welfare::take_own_users(frame, population::AgeTable(population::age_extents(frame), 100.0), read);
  EXPECT_EQ(read.front().rates.log_odds_sd(Sex(0), Age(0), Area(1)), 0.0);
  EXPECT_DOUBLE_EQ(read.front().rates.log_odds_sd(Sex(0), Age(0), Area(2)), 0.125);
}

TEST_F(Welfare, ReportsTheRatesOfTheBaseYear) {
  need("name = \"m\"\nrate = 0.1");
  need("name = \"n\"\nages = \"0-2\"\nrate = 0.4");
  const Estimate rates = estimate(project(), "welfare/calibration/rate");
  ASSERT_EQ(rates.values.size(), 3U * 2 * cells_of_area);  // [area][need][sex][age]
  EXPECT_EQ(rates.values[0], 0.1);
  EXPECT_EQ(rates.values[cells_of_area + 2], 0.4);
  EXPECT_EQ(rates.values[cells_of_area + 3], 0.0);
  EXPECT_EQ(rates.axes[1].labels, (std::vector<std::string>{"m", "n"}));
}

TEST_F(Welfare, LeversReachWhomTheyAreMeantForYearByYear) {
  need("name = \"m\"\nrate = 0.1");
  need("name = \"n\"\nrate = 0.1");
  lever(
      "needs = [\"n\"]\nfactor = 0.5\nareas = [\"pair\"]\nages = \"0-3\"\nsexes = [\"male\"]\n"
      "from = 2002\nphase_in = 2\nreach = 0.8");
  const Projected run = project();
  const auto ratio = [&](int year, const std::string& area, const std::string& sex, int age) {
    return sum(run, "n", year, area, sex, age, age) / sum(run, "m", year, area, sex, age, age);
  };
  EXPECT_EQ(ratio(2001, "a", "male", 3), 1.0);
  EXPECT_NEAR(ratio(2002, "a", "male", 3), 0.8, 1e-12);  // 1 - 0.5 x 0.8 x 1/2
  EXPECT_NEAR(ratio(2003, "b", "male", 3), 0.6, 1e-12);
  EXPECT_EQ(ratio(2003, "c", "male", 3), 1.0);
  EXPECT_EQ(ratio(2003, "a", "female", 3), 1.0);
  EXPECT_EQ(ratio(2003, "a", "male", 4), 1.0);
}

TEST_F(Welfare, LeversMultiplyEachOther) {
  need("name = \"n\"\nrate = 0.1");
  lever("factor = 0.5");
  lever("factor = 3\nto = 2002");
  const Projected run = project();
  EXPECT_NEAR(sum(run, "n", 2002, "a") / persons(run, 2002, "a"), 0.15, 1e-12);
  EXPECT_NEAR(sum(run, "n", 2003, "a") / persons(run, 2003, "a"), 0.05, 1e-12);
}

TEST_F(Welfare, LeavesThePopulationAsItIs) {
  const Projected without = project();
  need("name = \"n\"\nrate = 0.1");
  EXPECT_EQ(project().values("persons"), without.values("persons"));
}

TEST_F(Welfare, AsksForTheUsersOwnTableWhereThereIsNoRate) {
  need("name = \"substance_misuse\"");
  const std::string text = mistake();
  EXPECT_HAS(text, "welfare.need.rate: there is none, and none is made up");
  EXPECT_HAS(text, "own_users = { file = \"...\" }");
}

TEST_F(Welfare, SaysAllThatIsWrongWithItsNeeds) {
  need("name = \"n\"\nrate = 0.1");
  need("name = \"n\"\nrate = 0.1");
  need("name = \"half\"\nrate_low = 0.1");
  need("name = \"twice\"\nrate_low = 0.1\nrate_high = 0.2\nrate = 0.1");
  need("name = \"turned\"\nrate_low = 0.3\nrate_high = 0.2");
  need("name = \"errors\"\nrate = 0.1\nobserved = 100\nrate_sd = 0.1");
  need("name = \"late\"\nrate_ages = [\"2\", \"4\"]\nrate = 0.1");
  need("name = \"falling\"\nrate_ages = [\"0\", \"4\", \"3\"]\nrate = 0.1");
  need("name = \"odd\"\nages = \"3-99\"\nrate = 0.1");
  const std::string text = mistake();
  EXPECT_HAS(text, "a second 'n', or no name");
  EXPECT_HAS(text, "rate_low: the other end is missing");
  EXPECT_HAS(text, "rate_low: there is a rate beside it");
  EXPECT_HAS(text, "rate_low: 0.3 is above rate_high, 0.2");
  EXPECT_HAS(text, "give rate and either observed or rate_sd");
  EXPECT_HAS(text, "the first group begins at 2; begin at 0 or before");
  EXPECT_HAS(text, "rate_ages: found '3'");
  EXPECT_HAS(text, "'3-99' reaches into the open age group 8+");
}

TEST_F(Welfare, RefusesRatesAboveOne) {
  need("name = \"n\"\nrate = 1.5");
  EXPECT_HAS(mistake(), "welfare.need.rate");
}

TEST_F(Welfare, RefusesTrendsAndLeversThatLiftARangeAboveOne) {
  need("name = \"n\"\nrate_low = 0.2\nrate_high = 0.6");
  lever("factor = 2\nfrom = 2002\nareas = [\"b\"]");
  EXPECT_HAS(mistake(),
             "in 2002 1.2 of each of the people of area b (female, age 0) would have the need 'n'");
}

TEST_F(Welfare, RefusesMoreOwnUsersThanPeople) {
  need("name = \"n\"\nages = \"0-2\"\nrate = 0.1\nown_users = " + table("area,value\nb,601\n"));
  EXPECT_HAS(mistake(), "area b: more than all people of an age would have the need");
}

TEST_F(Welfare, RefusesOwnUsersWhereNobodyCanHaveTheNeed) {
  need("name = \"n\"\nrate = 0\nown_users = " + table("area,value\nb,7\n"));
  EXPECT_HAS(mistake(), "area b: 7 people with the need where nobody can have it");
}

TEST_F(Welfare, RefusesLeversOnWhatIsNotThere) {
  need("name = \"mental_ill_health\"\nrate = 0.1");
  lever("needs = [\"mental_health\"]\nfactor = 0.9\nareas = [\"pairs\"]\nfrom = 2010");
  const std::string text = mistake();
  EXPECT_HAS(text, "no need is called 'mental_health'; did you mean 'mental_ill_health'?");
  EXPECT_HAS(text, "no area and no group is called 'pairs'; did you mean 'pair'?");
  EXPECT_HAS(
      text,
      "welfare.lever.from: 2010 is after the last year; the intervals of the projection end in");
}

TEST(OrebroWelfare, CarriesTheRangeOfMentalIllHealthAndNoUncertaintyOfOwnUsers) {
  const test::Folder folder;
  folder.write("own.csv", "area,users\n1880,30000\n");
  const std::string file = folder.write(
      "s.toml",
      fmt::format("format = 1\nextends = \"{}\"\ntitle = \"own\"\ndraws = 60\n"
                  "projection.end_year = 2016\nuncertainty.paths = true\n"
                  "output.quantiles = [0, 1]\noutput.quantiles_of = [\"welfare/persons\"]\n"
                  "[[welfare.need]]\nname = \"n\"\nrate_low = 0.2\nrate_high = 0.4\n"
                  "own_users = {{ file = \"own.csv\", value = \"users\", basis = \"observed\" }}\n",
                  test::project_file("scenarios/orebro/reference.toml")));
  const Projected run(file);
  const Recorded& needs = run.outcome().recorded.back();
  ASSERT_EQ(needs.variable.name, "welfare/persons");
  const std::size_t cells = 2 * run.frame().ages();
  const std::size_t size = needs.values.size();
  const auto sum_of = [](const auto& values, std::size_t first, std::size_t count) {
    const auto from = values.begin() + static_cast<std::ptrdiff_t>(first);
    return std::accumulate(from, from + static_cast<std::ptrdiff_t>(count), 0.0);
  };
  EXPECT_NEAR(sum_of(needs.values, 0, cells), 30000.0, 1e-6);
  EXPECT_NEAR(sum_of(needs.quantiles, size, cells), 30000.0, 0.1);  // single precision
  const double others = sum_of(run.values("persons"), cells, cells);
  EXPECT_GE(sum_of(needs.quantiles, cells, cells), 0.2 * others * (1.0 - 1e-6));
  EXPECT_LT(sum_of(needs.quantiles, cells, cells), 0.22 * others);
  EXPECT_LE(sum_of(needs.quantiles, size + cells, cells), 0.4 * others * (1.0 + 1e-6));
  EXPECT_GT(sum_of(needs.quantiles, size + cells, cells), 0.38 * others);
}

TEST(OrebroWelfare, HasTheNationsChildrenInVulnerableHouseholds) {
  const Projected run(test::project_file("scenarios/orebro/welfare.toml"),
                      {"projection.end_year=2016"});
  double children = 0.0;
  for (const std::string sex : {"female", "male"}) {
    for (int age = 0; age <= 17; ++age) children += run.at("persons", 2015, {"1880", sex, age});
  }
  double with = 0.0;
  for (const Recorded& one : run.outcome().recorded) {
    if (one.variable.category.label != "children_in_vulnerable_households") continue;
    for (std::size_t at = 0; at < 2 * run.frame().ages(); ++at) with += one.values[at];
  }
  EXPECT_NEAR(with, 0.127 * children, 1e-6);  // Rädda Barnen 2012:2
}

}  // namespace
}  // namespace kohort
