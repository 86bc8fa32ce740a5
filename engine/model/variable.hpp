// What a model computes: which figures there are, and how they are laid out.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "engine/base/axes.hpp"
#include "engine/base/basis.hpp"
#include "engine/model/frame.hpp"

namespace kohort {

/// Whether a variable stands at the end of an interval or runs through it.
enum class Moment { stock, flow };

/// Where the axis of a category stands in a result.
enum class CategoryPlace { after_area, last };

/// Which of several kinds a variable counts, such as one of the states of care. Variables of one
/// name that follow each other, each of another kind, are one dataset with an axis more.
struct Category {
  std::string axis;  ///< empty where there are no kinds
  std::string axis_meaning{};
  std::string label{};
  std::string unit{};  ///< of this kind, where the kinds are measured in different units
  CategoryPlace place = CategoryPlace::after_area;
};

/// What a variable is told apart by.
enum class Detail {
  people,  ///< sex, age, group and area
  areas,   ///< area alone
};

/// Something that a model computes: a count of people or events, an amount, or an indicator.
struct Variable {
  std::string name;  ///< path in the result, such as "population/deaths"
  std::string long_name;
  std::string unit;
  Moment moment = Moment::stock;
  Basis basis = Basis::estimated;
  Category category{};
  Detail detail = Detail::people;
  /// The model knows nothing of those younger and older; in the result they are 0.
  Age first_age{};
  std::optional<Age> last_age{};  ///< the open one unless given
};

/// The cells of a variable in the order of a model, and where they stand in a result.
class VariableCells {
 public:
  VariableCells(const Frame& frame, const Variable& variable);

  /// Extents of [sex][age][group][area] as the model has them. Of areas alone the first three are
  /// 1; ages count from `first_age`.
  std::size_t sexes() const { return sexes_; }
  std::size_t ages() const { return ages_; }
  std::size_t groups() const { return groups_; }
  std::size_t areas() const { return areas_; }
  Age first_age() const { return first_age_; }
  std::size_t size() const { return sexes_ * ages_ * groups_ * areas_; }

  /// How many cells a year has in the result: [area][group][sex][age] with all ages, or [area].
  std::size_t size_in_result() const { return sexes_ * ages_in_result_ * groups_ * areas_; }
  /// Of a result's cells those within an area and group, over which the model tells apart.
  std::size_t within_area() const { return sexes_ * ages_in_result_; }
  /// Where a cell of the model stands in the result.
  std::size_t place_in_result(std::size_t cell) const;

 private:
  std::size_t sexes_;
  std::size_t ages_;
  std::size_t groups_;
  std::size_t areas_;
  std::size_t ages_in_result_;
  Age first_age_;
};

}  // namespace kohort
