#include "tests/care/village.hpp"

#include <cmath>
#include <stdexcept>

namespace kohort::test {
namespace {

std::string base_table() {
  std::string text = "area,sex,age,value\n";
  for (const std::string area : {"a", "b"}) {
    for (const std::string sex : {"female", "male"}) {
      for (int age = 0; age <= 100; ++age) {
        const int persons =
            age < 60 ? 50
                     : static_cast<int>((area == "a" ? 400 : 100) * std::pow(0.93, age - 60)) + 2;
        text += area + "," + sex + "," + std::to_string(age) + "," + std::to_string(persons) + "\n";
      }
    }
  }
  return text;
}

constexpr const char* shares = R"(year,series,definition,ages,sex,value
2000,home_care,count,65+,female,0.12
2000,home_care,count,65+,male,0.08
2000,home_care,count,80+,both,0.20
2000,special_housing,count,65+,female,0.06
2000,special_housing,count,65+,male,0.04
2000,special_housing,count,80+,both,0.11
1998,home_care,count,80+,both,0.20
1998,special_housing,count,80+,both,0.12
1999,home_care,count,80+,both,0.19
1999,special_housing,count,80+,both,0.114
)";

constexpr const char* profile = R"(sex,age,value
female,65-69,0.03
female,70-74,0.07
female,75-79,0.15
female,80-84,0.33
female,85-89,0.57
female,90+,0.83
male,65-69,0.03
male,70-74,0.06
male,75-79,0.12
male,80-84,0.22
male,85-89,0.40
male,90+,0.68
)";

constexpr const char* prior = R"(from,to,value
none,none,0.96
none,light,0.02
none,heavy,0.01
none,housing,0.01
light,none,0.1
light,light,0.7
light,heavy,0.1
light,housing,0.1
heavy,none,0.05
heavy,light,0.1
heavy,heavy,0.65
heavy,housing,0.2
housing,none,0.01
housing,light,0.01
housing,heavy,0.02
housing,housing,0.96
)";

std::string file_of(const std::string& name) {
  return "{ file = \"" + name +
         "\", basis = \"assumed\", age_definition = \"end_of_year\", missing = \"zero\" }";
}

}  // namespace

Village::Village() {
  folder_.write("base.csv", base_table());
  folder_.write("shares.csv", shares);
  folder_.write("profile.csv", profile);
  folder_.write("prior.csv", prior);
  folder_.write("moves.csv", "origin,destination,value\na,b,1\nb,a,1\n");
  settings_ = {
      {"projection.base_year", "2000"},
      {"projection.end_year", "2004"},
      {"areas.codes", "[\"a\", \"b\"]"},
      {"population.base", file_of("base.csv")},
      {"population.mortality.rates", "0.06"},
      {"population.mortality.measure", "\"probability_of_dying\""},
      {"population.fertility.rates", "0.0"},
      {"population.domestic.form", "\"pool\""},
      {"population.domestic.leaving", "0.03"},
      {"population.domestic.destination_shares", file_of("moves.csv")},
      {"population.emigration.rates", "0.01"},
      {"care.method", "\"multistate\""},
      {"care.profile", "{ file = \"profile.csv\", basis = \"assumed\" }"},
      {"care.national_shares", "{ file = \"shares.csv\", basis = \"assumed\" }"},
      {"care.national_definitions", "{ home_care = [\"count\"], special_housing = [\"count\"] }"},
      {"care.prior", "{ file = \"prior.csv\", basis = \"assumed\" }"},
  };
  blocks_ = R"(
[[care.state]]
name = "none"
[[care.state]]
name = "light"
series = "home_care"
odds_of_dying = 1.5
[[care.state]]
name = "heavy"
series = "home_care"
part = 0.4
odds_of_dying = 2.5
[[care.state]]
name = "housing"
series = "special_housing"
odds_of_dying = 4.0
)";
}

std::string Village::file() const {
  std::string text = "format = 1\n";
  for (const auto& [parameter, value] : settings_) {
    if (!value.empty()) text += parameter + " = " + value + "\n";
  }
  return folder_.write("village.toml", text + blocks_);
}

const Recorded& CareRun::recorded(const std::string& name, const std::string& kind) const {
  for (const Recorded& one : outcome_.recorded) {
    if (one.variable.name == name && one.variable.category.label == kind) return one;
  }
  throw std::out_of_range(name + " " + kind);
}

double CareRun::people(const std::string& state, int year, int from_age, int area) const {
  const Frame& frame = run_.frame();
  const auto& values = recorded("care/persons", state).values;
  const auto time = static_cast<std::size_t>(year - frame.base_year.value());
  double sum = 0.0;
  for (std::size_t at = 0; at < frame.areas.size(); ++at) {
    if (area >= 0 && at != static_cast<std::size_t>(area)) continue;
    for (std::size_t sex = 0; sex < frame.sexes.size(); ++sex) {
      for (auto age = static_cast<std::size_t>(from_age); age < frame.ages(); ++age) {
        const std::size_t row = (time * frame.areas.size() + at) * frame.sexes.size() + sex;
        sum += values[row * frame.ages() + age];
      }
    }
  }
  return sum;
}

const Estimate& CareRun::estimate(const std::string& name) const {
  for (const Estimate& one : outcome_.estimates) {
    if (one.name == name) return one;
  }
  throw std::out_of_range(name);
}

}  // namespace kohort::test
