#include "models/population/fit/flows.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/estimate/ipf.hpp"
#include "engine/table/tabulate.hpp"
#include "models/population/fit/parameters.hpp"
#include "models/population/fit/share_out.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

constexpr double largest_suppressed = 4.0;
constexpr double middle_suppressed = 2.5;

/// Sums are met to a hundredth of a move.
constexpr IpfLimits ipf_limits{.tolerance = 1e-4, .sweeps = 2000};

/// In weights of cells that may hold moves of a known origin: none may be closed to it.
constexpr double least_weight = 0.01;

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

class FlowFit {
 public:
  FlowFit(const Source& source, Years years)
      : source_(source),
        municipalities_(source),
        named_(read_yearly<Area, Destination>(
            source, p::moves, years,
            {municipalities_.axis("origin"), municipalities_.axis("destination")})),
        suppressed_(read_yearly<Destination>(source, p::suppressed_moves, years,
                                             {municipalities_.axis("area")})),
        ever_named_({municipalities_.size(), municipalities_.size()}),
        out_(municipalities_.size()),
        in_(municipalities_.size()) {
    add_up_named();
    read_suppressed_out();
  }

  YearlyFlows fit() const {
    const std::size_t areas = source_.frame.areas.size();
    YearlyFlows flows(named_.years(), {areas, areas});
    for (const Year year : named_.years()) add_year(flows, year);
    return flows;
  }

 private:
  void add_up_named() {
    for (const Year year : named_.years()) {
      for (const Area from : positions<Area>(out_.size())) {
        for (const Destination to : positions<Destination>(in_.size())) {
          const double moves = named_(year, from, to);
          out_[from.position()] += moves;
          in_[to.position()] += moves;
          ever_named_(from, to) += moves;
          all_ += moves;
        }
      }
    }
  }

  double weight(Area from, Destination to) const {
    if (ever_named_(from, to) > 0.0) return middle_suppressed;
    if (!(all_ > 0.0)) return 0.0;
    const auto years = static_cast<double>(named_.years().count());
    const double by_size = out_[from.position()] * in_[to.position()] / all_ / years;
    return std::min(middle_suppressed, by_size);
  }

  std::vector<OpenCell> open_cells(Year year, Destination to) const {
    std::vector<OpenCell> cells(municipalities_.size());
    for (const Area from : positions<Area>(cells.size())) {
      const bool open = named_(year, from, to) == 0.0 && from.position() != to.position();
      if (open) cells[from.position()] = {true, weight(from, to)};
    }
    return cells;
  }

  /// The moves of a year to a destination that the table leaves out, by origin.
  std::vector<double> restored(Year year, Destination to) const {
    std::vector<double> shares =
        share_out(suppressed_(year, to), open_cells(year, to), largest_suppressed);
    if (!shares.empty()) return shares;
    throw Error(
        Fault::input,
        source_.settings.mistake(
            p::suppressed_moves,
            fmt::format("{} has {} moves from unnamed origins in {}, but history.moves "
                        "names every origin",
                        municipalities_.codes[to.position()], suppressed_(year, to), year.value()),
            "the two tables must be of the same moves"));
  }

  /// The same of all origins and destinations, by proportional fitting to the sums of both.
  Eigen::MatrixXd restored_both_ways(Year year) const {
    const auto count = static_cast<Eigen::Index>(municipalities_.size());
    Eigen::MatrixXd seed(count, count);
    Eigen::VectorXd origins(count);
    Eigen::VectorXd destinations(count);
    for (const Destination to : positions<Destination>(municipalities_.size())) {
      const auto column = static_cast<Eigen::Index>(to.position());
      const std::vector<OpenCell> cells = open_cells(year, to);
      for (Eigen::Index row = 0; row < count; ++row) {
        const OpenCell& cell = cells[static_cast<std::size_t>(row)];
        seed(row, column) = cell.open ? std::max(cell.weight, least_weight) : 0.0;
      }
      destinations[column] = suppressed_(year, to);
      origins[column] = (*suppressed_out_)(year, Area(to.position()));
    }
    const IpfMatrix fit = fit_rows_and_columns(seed, origins, destinations, ipf_limits);
    if (fit.converged) return fit.cells;
    throw Error(Fault::input,
                source_.settings.mistake(
                    p::suppressed_out_moves,
                    fmt::format("no moves between unnamed pairs in {} have these sums by origin "
                                "and by destination (they miss one by {:.3g})",
                                year.value(), fit.largest_error),
                    "the tables must be of the same moves"));
  }

  void add(YearlyFlows& flows, Year year, Area from, Destination to, double unnamed) const {
    const Area from_area(municipalities_.area[from.position()]);
    const Destination to_area(municipalities_.area[to.position()]);
    if (from_area.position() == to_area.position()) return;
    flows(year, from_area, to_area) += named_(year, from, to) + unnamed;
  }

  void add_year(YearlyFlows& flows, Year year) const {
    const bool both_ways = suppressed_out_ && year >= suppressed_out_->years().first();
    const Eigen::MatrixXd all = both_ways ? restored_both_ways(year) : Eigen::MatrixXd();
    for (const Destination to : positions<Destination>(municipalities_.size())) {
      const std::vector<double> column = both_ways ? std::vector<double>() : restored(year, to);
      for (const Area from : positions<Area>(municipalities_.size())) {
        add(flows, year, from, to,
            both_ways ? all(static_cast<Eigen::Index>(from.position()),
                            static_cast<Eigen::Index>(to.position()))
                      : column[from.position()]);
      }
    }
  }

  /// Sums by origin, of those years in which they are published.
  void read_suppressed_out() {
    if (!source_.settings.given(p::suppressed_out_moves)) return;
    const Year first(static_cast<int>(source_.settings[p::suppressed_out_from]));
    const Years years = named_.years();
    if (first > years.last()) {
      source_.settings.mark(p::suppressed_out_moves);  // known too late to be of use
      return;
    }
    suppressed_out_ = read_yearly<Area>(source_, p::suppressed_out_moves,
                                        {std::max(first, years.first()), years.last()},
                                        {municipalities_.axis("area")});
  }

  const Source& source_;
  Municipalities municipalities_;
  Yearly<Area, Destination> named_;
  Yearly<Destination> suppressed_;
  std::optional<Yearly<Area>> suppressed_out_;
  Table<double, Area, Destination> ever_named_;
  std::vector<double> out_;
  std::vector<double> in_;
  double all_ = 0.0;
};

}  // namespace

YearlyFlows fit_flows(const Source& source, Years years) { return FlowFit(source, years).fit(); }

FlowTable mean_flows(const YearlyFlows& flows, const Window& window) {
  return tabulate<FlowTable>({flows.extent<Area>(), flows.extent<Destination>()},
                             [&](Area from, Destination to) {
                               return window.mean([&](Year year) { return flows(year, from, to); });
                             });
}

}  // namespace kohort::population::fit
