#include "models/population/rates/multistate.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/demography/multistate.hpp"
#include "engine/table/tabulate.hpp"
#include "models/population/rates/migration.hpp"

namespace kohort::population {
namespace {

namespace p = parameters;

using Matrix = Eigen::MatrixXd;

/// All rates of the multistate form, by place.
class MultistateReader {
 public:
  MultistateReader(const Source& source, const Conventions& conventions)
      : source_(source),
        frame_(source.frame),
        conventions_(conventions),
        form_(source.settings[p::transition_form]),
        deaths_(Figures::read(source, p::mortality_rates, Completeness::rates)),
        emigration_(Figures::read(source, p::emigration_rates, Completeness::rates)) {
    if (source.settings[p::mortality_measure] != MortalityMeasure::central_death_rate) {
      reject(p::mortality_measure, "the multistate form needs central death rates",
             "give central_death_rate");
    }
    read_moves();
    read_transfers();
  }

  Series<MultistateTable> read() {
    const std::size_t length =
        std::max({deaths_.series_length(frame_), emigration_.series_length(frame_),
                  moves_.varies_along<Interval>() ? frame_.intervals : 1,
                  transfers_.varies_along<Interval>() ? frame_.intervals : 1});
    return series_of(length, [&](Interval interval) { return of_interval(interval); });
  }

 private:
  [[noreturn]] void reject(const Parameter& parameter, std::string what, std::string remedy) const {
    throw Error(Fault::scenario,
                source_.settings.mistake(parameter, std::move(what), std::move(remedy)));
  }

  void require_ages(const Parameter& parameter, AgeDefinition ages) const {
    if (ages != deaths_.ages()) {
      reject(parameter, "its ages are counted otherwise than those of the death rates",
             "the multistate form needs one age definition for all rates");
    }
  }

  void read_moves() {
    const Quantity quantity = require_quantity(source_, p::domestic_rates);
    const TableReference& reference = *quantity.table();
    moves_ = source_.tables.read<Interval, Area, Destination, Group, Sex, Age>(
        p::domestic_rates, reference,
        {frame_.flow_years(), frame_.area_axis_named("origin"),
         frame_.area_axis_named("destination"), frame_.group_axis(), frame_.sex_axis(),
         frame_.age_axis()});
    if (moves_.varies_along<Age>()) {
      require_ages(p::domestic_rates, source_.tables.age_definition(p::domestic_rates, reference));
    }
    if (emigration_.ages() != deaths_.ages()) {
      const Quantity rates = require_quantity(source_, p::emigration_rates);
      const bool by_age = rates.table() != nullptr && !rates.table()->number;
      if (by_age) require_ages(p::emigration_rates, emigration_.ages());
    }
  }

  void read_transfers() {
    const Quantity quantity = require_quantity(source_, p::transfer_rates);
    if (quantity.number() != nullptr && *quantity.number() == 0.0) return;
    if (quantity.table() == nullptr || frame_.groups.empty()) {
      reject(p::transfer_rates, "found one number, or the scenario names no groups",
             "name projection.groups, and give a table over group and to_group");
    }
    transfers_ = read_transfer_figures(source_, *quantity.table());
    if (transfers_.varies_along<Age>()) {
      require_ages(p::transfer_rates,
                   source_.tables.age_definition(p::transfer_rates, *quantity.table()));
    }
  }

  Group group_of(std::size_t place) const { return Group(place / frame_.areas.size()); }
  Area area_of(std::size_t place) const { return Area(place % frame_.areas.size()); }

  double rate_between(Interval interval, std::size_t from, std::size_t to, Sex sex, Age age) const {
    if (group_of(from) == group_of(to)) {
      return moves_(interval, area_of(from), Destination(to % frame_.areas.size()), group_of(from),
                    sex, age);
    }
    if (area_of(from) == area_of(to)) {
      return transfers_(interval, area_of(from), group_of(from), ToGroup(group_of(to).position()),
                        sex, age);
    }
    return 0.0;
  }

  double deaths(Interval interval, std::size_t place, Sex sex, Age age) const {
    return deaths_(interval, area_of(place), group_of(place), sex, age);
  }
  double emigration(Interval interval, std::size_t place, Sex sex, Age age) const {
    return emigration_(interval, area_of(place), group_of(place), sex, age);
  }

  Generator generator(Interval interval, Sex sex, Age age) const {
    const std::size_t places = frame_.places();
    Generator m =
        Generator::Zero(static_cast<Eigen::Index>(places), static_cast<Eigen::Index>(places));
    for (std::size_t from = 0; from < places; ++from) {
      const auto column = static_cast<Eigen::Index>(from);
      m(column, column) += deaths(interval, from, sex, age) + emigration(interval, from, sex, age);
      for (std::size_t to = 0; to < places; ++to) {
        if (to == from) continue;
        const double rate = rate_between(interval, from, to, sex, age);
        m(static_cast<Eigen::Index>(to), column) -= rate;
        m(column, column) += rate;
      }
    }
    return m;
  }

  /// Nobody may live for ever in the open age group of a life table.
  void require_exits(Interval interval, Sex sex) const {
    if (deaths_.ages() != AgeDefinition::at_event) return;
    for (std::size_t place = 0; place < frame_.places(); ++place) {
      if (deaths(interval, place, sex, Age(frame_.ages() - 1)) > 0.0) continue;
      throw Error(Fault::input,
                  source_.settings.mistake(
                      p::mortality_rates,
                      fmt::format("area {}, {}: a death rate of 0 in the open age group {}+",
                                  frame_.areas[area_of(place).position()].code,
                                  frame_.sexes[sex.position()], frame_.open_age),
                      "the life table needs one above 0 there"));
    }
  }

  std::vector<Matrix> transitions(Interval interval, Sex sex) const {
    const double width = frame_.step;
    std::vector<Generator> generators;
    for (const Age age : positions<Age>(frame_.ages())) {
      generators.push_back(generator(interval, sex, age));
    }
    require_exits(interval, sex);
    if (deaths_.ages() == AgeDefinition::at_event) {
      return cohort_transitions(generators, width, form_, open_group(conventions_.open_age));
    }
    std::vector<Matrix> shares{newborn_transition_matrix(generators[0], width, form_)};
    for (const CohortRow row : positions<CohortRow>(frame_.rows())) {
      if (row.position() == 0) continue;
      shares.push_back(transition_matrix(generators[frame_.age_of(row).position()], width, form_));
    }
    if (conventions_.open_age == OpenAge::dropped) shares.back().setZero();
    return shares;
  }

  MultistateTable of_interval(Interval interval) const {
    const std::size_t places = frame_.places();
    MultistateTable table{{}, dying_among_exits(interval)};
    table.shares = Table<double, Sex, CohortRow, ToPlace, Place>(
        {frame_.sexes.size(), frame_.rows(), places, places});
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
      const std::vector<Matrix> shares = checked_transitions(interval, sex);
      for (const CohortRow row : positions<CohortRow>(frame_.rows())) {
        for (const ToPlace to : positions<ToPlace>(places)) {
          for (const Place from : positions<Place>(places)) {
            table.shares(sex, row, to, from) =
                shares[row.position()](static_cast<Eigen::Index>(to.position()),
                                       static_cast<Eigen::Index>(from.position()));
          }
        }
      }
    }
    return table;
  }

  std::vector<Matrix> checked_transitions(Interval interval, Sex sex) const {
    try {
      return transitions(interval, sex);
    } catch (const std::domain_error& error) {
      reject(p::transition_form, error.what(), "choose exponential");
    }
  }

  /// Exits by cohort row divide as the rates of the age groups that the row lives through.
  CellTable dying_among_exits(Interval interval) const {
    return tabulate<CellTable>(
        cell_extents(frame_), [&](Sex sex, CohortRow row, Group group, Area area) {
          const std::size_t place = group.position() * frame_.areas.size() + area.position();
          const Age last = frame_.age_of(row);
          const Age first(row.position() == 0 ? 0 : std::min(row.position() - 1, last.position()));
          const bool at_event = deaths_.ages() == AgeDefinition::at_event;
          double dying = deaths(interval, place, sex, last);
          double leaving = emigration(interval, place, sex, last);
          if (at_event) {
            dying += deaths(interval, place, sex, first);
            leaving += emigration(interval, place, sex, first);
          }
          const bool gone =
              conventions_.open_age == OpenAge::dropped && row.position() + 1 == frame_.rows();
          return gone || leaving == 0.0 ? 1.0 : dying / (dying + leaving);
        });
  }

  const Source& source_;
  const Frame& frame_;
  const Conventions& conventions_;
  Transition form_;
  Figures deaths_;
  Figures emigration_;
  BroadcastTable<Interval, Area, Destination, Group, Sex, Age> moves_;
  TransferFigures transfers_;
};

}  // namespace

void read_multistate(const Source& source, const Conventions& conventions, Rates& rates) {
  if (conventions.open_age == OpenAge::separate) {
    throw Error(Fault::scenario,
                source.settings.mistake(p::open_age_survivors,
                                        "the multistate form does not tell those within the open "
                                        "age group apart",
                                        "choose pooled or dropped"));
  }
  rates.multistate = MultistateReader(source, conventions).read();
}

}  // namespace kohort::population
