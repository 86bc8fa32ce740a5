#include "models/population/fit/flows.hpp"

#include <algorithm>

#include "engine/base/error.hpp"
#include "engine/table/tabulate.hpp"
#include "models/population/fit/parameters.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

constexpr double largest_suppressed = 4.0;
constexpr double middle_suppressed = 2.5;

/// Every municipality of the country, and to which projected area it belongs.
struct Municipalities {
  std::vector<std::string> codes;
  std::vector<std::size_t> area;

  explicit Municipalities(const Source& source) {
    const Frame& frame = source.frame;
    for (std::size_t at = 0; at < frame.areas.size(); ++at) {
      if (!frame.areas[at].rest) add(frame.areas[at].code, at);
    }
    for (const AreaDescription& other : frame.other_areas) {
      if (!other.rest) add(other.code, frame.areas.size() - 1);
    }
    if (!frame.other_areas.empty() && !frame.areas.back().rest) {
      throw Error(
          Fault::scenario,
          source.settings.mistake(p::moves, "moves to areas that are not projected would be lost",
                                  "project all areas of areas.table, or close with a rest"));
    }
  }

  std::size_t size() const { return codes.size(); }
  WantedAxis axis(const std::string& name) const {
    return {.name = name, .labels = codes, .required = true, .every = true};
  }

 private:
  void add(const std::string& code, std::size_t of_area) {
    codes.push_back(code);
    area.push_back(of_area);
  }
};

/// Named moves of one year between all municipalities.
using NamedTable = Table<double, PastYear, Area, Destination>;

/// Shares `total` out by `weights`, no share above `most` unless all are.
std::vector<double> share_out(double total, const std::vector<double>& weights, double most) {
  std::vector<double> shares(weights.size(), 0.0);
  std::vector<bool> full(weights.size(), false);
  double left = total;
  for (bool again = true; again && left > 0.0;) {
    again = false;
    double open = 0.0;
    for (std::size_t at = 0; at < weights.size(); ++at) open += full[at] ? 0.0 : weights[at];
    if (open <= 0.0) break;
    for (std::size_t at = 0; at < weights.size(); ++at) {
      if (full[at] || weights[at] * left / open <= most) continue;
      full[at] = true;
      again = true;
    }
    if (again) {
      left = total;
      for (std::size_t at = 0; at < weights.size(); ++at) {
        shares[at] = full[at] ? most : 0.0;
        left -= shares[at];
      }
      continue;
    }
    for (std::size_t at = 0; at < weights.size(); ++at) {
      if (!full[at]) shares[at] = weights[at] * left / open;
    }
    left = 0.0;
  }
  if (left > 0.0) {  // more than all cells can hold: equally on top
    const auto cells = static_cast<double>(
        std::count_if(weights.begin(), weights.end(), [](double weight) { return weight > 0.0; }));
    for (std::size_t at = 0; at < weights.size(); ++at) {
      if (weights[at] > 0.0) shares[at] += left / cells;
    }
  }
  return shares;
}

class FlowFit {
 public:
  FlowFit(const Source& source, Years years)
      : source_(source), municipalities_(source), years_(years) {
    read_named();
    read_suppressed();
  }

  FlowTable fit() {
    const std::size_t areas = source_.frame.areas.size();
    FlowTable flows({areas, areas});
    for (const PastYear year : positions<PastYear>(years_.count())) {
      for (const Destination to : positions<Destination>(municipalities_.size())) {
        add_destination(flows, year, to);
      }
    }
    for (double& flow : flows.values()) flow /= static_cast<double>(years_.count());
    return flows;
  }

 private:
  void read_named() {
    const TableReference reference = *require_quantity(source_, p::moves).table();
    const auto table = source_.tables.read<PastYear, Area, Destination>(
        p::moves, reference,
        {wanted_years(years_), municipalities_.axis("origin"),
         municipalities_.axis("destination")});
    const std::size_t count = municipalities_.size();
    named_ = tabulate<NamedTable>(
        {years_.count(), count, count},
        [&](PastYear year, Area from, Destination to) { return table(year, from, to); });
    out_.assign(count, 0.0);
    in_.assign(count, 0.0);
    ever_named_ = Table<double, Area, Destination>({count, count});
    for (const PastYear year : positions<PastYear>(years_.count())) {
      for (const Area from : positions<Area>(count)) {
        for (const Destination to : positions<Destination>(count)) {
          const double moves = named_(year, from, to);
          out_[from.position()] += moves;
          in_[to.position()] += moves;
          ever_named_(from, to) += moves;
          all_ += moves;
        }
      }
    }
  }

  void read_suppressed() {
    const TableReference reference = *require_quantity(source_, p::suppressed_moves).table();
    const auto table = source_.tables.read<PastYear, Destination>(
        p::suppressed_moves, reference, {wanted_years(years_), municipalities_.axis("area")});
    suppressed_ = tabulate<Table<double, PastYear, Destination>>(
        {years_.count(), municipalities_.size()},
        [&](PastYear year, Destination to) { return table(year, to); });
  }

  double weight(Area from, Destination to) const {
    if (ever_named_(from, to) > 0.0) return middle_suppressed;
    const double years = static_cast<double>(years_.count());
    const double by_size = out_[from.position()] * in_[to.position()] / all_ / years;
    return std::min(middle_suppressed, by_size);
  }

  void add_destination(FlowTable& flows, PastYear year, Destination to) const {
    const std::size_t count = municipalities_.size();
    std::vector<double> weights(count, 0.0);
    for (const Area from : positions<Area>(count)) {
      const bool empty = named_(year, from, to) == 0.0 && from.position() != to.position();
      if (empty) weights[from.position()] = weight(from, to);
    }
    const std::vector<double> restored =
        share_out(suppressed_(year, to), weights, largest_suppressed);
    const std::size_t to_area = municipalities_.area[to.position()];
    for (const Area from : positions<Area>(count)) {
      const std::size_t from_area = municipalities_.area[from.position()];
      if (from_area == to_area) continue;
      flows(Area(from_area), Destination(to_area)) +=
          named_(year, from, to) + restored[from.position()];
    }
  }

  const Source& source_;
  Municipalities municipalities_;
  Years years_;
  NamedTable named_;
  Table<double, Area, Destination> ever_named_;
  Table<double, PastYear, Destination> suppressed_;
  std::vector<double> out_;
  std::vector<double> in_;
  double all_ = 0.0;
};

}  // namespace

FlowTable fit_flows(const Source& source, Years years) { return FlowFit(source, years).fit(); }

}  // namespace kohort::population::fit
