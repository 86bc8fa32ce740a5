#include "engine/cli/hindcast_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <vector>

#include <fmt/format.h>

#include "engine/cli/append.hpp"
#include "engine/cli/compare_table.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/compare/rows.hpp"
#include "engine/evaluate/measures.hpp"

namespace kohort::cli {
namespace {

using compare::Compared;
using compare::Comparison;
using compare::Measured;

constexpr std::size_t most_judged_areas = 15;
constexpr std::size_t widest_name = 34;

/// What the columns are called, and the measure.
constexpr std::array<std::pair<const char*, const char*>, 14> judged_columns{{
    {"MAPE", "mape"},
    {"MdAPE", "mdape"},
    {"MALPE", "malpe"},
    {"WAPE", "wape"},
    {"RMSE", "rmse"},
    {"MASE", "mase"},
    {"<=5%", "within_5"},
    {"<=10%", "within_10"},
    {"direction", "direction_hits"},
    {"structure", "age_structure"},
    {"Brier", "brier"},
    {"CRPS", "crps"},
    {"cov80", "coverage_80"},
    {"cov95", "coverage_95"},
}};

const std::string skill = "skill_";

/// Methods whose names are the same but for the launch, all of one thing that is judged.
class Block {
 public:
  void add_method(const Comparison& comparison) { methods_.push_back(&comparison); }
  bool takes(const Comparison& comparison) const {
    return methods_.empty() || (methods_.front()->standard == comparison.standard &&
                                methods_.front()->launch == comparison.launch);
  }

  void add_all(std::string& text) const {
    const compare::CellAxes& axes = of(*methods_.front()).axes;
    const std::size_t sex = compare::position_of(axes.sexes, compare::both_sexes).value_or(0);
    for (std::size_t year = 0; year < axes.years.size(); ++year) {
      if (axes.areas.size() == 1) {
        add_by_ages(text, {.name = "", .area = {}, .year = year, .sex = sex});
        continue;
      }
      for (std::size_t ages = 0; ages < axes.ages.size(); ++ages) {
        add_table(text, {.name = "", .area = {}, .year = year, .ages = ages, .sex = sex});
      }
    }
    for (const std::string& what : methods_.front()->left_out) {
      append(text, "  left out: {}\n", what);
    }
  }

 private:
  static const Compared& of(const Comparison& comparison) { return comparison.quantities.front(); }

  static const Measured* find(const Comparison& comparison, const std::string& name,
                              const Measured& like) {
    for (const Measured& one : of(comparison).measures) {
      if (one.name == name && one.area == like.area && one.year == like.year &&
          one.ages == like.ages && one.sex == like.sex) {
        return &one;
      }
    }
    return nullptr;
  }

  void add_table(std::string& text, const Measured& like) const {
    const Comparison& first = *methods_.front();
    const compare::CellAxes& axes = of(first).axes;
    const int year = axes.years[*like.year];
    append(text, "\n{}: launched {}, judged {} ({:+} years), ages {}, {}\n  {:<{}}{:>6}",
           first.standard, first.launch, year, year - first.launch, axes.ages[like.ages],
           axes.sexes[like.sex], "", widest_name, "areas");
    std::vector<std::pair<const char*, const char*>> used;
    for (const auto& [title, name] : judged_columns) {
      const bool any = std::any_of(methods_.begin(), methods_.end(),
                                   [&, measure = std::string(name)](const Comparison* method) {
                                     return find(*method, measure, like) != nullptr;
                                   });
      if (any) used.emplace_back(title, name);
    }
    for (const auto& [title, name] : used) append(text, "{:>10}", title);
    append(text, "\n");
    for (const Comparison* method : methods_) {
      std::string line;
      std::size_t areas = 0;
      for (const auto& [title, name] : used) {
        const Measured* found = find(*method, name, like);
        if (found != nullptr) areas = std::max(areas, found->count);
        append(line, "{:>10}", found == nullptr ? "-" : fmt::format("{:.4g}", found->value));
      }
      if (areas == 0) continue;
      append(text, "  {:<{}}{:>6}{}\n", method->result, widest_name, areas, line);
    }
    add_skill(text, like);
    add_areas(text, like);
  }

  /// A row for each method, a column for each naive one.
  void add_skill(std::string& text, const Measured& like) const {
    std::vector<std::string> naive;
    for (const Comparison* other : methods_) {
      const bool any = std::any_of(methods_.begin(), methods_.end(), [&](const Comparison* method) {
        return find(*method, skill + other->result, like);
      });
      if (any) naive.push_back(other->result);
    }
    if (naive.empty()) return;
    append(text, "  {:<{}}{:>6}", "per cent of the MAPE avoided of", widest_name, "");
    for (const std::string& name : naive) append(text, "{:>{}}", name, name.size() + 3);
    append(text, "\n");
    for (const Comparison* method : methods_) {
      std::string line;
      bool any = false;
      for (const std::string& name : naive) {
        const Measured* found = find(*method, skill + name, like);
        any = any || found != nullptr;
        append(line, "{:>{}}", found == nullptr ? "-" : fmt::format("{:+.1f}", found->value),
               name.size() + 3);
      }
      if (any) append(text, "  {:<{}}{:>6}{}\n", method->result, widest_name, "", line);
    }
  }

  /// The methods that give figures.
  std::vector<const Comparison*> of_figures() const {
    std::vector<const Comparison*> shown;
    std::copy_if(methods_.begin(), methods_.end(), std::back_inserter(shown),
                 [](const Comparison* method) { return !of(*method).directions; });
    return shown;
  }

  /// What happened in a cell, and how far off each method is there, in per cent.
  void add_errors(std::string& text, const std::string& label, std::size_t at) const {
    const double happened = of(*methods_.front()).standard[at];
    if (std::isnan(happened)) return;
    append(text, "  {:<12}{:>12}", label, count_text(happened));
    for (const Comparison* method : of_figures()) {
      const double percent = 100.0 * (of(*method).result[at] / happened - 1.0);
      append(text, "{:>{}}", std::isnan(percent) ? "-" : fmt::format("{:+.2f}", percent),
             method->result.size() + 3);
    }
    append(text, "\n");
  }

  void add_error_heading(std::string& text) const {
    append(text, "  {:<12}{:>12}", "error in %", "happened");
    for (const Comparison* method : of_figures()) {
      append(text, "{:>{}}", method->result, method->result.size() + 3);
    }
    append(text, "\n");
  }

  void add_areas(std::string& text, const Measured& like) const {
    const compare::CellAxes& axes = of(*methods_.front()).axes;
    if (axes.areas.size() > most_judged_areas) return;
    add_error_heading(text);
    for (std::size_t area = 0; area < axes.areas.size(); ++area) {
      add_errors(text, axes.areas[area], axes.at({area, like.ages, like.sex, *like.year}));
    }
  }

  /// Of a single area: a row for each age group.
  void add_by_ages(std::string& text, const Measured& like) const {
    const Comparison& first = *methods_.front();
    const compare::CellAxes& axes = of(first).axes;
    const int year = axes.years[*like.year];
    append(text, "\n{}: launched {}, judged {} ({:+} years), area {}, {}\n", first.standard,
           first.launch, year, year - first.launch, axes.areas.front(), axes.sexes[like.sex]);
    add_error_heading(text);
    for (std::size_t ages = 0; ages < axes.ages.size(); ++ages) {
      add_errors(text, axes.ages[ages], axes.at({0, ages, like.sex, *like.year}));
    }
    append(text, "  {:<24}", "mean size, finest ages");
    for (const Comparison* method : of_figures()) add_mean(text, *method, like);
    append(text, "\n");
  }

  /// The finest age groups from the youngest judged on that make up all others.
  static std::vector<std::size_t> finest_ages(const std::vector<std::string>& ages) {
    const auto spans = compare::spans_of(ages);
    int youngest = spans.front()->first;
    for (const auto& span : spans) youngest = std::min(youngest, span->first);
    return compare::tiles_of({youngest, std::nullopt}, spans);
  }

  /// The mean over these of the error in per cent without its sign.
  static void add_mean(std::string& text, const Comparison& method, const Measured& like) {
    const Compared& compared = of(method);
    std::vector<evaluate::Pair> pairs;
    for (const std::size_t ages : finest_ages(compared.axes.ages)) {
      const std::size_t at = compared.axes.at({0, ages, like.sex, *like.year});
      if (std::isnan(compared.result[at])) continue;
      pairs.push_back({compared.result[at], compared.standard[at]});
    }
    const auto mape = pairs.empty() ? std::nullopt : evaluate::errors_of(pairs).mape;
    append(text, "{:>{}}", mape ? fmt::format("{:.2f}", *mape) : "-", method.result.size() + 3);
  }

  std::vector<const Comparison*> methods_;
};

}  // namespace

std::string table_of(const hindcast::Hindcast& hindcast) {
  std::string text;
  std::vector<Block> blocks;
  for (const Comparison& comparison : hindcast.comparisons) {
    if (comparison.quantities.empty()) continue;
    if (blocks.empty() || !blocks.back().takes(comparison)) blocks.emplace_back();
    blocks.back().add_method(comparison);
  }
  for (const Block& block : blocks) block.add_all(text);
  for (const Comparison& comparison : hindcast.comparisons) {
    if (comparison.decompositions.empty()) continue;
    append(text, "\n{}", table_of(comparison));
  }
  return text;
}

}  // namespace kohort::cli
