#include "engine/compare/result_accounts.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort::compare {
namespace {

/// Stocks are kept in double precision, and means over draws are rounded once more.
constexpr double balance_tolerance = 1e-6;

double scale_of(std::span<const double> values) {
  double most = 1.0;
  for (const double value : values) most = std::max(most, std::abs(value));
  return most;
}

void require_balance(const Result& result, int year, std::span<const double> projected,
                     std::span<const double> stored) {
  const double allowed = balance_tolerance * scale_of(stored);
  for (std::size_t at = 0; at < stored.size(); ++at) {
    if (std::abs(projected[at] - stored[at]) <= allowed) continue;
    throw Error(
        Fault::storage,
        Mistake{
            {result.file(), 0, 0},
            fmt::format("its stocks of {} are not those of the year before and its flows", year),
            "run the scenario again; a file that a run wrote is not to be edited"});
  }
}

}  // namespace

YearlyTables::YearlyTables(const Result& result, const std::string& variable,
                           const std::vector<std::string>& areas) {
  const std::string path = "population/" + variable;
  const CellAxes axes{areas, result.age_labels(), result.sexes(),
                      result.years(variable != "persons")};
  any_ = result.reader().has(path);
  const std::vector<double> figures =
      any_ ? result.cells({path}, axes) : std::vector<double>(axes.size(), 0.0);
  // From [area, age, sex, year] to [area, sex, age] by year.
  for (std::size_t at = 0; at < figures.size(); ++at) {
    const CellPosition cell = axes.cell(at);
    std::vector<double>& table = tables_[axes.years[cell.year]];
    table.resize(axes.size() / axes.years.size());
    table[(cell.area * axes.sexes.size() + cell.sex) * axes.ages.size() + cell.ages] = figures[at];
  }
}

Accounts accounts_of(const Result& result, const AccountShape& shape,
                     const std::vector<std::string>& areas, const std::vector<int>& years) {
  const auto tables = [&](const char* variable) { return YearlyTables(result, variable, areas); };
  const YearlyTables persons = tables("persons");
  const YearlyTables births = tables("births");
  const YearlyTables deaths = tables("deaths");
  const YearlyTables domestic_in = tables("domestic_in");
  const YearlyTables domestic_out = tables("domestic_out");
  const YearlyTables immigration = tables("immigration");
  const YearlyTables emigration = tables("emigration");
  const YearlyTables net = tables("net_migration");
  Accounts accounts{persons.of(years.front()), {}};
  for (std::size_t at = 1; at < years.size(); ++at) {
    const int year = years[at];
    accounts.intervals.push_back(
        rates_of(shape, persons.of(years[at - 1]),
                 {births.of(year), deaths.of(year), domestic_in.of(year), domestic_out.of(year),
                  immigration.of(year), emigration.of(year), net.of(year)}));
  }
  const auto course = Mixture(shape, accounts, accounts).project(0);
  for (std::size_t at = 1; at < years.size(); ++at) {
    require_balance(result, years[at], course[at], persons.of(years[at]));
  }
  return accounts;
}

}  // namespace kohort::compare
