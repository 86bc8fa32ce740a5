// One figure of a run, such as the people of 80 and older in a county: what thresholds and goals
// are held against.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "engine/run/summary_axes.hpp"
#include "engine/scenario/parameter.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort {

/// The fields by which a block says which figure it is about. Declared once for all lists of
/// blocks that hold something against a figure.
struct MeasureFields {
  /// `list`: the name of the list of blocks, such as "goal".
  explicit MeasureFields(const std::string& list);

  Text of;
  Text kind;
  Text area;
  Text ages;
  Text sex;
};

/// A figure: the sum of a variable over areas, ages and sexes, or an indicator of areas.
struct Measure {
  Variable variable;  ///< or indicator; of all kinds together the first, with the label "all"
  bool indicator = false;
  /// Of the variables that are summed; of the indicator, among those of its moment.
  std::vector<std::size_t> numbers{};
  SummaryArea area;
  AgeGroup ages;   ///< of variables by age
  SummarySex sex;  ///< of variables by sex

  bool of_people() const { return !indicator && variable.detail == Detail::people; }
};

/// Reads which figure a block is about.
class MeasureReader {
 public:
  /// All of these must outlive the reader, the fields but those of the list itself.
  MeasureReader(const MeasureFields& fields, const Frame& frame, const Model& model,
                Mistakes& mistakes);

  /// Adds to the mistakes what the block calls by names that the run does not have.
  Measure read(const Settings& block);

  /// The people of some ages in the areas of a measure, and of its sex where it has one.
  Measure people_of(const Measure& measure, const AgeGroup& ages) const;

 private:
  struct Quantity {
    Variable variable;
    bool indicator;
  };
  using Quantities = std::vector<Quantity>::const_iterator;

  void read_quantity(const Settings& block, Measure& measure);
  std::pair<Quantities, Quantities> find_kinds(const Settings& block, Quantities first,
                                               Quantities last);
  std::size_t number_of(Quantities quantity) const;
  void read_people(const Settings& block, Measure& measure);
  void read_ages(const Settings& block, Measure& measure);
  void read_sex(const Settings& block, Measure& measure);
  void wrong(const Settings& block, const Parameter& field, std::string what, std::string remedy);

  const MeasureFields& fields_;
  const Frame& frame_;
  SummaryAxes axes_;
  std::vector<Quantity> all_;
  Mistakes& mistakes_;
};

}  // namespace kohort
