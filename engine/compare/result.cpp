#include "engine/compare/result.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/random/normal.hpp"

namespace kohort::compare {
namespace {

const std::string sums_folder = "summary/";
const std::string areas_together = "summary_area";

bool ends_with_any(const std::string& path) {
  return path.ends_with("_quantiles") || path.ends_with("_sd") || path.ends_with("_draws");
}

bool is_year(const std::string& axis) { return axis == "year" || axis == "flow_year"; }

/// The axis of the kinds, if a dataset has one: the one that all others are not.
std::string kind_axis(const std::vector<std::string>& axes) {
  for (const std::string& axis : axes) {
    const bool known = is_year(axis) || axis == "area" || axis == "group" || axis == "sex" ||
                       axis == "age" || axis.starts_with("summary_") || axis == "quantile" ||
                       axis == "draw";
    if (!known) return axis;
  }
  return "";
}

bool has_axis(const std::vector<std::string>& axes, const std::string& name) {
  return std::find(axes.begin(), axes.end(), name) != axes.end();
}

Positions all_of(std::size_t count) {
  Positions positions(count);
  std::iota(positions.begin(), positions.end(), std::size_t{0});
  return positions;
}

/// One position, or none.
std::optional<Positions> only(std::optional<std::size_t> at) {
  if (!at) return std::nullopt;
  return Positions{*at};
}

/// Axes of one year.
CellAxes of_year(CellAxes axes, int year) {
  axes.years = {year};
  return axes;
}

/// Standard deviation of the draws of a cell: their own where they are kept, else that of a normal
/// distribution with the outermost two quantiles that leave out equally much. NaN without either.
double deviation(const Spread& spread, std::size_t cell) {
  if (spread.draws > 1 && !std::isnan(spread.of_draws[cell * spread.draws])) {
    const auto draws = std::span(spread.of_draws).subspan(cell * spread.draws, spread.draws);
    const auto count = static_cast<double>(draws.size());
    const double mean = std::accumulate(draws.begin(), draws.end(), 0.0) / count;
    double squares = 0.0;
    for (const float draw : draws) squares += (draw - mean) * (draw - mean);
    return std::sqrt(squares / (count - 1.0));
  }
  const std::size_t last = spread.shares.size() - 1;
  constexpr double same = 1e-9;
  if (spread.shares.size() < 2 ||
      std::abs(spread.shares.front() + spread.shares.back() - 1.0) > same) {
    return not_known;
  }
  const double width = spread.quantiles[cell * spread.shares.size() + last] -
                       spread.quantiles[cell * spread.shares.size()];
  return width / (2.0 * normal_quantile(spread.shares.back()));
}

/// Whether anything is missing at the labels.
bool whole(const std::vector<double>& figures) {
  return std::none_of(figures.begin(), figures.end(), [](double one) { return std::isnan(one); });
}

}  // namespace

Result::Result(const std::string& file)
    : reader_(file),
      title_(reader_.text("title").value_or("")),
      years_(labels<std::int32_t>("year")),
      flow_years_(labels<std::int32_t>("flow_year")),
      codes_(labels<std::string>("area")),
      code_kinds_(labels<std::string>("area_kind")),
      sexes_(labels<std::string>("sex")),
      first_ages_(labels<std::int32_t>("age")),
      sum_areas_(labels<std::string>(areas_together)),
      sum_area_kinds_(labels<std::string>("summary_area_kind")),
      sum_ages_(labels<std::string>("summary_age")),
      sum_sexes_(labels<std::string>("summary_sex")),
      definitions_(reader_.text("scenario").value_or(""), file) {
  if (years_.empty() || sum_areas_.size() != sum_area_kinds_.size() ||
      codes_.size() != code_kinds_.size()) {
    refuse("its scales do not go together");
  }
}

void Result::refuse(const std::string& what) const {
  throw Error(Fault::storage, Mistake{{reader_.file(), 0, 0},
                                      "this is no result that can be compared: " + what,
                                      "name one that a run has written"});
}

template <class Text>
std::vector<Text> Result::labels(const std::string& name) const {
  if (!reader_.has(name)) refuse("it has no scale '" + name + "'");
  const store::Labels found = reader_.labels(name);
  if (const auto* list = std::get_if<std::vector<Text>>(&found)) return *list;
  refuse("the scale '" + name + "' is of another type");
}

std::vector<Quantity> Result::quantities() const {
  std::vector<Quantity> found;
  for (const std::string& path : reader_.datasets()) {
    if (!path.starts_with(sums_folder) || ends_with_any(path)) continue;
    const std::string variable = path.substr(sums_folder.size());
    const std::string kinds = kind_axis(reader_.describe(path).axes);
    if (kinds.empty()) {
      found.push_back({variable});
      continue;
    }
    for (const std::string& kind : labels<std::string>(kinds)) found.push_back({variable, kind});
  }
  return found;
}

bool Result::has(const Quantity& quantity) const {
  const std::string path = sums_folder + quantity.variable;
  if (!reader_.has(path)) return false;
  const std::string kinds = kind_axis(reader_.describe(path).axes);
  if (kinds.empty()) return quantity.kind.empty();
  return position_of(labels<std::string>(kinds), quantity.kind).has_value();
}

bool Result::is_stock(const Quantity& quantity) const {
  return has_axis(reader_.describe(sums_folder + quantity.variable).axes, "year");
}

CellAxes Result::axes_of(const Quantity& quantity) const {
  const std::vector<std::string> axes = reader_.describe(sums_folder + quantity.variable).axes;
  CellAxes found{sum_areas_, {std::string(everywhere)}, {std::string(both_sexes)}, {}};
  if (has_axis(axes, "summary_age")) found.ages = sum_ages_;
  if (has_axis(axes, "summary_sex")) found.sexes = sum_sexes_;
  const auto& years = has_axis(axes, "year") ? years_ : flow_years_;
  found.years.assign(years.begin(), years.end());
  return found;
}

std::optional<std::string> Result::kind_of_area(const std::string& label) const {
  const auto at = position_of(sum_areas_, label);
  if (!at) return std::nullopt;
  return sum_area_kinds_[*at];
}

std::vector<std::string> Result::age_labels() const {
  std::vector<std::string> ages;
  for (std::size_t at = 0; at + 1 < first_ages_.size(); ++at) {
    const int last = first_ages_[at + 1] - 1;
    ages.push_back(last == first_ages_[at] ? fmt::format("{}", last)
                                           : fmt::format("{}-{}", first_ages_[at], last));
  }
  ages.push_back(fmt::format("{}+", first_ages_.back()));
  return ages;
}

std::string Result::unit(const Quantity& quantity) const {
  const store::Dataset dataset = reader_.describe(sums_folder + quantity.variable);
  const std::string units_of_kinds = kind_axis(dataset.axes) + "_unit";
  const bool of_each =
      quantity.variable.ends_with("/volume") || quantity.variable.ends_with("/unmet");
  if (of_each && reader_.has(units_of_kinds)) {
    const auto at = position_of(labels<std::string>(kind_axis(dataset.axes)), quantity.kind);
    return labels<std::string>(units_of_kinds).at(at.value());
  }
  for (const auto& [name, value] : dataset.attributes) {
    if (name == "units") return std::get<std::string>(value);
  }
  refuse(dataset.path + " has no units");
}

Cube Result::cube(const std::string& path) const {
  return {reader_.describe(path).axes, reader_.lengths(path), reader_.values(path)};
}

Result::Label Result::choose_year(const std::string& axis, int year) const {
  return only(position_of(axis == "year" ? years_ : flow_years_, year));
}

Result::Label Result::choose_area(const std::string& axis, const std::string& label) const {
  return axis == areas_together ? only(position_of(sum_areas_, label)) : areas_of(label);
}

std::optional<Positions> Result::areas_of(const std::string& label) const {
  if (const auto own = position_of(codes_, label)) return Positions{*own};
  const bool is_all = label == everywhere;
  const auto group = definitions_.group(label);
  if (!position_of(sum_areas_, label) || (!is_all && label != all_but_rest && !group)) {
    return std::nullopt;
  }
  Positions members;
  for (std::size_t at = 0; at < codes_.size(); ++at) {
    if (group ? group->contains(codes_[at]) : is_all || code_kinds_[at] != "rest") {
      members.push_back(at);
    }
  }
  return members;
}

Result::Label Result::choose_ages(const std::string& axis, const std::string& label) const {
  return axis == "summary_age" ? only(position_of(sum_ages_, label)) : ages_of(label);
}

std::optional<Positions> Result::ages_of(const std::string& label) const {
  if (label == everywhere) return all_of(first_ages_.size());
  const auto span = written_ages(label);
  const int open = first_ages_.back();
  if (!span || span->first > open) return std::nullopt;
  const auto first = position_of(first_ages_, span->first);
  const bool is_open = !span->last || (span->first == open && *span->last == open);
  const auto end = is_open ? first_ages_.size() : position_of(first_ages_, *span->last + 1);
  if (!first || !end) return std::nullopt;
  Positions positions = all_of(*end);
  positions.erase(positions.begin(), positions.begin() + static_cast<std::ptrdiff_t>(*first));
  return positions;
}

Result::Label Result::choose_sex(const std::string& axis, const std::string& label) const {
  return axis == "summary_sex" ? only(position_of(sum_sexes_, label)) : sexes_of(label);
}

std::optional<Positions> Result::sexes_of(const std::string& label) const {
  if (label != both_sexes) return only(position_of(sexes_, label));
  if (sexes_.size() < 2) return std::nullopt;
  return all_of(sexes_.size());
}

std::size_t Choices::label_of(Along along, const CellPosition& cell) {
  switch (along) {
    case Along::area:
      return cell.area;
    case Along::ages:
      return cell.ages;
    case Along::sex:
      return cell.sex;
    case Along::year:
      return cell.year;
    case Along::none:
      return 0;
  }
  return 0;
}

std::optional<Selection> Choices::of(const CellPosition& cell) const {
  for (const auto& [along, label] : required_) {
    if (label_of(along, cell) != label) return std::nullopt;
  }
  Selection chosen;
  for (const auto& [along, of_labels] : axes_) {
    const std::optional<Positions>& positions = of_labels[label_of(along, cell)];
    if (!positions) return std::nullopt;
    chosen.push_back(&*positions);
  }
  return chosen;
}

Choices Result::choices(const std::vector<std::string>& axes, const Quantity& quantity,
                        const CellAxes& labels_of_cells) const {
  using Along = Choices::Along;
  Choices choices;
  const auto follow = [&](Along along, const auto& of_cells, auto&& choose) {
    std::vector<Label> positions;
    for (const auto& label : of_cells) positions.push_back(choose(label));
    choices.add(along, std::move(positions));
  };
  std::set<Along> told;
  for (const std::string& axis : axes) {
    if (is_year(axis)) {
      follow(Along::year, labels_of_cells.years, [&](int year) { return choose_year(axis, year); });
    } else if (axis == "area" || axis == areas_together) {
      follow(Along::area, labels_of_cells.areas,
             [&](const std::string& label) { return choose_area(axis, label); });
    } else if (axis == "age" || axis == "summary_age") {
      told.insert(Along::ages);
      follow(Along::ages, labels_of_cells.ages,
             [&](const std::string& label) { return choose_ages(axis, label); });
    } else if (axis == "sex" || axis == "summary_sex") {
      told.insert(Along::sex);
      follow(Along::sex, labels_of_cells.sexes,
             [&](const std::string& label) { return choose_sex(axis, label); });
    } else if (axis == "group") {
      choices.add(Along::none, {all_of(labels<std::string>(axis).size())});
    } else {
      choices.add(Along::none, {only(position_of(labels<std::string>(axis), quantity.kind))});
    }
  }
  // What has no ages or sexes is of all of them.
  constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();
  if (!told.contains(Along::ages)) {
    choices.require(Along::ages, position_of(labels_of_cells.ages, everywhere).value_or(nowhere));
  }
  if (!told.contains(Along::sex)) {
    choices.require(Along::sex, position_of(labels_of_cells.sexes, both_sexes).value_or(nowhere));
  }
  return choices;
}

std::vector<double> Result::added(const Cube& cube, const Quantity& quantity,
                                  const CellAxes& axes) const {
  std::vector<double> figures(axes.size(), not_known);
  const Choices all = choices(cube.axes, quantity, axes);
  for (std::size_t at = 0; at < figures.size(); ++at) {
    const auto chosen = all.of(axes.cell(at));
    if (chosen) figures[at] = cube.sum(*chosen);
  }
  return figures;
}

std::vector<double> Result::levels(const Quantity& quantity, const CellAxes& axes) const {
  std::vector<double> figures = added(cube(sums_folder + quantity.variable), quantity, axes);
  const bool adds_up = !quantity.variable.starts_with("indicators/");
  if (whole(figures) || !adds_up || !reader_.has(quantity.variable)) return figures;
  const std::vector<double> of_cells = added(cube(quantity.variable), quantity, axes);
  for (std::size_t at = 0; at < figures.size(); ++at) {
    if (std::isnan(figures[at])) figures[at] = of_cells[at];
  }
  return figures;
}

std::vector<double> Result::figures(const Quantity& quantity, const CellAxes& axes) const {
  std::vector<double> now = levels(quantity, axes);
  if (!quantity.since) return now;
  const std::vector<double> then = levels(quantity, of_year(axes, *quantity.since));
  for (std::size_t at = 0; at < now.size(); ++at) now[at] -= then[at / axes.years.size()];
  return now;
}

void Result::add_draws(const Quantity& quantity, const CellAxes& axes, Spread& spread) const {
  const std::string path = quantity.variable + "_draws";
  if (!reader_.has(path)) return;
  const std::vector<std::size_t> lengths = reader_.lengths(path);
  Cube cube{reader_.describe(path).axes, lengths, {}};
  cube.axes.erase(cube.axes.begin());
  cube.lengths.erase(cube.lengths.begin());
  const Choices all = choices(cube.axes, quantity, axes);
  std::vector<std::optional<Selection>> chosen;
  for (std::size_t at = 0; at < axes.size(); ++at) chosen.push_back(all.of(axes.cell(at)));
  spread.draws = lengths[0];
  spread.of_draws.assign(axes.size() * spread.draws, static_cast<float>(not_known));
  for (std::size_t draw = 0; draw < spread.draws; ++draw) {
    cube.values = reader_.values_at(path, {draw});
    for (std::size_t at = 0; at < chosen.size(); ++at) {
      if (!chosen[at]) continue;
      spread.of_draws[at * spread.draws + draw] = static_cast<float>(cube.sum(*chosen[at]));
    }
  }
}

void Result::add_quantiles(const Quantity& quantity, const CellAxes& axes, Spread& spread) const {
  const std::string path = sums_folder + quantity.variable + "_quantiles";
  if (!reader_.has(path)) return;
  spread.shares = labels<double>("quantile");
  Cube all = cube(path);
  if (all.axes.front() != "quantile") refuse(path + " does not begin with 'quantile'");
  all.axes.erase(all.axes.begin());
  all.lengths.erase(all.lengths.begin());
  const std::size_t size = all.values.size() / spread.shares.size();
  spread.quantiles.assign(axes.size() * spread.shares.size(), not_known);
  Cube one{all.axes, all.lengths, {}};
  for (std::size_t number = 0; number < spread.shares.size(); ++number) {
    const auto first = all.values.begin() + static_cast<std::ptrdiff_t>(number * size);
    one.values.assign(first, first + static_cast<std::ptrdiff_t>(size));
    const std::vector<double> figures = added(one, quantity, axes);
    for (std::size_t at = 0; at < figures.size(); ++at) {
      spread.quantiles[at * spread.shares.size() + number] = figures[at];
    }
  }
}

Spread Result::level_spread(const Quantity& quantity, const CellAxes& axes) const {
  Spread spread;
  add_draws(quantity, axes, spread);
  add_quantiles(quantity, axes, spread);
  return spread;
}

/// Of a change every draw is known; its quantiles are only where all draws start from one figure.
Spread Result::spread(const Quantity& quantity, const CellAxes& axes) const {
  Spread now = level_spread(quantity, axes);
  if (!quantity.since) return now;
  const Spread then = level_spread(quantity, of_year(axes, *quantity.since));
  for (std::size_t at = 0; at < axes.size(); ++at) {
    const std::size_t before = at / axes.years.size();
    for (std::size_t draw = 0; draw < now.draws; ++draw) {
      now.of_draws[at * now.draws + draw] -= then.of_draws[before * now.draws + draw];
    }
    const std::size_t count = now.shares.size();
    for (std::size_t number = 0; number < count; ++number) {
      const double start = then.quantiles[before * count];
      const bool one_start = start == then.quantiles[before * count + count - 1];
      double& quantile = now.quantiles[at * count + number];
      quantile = one_start ? quantile - start : not_known;
    }
  }
  return now;
}

std::vector<double> Result::mean_errors(const Quantity& quantity, const CellAxes& axes) const {
  if (draws() < 2) {
    return std::vector<double>(axes.size(), definitions_.left_to_chance() ? not_known : 0.0);
  }
  const Spread spread = this->spread(quantity, axes);
  std::vector<double> errors(axes.size(), not_known);
  for (std::size_t at = 0; at < errors.size(); ++at) {
    errors[at] = deviation(spread, at) / std::sqrt(static_cast<double>(draws()));
  }
  return errors;
}

}  // namespace kohort::compare
