#include "engine/batch/plan.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/base/nearest.hpp"
#include "engine/batch/parameters.hpp"
#include "engine/scenario/layers.hpp"
#include "engine/scenario/read.hpp"
#include "engine/scenario/write.hpp"

namespace kohort {
namespace {

namespace p = parameters;

/// More would be a slip of the pen.
constexpr std::size_t most_members = 100000;

/// A parameter of a grid, and the overrides that give it its values.
struct GridAxis {
  std::string parameter;
  std::vector<std::string> values;
};

std::vector<std::string> joined(std::vector<std::string> first,
                                const std::vector<std::string>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

/// How the values of an axis are called in names: by the key alone where no other axis has it.
std::string short_name(const GridAxis& axis, const std::vector<GridAxis>& axes) {
  const auto key = [](const GridAxis& one) {
    return one.parameter.substr(one.parameter.rfind('.') + 1);
  };
  const auto alike = std::count_if(axes.begin(), axes.end(),
                                   [&](const GridAxis& one) { return key(one) == key(axis); });
  return alike == 1 ? key(axis) : axis.parameter;
}

/// Turns blocks into members, and gathers what is wrong with them.
class PlanReader {
 public:
  PlanReader(const Settings& settings, std::vector<std::string> for_all)
      : settings_(settings), for_all_(std::move(for_all)) {
    plan_.file = settings.scenario_file();
    plan_.title = settings[p::plan_title];
    plan_.differences_of = settings[p::plan_differences_of];
    plan_.differences_where = settings.setting(p::plan_differences_of).location;
    check_overrides(settings, p::plan_set);
  }

  void add_scenario(const Settings& block) { add(member_of(block, p::scenario_fields)); }

  void add_grid(const Settings& block) {
    const PlanMember whole = member_of(block, p::grid_fields);
    std::vector<GridAxis> axes;
    for (const Settings& axis : block[p::grid_axes]) axes.push_back(axis_of(axis));
    std::size_t count = 1;
    for (const GridAxis& axis : axes) count *= std::clamp<std::size_t>(axis.values.size(), 1, 1000);
    check_parameters(block, p::grid_axes, axes);
    if (count > most_members) {
      wrong(block, p::grid_axes, fmt::format("{} combinations", count),
            fmt::format("a plan has at most {} scenarios", most_members));
      return;
    }
    add_combinations(whole, axes);
  }

  void add_sample(const Settings& block) {
    PlanMember whole = member_of(block, p::sample_fields);
    PlanSample sample{whole.name,
                      whole.file,
                      whole.overrides,
                      block[p::sample_method],
                      static_cast<std::size_t>(block[p::sample_size]),
                      static_cast<std::uint64_t>(block[p::sample_seed]),
                      {},
                      block[p::sample_indicators],
                      whole.where};
    for (const Settings& axis : block[p::sample_axes]) {
      sample.parameters.push_back(
          {axis[p::sample_parameter], axis[p::sample_from], axis[p::sample_to]});
      if (sample.parameters.back().from < sample.parameters.back().to) continue;
      wrong(axis, p::sample_to, fmt::format("found {:.12g}", axis[p::sample_to]),
            fmt::format("write more than {:.12g}, from which it varies", axis[p::sample_from]));
    }
    check_parameters(block, p::sample_axes, sample.parameters);
    if (sample.parameters.size() > most_dimensions) {
      wrong(block, p::sample_axes, fmt::format("{} of them", sample.parameters.size()),
            fmt::format("a sample has at most {}", most_dimensions));
    } else if (!sample.parameters.empty()) {
      add_points(sample);
    }
    plan_.samples.push_back(std::move(sample));
  }

  BatchPlan finish() {
    if (plan_.members.empty() && mistakes_.empty()) {
      mistakes_.add({{plan_.file, 0, 0},
                     "the plan has no scenarios",
                     "write [[scenario]], with a name and a file"});
    }
    find_base();
    mistakes_.throw_if_any(Fault::scenario);
    return std::move(plan_);
  }

 private:
  PlanMember member_of(const Settings& block, const p::MemberFields& fields) {
    PlanMember member{block[fields.name], block.file(fields.file),
                      joined(own_of_plan(), block[fields.set]), block.location()};
    if (member.name.empty()) wrong(block, fields.name, "no name", "write one");
    std::error_code reason;
    if (!std::filesystem::is_regular_file(member.file, reason)) {
      wrong(block, fields.file, fmt::format("there is no file '{}'", member.file.string()),
            "check the name; paths are relative to the file that names them");
    }
    check_overrides(block, fields.set);
    return member;
  }

  /// What the plan says of every scenario.
  std::vector<std::string> own_of_plan() const {
    std::vector<std::string> overrides;
    const auto add_number = [&](const char* key, const Integer& parameter) {
      if (const auto number = settings_.maybe(parameter)) {
        overrides.push_back(fmt::format("{}={}", key, *number));
      }
    };
    add_number("draws", p::plan_draws);
    add_number("seed", p::plan_seed);
    add_number("projection.end_year", p::plan_end_year);
    return joined(std::move(overrides), settings_[p::plan_set]);
  }

  void check_overrides(const Settings& block, const TextList& list) {
    for (const std::string& text : block[list]) {
      try {
        read_override(text);
      } catch (const Error&) {
        wrong(block, list, fmt::format("found '{}' in it", text),
              "write \"key=value\", on one line, as after --set");
      }
    }
  }

  GridAxis axis_of(const Settings& block) {
    GridAxis axis{block[p::grid_parameter], {}};
    const auto numbers = block.maybe(p::grid_values);
    const auto words = block.maybe(p::grid_words);
    if (numbers.has_value() == words.has_value()) {
      wrong(block, p::grid_values, numbers ? "words is given too" : "neither it nor words is given",
            "give one of the two");
      return axis;
    }
    if (words) axis.values = *words;
    if (numbers) {
      for (const double number : *numbers) axis.values.push_back(fmt::format("{}", number));
    }
    const std::set<std::string> distinct(axis.values.begin(), axis.values.end());
    if (axis.values.empty() || distinct.size() < axis.values.size()) {
      const Parameter& given =
          numbers ? static_cast<const Parameter&>(p::grid_values) : p::grid_words;
      wrong(block, given, axis.values.empty() ? "an empty list" : "a value stands in it twice",
            "write each value once, and at least one");
    }
    return axis;
  }

  /// Each parameter is varied once, and there is one at least.
  template <class Axis>
  void check_parameters(const Settings& block, const BlockList& list,
                        const std::vector<Axis>& axes) {
    std::set<std::string> names;
    for (const Axis& axis : axes) {
      if (!axis.parameter.empty() && names.insert(axis.parameter).second) continue;
      wrong(block, list, fmt::format("a second '{}', or no parameter", axis.parameter),
            "vary each parameter once");
    }
    if (axes.empty()) wrong(block, list, "there is none", fmt::format("write [[{}]]", list.name));
  }

  /// All combinations; the values of the last axis vary fastest.
  void add_combinations(const PlanMember& whole, const std::vector<GridAxis>& axes) {
    std::vector<std::size_t> at(axes.size());
    for (const GridAxis& axis : axes) {
      if (axis.values.empty()) return;
    }
    for (bool more = !axes.empty(); more;) {
      PlanMember member = whole;
      for (std::size_t axis = 0; axis < axes.size(); ++axis) {
        const std::string& value = axes[axis].values[at[axis]];
        member.name += fmt::format(" {}={}", short_name(axes[axis], axes), value);
        member.overrides.push_back(axes[axis].parameter + "=" + value);
      }
      add(std::move(member));
      std::size_t axis = axes.size();
      while (axis > 0 && ++at[axis - 1] == axes[axis - 1].values.size()) at[--axis] = 0;
      more = axis > 0;
    }
  }

  void add_points(const PlanSample& sample) {
    const std::size_t count = sample.parameters.size();
    const std::size_t width = std::to_string(sample.size).size();
    const std::vector<double> points = unit_points(sample.method, sample.size, count, sample.seed);
    for (std::size_t point = 0; point < sample.size; ++point) {
      PlanMember member{fmt::format("{} {:0{}}", sample.name, point + 1, width), sample.file,
                        sample.overrides, sample.where};
      for (std::size_t axis = 0; axis < count; ++axis) {
        member.overrides.push_back(
            sample.parameters[axis].override_at(points[point * count + axis]));
      }
      add(std::move(member));
    }
  }

  void add(PlanMember member) {
    member.overrides = joined(std::move(member.overrides), for_all_);
    if (!names_.insert(member.name).second) {
      mistakes_.add({member.where, fmt::format("a second scenario '{}'", member.name),
                     "give each scenario a name of its own"});
    }
    plan_.members.push_back(std::move(member));
  }

  void find_base() {
    const auto name = settings_.maybe(p::plan_base);
    if (!name) return;
    const auto found = std::find_if(plan_.members.begin(), plan_.members.end(),
                                    [&](const PlanMember& member) { return member.name == *name; });
    if (found == plan_.members.end()) {
      const std::vector<std::string> names(names_.begin(), names_.end());
      wrong(settings_, p::plan_base, fmt::format("there is no scenario '{}'", *name),
            nearest_or_all(*name, names));
      return;
    }
    plan_.base = static_cast<std::size_t>(found - plan_.members.begin());
  }

  void wrong(const Settings& block, const Parameter& field, std::string what, std::string remedy) {
    mistakes_.add(block.mistake(field, std::move(what), std::move(remedy)));
  }

  const Settings& settings_;
  std::vector<std::string> for_all_;
  std::set<std::string> names_;
  BatchPlan plan_;
  Mistakes mistakes_;
};

}  // namespace

std::string SampledParameter::override_at(double unit) const {
  return fmt::format("{}={}", parameter, from + (to - from) * unit);
}

bool is_plan(const std::filesystem::path& file) {
  const std::vector<Layer> layers = read_layers(file);
  return std::any_of(layers.begin(), layers.end(), [](const Layer& layer) {
    return layer.table[p::plan_kind.key()].value<std::string>() == p::plan_kind.choices.front();
  });
}

BatchPlan read_plan(const std::filesystem::path& file, const std::vector<std::string>& overrides) {
  const Catalogue catalogue = plan_catalogue();
  const Settings settings = read_scenario(file, {}, catalogue);
  PlanReader reader(settings, overrides);
  for (const Settings& block : settings[p::plan_scenarios]) reader.add_scenario(block);
  for (const Settings& block : settings[p::plan_grids]) reader.add_grid(block);
  for (const Settings& block : settings[p::plan_samples]) reader.add_sample(block);
  for (const Parameter* said : std::initializer_list<const Parameter*>{
           &p::plan_format, &p::plan_kind, &p::plan_description}) {
    settings.mark(*said);  // for people, or checked already
  }
  BatchPlan plan = reader.finish();
  plan.resolved = resolved_toml(settings, catalogue);
  return plan;
}

}  // namespace kohort
