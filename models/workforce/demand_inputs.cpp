#include "models/workforce/demand_inputs.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/nearest.hpp"
#include "engine/table/tabulate.hpp"
#include "models/workforce/division.hpp"
#include "models/workforce/staff_reader.hpp"

namespace kohort::workforce {

namespace p = parameters;

namespace {

/// Posts for a unit of a task in each area, and their shares by occupation.
struct TaskWork {
  TaskDescription task{};
  std::vector<double> posts{};
  std::vector<double> mix{};
};

/// Reads one block.
class TaskReader {
 public:
  TaskReader(const Source& source, const Settings& block,
             const std::vector<std::string>& occupations)
      : source_(source), block_(block), reader_(source, block), occupations_(occupations) {}

  TaskWork read(const WorkSources& work, const std::vector<WorkingYear>& years) {
    TaskWork result{.task = describe(work)};
    read_mix(result.mix);
    const bool hours = block_[p::task_basis] == TaskBasis::hours;
    for (const QuantityParameter* other : others(hours)) {
      if (block_.setting(*other).origin == Origin::fallback) continue;
      reader_.fail(*other, fmt::format("the basis is {}", hours ? "hours" : "units"),
                   "leave it out, or choose the other basis");
    }
    result.posts = hours ? of_hours(result.mix, years) : of_units();
    return result;
  }

 private:
  static std::vector<const QuantityParameter*> others(bool hours) {
    if (hours) return {&p::task_posts_per_unit, &p::task_night_posts_per_unit};
    return {&p::task_work_per_hour};
  }

  TaskDescription describe(const WorkSources& work) const {
    const auto service = block_.maybe(p::task_service);
    const auto need = block_.maybe(p::task_need);
    if (service.has_value() == need.has_value()) {
      reader_.fail(p::task_service, service ? "there is a need beside it" : "there is none",
                   "name a service of care, or a need of welfare");
    }
    const Text& field = service ? p::task_service : p::task_need;
    return {block_[p::task_name], block_[p::task_employer], service.has_value(),
            find(field, service ? *service : *need, service ? work.services : work.needs)};
  }

  std::size_t find(const Text& field, const std::string& name,
                   const std::vector<std::string>& names) const {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    const auto meant = nearest(name, names);
    reader_.fail(field, fmt::format("the scenario has no '{}'", name),
                 meant           ? fmt::format("did you mean '{}'?", *meant)
                 : names.empty() ? "it has none at all"
                                 : fmt::format("there are {}", fmt::join(names, ", ")));
  }

  void read_mix(std::vector<double>& mix) const {
    mix = reader_.by_occupation(p::task_mix, FewerAt::neither, occupations_);
    double sum = 0.0;
    for (const double share : mix) sum += share;
    reader_.require_whole(sum, p::task_mix, "the task");
  }

  std::vector<double> by_area(const QuantityParameter& parameter) const {
    const auto table =
        reader_.read_with_gaps<Area>(parameter, FewerAt::high, {areas_and_nation(source_.frame)});
    std::vector<double> figures;
    for (const Area area : positions<Area>(source_.frame.areas.size())) {
      figures.push_back(figure_of(table, source_.frame, area));
      reader_.require_figure(figures.back(), parameter,
                             fmt::format("area {}, nor for the nation (00)",
                                         source_.frame.areas[area.position()].code));
    }
    return figures;
  }

  /// Shares are of posts: an hour of work takes as many as have it together.
  std::vector<double> of_hours(const std::vector<double>& mix,
                               const std::vector<WorkingYear>& years) const {
    double hours_of_a_post = 0.0;
    for (std::size_t at = 0; at < mix.size(); ++at) {
      hours_of_a_post += mix[at] * years[at].available_hours();
    }
    std::vector<double> posts = by_area(p::task_work_per_hour);
    for (double& work : posts) work = posts_for(work, hours_of_a_post);
    return posts;
  }

  std::vector<double> of_units() const {
    std::vector<double> posts = by_area(p::task_posts_per_unit);
    const std::vector<double> night = by_area(p::task_night_posts_per_unit);
    for (std::size_t at = 0; at < posts.size(); ++at) posts[at] += night[at];
    return posts;
  }

  const Source& source_;
  const Settings& block_;
  StaffReader reader_;
  const std::vector<std::string>& occupations_;
};

/// What levers make of a post of each occupation: how many take its place.
class PostFactors {
 public:
  PostFactors(const std::vector<Lever>& levers, const std::vector<WorkingYear>& years)
      : levers_(levers), years_(years) {
    Mistakes mistakes;
    for (const Lever& lever : levers) check(lever, mistakes);
    mistakes.throw_if_any(Fault::scenario);
  }

  /// 1 in the base year.
  double at(StockYear year, Occupation occupation, Area area) const {
    if (year.position() == 0) return 1.0;
    const Interval interval(year.position() - 1);
    const auto change = [&](LeverOn on) {
      return change_of(levers_, on, interval, {occupation, Sex(0), Age(0), area});
    };
    const WorkingYear& one = years_[occupation.position()];
    const double absence = one.absence_times(change(LeverOn::absence));
    const double productivity = change(LeverOn::productivity).of(1.0);
    require(one.available_days(absence) > 0.0, LeverOn::absence, "no day of work would be left");
    require(productivity > 0.0, LeverOn::productivity, "no work would be done");
    return one.available_days() / one.available_days(absence) / productivity;
  }

 private:
  static void check(const Lever& lever, Mistakes& mistakes) {
    if (!lever.is_on(LeverOn::absence) && !lever.is_on(LeverOn::productivity)) return;
    const Settings& block = lever.block().settings;
    const LeverFields& fields = *lever.block().fields;
    const std::string what = "demand does not tell staff apart by sex and age";
    if (!block[fields.sexes].empty()) {
      mistakes.add(block.mistake(fields.sexes, what, "leave it out"));
    }
    if (block.given(fields.ages)) {
      mistakes.add(block.mistake(fields.ages, what, "leave it out"));
    }
  }

  void require(bool holds, LeverOn on, const std::string& what) const {
    if (holds) return;
    for (const Lever& lever : levers_) {
      if (!lever.is_on(on)) continue;
      throw Error(Fault::scenario,
                  lever.block().about_size(what, lever.effect().is_shift()
                                                     ? "choose a smaller shift"
                                                     : "choose a factor nearer to 1"));
    }
  }

  const std::vector<Lever>& levers_;
  const std::vector<WorkingYear>& years_;
};

}  // namespace

std::vector<WorkingYear> read_working_years(const Source& source,
                                            const std::vector<std::string>& occupations) {
  const StaffReader reader(source, source.settings);
  std::vector<WorkingYear> years(occupations.size());
  const auto read = [&](const QuantityParameter& parameter, FewerAt fewer,
                        double WorkingYear::*field) {
    const auto table = reader.read<Occupation>(
        parameter, fewer, {WantedAxis{.name = "occupation", .labels = occupations}});
    for (std::size_t at = 0; at < years.size(); ++at) years[at].*field = table(Occupation(at));
  };
  read(p::weeks_per_year, FewerAt::low, &WorkingYear::weeks);
  read(p::days_per_week, FewerAt::low, &WorkingYear::days_per_week);
  read(p::public_holidays, FewerAt::high, &WorkingYear::public_holidays);
  read(p::annual_leave, FewerAt::high, &WorkingYear::annual_leave);
  read(p::sick_days, FewerAt::high, &WorkingYear::sick_days);
  read(p::other_absence, FewerAt::high, &WorkingYear::other_absence);
  read(p::training_days, FewerAt::high, &WorkingYear::training_days);
  read(p::hours_per_day, FewerAt::low, &WorkingYear::hours_per_day);
  for (std::size_t at = 0; at < years.size(); ++at) {
    if (years[at].available_days() > 0.0) continue;
    reader.fail(p::weeks_per_year,
                fmt::format("{} has {:.6g} days of work a year", occupations[at],
                            years[at].available_days()),
                "check holidays, leave, absence and training");
  }
  return years;
}

DemandRates read_demand(const Source& source, const std::vector<std::string>& occupations,
                        const WorkSources& work, const std::vector<Lever>& levers) {
  const std::vector<WorkingYear> years = read_working_years(source, occupations);
  Attempts attempts;
  std::vector<TaskWork> tasks;
  for (const Settings& block : source.settings[p::tasks]) {
    attempts.attempt(
        [&] { tasks.push_back(TaskReader(source, block, occupations).read(work, years)); });
  }
  std::optional<Divisions> divisions;
  attempts.attempt([&] { divisions.emplace(source, occupations, years); });
  std::optional<PostFactors> factors;
  attempts.attempt([&] { factors.emplace(levers, years); });
  attempts.throw_if_any();

  const std::size_t areas = source.frame.areas.size();
  DemandRates rates;
  for (const TaskWork& one : tasks) rates.tasks.push_back(one.task);
  rates.effects = {effects_on(levers, LeverOn::absence, occupations.size()),
                   effects_on(levers, LeverOn::productivity, occupations.size()), years};
  for (const StockYear year : positions<StockYear>(source.frame.intervals + 1)) {
    PostTable& posts = rates.posts.emplace_back(
        tabulate<PostTable>({tasks.size(), occupations.size(), areas},
                            [&](Task task, Occupation occupation, Area area) {
                              const TaskWork& one = tasks[task.position()];
                              return one.posts[area.position()] * one.mix[occupation.position()];
                            }));
    divisions->shift(year, posts);
    for (const Occupation occupation : positions<Occupation>(occupations.size())) {
      for (const Area area : positions<Area>(areas)) {
        const double factor = factors->at(year, occupation, area);
        for (const Task task : positions<Task>(tasks.size())) {
          posts(task, occupation, area) *= factor;
        }
      }
    }
  }
  return rates;
}

}  // namespace kohort::workforce
