// What a batch takes: memory, disk and time.
#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "engine/batch/batch.hpp"
#include "engine/run/expectation.hpp"

namespace kohort {
namespace {

/// Bytes of what a scenario differs by from the base.
std::size_t size_of_differences(const MemberFacts& facts) {
  return facts.figures * (1 + facts.quantiles.size()) * sizeof(double);
}

/// Seconds of a processor that a scenario takes. What the draws of a sum come to is said once more
/// of its difference.
Expectation measure(const ScenarioRun& run, const MemberFacts& facts) {
  Expectation expected = run.expect();
  PartTimes times;
  time_quantiles(facts.size.draws, facts.quantiles, Precision::in_double, times);
  expected.computing += static_cast<double>(facts.figures) * times.sum;
  return expected;
}

}  // namespace

std::size_t Batch::largest_working() const {
  std::size_t largest = 0;
  for (const BatchMember& member : members_) {
    if (!member.facts) continue;
    const MemberFacts& facts = *member.facts;
    const std::size_t read_again = member.run ? 0 : growth_ * (1 + facts.size.variants);
    largest = std::max(largest, facts.size.working + size_of_differences(facts) + read_again);
  }
  return largest;
}

std::size_t Batch::draws_of_base() const {
  const auto& facts = members_[plan_.base].facts;
  return facts ? facts->figures * facts->size.draws * sizeof(double) : 0;
}

std::size_t Batch::lanes(std::size_t memory) const {
  constexpr std::size_t tenth = 10;  // some is left to others
  const std::size_t most =
      memory / tenth * (tenth - 1) / std::max<std::size_t>(1, largest_working());
  return std::clamp<std::size_t>(most, 1,
                                 std::min(threads(), std::max<std::size_t>(1, members_.size())));
}

Room Batch::room() const {
  Room room = room_for(options_.output);
  room.memory /= options_.beside;
  return room;
}

BatchSize Batch::size(const Room& room) const {
  BatchSize size;
  for (const BatchMember& member : members_) {
    if (!member.facts) continue;
    const MemberFacts& facts = *member.facts;
    size.cell_years += facts.size.cell_years;
    // Its part, and what of the result is its own, each with the differences.
    size.disk += 2 * (facts.size.disk + size_of_differences(facts));
  }
  size.disk += draws_of_base();
  size.memory = draws_of_base() + largest_working();
  size.side_by_side = lanes(room.memory - std::min(room.memory, draws_of_base()));
  return size;
}

/// The most draws with which the largest scenario fits beside as many of the base.
std::size_t Batch::draws_that_fit(std::size_t memory) const {
  std::size_t fits = static_cast<std::size_t>(-1);
  for (const BatchMember& member : members_) {
    if (!member.run) continue;
    const std::size_t left = memory - std::min(memory, size_of_differences(*member.facts));
    fits = std::min(fits, most_draws(*member.run, left, member.facts->figures * sizeof(double)));
  }
  return fits == static_cast<std::size_t>(-1) ? 0 : fits;
}

void Batch::require_room(const Room& room) const {
  const BatchSize needed = size(room);
  Mistakes mistakes;
  const Location where{plan_.file, 0, 0};
  if (needed.memory > room.memory) {
    const std::size_t fits = draws_that_fit(room.memory);
    mistakes.add({where,
                  fmt::format("one scenario beside the draws of the base takes about {} of memory, "
                              "and {} are free",
                              bytes_in_words(needed.memory), bytes_in_words(room.memory)),
                  fmt::format("it fits with {}; naming fewer sums in differences_of, or variables "
                              "in output.quantiles_of, helps too",
                              fits == 0 ? "fewer areas" : fmt::format("--draws {}", fits))});
  }
  if (needed.disk > room.disk) {
    mistakes.add({where,
                  fmt::format("the batch takes up to {} of disk, and {} are free",
                              bytes_in_words(needed.disk), bytes_in_words(room.disk)),
                  "write it elsewhere with -o, or fewer of it: fewer scenarios, "
                  "output.quantiles_of, output.draws = false"});
  }
  mistakes.throw_if_any(Fault::storage);
}

BatchExpectation Batch::expect() const {
  // Of the time that packing takes: what is taken over is only unpacked and hashed
  // (bench/README.md).
  constexpr double share_of_gathering = 0.4;
  BatchExpectation expectation{seconds_of_reading_, 0.0, 0.0};
  std::map<std::tuple<std::size_t, std::size_t, std::size_t, std::size_t>, Expectation> measured;
  for (const BatchMember& member : members_) {
    if (!member.facts) continue;
    const Plan& size = member.facts->size;
    const auto signature = std::tuple(size.cells, size.cell_years, size.disk, size.working);
    auto found = measured.find(signature);
    if (found == measured.end()) {
      const Expectation one =
          member.run ? measure(*member.run, *member.facts)
                     : measure(ScenarioRun(member.plan.file, member.plan.overrides), *member.facts);
      found = measured.emplace(signature, one).first;
    }
    const Expectation& one = found->second;
    expectation.computing += (one.computing + one.writing) / static_cast<double>(threads());
    expectation.gathering += one.writing * share_of_gathering / static_cast<double>(threads());
  }
  return expectation;
}

}  // namespace kohort
