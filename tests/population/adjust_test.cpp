// Multipliers, totals that must be met, and what drives moves: a land of three areas, two of which
// are a county.
#include <cmath>
#include <numeric>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/projected.hpp"

namespace kohort {
namespace {

using test::Projected;
using test::Who;

constexpr int open_age = 8;

/// People of both sexes aged 0 to 8+ in a, b and c, from 2000 to 2003. Everything happens.
class Land : public ::testing::Test {
 protected:
  Land() {
    std::string base = "area,sex,age,value\n";
    std::string immigrants = base;
    int more = 0;
    for (const std::string area : {"a", "b", "c"}) {
      for (const std::string sex : {"female", "male"}) {
        for (int age = 0; age <= open_age; ++age) {
          base += fmt::format("{},{},{},{}\n", area, sex, age, 1000 + 37 * (++more % 11));
          immigrants += fmt::format("{},{},{},{}\n", area, sex, age, 10 + more % 7);
        }
      }
    }
    set("population.base", table(base));
    set("population.immigration.counts", table(immigrants));
    set("population.emigration.rates", "0.02");
    set("population.mortality.measure", "\"probability_of_dying\"");
    set("population.mortality.rates", "0.05");
    set("population.fertility.rates", table("age,value\n3,0.2\n4,0.3\n", "zero"));
    set("population.domestic.form", "\"pool\"");
    set("population.domestic.leaving", "0.1");
    set("population.domestic.destination_shares",
        table("origin,destination,value\na,b,0.4\na,c,0.6\nb,a,0.3\nb,c,0.7\nc,a,0.5\nc,b,0.5\n",
              "zero"));
  }

  std::string table(const std::string& text, const std::string& missing = "error") {
    const std::string name = fmt::format("t{}.csv", ++tables_);
    folder_.write(name, text);
    return fmt::format(
        "{{ file = \"{}\", missing = \"{}\", basis = \"assumed\", age_definition = "
        "\"end_of_year\" }}",
        name, missing);
  }
  void set(const std::string& parameter, const std::string& value) {
    lines_ += parameter + " = " + value + "\n";
  }
  void multiply(const std::string& fields) { blocks_ += "[[population.multiplier]]\n" + fields; }
  void total(const std::string& fields) { blocks_ += "[[population.total]]\n" + fields; }
  void total(const std::string& of, const std::string& rows, const std::string& more = "") {
    total(fmt::format("of = \"{}\"\ntable = {}\n{}", of, table(rows), more));
  }

  /// Freezes the run with its blocks, and goes on with what was frozen instead of them.
  void freeze() {
    ScenarioRun(write(), {}).freeze(folder_.name("frozen.h5"));
    blocks_.clear();
    set("population.frozen_factors", "\"frozen.h5\"");
  }

  Projected project() { return Projected(write()); }
  std::string mistake() {
    return test::error_of(Fault::scenario, [&] { ScenarioRun(write(), {}); });
  }

  /// Persons at the end of a year, or a flow of it.
  static double sum(const Projected& run, const std::string& variable, int year,
                    const std::vector<std::string>& areas,
                    const std::vector<std::string>& sexes = {"female", "male"}, int first = 0,
                    int last = open_age) {
    double persons = 0.0;
    for (const std::string& area : areas) {
      for (const std::string& sex : sexes) {
        for (int age = first; age <= last; ++age) {
          persons += run.at(variable, year, {area, sex, age});
        }
      }
    }
    return persons;
  }
  static const Estimate& estimate(const Projected& run, const std::string& name) {
    for (const Estimate& one : run.outcome().estimates) {
      if (one.name == name) return one;
    }
    throw std::out_of_range(name);
  }

  std::filesystem::path write() {
    return folder_.write("s.toml",
                         "format = 1\ntitle = \"land\"\nprojection.base_year = 2000\n"
                         "projection.end_year = 2003\nprojection.open_age = 8\n"
                         "projection.age_groups = [\"0-3\", \"4+\"]\n"
                         "areas.codes = [\"a\", \"b\", \"c\"]\n"
                         "areas.groups = { county = [\"a\", \"b\"] }\n" +
                             lines_ + blocks_);
  }

 private:
  test::Folder folder_;
  std::string lines_;
  std::string blocks_;
  int tables_ = 0;
};

const std::vector<std::string> both{"female", "male"};
const std::vector<std::string> county{"a", "b"};

class Multipliers : public Land {};

// Nobody moves or comes, so that deaths are in proportion to the probability: 1 - 0.95^2 to 0.05.
TEST_F(Multipliers, ActOnThoseAndInTheYearsThatTheyName) {
  set("population.open_age_survivors", "\"pooled\"");
  multiply("component = \"domestic_out\"\nfactor = 0\n");
  multiply("component = \"immigration\"\nfactor = 0\n");
  multiply("component = \"emigration\"\nfactor = 0\n");
  const Projected before = project();
  multiply(
      "component = \"mortality\"\nfactor = 2\nareas = [\"county\"]\nsexes = [\"male\"]\n"
      "ages = \"4-5\"\nfrom = 2002\nto = 2002\n");
  const Projected after = project();
  for (const std::string area : {"a", "b", "c"}) {
    for (const std::string sex : {"female", "male"}) {
      for (int age = 0; age <= open_age; ++age) {
        const Who who{area, sex, age};
        const bool meant = area != "c" && sex == "male" && (age == 4 || age == 5);
        EXPECT_EQ(after.at("deaths", 2001, who), before.at("deaths", 2001, who));
        EXPECT_NEAR(after.at("deaths", 2002, who),
                    before.at("deaths", 2002, who) * (meant ? 0.0975 / 0.05 : 1.0), 1e-9);
        const double again = 0.05 * after.at("persons", 2002, {area, sex, age > 0 ? age - 1 : 0});
        if (age > 0 && age < open_age) {
          EXPECT_NEAR(after.at("deaths", 2003, who), again, 1e-9);
        }
      }
    }
  }
}

TEST_F(Multipliers, MultiplyOneAnother) {
  const Projected plain = project();
  multiply("component = \"fertility\"\nfactor = 2\nages = \"3\"\n");
  multiply("component = \"fertility\"\nfactor = 0.5\nages = \"0-3\"\nareas = [\"all\"]\n");
  EXPECT_EQ(project().values("births"), plain.values("births"));
}

// From a to b 0.4 becomes 2 x 0.4 / (2 x 0.4 + 0.6); nobody moves more than before. Of the newborn
// there are a few more in b.
TEST_F(Multipliers, MakeAnAreaMoreAttractive) {
  const Projected plain = project();
  multiply("component = \"domestic_in\"\nfactor = 2\nareas = [\"b\"]\n");
  const Projected ours = project();
  const double from_a = sum(ours, "domestic_out", 2001, {"a"}, both, 1);
  const double from_c = sum(ours, "domestic_out", 2001, {"c"}, both, 1);
  EXPECT_NEAR(from_a, sum(plain, "domestic_out", 2001, {"a"}, both, 1), 1e-9);
  EXPECT_NEAR(sum(ours, "domestic_in", 2001, {"b"}, both, 1),
              from_a * 0.8 / 1.4 + from_c * 2.0 / 3.0, 1e-8);
}

TEST_F(Multipliers, SayWhatIsWrongAboutThem) {
  multiply("component = \"mortality\"\nfactor = 1\nareas = [\"countie\"]\n");
  multiply("component = \"mortality\"\nfactor = 1\nages = \"7-8\"\n");
  multiply("component = \"mortality\"\nfactor = 1\nfrom = 2010\n");
  multiply("component = \"net_migration\"\nfactor = 1\n");
  multiply("component = \"fertility\"\nfactor = 1\nsexes = [\"male\"]\n");
  const std::string text = mistake();
  EXPECT_HAS(text, "no area and no group is called 'countie'; did you mean 'county'?");
  EXPECT_HAS(text, "'7-8' reaches into the open age group 8+");
  EXPECT_HAS(text,
             "2010 is after the last year; the intervals of the projection end in 2001 to 2003");
  EXPECT_HAS(text, "this scenario has no such rates to multiply");
  EXPECT_HAS(text, "births are those of women; leave it out");
}

TEST_F(Multipliers, MayNotLeaveMoversWithoutADestination) {
  multiply("component = \"domestic_in\"\nfactor = 0\n");
  EXPECT_HAS(mistake(), "population.multiplier.factor: 0 leads to rates that cannot be: movers");
}

TEST_F(Multipliers, AreBlamedForRatesThatTheyMakeTooHigh) {
  multiply("component = \"emigration\"\nfactor = 1.5\n");
  multiply("component = \"emigration\"\nfactor = 40\nareas = [\"b\"]\nsexes = [\"male\"]\n");
  multiply("component = \"emigration\"\nfactor = 90\nareas = [\"b\"]\nfrom = 2002\n");
  const std::string text = mistake();
  EXPECT_HAS(text, "error: population.multiplier.factor: 40 leads to rates that cannot be:");
  EXPECT_HAS(text,
             "area b, male aged 0, 2001: a probability of dying of 0.05 and of leaving of 1.3");
}

TEST_F(Multipliers, AreNotBlamedForRatesThatWereTooHighBefore) {
  multiply("component = \"emigration\"\nfactor = 0.5\n");
  EXPECT_HAS(test::error_of(Fault::input,
                            [&] { ScenarioRun(write(), {"population.emigration.rates=0.95"}); }),
             "population.emigration.rates: area a");
}

class Totals : public Land {};

TEST_F(Totals, OfPersonsAreMetByMigrationAloneAndInTheirYearsAlone) {
  const Projected plain = project();
  const double wanted = sum(plain, "persons", 2002, county) + 300.0;
  total("persons", fmt::format("year,area,value\n2002,county,{}\n", wanted));
  const Projected ours = project();
  EXPECT_NEAR(sum(ours, "persons", 2002, county), wanted, wanted * 1e-9);
  EXPECT_EQ(sum(ours, "persons", 2001, county), sum(plain, "persons", 2001, county));
  const double immigrants = sum(plain, "immigration", 2002, {"a"});
  const double factor = sum(ours, "immigration", 2002, {"a"}) / immigrants;
  EXPECT_GT(factor, 1.0);
  EXPECT_NEAR(sum(ours, "immigration", 2002, {"b"}),
              factor * sum(plain, "immigration", 2002, {"b"}), 1e-8);
  // Plus-minus: emigrants are divided by what immigrants are multiplied by, but for those whom
  // other ways of leaving take instead.
  EXPECT_NEAR(sum(ours, "emigration", 2002, {"a"}) * factor / sum(plain, "emigration", 2002, {"a"}),
              1.0, 0.01);
  EXPECT_NEAR(sum(ours, "immigration", 2002, {"c"}), sum(plain, "immigration", 2002, {"c"}), 1e-9);
}

TEST_F(Totals, AreReportedWithWhatTheyChange) {
  total("immigration", "year,area,value\n2003,county,700\n");
  const Projected ours = project();
  const double factor = 700.0 / (700.0 - estimate(ours, "adjustment/immigration").values[6] -
                                 estimate(ours, "adjustment/immigration").values[7]);
  EXPECT_NEAR(sum(ours, "immigration", 2003, county), 700.0, 1e-6);
  const Estimate& factors = estimate(ours, "adjustment/immigration_factor");
  ASSERT_EQ(factors.values.size(), 3U * 3U * 2U * 9U);
  EXPECT_EQ(factors.values[0], 1.0);
  EXPECT_NEAR(factors.values[2 * 3 * 2 * 9], factor, 1e-12);
  EXPECT_LE(estimate(ours, "adjustment/largest_error").values[0], 1e-9);
}

/// One kind of flow, and what the table says of it.
struct OfFlow {
  const char* of;
  const char* rows;
  double total;
  std::vector<std::string> sexes;
  int first;
  int last;
};

class TotalsOfFlows : public Land, public ::testing::WithParamInterface<OfFlow> {};

TEST_P(TotalsOfFlows, AreMet) {
  const OfFlow& flow = GetParam();
  total(flow.of, flow.rows, "areas = \"county\"\n");
  const Projected ours = project();
  EXPECT_NEAR(sum(ours, flow.of, 2002, county, flow.sexes, flow.first, flow.last), flow.total,
              flow.total * 1e-9);
}

// 1000 draws of whole people: the mean of an ensemble meets the total within five standard errors,
// those of a sum of 36 Poisson numbers of some 20 each.
TEST_F(Totals, AreMetByTheMeanOfAnEnsemble) {
  total("immigration", "year,area,value\n2001,county,800\n");
  set("draws", "1000");
  set("uncertainty.events", "true");
  const Projected ours = project();
  EXPECT_NEAR(sum(ours, "immigration", 2001, county), 800.0, 5.0 * std::sqrt(800.0 / 1000.0));
}

TEST_F(Multipliers, MakeAnAreaAsAttractiveInAnEnsemble) {
  multiply("component = \"domestic_in\"\nfactor = 2\nareas = [\"b\"]\n");
  const Projected expected = project();
  set("draws", "1000");
  set("uncertainty.events", "true");
  const Projected ours = project();
  const double movers = sum(expected, "domestic_in", 2001, {"b"});
  EXPECT_NEAR(sum(ours, "domestic_in", 2001, {"b"}), movers, 5.0 * std::sqrt(movers / 1000.0));
}

INSTANTIATE_TEST_SUITE_P(
    Land, TotalsOfFlows,
    ::testing::Values(
        OfFlow{"births", "year,value\n2002,900\n", 900, both, 0, open_age},
        OfFlow{"births", "year,age,value\n2002,4,500\n", 500, both, 4, 4},
        OfFlow{"deaths", "year,value\n2002,3000\n", 3000, both, 0, open_age},
        OfFlow{"deaths", "year,sex,value\n2002,male,20\n", 20, {"male"}, 0, open_age},
        OfFlow{"immigration", "year,age_group,value\n2002,4+,99\n", 99, both, 4, open_age},
        OfFlow{"emigration", "year,sex,age,value\n2002,female,3,66\n", 66, {"female"}, 3, 3},
        OfFlow{"domestic_in", "year,value\n2002,2500\n", 2500, both, 0, open_age}),
    [](const auto& one) { return fmt::format("{}{}", one.param.of, one.index); });

TEST_F(Totals, ByAreaSexAndAgeAreMetByLeastSquares) {
  const Projected plain = project();
  std::string rows = "year,area,sex,age,value\n";
  for (const std::string area : {"a", "b", "c"}) {
    for (const std::string sex : {"female", "male"}) {
      for (int age = 0; age <= open_age; ++age) {
        const double wanted = plain.at("persons", 2001, {area, sex, age}) + age - 4;
        rows += fmt::format("2001,{},{},{},{}\n", area, sex, age, wanted);
      }
    }
  }
  total("persons", rows, "method = \"least_squares\"\n");
  const Projected ours = project();
  for (const std::string area : {"a", "b", "c"}) {
    for (int age = 0; age <= open_age; ++age) {
      const Who who{area, "male", age};
      const double wanted = plain.at("persons", 2001, who) + age - 4;
      EXPECT_NEAR(ours.at("persons", 2001, who), wanted, wanted * 1e-9);
    }
  }
}

TEST_F(Totals, ThatOverlapAreRaked) {
  const Projected plain = project();
  const double women = sum(plain, "persons", 2001, county, {"female"}) + 50.0;
  const double in_a = sum(plain, "persons", 2001, {"a"}) - 20.0;
  const std::string of_women = fmt::format("year,area,sex,value\n2001,county,female,{}\n", women);
  const std::string of_a = fmt::format("year,area,value\n2001,a,{}\n", in_a);
  total("persons", of_women, "method = \"raking\"\n");
  total("persons", of_a, "method = \"raking\"\n");
  const Projected ours = project();
  EXPECT_NEAR(sum(ours, "persons", 2001, county, {"female"}), women, women * 1e-9);
  EXPECT_NEAR(sum(ours, "persons", 2001, {"a"}), in_a, in_a * 1e-9);
}

TEST_F(Totals, ThatOverlapMustBeRaked) {
  total("persons", "year,area,value\n2001,county,36000\n");
  total("persons", "year,area,value\n2001,a,18000\n");
  EXPECT_HAS(mistake(), "ask for some of the same flows; give both method = \"raking\"");
}

TEST_F(Totals, ThatCannotBeMetAreErrors) {
  total("persons", "year,area,value\n2001,county,1000\n");
  EXPECT_HAS(mistake(), "s.toml:18:1: error: the totals cannot be met: it would take");
}

TEST_F(Totals, OfWhatThereIsNoneAreErrors) {
  multiply("component = \"immigration\"\nfactor = 0\n");
  total("immigration", "year,area,value\n2001,county,1000\n");
  EXPECT_HAS(mistake(), "the total immigration in 2001, areas county cannot be met");
}

TEST_F(Totals, ThatCannotBeReachedSayHowNearOneComes) {
  multiply("component = \"emigration\"\nfactor = 0\n");
  total("persons", "year,area,value\n2001,county,1000\n");
  const std::string text = mistake();
  EXPECT_HAS(text,
             "the total persons in 2001, areas county cannot be met: it is 1000, and the flows");
  EXPECT_EQ(text.find("total number"), std::string::npos) << text;
}

TEST_F(Totals, ThatTakeMoreThanThereAreSayWhichOne) {
  total("persons", "year,area,value\n2001,a,1\n", "flows = \"both\"\n");
  EXPECT_HAS(mistake(), "the total persons in 2001, areas a cannot be met: it would take area a");
}

TEST_F(Totals, AreNotSolvedForWhenAskedToStop) {
  total("persons", "year,area,value\n2001,county,36000\n");
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(ScenarioRun(write(), {}, stop.get_token()), Interrupted);
}

TEST_F(Totals, ThatContradictEachOtherAreErrors) {
  total("immigration", "year,area,value\n2001,a,200\n2001,b,200\n", "method = \"raking\"\n");
  total("immigration", "year,area,value\n2001,county,500\n", "method = \"raking\"\n");
  EXPECT_HAS(mistake(), "cannot be met");
}

TEST_F(Totals, SayWhatIsWrongAboutTheirTables) {
  total("persons", "area,value\ncounty,1000\n");
  EXPECT_HAS(mistake(), "the table has no column year");
}

TEST_F(Totals, SayTheirAreasInOnePlace) {
  total("persons", "year,area,value\n2001,county,36000\n", "areas = \"conty\"\n");
  EXPECT_HAS(mistake(), "population.total.areas: the table has a column area");
}

TEST_F(Totals, OfFlowsHaveNoFlowsToChoose) {
  total("births", "year,area,value\n2001,county,900\n", "flows = \"both\"\n");
  EXPECT_HAS(mistake(), "population.total.flows: a flow is met by changing this flow alone");
}

TEST_F(Totals, ThatOverlapAreTellableApart) {
  total("persons", "year,area,value\n2001,county,36000\n");
  total("immigration", "year,area,value\n2001,county,600\n");
  EXPECT_HAS(mistake(),
             "persons in 2001, areas county and immigration in 2001, areas county ask for some of");
}

TEST_F(Totals, OfAreasThatAreNotProjectedAreErrors) {
  set("areas.table", table("area,name,county\na,a,1\nb,b,1\nc,c,1\nd,d,2\n"));
  total("persons", "year,area,value\n2001,county,36000\n2001,d,1000\n");
  EXPECT_HAS(test::error_of(Fault::input, [&] { project(); }),
             "the area 'd' is known, but not projected");
}

TEST_F(Totals, OfYearsOutsideTheProjectionAreErrors) {
  total("persons", "year,area,value\n2010,county,1000\n");
  EXPECT_HAS(test::error_of(Fault::input, [&] { project(); }),
             "no row is about the years and areas of the projection; check its years and areas");
}

TEST_F(Totals, HaveFactorsThatCanBeFrozen) {
  total("persons", "year,area,value\n2002,county,36000\n");
  const Projected solved = project();
  freeze();
  EXPECT_EQ(project().values("persons"), solved.values("persons"));
  multiply("component = \"mortality\"\nfactor = 0.5\n");
  const Projected what_if = project();
  EXPECT_EQ(what_if.values("immigration"), solved.values("immigration"));
  EXPECT_GT(sum(what_if, "persons", 2002, county), 36100.0);
}

TEST_F(Totals, AreNotReadBesideFrozenFactors) {
  total("immigration", "year,area,value\n2002,county,500\n");
  freeze();
  total("immigration", "year,area,value\n2002,county,500\n");
  EXPECT_HAS(
      mistake(),
      "population.total: it is given, but nothing in this scenario reads it; leave it out, or "
      "population.frozen_factors, which is read in its place");
}

class Drivers : public Land {};

TEST_F(Drivers, InMigrantsAreAsManyAsStated) {
  set("population.in_migrants.persons", table("year,area,value\n2002,b,2222\n"));
  const Projected ours = project();
  EXPECT_NEAR(sum(ours, "domestic_in", 2002, {"b"}), 2222.0, 1e-6);
  EXPECT_NEAR(sum(ours, "domestic_in", 2002, {"a", "b", "c"}),
              sum(ours, "domestic_out", 2002, {"a", "b", "c"}), 1e-6);
}

// (100 x 0.8 - 20) x 2 x 0.5 = 60 more than without.
TEST_F(Drivers, GoTogetherWithTotalsThatAreRaked) {
  set("population.in_migrants.persons", table("year,area,value\n2001,b,2222\n"));
  total("persons", "year,area,value\n2001,county,36500\n",
        "method = \"raking\"\nflows = \"both\"\n");
  const Projected ours = project();
  EXPECT_NEAR(sum(ours, "domestic_in", 2001, {"b"}), 2222.0, 1e-5);
  EXPECT_NEAR(sum(ours, "persons", 2001, county), 36500.0, 1e-4);
}

TEST_F(Drivers, HousingBringsInMigrants) {
  const Projected plain = project();
  set("population.housing.dwellings", table("year,area,value\n2001,a,100\n"));
  set("population.housing.delivery", "0.8");
  set("population.housing.usual", "20");
  set("population.housing.persons", "2");
  set("population.housing.from_elsewhere", "0.5");
  const Projected ours = project();
  EXPECT_NEAR(sum(ours, "domestic_in", 2001, {"a"}), sum(plain, "domestic_in", 2001, {"a"}) + 60.0,
              1e-6);
}

TEST_F(Drivers, HousingCannotTakeMoreThanCome) {
  set("population.housing.dwellings", table("year,area,value\n2001,a,0\n"));
  set("population.housing.usual", "100000");
  set("population.housing.persons", "2");
  set("population.housing.from_elsewhere", "0.5");
  EXPECT_HAS(mistake(), "in-migrants fewer are wanted, but the rates bring");
}

TEST_F(Drivers, TargetsAreReachedByInMigrationAlone) {
  const Projected plain = project();
  const double wanted = sum(plain, "persons", 2003, {"b"}) + 500.0;
  set("population.target.persons", table(fmt::format("year,area,value\n2003,b,{}\n", wanted)));
  set("population.target.flow", "\"international\"");
  const Projected ours = project();
  EXPECT_NEAR(sum(ours, "persons", 2003, {"b"}), wanted, wanted * 1e-9);
  EXPECT_GT(sum(ours, "immigration", 2003, {"b"}), sum(plain, "immigration", 2003, {"b"}) + 500.0);
  EXPECT_NEAR(sum(ours, "emigration", 2003, {"b"}, both, 1),
              sum(plain, "emigration", 2003, {"b"}, both, 1), 1e-9);
}

TEST_F(Drivers, AnAreaIsDrivenByOneThingAYear) {
  set("population.in_migrants.persons", table("year,area,value\n2002,b,2222\n2001,a,2000\n"));
  set("population.target.persons", table("year,area,value\n2002,b,20000\n"));
  EXPECT_HAS(mistake(), "population.in_migrants.persons drives area b in 2002 already");
}

}  // namespace
}  // namespace kohort
