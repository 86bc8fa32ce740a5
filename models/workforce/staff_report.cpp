#include "models/workforce/staff_report.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "models/workforce/education_parameters.hpp"
#include "models/workforce/parameters.hpp"
#include "models/workforce/retirement.hpp"

namespace kohort::workforce {

namespace p = parameters;

namespace {

class Report {
 public:
  Report(const Source& source, const StaffInputs& inputs, const EntryReport& found)
      : source_(source),
        frame_(source.frame),
        inputs_(inputs),
        found_(found),
        occupations_{"occupation", inputs.frame.occupations} {}

  std::vector<Estimate> write() {
    add_stock();
    add_leaving();
    if (!found_.other.persons.empty()) add_entry();
    return std::move(estimates_);
  }

 private:
  /// The weakest of what was read for the parameters; what stands in the scenario is assumed.
  Basis basis_of(const std::vector<const Parameter*>& parameters) const {
    Basis basis = Basis::estimated;
    for (const Parameter* parameter : parameters) {
      basis = std::max(basis, source_.tables.basis_of(*parameter));
      if (is_field(*parameter) || !source_.settings.given(*parameter)) continue;
      if (source_.settings.quantity(*parameter).number() != nullptr) basis = Basis::assumed;
    }
    return basis;
  }
  /// Of a block, whose numbers the scenario's settings do not hold.
  static bool is_field(const Parameter& parameter) {
    const auto& fields = p::educations.fields;
    return std::find(fields.begin(), fields.end(), &parameter) != fields.end();
  }

  void add(const std::string& name, const std::string& meaning, const std::string& unit,
           std::vector<EstimateAxis> axes, std::vector<double> values) {
    estimates_.push_back({"workforce/calibration/" + name, meaning, unit, std::move(axes),
                          std::move(values), basis_});
  }

  template <class T>
  static std::vector<double> values(const T& table) {
    const auto figures = table.values();
    return {figures.begin(), figures.end()};
  }

  /// By all ages of the projection; those outside the ages of staff have 0.
  template <class Figure>
  void for_all_ages(std::vector<double>& figures, Figure&& figure) const {
    for (const Age age : positions<Age>(frame_.ages())) {
      const bool of_staff = age >= inputs_.frame.first_age && age <= inputs_.frame.last_age;
      figures.push_back(
          of_staff ? figure(PartAge(age.position() - inputs_.frame.first_age.position())) : 0.0);
    }
  }

  void add_stock() {
    basis_ = basis_of({&p::staff, &p::own_staff, &p::mean_age, &p::participation});
    std::vector<double> heads;
    std::vector<double> participation;
    for (const Area area : positions<Area>(frame_.areas.size())) {
      for (const Occupation one : positions<Occupation>(occupations_.labels.size())) {
        for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
          for_all_ages(heads, [&](PartAge age) { return found_.base.heads(one, sex, age, area); });
        }
      }
      for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
        for_all_ages(participation,
                     [&](PartAge age) { return inputs_.participation(sex, age, area); });
      }
    }
    add("staff", "staff at 31 December of the base year, by where they live", "1",
        {{"area", {}}, occupations_, {"sex", {}}, {"age", {}}}, std::move(heads));
    add("theta", "tilt of the ages of staff against those of the labour force", "per year",
        {occupations_, {"sex", {}}}, values(found_.base.theta));
    add("mean_age",
        "mean age of the staff of the base year up to workforce.mean_age_until, in whole years of "
        "age",
        "years", {occupations_, {"sex", {}}}, values(found_.base.mean_age));
    basis_ = basis_of({&p::participation});
    add("participation", "share of people in the labour force", "1",
        {{"area", {}}, {"sex", {}}, {"age", {}}}, std::move(participation));
  }

  void add_leaving() {
    std::vector<double> retirement;
    const int first_age = frame_.first_age(inputs_.frame.first_age);
    for (const double later : inputs_.later) {
      for (const Occupation one : positions<Occupation>(occupations_.labels.size())) {
        for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
          const auto hazards = moved(inputs_.retirement.slab(one, sex), first_age, later);
          for_all_ages(retirement, [&](PartAge age) { return hazards[age.position()]; });
        }
      }
    }
    basis_ = basis_of({&p::retirement, &p::pension_age});
    add("retirement", "hazard of retiring, moved with the pension age; without levers", "per year",
        {{"flow_year", {}}, occupations_, {"sex", {}}, {"age", {}}}, std::move(retirement));
    std::vector<double> exit;
    for (const Area area : positions<Area>(frame_.areas.size())) {
      for (const Occupation one : positions<Occupation>(occupations_.labels.size())) {
        for_all_ages(exit, [&](PartAge age) { return inputs_.exit(one, Sex(0), age, area); });
      }
    }
    basis_ = basis_of({&p::exit});
    add("exit", "hazard of leaving for other work; without levers", "per year",
        {{"area", {}}, occupations_, {"age", {}}}, std::move(exit));
    EstimateAxis to = occupations_;
    to.name = "to_occupation";
    basis_ = basis_of({&p::change});
    add("change", "hazard of changing from one occupation to another", "per year",
        {occupations_, to}, values(inputs_.change));
  }

  void add_entry() {
    basis_ = basis_of({&p::staff, &p::own_staff, &p::mean_age, &p::participation, &p::retirement,
                       &p::exit, &p::change, &p::education_places, &p::education_completion,
                       &p::education_enters, &p::abroad_share, &p::staff_growth, &p::other_entry});
    const auto outside = found_.first_year.outside.values();
    const double seeking = std::accumulate(outside.begin(), outside.end(), 0.0);
    std::vector<double> rates;
    for (const double persons : found_.other.persons) {
      rates.push_back(seeking > 0.0 ? persons / seeking : 0.0);
    }
    add("other_entry",
        "entrants from other work in a year per person of the nation's labour force without one of "
        "the occupations; where it is estimated, 0 where others alone let staff grow by more than "
        "is known",
        "1", {occupations_}, std::move(rates));
    add("growth", "growth of the nation's staff in the first year, as expected without levers",
        "per year", {occupations_}, found_.other.growth);
    add_flows();
  }

  void add_flows() {
    const EstimateAxis flows{"first_year_flow",
                             {"education", "abroad", "other_entry", "changed_in", "changed_out",
                              "retirements", "exits", "deaths", "emigrated"}};
    std::vector<double> persons;
    for (std::size_t one = 0; one < occupations_.labels.size(); ++one) {
      const FirstYearFlows& those = found_.first_year.flows[one];
      for (const double flow :
           {found_.education[one], found_.abroad[one], found_.other.persons[one], those.changed_in,
            those.changed_out, those.retirements, those.exits, those.deaths, those.emigrated}) {
        persons.push_back(flow);
      }
    }
    add("first_year",
        "how the nation's staff come and go in the first year, as expected without levers and at "
        "the base year's pension age",
        "1", {occupations_, flows}, std::move(persons));
  }

  const Source& source_;
  const Frame& frame_;
  const StaffInputs& inputs_;
  const EntryReport& found_;
  EstimateAxis occupations_;
  Basis basis_ = Basis::estimated;
  std::vector<Estimate> estimates_;
};

}  // namespace

std::vector<Estimate> report_staff(const Source& source, const StaffInputs& inputs,
                                   const EntryReport& report) {
  return Report(source, inputs, report).write();
}

}  // namespace kohort::workforce
