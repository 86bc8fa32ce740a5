// Which cells of a table interventions are about, and what they make of them.
#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/model/frame_groups.hpp"
#include "engine/model/parameter_change.hpp"

namespace kohort {
namespace {

namespace p = parameters;

/// A table as its reader asked for it.
struct ReadTable {
  const Parameter& parameter;
  std::span<const WantedAxis> axes;
  DenseFigures& figures;
  const Frame& frame;

  bool tells_apart(std::size_t axis) const { return figures.strides[axis] != 0; }
  /// The axis of that name, where the figures tell its labels apart.
  std::optional<std::size_t> axis(const std::string& name) const {
    for (std::size_t at = 0; at < axes.size(); ++at) {
      if (axes[at].name == name && tells_apart(at)) return at;
    }
    return std::nullopt;
  }
  std::optional<std::size_t> year_axis() const {
    for (std::size_t at = 0; at < axes.size(); ++at) {
      if (axes[at].kind == WantedAxis::Kind::year) return at;
    }
    return std::nullopt;
  }
  std::size_t position(std::size_t offset, std::size_t axis) const {
    return offset / figures.strides[axis] % axes[axis].labels.size();
  }
  /// What a cell is about, for people.
  std::string key(std::size_t offset) const {
    std::string key;
    for (std::size_t axis = 0; axis < axes.size(); ++axis) {
      if (!tells_apart(axis)) continue;
      key += fmt::format("{}{} {}", key.empty() ? "" : ", ", axes[axis].name,
                         axes[axis].labels[position(offset, axis)]);
    }
    return key;
  }
};

/// Ages of a group, the last one none where it is open.
struct AgeSpan {
  int first = 0;
  std::optional<int> last;
};

/// The groups that the labels of an axis stand for; empty where they are no ages.
std::vector<AgeSpan> spans_of(const WantedAxis& axis) {
  std::vector<AgeSpan> spans;
  for (const std::string& label : axis.labels) {
    const auto written = written_ages(label);
    if (!written) return {};
    spans.push_back({written->first, written->last});
  }
  if (axis.kind != WantedAxis::Kind::age) return spans;
  // By first ages: each group ends where the next one begins.
  for (std::size_t at = 0; at < spans.size(); ++at) {
    spans[at].last = at + 1 < spans.size() ? std::optional(spans[at + 1].first - 1) : std::nullopt;
  }
  return spans;
}

/// Which part of an intervention is in effect at each position of the axes; none: 1 at all of them.
class Selection {
 public:
  Selection(const ParameterChange& change, const ReadTable& table, Mistakes& mistakes)
      : change_(change), table_(table), mistakes_(mistakes), parts_(table.axes.size()) {
    if (change.areas) areas();
    if (change.sexes) sexes();
    if (change.ages) ages();
    if (!change.of.empty() && change.list == nullptr) labels();
    if (change.years) years();
    if (!change.readiness.empty()) spread();
  }

  /// The part of it that is in effect in a cell; none where it is not about it.
  std::optional<double> part(std::size_t offset) const {
    double part = 1.0;
    for (std::size_t axis = 0; axis < parts_.size(); ++axis) {
      if (parts_[axis].empty()) continue;
      const double of_axis = parts_[axis][table_.position(offset, axis)];
      part *= spread_ && axis == spread_->years ? spread_->part(table_, offset, of_axis) : of_axis;
    }
    return part == 0.0 ? std::nullopt : std::optional(part);
  }

 private:
  /// Which areas have taken it up in which years, where that is drawn.
  struct DrawnSpread {
    std::size_t years;              ///< axis
    std::size_t areas;              ///< axis
    std::vector<double> readiness;  ///< [position on the axis of areas]

    double part(const ReadTable& table, std::size_t offset, double expected) const {
      return Readiness::part(readiness[table.position(offset, areas)], expected);
    }
  };

  std::optional<Area> area_of(const std::string& label) const {
    const auto& areas = table_.frame.areas;
    const auto found = std::find_if(areas.begin(), areas.end(),
                                    [&](const AreaDescription& one) { return one.code == label; });
    if (found == areas.end()) return std::nullopt;
    return Area(static_cast<std::size_t>(found - areas.begin()));
  }

  void areas() {
    choose("area", change_.areas_field(), [&](const std::string& label) {
      const auto area = area_of(label);
      return area && change_.effect.target().includes(*area);
    });
  }

  void spread() {
    const auto years = table_.year_axis();
    const auto areas = table_.axis("area");
    if (!years || !areas) return;  // which has been refused
    spread_ = {*years, *areas, {}};
    for (const std::string& label : table_.axes[*areas].labels) {
      const auto area = area_of(label);
      spread_->readiness.push_back(area ? change_.readiness[area->position()]
                                        : Readiness::as_expected);
    }
  }

  void sexes() {
    choose("sex", p::intervention_fields.sexes, [&](const std::string& label) {
      const auto sex = table_.frame.position_of(label);
      return sex && change_.effect.target().includes(*sex);
    });
  }

  /// Along the axis that has all of the names.
  void labels() {
    std::vector<std::string> known;
    for (std::size_t axis = 0; axis < parts_.size(); ++axis) {
      const WantedAxis& wanted = table_.axes[axis];
      const bool named = wanted.kind == WantedAxis::Kind::text && wanted.name != "area" &&
                         wanted.name != "sex" && table_.tells_apart(axis);
      if (!named) continue;
      const auto has = [&](const std::string& name) {
        return std::find(wanted.labels.begin(), wanted.labels.end(), name) != wanted.labels.end();
      };
      if (std::all_of(change_.of.begin(), change_.of.end(), has)) {
        choose(axis, p::intervention_of, [&](const std::string& label) {
          return std::find(change_.of.begin(), change_.of.end(), label) != change_.of.end();
        });
        return;
      }
      known.insert(known.end(), wanted.labels.begin(), wanted.labels.end());
    }
    wrong(p::intervention_of,
          fmt::format("the table of '{}' does not tell {} apart", name(),
                      fmt::join(change_.of, ", ")),
          known.empty() ? "leave it out" : fmt::format("it has {}", fmt::join(known, ", ")));
  }

  template <class Includes>
  void choose(const std::string& axis, const Parameter& field, Includes&& includes) {
    if (const auto at = table_.axis(axis)) {
      choose(*at, field, includes);
    } else {
      not_told_apart(axis, field);
    }
  }

  template <class Includes>
  void choose(std::size_t axis, const Parameter& field, Includes&& includes) {
    for (const std::string& label : table_.axes[axis].labels) {
      parts_[axis].push_back(includes(label) ? 1.0 : 0.0);
    }
    require_figures(axis, field);
  }

  /// Positions without a figure of their own are read from others, which are not to be changed.
  void require_figures(std::size_t axis, const Parameter& field) {
    std::vector<bool> known(parts_[axis].size(), false);
    const std::vector<double>& values = table_.figures.values;
    for (std::size_t offset = 0; offset < values.size(); ++offset) {
      if (!std::isnan(values[offset])) known[table_.position(offset, axis)] = true;
    }
    for (std::size_t at = 0; at < known.size(); ++at) {
      if (known[at] || parts_[axis][at] == 0.0) continue;
      wrong(field,
            fmt::format("the table of '{}' has no figures of its own for {} {}", name(),
                        table_.axes[axis].name, table_.axes[axis].labels[at]),
            "add its rows to the table, or leave it out");
    }
  }

  void ages() {
    const Parameter& field = p::intervention_fields.ages;
    const auto axis = age_axis();
    if (!axis) {
      not_told_apart("age", field);
      return;
    }
    const AgeGroup& meant = change_.effect.target().ages();
    const int first = table_.frame.first_age(meant.first);
    const bool open = meant.last.position() + 1 == table_.frame.ages();
    const int last = table_.frame.first_age(meant.last) + table_.frame.step - 1;
    const std::vector<AgeSpan> spans = spans_of(table_.axes[*axis]);
    for (const AgeSpan& span : spans) {
      const bool begins = span.first >= first;
      const bool ends = open || (span.last && *span.last <= last);
      const bool apart = (span.last && *span.last < first) || (!open && span.first > last);
      parts_[*axis].push_back(begins && ends ? 1.0 : 0.0);
      if (apart || (begins && ends)) continue;
      wrong(field, fmt::format("it splits the ages {} of the table of '{}'", words(span), name()),
            fmt::format("its groups begin at {}: choose whole ones",
                        fmt::join(table_.axes[*axis].labels, ", ")));
      return;
    }
  }

  std::optional<std::size_t> age_axis() const {
    for (std::size_t at = 0; at < table_.axes.size(); ++at) {
      const bool named = table_.axes[at].name.starts_with("age");
      if (named && table_.tells_apart(at) && !spans_of(table_.axes[at]).empty()) return at;
    }
    return std::nullopt;
  }

  static std::string words(const AgeSpan& span) {
    return span.last ? fmt::format("{}-{}", span.first, *span.last)
                     : fmt::format("{}+", span.first);
  }

  void years() {
    const auto axis = table_.year_axis();
    const std::string remedy =
        "leave out from, to, phase_in, course and spread, or act on what a model has by year";
    if (!axis) {
      wrong(p::intervention_on, fmt::format("'{}' holds for all years alike", name()), remedy);
      return;
    }
    const auto& years = table_.axes[*axis].labels;
    if (std::stoi(years.back()) <= table_.frame.base_year.value()) {
      wrong(p::intervention_on,
            fmt::format("'{}' is of years up to {}, before the projection", name(), years.back()),
            remedy);
      return;
    }
    for (const std::string& year : years) {
      parts_[*axis].push_back(change_.effect.in_effect_in(std::stoi(year)));
    }
  }

  void not_told_apart(const std::string& axis, const Parameter& field) {
    const auto& axes = table_.parameter.axes;
    const bool can_be = std::find(axes.begin(), axes.end(), axis) != axes.end();
    wrong(field, fmt::format("'{}' is not told apart by {} there", name(), axis),
          can_be ? fmt::format("give it as a table with a column {}, or leave this out", axis)
                 : "leave it out");
  }

  void wrong(const Parameter& field, std::string what, std::string remedy) {
    mistakes_.add(change_.about(field, std::move(what), std::move(remedy)));
  }
  const std::string& name() const { return table_.parameter.name; }

  const ParameterChange& change_;
  const ReadTable& table_;
  Mistakes& mistakes_;
  std::vector<std::vector<double>> parts_;  ///< [axis][position]
  std::optional<DrawnSpread> spread_{};
};

/// Gives figures that hold for all years a place for each.
void spread_over_years(ReadTable& table) {
  const auto axis = table.year_axis();
  if (!axis || table.tells_apart(*axis)) return;
  std::vector<double>& values = table.figures.values;
  const std::size_t size = values.size();
  const std::size_t years = table.axes[*axis].labels.size();
  values.reserve(size * years);
  for (std::size_t year = 1; year < years; ++year) {
    for (std::size_t at = 0; at < size; ++at) values.push_back(values[at]);
  }
  table.figures.strides[*axis] = size;
}

void require_in_range(const ReadTable& table, std::size_t offset, double figure,
                      const ParameterChange& change, Mistakes& mistakes) {
  const Range& range = table.parameter.range;
  if (std::isfinite(figure) && figure >= range.least && figure <= range.most) return;
  const std::string key = table.key(offset);
  mistakes.add(change.about_size(
      fmt::format("'{}' would become {:.6g}{}{}, and must be a number{}", table.parameter.name,
                  figure, key.empty() ? "" : " at ", key, range_text(range)),
      "choose an effect nearer to none, or those whom it can be meant for"));
}

}  // namespace

void TableChange::apply(const Parameter& parameter, std::span<const WantedAxis> axes,
                        DenseFigures& figures) const {
  read_ = true;
  ReadTable table{parameter, axes, figures, *frame_};
  const bool some_years = std::any_of(changes_.begin(), changes_.end(),
                                      [](const auto& change) { return change->years; });
  if (some_years) spread_over_years(table);
  Mistakes mistakes;
  std::vector<Selection> selections;
  selections.reserve(changes_.size());
  for (const auto& change : changes_) selections.emplace_back(*change, table, mistakes);
  mistakes.throw_if_any(Fault::scenario);
  for (std::size_t offset = 0; offset < figures.values.size(); ++offset) {
    double& figure = figures.values[offset];
    if (std::isnan(figure) || (figure == 0.0 && !any_figure_)) continue;
    RateChange whole;
    const ParameterChange* last = nullptr;
    for (std::size_t at = 0; at < changes_.size(); ++at) {
      const auto part = selections[at].part(offset);
      if (!part) continue;
      whole *= changes_[at]->effect.change(*part);
      last = changes_[at].get();
      if (figure != 0.0 || last->effect.is_shift()) last->has_something = true;
    }
    if (last == nullptr) continue;
    figure = figure * whole.factor + whole.shift;
    require_in_range(table, offset, figure, *last, mistakes);
  }
  mistakes.throw_if_any(Fault::scenario);
}

}  // namespace kohort
