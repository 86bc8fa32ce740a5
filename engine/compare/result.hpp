// A result as something to compare: figures by their labels.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/compare/cells.hpp"
#include "engine/compare/cube.hpp"
#include "engine/compare/definitions.hpp"
#include "engine/store/reader.hpp"

namespace kohort::compare {

/// How figures spread over the draws: cell by cell, each with as many values.
struct Spread {
  std::size_t draws = 0;            ///< kept; 0 where there are none
  std::vector<float> of_draws{};    ///< [cell, draw]; NaN in a cell whose draws are not kept
  std::vector<double> shares{};     ///< of the quantiles
  std::vector<double> quantiles{};  ///< [cell, share]; NaN in a cell that has none
};

/// What of a dataset makes up each cell: for each of its axes, and each label of the cells along
/// it, the positions that are added.
class Choices {
 public:
  /// Which of the labels of a cell an axis follows.
  enum class Along { area, ages, sex, year, none };

  void add(Along along, std::vector<std::optional<Positions>> of_labels) {
    axes_.emplace_back(along, std::move(of_labels));
  }
  /// Cells with other labels than these, along what no axis follows, are not there.
  void require(Along along, std::size_t label) { required_.emplace_back(along, label); }

  /// None where the dataset cannot make up the cell.
  std::optional<Selection> of(const CellPosition& cell) const;

 private:
  static std::size_t label_of(Along along, const CellPosition& cell);

  std::vector<std::pair<Along, std::vector<std::optional<Positions>>>> axes_;
  std::vector<std::pair<Along, std::size_t>> required_;
};

/// A result file. All functions throw `Error` (Fault::storage) where it is not what FORMAT.md says.
class Result {
 public:
  explicit Result(const std::string& file);

  const std::string& file() const { return reader_.file(); }
  const std::string& title() const { return title_; }
  /// The base year, from which the forecast starts.
  int launch() const { return years_.front(); }
  /// The seed of its random numbers, and how many futures it is made of.
  std::int64_t seed() const { return reader_.number("seed").value_or(0); }
  std::int64_t draws() const { return reader_.number("draws").value_or(1); }

  /// All that it has sums of, without changes.
  std::vector<Quantity> quantities() const;
  bool has(const Quantity& quantity) const;
  bool is_stock(const Quantity& quantity) const;
  /// The labels of the sums of a quantity, which it must have.
  CellAxes axes_of(const Quantity& quantity) const;
  /// "area", "rest", "group" or "all"; none where there is no such label.
  std::optional<std::string> kind_of_area(const std::string& label) const;
  /// The areas that are projected, without groups; the closing rest last.
  const std::vector<std::string>& areas() const { return codes_; }
  const std::vector<std::string>& sexes() const { return sexes_; }
  /// The years of stocks, from the base year, or those of flows.
  std::vector<int> years(bool of_flows) const {
    const auto& years = of_flows ? flow_years_ : years_;
    return {years.begin(), years.end()};
  }
  /// The labels of its own age groups, youngest first: "0", "1", ... "100+".
  std::vector<std::string> age_labels() const;
  std::string unit(const Quantity& quantity) const;
  const Definitions& definitions() const { return definitions_; }

  /// The figures at the labels, means over the draws: sums where it has them, else cells added up.
  /// NaN where neither gives a figure, as for ages of a group of areas that it has no sum of.
  std::vector<double> figures(const Quantity& quantity, const CellAxes& axes) const;
  /// How they spread, where the result has more than one draw and says so.
  Spread spread(const Quantity& quantity, const CellAxes& axes) const;

  /// The figures at the labels, of cells alone; NaN where they do not make up a label.
  std::vector<double> cells(const Quantity& quantity, const CellAxes& axes) const {
    return added(cube(quantity.variable), quantity, axes);
  }
  /// Figures over axes that are called and as long as those of the result, added up by labels.
  std::vector<double> added(const Cube& cube, const Quantity& quantity, const CellAxes& axes) const;
  /// The positions among areas, age groups and sexes that a label stands for; none where it stands
  /// for none, or for a group whose areas the result does not tell.
  std::optional<Positions> areas_of(const std::string& label) const;
  std::optional<Positions> ages_of(const std::string& label) const;
  std::optional<Positions> sexes_of(const std::string& label) const;

  /// By how much the means over the draws at the labels are uncertain as there are not more of
  /// them: standard errors. 0 where nothing is left to chance; NaN where nobody can tell.
  std::vector<double> mean_errors(const Quantity& quantity, const CellAxes& axes) const;

  const store::Reader& reader() const { return reader_; }

 private:
  /// The positions on an axis that a label stands for; none where it stands for none.
  using Label = std::optional<Positions>;

  Choices choices(const std::vector<std::string>& axes, const Quantity& quantity,
                  const CellAxes& labels) const;
  Label choose_year(const std::string& axis, int year) const;
  Label choose_area(const std::string& axis, const std::string& label) const;
  Label choose_ages(const std::string& axis, const std::string& label) const;
  Label choose_sex(const std::string& axis, const std::string& label) const;

  Cube cube(const std::string& path) const;
  std::vector<double> levels(const Quantity& quantity, const CellAxes& axes) const;
  Spread level_spread(const Quantity& quantity, const CellAxes& axes) const;
  void add_draws(const Quantity& quantity, const CellAxes& axes, Spread& spread) const;
  void add_quantiles(const Quantity& quantity, const CellAxes& axes, Spread& spread) const;

  template <class Text>
  std::vector<Text> labels(const std::string& name) const;
  [[noreturn]] void refuse(const std::string& what) const;

  store::Reader reader_;
  std::string title_;
  std::vector<std::int32_t> years_;
  std::vector<std::int32_t> flow_years_;
  std::vector<std::string> codes_;
  std::vector<std::string> code_kinds_;
  std::vector<std::string> sexes_;
  std::vector<std::int32_t> first_ages_;
  std::vector<std::string> sum_areas_;
  std::vector<std::string> sum_area_kinds_;
  std::vector<std::string> sum_ages_;
  std::vector<std::string> sum_sexes_;
  Definitions definitions_;
};

}  // namespace kohort::compare
