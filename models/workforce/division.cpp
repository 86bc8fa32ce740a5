#include "models/workforce/division.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "models/workforce/occupation_names.hpp"

namespace kohort::workforce {

namespace p = parameters;

Divisions::Divisions(const Source& source, const std::vector<std::string>& occupations,
                     const std::vector<WorkingYear>& years)
    : frame_(source.frame), occupations_(occupations) {
  Mistakes mistakes;
  for (const Settings& block : source.settings[p::divisions]) read(block, years, mistakes);
  mistakes.throw_if_any(Fault::scenario);
  require_shares();
}

void Divisions::read(const Settings& block, const std::vector<WorkingYear>& years,
                     Mistakes& mistakes) {
  const LeverFields& when = p::division_when;
  Division division{
      .block = block,
      .target = {block, frame_, {when.areas, nullptr, nullptr, when.from, when.to}, mistakes},
      .share = block[p::division_share],
      .posts_per_post = block[p::division_exchange],
      .phase_in = static_cast<int>(block[when.phase_in])};
  const auto find = [&](const Text& field) {
    return find_occupation(block, field, block[field], occupations_, mistakes);
  };
  const auto from = find(p::division_from);
  const auto to = find(p::division_to);
  if (!from || !to) return;
  if (*from == *to) {
    mistakes.add(block.mistake(p::division_to, "it is the one that hands its work over",
                               "name another occupation"));
  }
  division.from = *from;
  division.to = *to;
  division.posts_per_post *=
      years[from->position()].available_hours() / years[to->position()].available_hours();
  divisions_.push_back(std::move(division));
}

double Divisions::share(const Division& division, Interval interval, Area area) const {
  if (!division.target.includes(area)) return 0.0;
  return division.share * division.target.in_effect(interval, division.phase_in);
}

void Divisions::require_shares() const {
  for (const Interval interval : positions<Interval>(frame_.intervals)) {
    for (const Area area : positions<Area>(frame_.areas.size())) {
      std::vector<double> gone(occupations_.size());
      for (const Division& division : divisions_) {
        double& sum = gone[division.from.position()];
        sum += share(division, interval, area);
        if (sum <= 1.0 + 1e-12) continue;
        throw Error(
            Fault::scenario,
            division.block.mistake(
                p::division_share,
                fmt::format("in {} {} would hand over {:.6g} times all its work in area {}",
                            frame_.end_of(interval).value(), occupations_[division.from.position()],
                            sum, frame_.areas[area.position()].code),
                "choose smaller shares"));
      }
    }
  }
}

void Divisions::shift(StockYear year, PostTable& posts) const {
  if (year.position() == 0 || divisions_.empty()) return;
  const Interval interval(year.position() - 1);
  const PostTable before = posts;
  for (const Area area : positions<Area>(frame_.areas.size())) {
    std::vector<double> gone(occupations_.size());
    for (const Division& division : divisions_) {
      gone[division.from.position()] += share(division, interval, area);
    }
    for (const Task task : positions<Task>(posts.extent<Task>())) {
      for (const Occupation occupation : positions<Occupation>(occupations_.size())) {
        // Shares that sum to all may be a rounding above it.
        const double kept = std::max(0.0, 1.0 - gone[occupation.position()]);
        posts(task, occupation, area) = kept * before(task, occupation, area);
      }
      for (const Division& division : divisions_) {
        posts(task, division.to, area) += share(division, interval, area) *
                                          before(task, division.from, area) *
                                          division.posts_per_post;
      }
    }
  }
}

}  // namespace kohort::workforce
