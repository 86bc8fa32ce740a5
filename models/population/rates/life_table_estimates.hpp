// Life tables as part of a result: one column of the table after the other.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/demography/life_table.hpp"
#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"

namespace kohort::population {

/// Which life table.
struct LifeTableKey {
  Interval interval;
  Area area;
  Group group;
  Sex sex;
};

/// Collects life tables over [flow_year, area, group, sex, life_table_age]; the axis of years is
/// left out where one table holds for all of them.
class LifeTableEstimates {
 public:
  LifeTableEstimates(const Frame& frame, std::vector<double> first_ages, std::size_t years);

  void add(const LifeTableKey& key, const LifeTable& table);
  std::vector<Estimate> estimates() const;

 private:
  std::size_t offset(const LifeTableKey& key) const;

  const Frame& frame_;
  std::vector<double> first_ages_;
  std::size_t years_;
  std::vector<std::vector<double>> columns_;
};

}  // namespace kohort::population
