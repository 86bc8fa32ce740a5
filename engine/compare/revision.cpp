#include "engine/compare/revision.hpp"

namespace kohort::compare {
namespace {

double share_of(const FlowRate& rate) { return rate.share; }
double share_of(double number) { return number; }

FlowRate moved(const FlowRate& now, const FlowRate& from, const FlowRate& to, double change) {
  return {now.share + change * (to.share - from.share), now.number + to.number - from.number};
}
double moved(double now, double from, double to, double change) {
  return now + change * (to - from);
}

template <class Rate>
std::vector<double> shares_of(const std::vector<Rate>& rates) {
  std::vector<double> shares;
  shares.reserve(rates.size());
  for (const Rate& rate : rates) shares.push_back(share_of(rate));
  return shares;
}

Pools pools_of(const AccountShape& shape) {
  const std::size_t decades = (shape.ages + shape.ages_in_decade - 1) / shape.ages_in_decade;
  Pools pools{{}, shape.sexes * decades};
  for (std::size_t at = 0; at < shape.size(); ++at) {
    const std::size_t sex = at / shape.ages % shape.sexes;
    pools.of_cell.push_back(sex * decades + at % shape.ages / shape.ages_in_decade);
  }
  return pools;
}

/// Brings the accounts of a path to another level, flow by flow.
class Moving {
 public:
  Moving(const AccountShape& shape, const Accounts& path, const Accounts& level)
      : pools_(pools_of(shape)), found_(path), level_(level) {
    for (std::size_t at = 0; at < shape.size(); ++at) {
      people_.push_back(path.base[at] + level.base[at]);
    }
    for (std::size_t at = 0; at < shape.size(); ++at) {
      const std::size_t area = at / shape.ages / shape.sexes;
      women_.push_back(people_[shape.at(area, shape.mothers, at % shape.ages)]);
      alike_.push_back(1.0);
    }
  }

  Accounts take() {
    if (found_.intervals.empty()) return std::move(found_);
    move(&IntervalRates::births, &women_);
    move(&IntervalRates::deaths, &people_);
    move(&IntervalRates::leaving, &people_);
    move(&IntervalRates::emigrating, &people_);
    move(&IntervalRates::immigration, &alike_);
    move(&IntervalRates::arriving, nullptr);
    move(&IntervalRates::net_migration, nullptr);
    return std::move(found_);
  }

 private:
  /// Without weights what is apart stays as it is.
  template <class Rate>
  void move(std::vector<Rate> IntervalRates::*flow, const std::vector<double>* weights) {
    const std::vector<Rate> from = found_.intervals.front().*flow;
    const std::vector<Rate>& to = level_.intervals.front().*flow;
    const std::vector<double> first = shares_of(from);
    for (IntervalRates& interval : found_.intervals) {
      std::vector<Rate>& rates = interval.*flow;
      const std::vector<double> change =
          weights == nullptr ? alike_ : change_of(pools_, *weights, first, shares_of(rates));
      for (std::size_t at = 0; at < rates.size(); ++at) {
        rates[at] = moved(rates[at], from[at], to[at], change[at]);
      }
    }
  }

  Pools pools_;
  Accounts found_;
  const Accounts& level_;
  std::vector<double> people_;
  std::vector<double> women_;
  std::vector<double> alike_;
};

}  // namespace

std::vector<double> change_of(const Pools& pools, const std::vector<double>& weights,
                              const std::vector<double>& first, const std::vector<double>& now) {
  std::vector<double> before(pools.count, 0.0);
  std::vector<double> after(pools.count, 0.0);
  for (std::size_t at = 0; at < first.size(); ++at) {
    before[pools.of_cell[at]] += weights[at] * first[at];
    after[pools.of_cell[at]] += weights[at] * now[at];
  }
  std::vector<double> change;
  change.reserve(first.size());
  for (const std::size_t pool : pools.of_cell) {
    change.push_back(before[pool] > 0.0 ? after[pool] / before[pool] : 1.0);
  }
  return change;
}

Course at_level_of(const Pools& pools, const std::vector<double>& weights, const Course& path,
                   const std::vector<double>& level) {
  Course found = path;
  for (std::vector<double>& now : found) {
    const std::vector<double> change = change_of(pools, weights, path.front(), now);
    for (std::size_t at = 0; at < now.size(); ++at) {
      now[at] = moved(now[at], path.front()[at], level[at], change[at]);
    }
  }
  return found;
}

Accounts at_level_of(const AccountShape& shape, const Accounts& path, const Accounts& level) {
  return Moving(shape, path, level).take();
}

}  // namespace kohort::compare
