#include "models/partition/part_stock.hpp"

#include <algorithm>

namespace kohort::partition {

PartStock::PartStock(const PartTable::Extents& extents, Precision precision) {
  if (precision == Precision::in_single) {
    people_ = PartTableOf<float>(extents);
  } else {
    people_ = PartTable(extents);
  }
}

Numbers PartStock::of(Part part) const {
  return std::visit([&](const auto& table) { return Numbers(table.slab(part)); }, people_);
}

ConstSlab PartStock::slab(Part part, Sex sex, PartAge age, std::vector<double>& room) const {
  const auto those =
      std::visit([&](const auto& table) { return Numbers(table.slab(part, sex, age)); }, people_);
  return those.some(0, those.size(), room);
}

void PartStock::enter(ConstSlab those, Part part, Sex sex, PartAge age) {
  std::visit(
      [&](auto& table) {
        const auto slab = table.slab(part, sex, age);
        using Real = typename decltype(slab)::value_type;
        std::transform(those.begin(), those.end(), slab.begin(),
                       [](double people) { return static_cast<Real>(people); });
      },
      people_);
}

}  // namespace kohort::partition
