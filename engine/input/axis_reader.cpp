#include "engine/input/axis_reader.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/nearest.hpp"
#include "engine/base/number.hpp"

namespace kohort {
namespace {

std::optional<int> to_whole(std::string_view text) { return number_in<int>(text); }

/// The part before and the part after the first of `marks`; the second is empty where there is
/// none.
std::pair<std::string_view, std::string_view> split(std::string_view text, const char* marks) {
  const std::size_t at = text.find_first_of(marks, 1);
  if (at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + 1)};
}

}  // namespace

WantedAxis wanted_years(Years years, int step) {
  WantedAxis axis{.name = "year", .kind = WantedAxis::Kind::year, .every = true};
  for (Year year = years.first(); year <= years.last(); year = year + step) {
    axis.labels.push_back(std::to_string(year.value()));
  }
  return axis;
}

AxisReader::AxisReader(const WantedAxis& axis, const TableReference& reference,
                       std::optional<int> last_year)
    : axis_(axis),
      shift_(axis.kind == WantedAxis::Kind::year  ? reference.year_shift
             : axis.kind == WantedAxis::Kind::age ? reference.age_shift
                                                  : 0),
      last_year_(last_year) {
  const auto words = reference.labels.find(axis.name);
  if (words != reference.labels.end()) words_ = &words->second;
  known_.insert(axis.known.begin(), axis.known.end());
  left_out_.insert(axis.left_out.begin(), axis.left_out.end());
  for (std::size_t at = 0; at < axis.labels.size(); ++at) {
    positions_[axis.labels[at]] = at;
    if (axis.kind == WantedAxis::Kind::text) continue;
    const int number = to_whole(axis.labels[at]).value_or(0);
    numbers_[number] = at;
    first_ages_.push_back(number);
  }
}

std::string AxisReader::word_for(const std::string& label) const {
  if (words_ != nullptr) {
    for (const auto& [word, meaning] : *words_) {
      if (meaning == label) return word;
    }
  }
  if (axis_.kind == WantedAxis::Kind::text) return label;
  return std::to_string(to_whole(label).value_or(0) - shift_);
}

bool AxisReader::too_late(const std::string& label) const {
  return axis_.kind == WantedAxis::Kind::year && too_late(to_whole(label).value_or(0) - shift_);
}

/// A row may have become known in the year that it names or in the one that it is about, whichever
/// is later.
bool AxisReader::too_late(int named) const {
  return last_year_ && std::max(named, named + shift_) > *last_year_;
}

Place AxisReader::place(std::string_view cell) const {
  if (words_ != nullptr) {
    const auto renamed = words_->find(std::string(cell));
    if (renamed != words_->end()) cell = renamed->second;
  }
  switch (axis_.kind) {
    case WantedAxis::Kind::year:
      return place_year(cell);
    case WantedAxis::Kind::age:
      return place_age(cell);
    case WantedAxis::Kind::text:
      return place_text(cell);
  }
  return {};
}

Place AxisReader::place_year(std::string_view cell) const {
  const auto [first, last] = split(cell, "-/");
  const auto year = to_whole(last.empty() ? first : last);
  if (!year || (!last.empty() && to_whole(first).value_or(*year) >= *year)) {
    return {{}, fmt::format("the year '{}' is no whole number", cell), "write 2015, or 2010-2015"};
  }
  if (too_late(*year)) return {};
  const auto found = numbers_.find(*year + shift_);
  return found == numbers_.end() ? Place{} : Place{found->second};
}

Place AxisReader::place_age(std::string_view cell) const {
  const auto [first, last] = split(cell, "-+");
  const auto age = to_whole(first);
  if (!age) {
    return {{},
            fmt::format("the age '{}' is no whole number of years", cell),
            "write 15, 15-19 or 85+, or name other words in labels = { age = { ... } }"};
  }
  const auto found = numbers_.find(*age + shift_);
  if (found == numbers_.end()) return outside(cell, *age + shift_);
  return first.size() == cell.size() ? Place{found->second}
                                     : check_end(cell, found->second, shift_);
}

/// "15-19" and "85+" also say where the group ends.
Place AxisReader::check_end(std::string_view cell, std::size_t at, int shift) const {
  const bool last = at + 1 == first_ages_.size();
  const std::string_view end = split(cell, "-+").second;
  if (cell.back() == '+') {
    if (last) return {at};
    return {{},
            fmt::format("the age '{}' is open, but the open age is {}", cell, first_ages_.back()),
            fmt::format("give the ages up to {}, or set projection.open_age = {}",
                        first_ages_.back(), first_ages_[at])};
  }
  const auto final_age = to_whole(end);
  if (!last && final_age && *final_age + shift + 1 == first_ages_[at + 1]) return {at};
  const std::string expected = last
                                   ? fmt::format("{}+", first_ages_[at])
                                   : fmt::format("{}-{}", first_ages_[at], first_ages_[at + 1] - 1);
  return {{},
          fmt::format("the age '{}' is no group of the projection, which has {}", cell, expected),
          "regroup the table, or choose projection.step and projection.open_age as it has them"};
}

Place AxisReader::outside(std::string_view cell, int first) const {
  if (first > first_ages_.back()) {
    return {
        {},
        fmt::format("the age '{}' lies within the open age group {}+", cell, first_ages_.back()),
        fmt::format("put those of {0} and over into one row {0}+, or raise projection.open_age",
                    first_ages_.back())};
  }
  const bool abridged = first == 1 && first_ages_.size() > 1 && first_ages_[1] == 5;
  return {{},
          fmt::format("no age group of the projection begins at age '{}'", cell),
          abridged ? "death rates by 0, 1-4, 5-9 need population.mortality.abridged = true"
                   : fmt::format("the groups begin at {}, {}, ... {}; choose projection.step",
                                 first_ages_[0], first_ages_[1], first_ages_.back())};
}

Place AxisReader::place_text(std::string_view label) const {
  const auto found = positions_.find(label);
  if (found != positions_.end()) return {found->second};
  if (known_.contains(label)) return {};
  if (left_out_.contains(label)) {
    return {{},
            fmt::format("the {} '{}' is known, but not projected", axis_.name, label),
            "leave the row out"};
  }
  const std::vector<std::string>& labels = axis_.labels;
  const auto meant = nearest(label, labels);
  std::string remedy = axis_.remedy;
  if (remedy.empty()) {
    remedy = meant ? fmt::format("did you mean '{}'?", *meant)
             : labels.size() > 12
                 ? fmt::format("it must be one of {} to {}", labels.front(), labels.back())
                 : fmt::format("it must be one of {}", fmt::join(labels, ", "));
    if (!meant) remedy += fmt::format("; other words: labels = {{ {} = {{ ... }} }}", axis_.name);
  }
  return {{}, fmt::format("unknown {} '{}'", axis_.name, label), std::move(remedy)};
}

}  // namespace kohort
