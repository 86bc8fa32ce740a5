#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "models/workforce/education_parameters.hpp"
#include "models/workforce/staff_reader.hpp"

namespace kohort::workforce {

namespace p = parameters;

namespace {

using InTable = Index<struct EducationInTableAxis>;

/// Reads one block.
class EducationReader {
 public:
  EducationReader(const Source& source, const WorkforceFrame& workforce, Education education)
      : frame_(source.frame),
        workforce_(workforce),
        education_(std::move(education)),
        reader_(source, education_.block) {}

  /// `others`: the names of all educations, whose rows a table may hold too.
  Education read(const std::vector<std::string>& others) {
    mine_ = {.name = "education", .labels = {education_.name}, .known = others};
    read_occupation();
    education_.years = static_cast<int>(education_.block[p::education_years]);
    education_.part = number(p::education_completion) * number(p::education_enters);
    education_.women = number(p::education_women, FewerAt::neither);
    require_sexes();
    read_ages();
    read_places();
    return std::move(education_);
  }

 private:
  void read_occupation() {
    Mistakes mistakes;
    const auto found = find_occupation(education_.block, p::education_occupation,
                                       education_.block[p::education_occupation],
                                       workforce_.occupations, mistakes);
    mistakes.throw_if_any(Fault::scenario);
    education_.occupation = *found;
  }

  double number(const Parameter& parameter, FewerAt fewer = FewerAt::low) const {
    return reader_.read<InTable>(parameter, fewer, {mine_})(InTable(0));
  }

  void require_sexes() const {
    if (frame_.position_of("female") && frame_.position_of("male") && frame_.sexes.size() == 2) {
      return;
    }
    reader_.fail(p::education_women, "the projection has other sexes than female and male",
                 "set projection.sexes = [\"female\", \"male\"]");
  }

  void read_ages() {
    education_.groups = reader_.groups(p::education_ages_ages, workforce_);
    WantedAxis ages = education_.groups.axis;
    ages.required = true;
    const auto table =
        reader_.read<InTable, StaffAgeGroup>(p::education_ages, FewerAt::neither, {mine_, ages});
    double sum = 0.0;
    for (const StaffAgeGroup group : positions<StaffAgeGroup>(education_.groups.count())) {
      education_.share.push_back(table(InTable(0), group));
      sum += education_.share.back();
    }
    reader_.require_whole(sum, p::education_ages, education_.name);
  }

  /// Of each interval those who were admitted so many years before its end.
  void read_places() {
    constexpr int years_before = 40;  // in which a last figure may lie
    const Year first = frame_.base_year - years_before;
    WantedAxis years = wanted_years({first, frame_.end_year()});
    years.every = false;
    years.partial = true;
    WantedAxis areas = areas_and_nation(frame_);
    areas.required = true;
    const auto table = reader_.read_with_gaps<InTable, Interval, Area>(
        p::education_places, FewerAt::low, {mine_, years, areas});
    const std::size_t all = frame_.areas.size() + 1;
    education_.places = Table<double, Interval, Area>({frame_.intervals, all});
    for (const Area area : positions<Area>(all)) {
      const auto at = [&](int year) {
        return table(InTable(0), Interval(static_cast<std::size_t>(year - first.value())), area);
      };
      for (const Interval interval : positions<Interval>(frame_.intervals)) {
        const int admitted = frame_.end_of(interval).value() - education_.years;
        int year = admitted;
        while (year > first.value() && std::isnan(at(year))) --year;
        if (std::isnan(at(year))) year = admitted;
        while (year < frame_.end_year().value() && std::isnan(at(year))) ++year;
        education_.places(interval, area) = at(year);
      }
    }
  }

  const Frame& frame_;
  const WorkforceFrame& workforce_;
  Education education_;
  StaffReader reader_;
  WantedAxis mine_;
};

}  // namespace

std::vector<Education> read_educations(const Source& source, const WorkforceFrame& workforce) {
  const std::vector<Settings> blocks = source.settings[p::educations];
  std::vector<std::string> names;
  for (const Settings& block : blocks) names.push_back(block[p::education_name]);
  std::vector<Education> educations;
  std::set<std::string> seen;
  Attempts attempts;
  for (const Settings& block : blocks) {
    attempts.attempt([&] {
      const std::string name = block[p::education_name];
      if (name.empty() || !seen.insert(name).second) {
        throw Error(Fault::scenario,
                    block.mistake(p::education_name, fmt::format("a second '{}', or no name", name),
                                  "give each education a name of its own"));
      }
      educations.push_back(
          EducationReader(source, workforce, {.block = block, .name = name}).read(names));
    });
  }
  attempts.throw_if_any();
  return educations;
}

}  // namespace kohort::workforce
