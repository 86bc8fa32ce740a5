#include "models/population/rates/life_table_estimates.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace kohort::population {
namespace {

struct Column {
  const char* name;
  const char* long_name;
  const char* unit;
  std::vector<double> LifeTable::*values;
};

const std::array<Column, 8> columns = {{
    {"central_death_rate", "central death rate (m)", "per person-year", &LifeTable::central_rate},
    {"years_lived_by_dying", "years lived in the group by those who die in it (a)", "years",
     &LifeTable::years_dying},
    {"probability_of_dying", "probability of dying (q)", "1", &LifeTable::dying},
    {"survivors", "survivors at the exact age (l)", "1", &LifeTable::survivors},
    {"deaths", "deaths in the group (d)", "1", &LifeTable::deaths},
    {"person_years", "person-years lived in the group (L)", "years", &LifeTable::person_years},
    {"person_years_above", "person-years lived above the exact age (T)", "years",
     &LifeTable::years_above},
    {"life_expectancy", "life expectancy at the exact age (e)", "years", &LifeTable::expectancy},
}};

}  // namespace

LifeTableEstimates::LifeTableEstimates(const Frame& frame, std::vector<double> first_ages,
                                       std::size_t years)
    : frame_(frame), first_ages_(std::move(first_ages)), years_(years) {
  const std::size_t size =
      years_ * frame.areas.size() * frame.group_count() * frame.sexes.size() * first_ages_.size();
  columns_.assign(columns.size(), std::vector<double>(size));
}

std::size_t LifeTableEstimates::offset(const LifeTableKey& key) const {
  std::size_t at = key.interval.position();
  at = at * frame_.areas.size() + key.area.position();
  at = at * frame_.group_count() + key.group.position();
  at = at * frame_.sexes.size() + key.sex.position();
  return at * first_ages_.size();
}

void LifeTableEstimates::add(const LifeTableKey& key, const LifeTable& table) {
  for (std::size_t column = 0; column < columns.size(); ++column) {
    const std::vector<double>& values = table.*columns[column].values;
    std::copy(values.begin(), values.end(),
              columns_[column].begin() + static_cast<std::ptrdiff_t>(offset(key)));
  }
}

std::vector<Estimate> LifeTableEstimates::estimates() const {
  std::vector<EstimateAxis> axes;
  if (years_ > 1) axes.push_back({"flow_year", {}});
  axes.push_back({"area", {}});
  if (!frame_.groups.empty()) axes.push_back({"group", {}});
  axes.push_back({"sex", {}});
  EstimateAxis ages{"life_table_age", {}};
  for (const double age : first_ages_) ages.labels.push_back(fmt::format("{}", age));
  axes.push_back(std::move(ages));
  std::vector<Estimate> estimates;
  for (std::size_t column = 0; column < columns.size(); ++column) {
    estimates.push_back({fmt::format("life_table/{}", columns[column].name),
                         columns[column].long_name, columns[column].unit, axes, columns_[column]});
  }
  return estimates;
}

}  // namespace kohort::population
