// The people of a model by its parts, as they are carried from year to year.
#pragma once

#include <cstddef>
#include <span>
#include <variant>
#include <vector>

#include "engine/base/precision.hpp"
#include "engine/table/numbers.hpp"
#include "models/partition/parts.hpp"

namespace kohort::partition {

/// People by part, in double or in single precision.
template <class Real>
using PartTableOf = Table<Real, Part, Sex, PartAge, Area, Draw>;

/// How far the parts of a cell may be from its people, relative to them where they are more than 1.
template <class Real>
constexpr Real sum_tolerance = std::is_same_v<Real, float> ? Real(1e-5) : Real(1e-9);

/// What the people of all parts are carried in.
class PartStock {
 public:
  PartStock() = default;
  explicit PartStock(PartTable people) : people_(std::move(people)) {}
  PartStock(const PartTable::Extents& extents, Precision precision);

  Precision precision() const {
    return std::holds_alternative<PartTable>(people_) ? Precision::in_double : Precision::in_single;
  }
  /// The table, which is of that precision.
  template <class Real>
  PartTableOf<Real>& as() {
    return std::get<PartTableOf<Real>>(people_);
  }
  template <class Real>
  const PartTableOf<Real>& as() const {
    return std::get<PartTableOf<Real>>(people_);
  }

  template <class Position>
  std::size_t extent() const {
    return std::visit([](const auto& table) { return table.template extent<Position>(); }, people_);
  }
  /// All of a part, [sex][age][area][draw].
  Numbers of(Part part) const;
  /// Those of one cell, [area][draw]; `room` holds them where they are in single precision.
  ConstSlab slab(Part part, Sex sex, PartAge age, std::vector<double>& room) const;
  /// Sets those of one cell.
  void enter(ConstSlab those, Part part, Sex sex, PartAge age);

 private:
  std::variant<PartTable, PartTableOf<float>> people_;
};

}  // namespace kohort::partition
