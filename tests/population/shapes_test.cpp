// Tables in the shapes in which offices publish them, a few people each, read as they are,
// projected and compared with figures reckoned on paper. The layouts are those of
// scenarios/FORMAT.md, "Bringing published tables into shape".
#include <string>

#include <gtest/gtest.h>

#include "tests/support/folder.hpp"
#include "tests/support/gzip.hpp"
#include "tests/support/projected.hpp"

namespace kohort {
namespace {

using test::Projected;
using test::Who;

class Shapes : public ::testing::Test {
 protected:
  Projected project(const std::string& scenario) const {
    return Projected(folder_.write("s.toml", "format = 1\ntitle = \"a shape\"\n" + scenario));
  }
  static void expect(const Projected& ours, const std::string& variable, int year, const Who& who,
                     double figure) {
    EXPECT_NEAR(ours.at(variable, year, who), figure, 1e-9)
        << variable << " " << year << ", " << who.sex << " aged " << who.age;
  }

  test::Folder folder_;
};

// One column for each year or period, one file for each sex, in thousands. 100 girls and 200 boys
// of 0-4; survival 0.9 and 0.8 in the first period, 0.5 and 0.6 in the second.
TEST_F(Shapes, WideByPeriodWithAFileForEachSex) {
  folder_.write("pop_female.csv", "age,2000,2005\n0-4,0.1,9\n5-9,0,9\n10+,0,9\n");
  folder_.write("pop_male.csv", "age,2000,2005\n0-4,0.2,9\n5-9,0,9\n10+,0,9\n");
  folder_.write("sx_female.csv", "age,2000-2005,2005-2010\n0,1,1\n5,0.9,1\n10,1,0.5\n");
  folder_.write("sx_male.csv", "age,2000-2005,2005-2010\n0,1,1\n5,0.8,1\n10,1,0.6\n");
  const Projected ours = project(R"(
[projection]
base_year = 2000
end_year = 2010
step = 5
open_age = 10
[areas]
codes = ["A"]
[population]
base = { file = "pop_{sex}.csv", wide = "year", scale = 1000, basis = "observed", age_definition = "end_of_year" }
[population.mortality]
measure = "survival_ratio"
rates = { file = "sx_{sex}.csv", wide = "year", basis = "assumed", age_definition = "end_of_year" }
[population.fertility]
rates = 0
)");
  expect(ours, "persons", 2005, {"A", "female", 5}, 90.0);
  expect(ours, "persons", 2005, {"A", "male", 5}, 160.0);
  expect(ours, "persons", 2010, {"A", "female", 10}, 45.0);
  expect(ours, "persons", 2010, {"A", "male", 10}, 96.0);
}

// A compressed table with foreign words, two columns of emigrants, and rows of other kinds. The
// stock of 1 January by the age that people reach in the year: 1000 men who turn 2, 40 + 2 of 6 and
// over. Of the 1000, 0.05 + 0.15 emigrate and nobody dies.
TEST_F(Shapes, CompressedWithWordsOfItsOwnAndTwoColumns) {
  folder_.write("stock.csv", "kon,alder,n\nM,1,0\nM,2,1000\nM,3,0\nM,4,0\nM,5,40\nM,6+,2\n");
  folder_.write("rates.csv.gz",
                test::gzip("year,kind,kon,alder,out_a,out_b\n2001,high,M,2,0.9,0.9\n"
                           "2001,low,M,2,0.05,0.15\n2001,low,M,5,0.25,0.25\n"));
  const Projected ours = project(R"(
[projection]
base_year = 2000
end_year = 2001
open_age = 5
sexes = ["male"]
[areas]
codes = ["A"]
[population]
base = { file = "stock.csv", value = "n", columns = { sex = "kon", age = "alder" }, labels = { sex = { M = "male" } }, age_shift = -1, basis = "observed", age_definition = "end_of_year" }
[population.mortality]
measure = "probability_of_dying"
rates = 0
[population.fertility]
rates = 0
[population.emigration]
rates = { file = "rates.csv.gz", value = ["out_a", "out_b"], columns = { sex = "kon", age = "alder" }, labels = { sex = { M = "male" } }, where = { kind = "low" }, missing = "zero", basis = "assumed", age_definition = "end_of_year" }
)");
  expect(ours, "persons", 2000, {"A", "male", 5}, 2.0);
  expect(ours, "emigration", 2001, {"A", "male", 2}, 200.0);
  expect(ours, "persons", 2001, {"A", "male", 2}, 800.0);
  expect(ours, "persons", 2001, {"A", "male", 5}, 21.0);
}

// Counts of events and those at risk, one row for each area and age, a column for each destination:
// of 600 women in A 240 a year die or move, 120 each; nothing happens in B. By the linear form
// 0.8/1.2 = 2/3 stay and (0.1 + 0.1 x 2/3) = 1/6 move.
TEST_F(Shapes, EventsPerPersonWithAColumnForEachDestination) {
  folder_.write("events.csv",
                "region,age,n,dead,to_a,to_b\n"
                "A,0,600,120,0,120\nA,1,600,120,0,120\nA,2,600,120,0,120\n"
                "A,3,600,120,0,120\nA,4,600,120,0,120\nA,5,600,120,0,120\n"
                "B,0,1,0,0,0\nB,1,1,0,0,0\nB,2,1,0,0,0\nB,3,1,0,0,0\nB,4,1,0,0,0\nB,5,1,0,0,0\n");
  const Projected ours = project(R"(
[projection]
base_year = 2000
end_year = 2001
open_age = 5
sexes = ["female"]
[areas]
codes = ["A", "B"]
[population]
base = { file = "events.csv", value = "n", columns = { area = "region" }, basis = "observed", age_definition = "end_of_year" }
[population.mortality]
rates = { file = "events.csv", value = "dead", per = "n", columns = { area = "region" }, basis = "observed", age_definition = "end_of_year" }
[population.fertility]
rates = 0
[population.domestic]
form = "multistate"
transition = "linear"
rates = { file = "events.csv", wide = "destination", per = "n", columns = { origin = "region" }, labels = { destination = { to_a = "A", to_b = "B" } }, basis = "observed", age_definition = "end_of_year" }
)");
  expect(ours, "persons", 2001, {"A", "female", 2}, 400.0);
  expect(ours, "persons", 2001, {"B", "female", 2}, 101.0);
  expect(ours, "deaths", 2001, {"A", "female", 2}, 100.0);
}

// Two groups in one table, gross flows that are shares of those who in fact leave, and a column
// with the rate of joining the other group. 1000 foreigners turn 2: q = 0.1, 0.2 emigrate, 0.1
// become citizens, at mid-year. Deaths 1000 x 0.1 x (1 - 0.3/2) = 85, and 100 x 0.2/2 = 10 of the
// new citizens, whose q is 0.2.
TEST_F(Shapes, GroupsWithTransfersAndCrudeGrossFlows) {
  folder_.write("stock.csv", "nat,age,n\nforeign,1,1000\n");
  folder_.write("rates.csv",
                "year,nat,age,q,out,join\n2001,citizen,2,0.2,0,0\n2001,foreign,2,0.1,0.2,0.1\n");
  const std::string how =
      R"(columns = { group = "nat" }, missing = "zero", basis = "assumed", age_definition = "end_of_year" })";
  const Projected ours = project(
      R"(
[projection]
base_year = 2000
end_year = 2001
open_age = 5
sexes = ["female"]
groups = ["citizen", "foreign"]
[areas]
codes = ["A"]
[population]
base = { file = "stock.csv", value = "n", )" +
      how + R"(
[population.mortality]
measure = "probability_of_dying"
rates = { file = "rates.csv", value = "q", )" +
      how + R"(
[population.fertility]
rates = 0
[population.transfers]
rates = { file = "rates.csv", wide = "to_group", labels = { to_group = { join = "citizen" } }, )" +
      how + R"(
[population.emigration]
rates = { file = "rates.csv", value = "out", )" +
      how + R"(
[population.migration]
leaving_rates = "crude"
)");
  expect(ours, "emigration", 2001, {"A", "female", 2, "foreign"}, 200.0);
  expect(ours, "persons", 2001, {"A", "female", 2, "foreign"}, 1000.0 - 85.0 - 200.0 - 100.0);
  expect(ours, "persons", 2001, {"A", "female", 2, "citizen"}, 90.0);
}

// One table of women in groups of five years, 10+ open, net migrants by the age that they have when
// they come, half of them at the start. Born are 5 x 0.02 to the mean of those of 5-9 at the start,
// with the migrants who come then, and at the end.
TEST_F(Shapes, FiveYearStepsOfOneSexWithNetMigrantsByAgeAtTheEvent) {
  folder_.write("women.csv",
                "age,n,sx,asfr,net\n0-4,100,0.8,0,20\n5-9,50,0.9,0.02,30\n10+,40,0.5,0,8\n");
  const Projected ours = project(R"(
[projection]
base_year = 2000
end_year = 2005
step = 5
open_age = 10
sexes = ["female"]
[areas]
codes = ["A"]
[population]
base = { file = "women.csv", value = "n", basis = "observed", age_definition = "end_of_year" }
[population.mortality]
measure = "survival_ratio"
rates = { file = "women.csv", value = "sx", basis = "observed", age_definition = "end_of_year" }
[population.fertility]
rates = { file = "women.csv", value = "asfr", basis = "observed", age_definition = "at_event" }
sex_ratio_at_birth = 0
exposure = "adjusted_stocks"
[population.net_migration]
form = "counts"
values = { file = "women.csv", value = "net", basis = "observed", age_definition = "at_event" }
)");
  const double at_5 = (100.0 + 10.0) * 0.9 + 15.0;                // 114
  const double at_10 = (50.0 + 15.0 + 40.0 + 4.0) * 0.5 + 4.0;    // 58.5
  const double births = 5.0 * 0.02 * (50.0 + 15.0 + at_5) / 2.0;  // 8.95
  expect(ours, "persons", 2005, {"A", "female", 5}, at_5);
  expect(ours, "persons", 2005, {"A", "female", 10}, at_10);
  expect(ours, "births", 2005, {"A", "female", 5}, births);
  expect(ours, "persons", 2005, {"A", "female", 0}, births * 0.8 + 10.0);
}

// Flows labelled by the year in which they begin; rows for another variant, and for areas that are
// not projected.
TEST_F(Shapes, FlowsByTheYearInWhichTheyBegin) {
  folder_.write("areas.csv", "area,name\nA,Here\nB,There\n");
  folder_.write("stock.csv", "area,age,n\nA,1,1000\nB,1,5\n");
  folder_.write("net.csv",
                "year,variant,area,age,n\n1999,medium,A,2,7\n2000,medium,A,2,50\n2000,high,A,2,"
                "90\n2001,medium,A,3,-20\n2000,medium,B,2,1\n");
  const Projected ours = project(R"(
[projection]
base_year = 2000
end_year = 2002
open_age = 5
sexes = ["female"]
[areas]
table = { file = "areas.csv" }
codes = ["A"]
[population]
base = { file = "stock.csv", value = "n", missing = "zero", basis = "observed", age_definition = "end_of_year" }
[population.mortality]
measure = "probability_of_dying"
rates = 0
[population.fertility]
rates = 0
[population.net_migration]
form = "counts"
values = { file = "net.csv", value = "n", where = { variant = "medium" }, year_shift = 1, missing = "zero", basis = "observed", age_definition = "end_of_year" }
)");
  expect(ours, "persons", 2001, {"A", "female", 2}, 1050.0);
  expect(ours, "persons", 2002, {"A", "female", 3}, 1030.0);
}

}  // namespace
}  // namespace kohort
