#include "models/cooperation/cooperation.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "models/cooperation/parameters.hpp"

namespace kohort::cooperation {

namespace p = parameters;

namespace {

constexpr std::array<std::pair<const char*, Shared>, 2> words{
    {{"staff", Shared::staff}, {"places", Shared::places}}};

std::vector<Shared> read_shared(const Settings& block, Mistakes& mistakes) {
  std::vector<Shared> shared;
  const std::vector<std::string> found = block[p::shares];
  for (const std::string& text : found) {
    const auto* word = std::find_if(words.begin(), words.end(),
                                    [&](const auto& one) { return text == one.first; });
    if (word != words.end()) {
      shared.push_back(word->second);
    } else {
      mistakes.add(block.mistake(p::shares, fmt::format("found '{}'", text),
                                 "write \"staff\", \"places\" or both"));
    }
  }
  if (found.empty()) {
    mistakes.add(
        block.mistake(p::shares, "there is nothing in it", "write \"staff\", \"places\" or both"));
  }
  return shared;
}

/// Adds a mistake for the first area and year in which two agreements share the same.
void require_apart(const Agreement& one, const Agreement& other, const Frame& frame,
                   Mistakes& mistakes) {
  for (const auto& [word, what] : words) {
    if (!one.shares(what) || !other.shares(what)) continue;
    for (const Interval interval : positions<Interval>(frame.intervals)) {
      if (!one.holds(interval) || !other.holds(interval)) continue;
      for (const Area area : one.pool().members) {
        const auto& others = other.pool().members;
        if (std::find(others.begin(), others.end(), area) == others.end()) continue;
        mistakes.add(other.block().mistake(
            p::areas,
            fmt::format("area {} shares {} with both '{}' and '{}' in {}",
                        frame.areas[area.position()].code, word, one.name(), other.name(),
                        frame.end_of(interval).value()),
            "leave it out of one of them, or let one end before the other begins"));
        return;
      }
    }
  }
}

std::vector<Agreement> read_agreements(const Source& source) {
  Mistakes mistakes;
  std::vector<Agreement> agreements;
  for (const Settings& block : source.settings[p::cooperations]) {
    agreements.emplace_back(block, source.frame, mistakes);
  }
  mistakes.throw_if_any(Fault::scenario);
  for (std::size_t other = 0; other < agreements.size(); ++other) {
    for (std::size_t one = 0; one < other; ++one) {
      require_apart(agreements[one], agreements[other], source.frame, mistakes);
    }
  }
  mistakes.throw_if_any(Fault::scenario);
  return agreements;
}

}  // namespace

Agreement::Agreement(const Settings& block, const Frame& frame, Mistakes& mistakes)
    : block_(block),
      name_(block[p::name]),
      shared_(read_shared(block, mistakes)),
      target_(block, frame, {p::areas, nullptr, nullptr, p::when.from, p::when.to}, mistakes),
      pool_{{}, block[p::fraction]} {
  if (block[p::areas].empty()) {
    mistakes.add(block.mistake(p::areas, "there are none", "name two areas or a group of areas"));
    return;
  }
  for (const Area area : positions<Area>(frame.areas.size())) {
    if (target_.includes(area)) pool_.members.push_back(area);
  }
  if (pool_.members.size() == 1) {
    mistakes.add(block.mistake(
        p::areas,
        fmt::format("area {} is alone", frame.areas[pool_.members.front().position()].code),
        "name two areas or a group of areas"));
  }
}

bool Agreement::shares(Shared what) const {
  return std::find(shared_.begin(), shared_.end(), what) != shared_.end();
}

Cooperation::Cooperation(const std::vector<Agreement>& agreements, Shared what,
                         const Frame& frame) {
  for (const Interval interval : positions<Interval>(frame.intervals)) {
    std::vector<Pool>& pools = pools_.emplace_back();
    for (const Agreement& agreement : agreements) {
      if (agreement.shares(what) && agreement.holds(interval)) pools.push_back(agreement.pool());
    }
  }
}

bool Cooperation::any() const {
  return std::any_of(pools_.begin(), pools_.end(),
                     [](const std::vector<Pool>& pools) { return !pools.empty(); });
}

void Cooperation::share(Interval interval, std::size_t draws, std::span<const double> lacking,
                        std::span<double> borrowed) const {
  std::fill(borrowed.begin(), borrowed.end(), 0.0);
  if (!any()) return;
  for (const Pool& pool : pools_[std::min(interval.position(), pools_.size() - 1)]) {
    lend(pool, draws, lacking, borrowed);
  }
}

Cooperation read_cooperation(const Source& source, Shared what) {
  return {read_agreements(source), what, source.frame};
}

void require_not_shared(const Settings& settings, Shared what, const std::string& remedy) {
  Mistakes mistakes;
  for (const Settings& block : settings[p::cooperations]) {
    Mistakes others;  // the reader of what is shared tells of them
    const std::vector<Shared> shared = read_shared(block, others);
    if (std::find(shared.begin(), shared.end(), what) == shared.end()) continue;
    const auto* word = std::find_if(words.begin(), words.end(),
                                    [&](const auto& one) { return one.second == what; });
    mistakes.add(
        block.mistake(p::shares, fmt::format("there are no {} to share", word->first), remedy));
  }
  mistakes.throw_if_any(Fault::scenario);
}

}  // namespace kohort::cooperation
