#include "models/workforce/estimate.hpp"

#include "engine/table/tabulate.hpp"
#include "models/workforce/entry.hpp"
#include "models/workforce/entry_weights.hpp"
#include "models/workforce/first_year.hpp"
#include "models/workforce/retirement.hpp"
#include "models/workforce/staff_report.hpp"

namespace kohort::workforce {

namespace {

/// Hazards of one interval at its pension age, alike in all areas, without levers.
StaffTable retirement_in(const Frame& frame, const StaffInputs& inputs, Interval interval) {
  const int first_age = frame.first_age(inputs.frame.first_age);
  StaffTable table({inputs.frame.occupations.size(), frame.sexes.size(), inputs.frame.ages(),
                    frame.areas.size()});
  for (const Occupation one : positions<Occupation>(inputs.frame.occupations.size())) {
    for (const Sex sex : positions<Sex>(frame.sexes.size())) {
      const std::vector<double> hazards =
          moved(inputs.retirement.slab(one, sex), first_age, inputs.later[interval.position()]);
      for (const PartAge age : positions<PartAge>(hazards.size())) {
        const auto areas = table.slab(one, sex, age);
        std::fill(areas.begin(), areas.end(), hazards[age.position()]);
      }
    }
  }
  return table;
}

/// Of the nation, by occupation.
std::vector<double> by_occupation(const StaffTable& table, const std::vector<double>& per_area) {
  std::vector<double> sums(table.extent<Occupation>(), 0.0);
  const std::size_t of_occupation = table.size() / sums.size();
  for (std::size_t cell = 0; cell < table.size(); ++cell) {
    sums[cell / of_occupation] += table.values()[cell] * per_area[cell % per_area.size()];
  }
  return sums;
}

class Estimation {
 public:
  Estimation(const Source& source, const StaffInputs& inputs)
      : source_(source), inputs_(inputs), levers_(read_levers(source, inputs.frame.occupations)) {}

  StaffEstimate run(const population::PopulationModel& population,
                    const AllocationWeights& weights) {
    base_ = estimate_base(source_, inputs_, population.base(), weights);
    rates_.frame = inputs_.frame;
    rates_.base = base_.heads;
    rates_.participation = population::Series(inputs_.participation);
    rates_.change = inputs_.change;
    rates_.delay = inputs_.abroad_delay;
    const auto effects = [&](LeverOn on) {
      return effects_on(levers_, on, inputs_.frame.occupations.size());
    };
    rates_.effects = {effects(LeverOn::retirement), effects(LeverOn::exit), effects(LeverOn::entry),
                      effects(LeverOn::abroad)};
    const EntryInputs entry{source_, inputs_, base_, levers_};
    read_leaving(entry);
    EntryReport report{base_, {}, {}, {}, {}};
    if (source_.frame.intervals > 0) read_entry(entry, population, report);
    return {std::move(rates_), report_staff(source_, inputs_, report)};
  }

 private:
  void read_leaving(const EntryInputs& entry) {
    rates_.exit = pulled(entry, inputs_.exit, LeverOn::exit);
    const bool levers = any_on(levers_, LeverOn::retirement);
    const std::vector<double>& later = inputs_.later;
    const auto as_before = [&](Interval interval) {
      return !levers && later[interval.position()] == later[interval.position() - 1];
    };
    rates_.retirement =
        population::series_of(source_.frame.intervals, as_before, [&](Interval interval) {
          return pull(entry, retirement_in(source_.frame, inputs_, interval), LeverOn::retirement,
                      interval);
        });
    rates_.education = education_entrants(entry);
  }

  void read_entry(const EntryInputs& entry, const population::PopulationModel& population,
                  EntryReport& report) {
    const std::vector<Lever> none;
    const EntryInputs unpulled{source_, inputs_, base_, none};
    const StaffTable abroad = abroad_shares(unpulled);
    report.first_year = expect_first_year({source_, inputs_, population, base_});
    const std::vector<double> once(source_.frame.areas.size(), 1.0);
    report.education = by_occupation(education_entrants(unpulled, Interval(0)), once);
    report.abroad = by_occupation(abroad, report.first_year.immigrants);
    std::vector<double> entering = report.education;
    for (std::size_t one = 0; one < entering.size(); ++one) entering[one] += report.abroad[one];
    report.other = estimate_other_entry(entry, report.first_year, entering);
    rates_.abroad = pulled(entry, abroad, LeverOn::abroad);
    rates_.other_entry = pulled(entry, report.other.rate, LeverOn::entry);
  }

  const Source& source_;
  const StaffInputs& inputs_;
  std::vector<Lever> levers_;
  BaseStock base_;
  StaffRates rates_;
};

}  // namespace

StaffEstimate estimate_staff(const Source& source, const StaffInputs& inputs,
                             const population::PopulationModel& population,
                             const AllocationWeights& weights) {
  return Estimation(source, inputs).run(population, weights);
}

}  // namespace kohort::workforce
