#include "engine/table/numbers.hpp"

#include "engine/base/add_to.hpp"
#include "engine/base/sum_rows.hpp"
#include "engine/base/wide.hpp"

namespace kohort {
namespace {

KOHORT_WIDE void widen(const float* numbers, std::size_t count, double* wide) {
  for (std::size_t at = 0; at < count; ++at) wide[at] = static_cast<double>(numbers[at]);
}

KOHORT_WIDE void add_wide(const float* numbers, std::size_t count, double* sums) {
  for (std::size_t at = 0; at < count; ++at) sums[at] += static_cast<double>(numbers[at]);
}

}  // namespace

std::span<const double> Numbers::some(std::size_t first, std::size_t count,
                                      std::vector<double>& room) const {
  if (in_single_.empty()) return in_double_.subspan(first, count);
  if (room.size() < count) room.resize(count);
  widen(in_single_.subspan(first, count).data(), count, room.data());
  return std::span(room).first(count);
}

Numbers Numbers::part(std::size_t first, std::size_t count) const {
  if (in_single_.empty()) return in_double_.subspan(first, count);
  return in_single_.subspan(first, count);
}

void Numbers::add_to(std::span<double> sums) const {
  if (in_single_.empty()) {
    kohort::add_to(in_double_, sums);
  } else {
    add_wide(in_single_.data(), in_single_.size(), sums.data());
  }
}

void Numbers::sum_rows(std::size_t length, std::span<double> sums) const {
  visit([&](const auto& numbers) { kohort::sum_rows(numbers, length, sums); });
}

std::vector<double> Numbers::all() const {
  std::vector<double> room;
  const auto numbers = some(0, size(), room);
  return {numbers.begin(), numbers.end()};
}

}  // namespace kohort
