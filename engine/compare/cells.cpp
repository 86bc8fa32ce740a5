#include "engine/compare/cells.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace kohort::compare {
namespace {

constexpr int after_all = std::numeric_limits<int>::max();

/// The age at which a span has ended.
int end_of(const WrittenAges& span) { return span.last ? *span.last + 1 : after_all; }

/// Finds a way from one age to another along spans that follow each other, shortest first.
class Tiling {
 public:
  explicit Tiling(std::span<const std::optional<WrittenAges>> spans) : spans_(spans) {
    for (std::size_t at = 0; at < spans.size(); ++at) {
      if (spans[at]) order_.push_back(at);
    }
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t one, std::size_t other) {
      return end_of(*spans_[one]) < end_of(*spans_[other]);
    });
  }

  bool reach(int from, int end) {
    if (from == end) return true;
    if (dead_ends_.contains(from)) return false;
    for (const std::size_t at : order_) {
      if (spans_[at]->first != from || end_of(*spans_[at]) > end) continue;
      way_.push_back(at);
      if (reach(end_of(*spans_[at]), end)) return true;
      way_.pop_back();
    }
    dead_ends_.insert(from);
    return false;
  }

  std::vector<std::size_t> take() { return std::move(way_); }

 private:
  std::span<const std::optional<WrittenAges>> spans_;
  std::vector<std::size_t> order_;
  std::vector<std::size_t> way_;
  std::set<int> dead_ends_;
};

}  // namespace

std::string to_string(const Quantity& quantity) {
  std::string text = quantity.variable;
  if (!quantity.kind.empty()) text += " of " + quantity.kind;
  if (quantity.since) text += fmt::format(" since {}", *quantity.since);
  return text;
}

CellPosition CellAxes::cell(std::size_t at) const {
  CellPosition position;
  position.year = at % years.size();
  at /= years.size();
  position.sex = at % sexes.size();
  at /= sexes.size();
  position.ages = at % ages.size();
  position.area = at / ages.size();
  return position;
}

std::optional<WrittenAges> span_of(const std::string& label) {
  if (label == everywhere) return WrittenAges{0, std::nullopt};
  return written_ages(label);
}

std::vector<std::optional<WrittenAges>> spans_of(std::span<const std::string> labels) {
  std::vector<std::optional<WrittenAges>> spans;
  bool single = true;
  std::optional<std::size_t> oldest;
  for (const std::string& label : labels) {
    spans.push_back(span_of(label));
    const auto& span = spans.back();
    if (label == everywhere || !span) continue;
    single = single && span->last == span->first;
    if (!oldest || span->first > spans[*oldest]->first) oldest = spans.size() - 1;
  }
  if (single && oldest) spans[*oldest]->last = std::nullopt;
  return spans;
}

std::vector<std::size_t> tiles_of(const WrittenAges& whole,
                                  std::span<const std::optional<WrittenAges>> spans) {
  Tiling tiling(spans);
  if (!tiling.reach(whole.first, end_of(whole))) return {};
  return tiling.take();
}

}  // namespace kohort::compare
