#include "tests/population/linkoping_schedules.hpp"

#include <array>
#include <charconv>
#include <map>

#include "engine/estimate/schedule_fit.hpp"
#include "engine/input/csv.hpp"

namespace kohort::test {
namespace {

constexpr std::size_t ages = 100;  // the open age group is left out
using ByAge = std::array<double, ages>;
using BySex = std::map<std::string, ByAge>;

/// Sums a column over the ten years to `last_year`, by sex (or "" where the table has none) and
/// age.
BySex sum(const Csv& csv, const std::string& column, int last_year) {
  BySex sums;
  const auto sex = csv.column("sex");
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    const int year = std::stoi(std::string(csv.cell(row, *csv.column("year"))));
    const std::size_t age = std::stoul(std::string(csv.cell(row, *csv.column("age"))));
    if (year > last_year || year <= last_year - 10 || age >= ages) continue;
    const std::string key = sex ? std::string(csv.cell(row, *sex)) : "";
    const std::string cell(csv.cell(row, *csv.column(column)));
    sums[key][age] += cell.empty() ? 0.0 : std::stod(cell);
  }
  return sums;
}

/// The sex that the domestic table does not tell: as among all migrants of that age.
ByAge of_sex(const ByAge& both, BySex all, const std::string& sex) {
  ByAge result{};
  for (std::size_t age = 0; age < ages; ++age) {
    const double total = all["female"][age] + all["male"][age];
    result[age] = total > 0.0 ? both[age] * all[sex][age] / total : both[age] / 2.0;
  }
  return result;
}

void append(std::vector<ScheduleRow>& rows, const std::string& flow, const std::string& sex,
            const MigrationSchedule& s) {
  const auto add = [&](const std::string& parameter, double value) {
    rows.push_back({flow, sex, parameter, value});
  };
  add("childhood_height", s.childhood_height);
  add("childhood_descent", s.childhood_descent);
  add("constant", s.constant);
  const auto peak = [&](const std::string& name, const MigrationPeak& p) {
    add(name + "_height", p.height);
    add(name + "_position", p.position);
    add(name + "_ascent", p.ascent);
    add(name + "_descent", p.descent);
  };
  peak("labour", s.labour);
  peak("student", s.student);
  peak("retirement", s.retirement);
}

}  // namespace

std::vector<ScheduleRow> fit_linkoping(const std::string& data, const std::string& project,
                                       int last_year) {
  const Csv components = Csv::read(data + "/linkoping/linkoping_0580_components_1968_2015.csv");
  const Csv moves =
      Csv::read(data + "/linkoping/linkoping_0580_migration_domestic_foreign_1968_2015.csv");
  const Csv nation = Csv::read(project + "/scenarios/sweden/data/population_county.csv");
  BySex city = sum(components, "population_31dec", last_year);
  BySex elsewhere = sum(nation, "persons", last_year);
  for (auto& [sex, stock] : elsewhere) {
    for (std::size_t age = 0; age < ages; ++age) stock[age] -= city[sex][age];
  }
  for (BySex* stocks : {&city, &elsewhere}) {
    for (auto& [sex, stock] : *stocks) stock[0] /= 2.0;  // the newborn live half the year
  }
  const BySex in = sum(components, "in_migrants", last_year);
  const BySex out = sum(components, "out_migrants", last_year);
  std::vector<ScheduleRow> rows;
  for (const std::string sex : {"female", "male"}) {
    const ByAge into = of_sex(sum(moves, "in_domestic", last_year)[""], in, sex);
    const ByAge out_of = of_sex(sum(moves, "out_domestic", last_year)[""], out, sex);
    const ByAge abroad = of_sex(sum(moves, "out_foreign", last_year)[""], out, sex);
    append(rows, "into_city", sex, fit_schedule({into, elsewhere[sex]}, {true, true}).schedule);
    append(rows, "out_of_city", sex, fit_schedule({out_of, city[sex]}, {true, true}).schedule);
    append(rows, "emigration", sex, fit_schedule({abroad, city[sex]}, {true, false}).schedule);
  }
  return rows;
}

}  // namespace kohort::test
