#include "models/workforce/staff_reader.hpp"

#include <fmt/format.h>

#include "engine/model/frame_groups.hpp"

namespace kohort::workforce {

std::vector<double> StaffReader::by_occupation(const Parameter& parameter, FewerAt fewer,
                                               const std::vector<std::string>& occupations) const {
  const auto table = read<Occupation>(parameter, fewer, {occupation_axis(occupations)});
  std::vector<double> figures;
  for (const Occupation occupation : positions<Occupation>(occupations.size())) {
    figures.push_back(table(occupation));
  }
  return figures;
}

AgeGroups StaffReader::groups(const TextList& parameter, const WorkforceFrame& workforce) const {
  const Frame& frame = source_.frame;
  AgeGroups groups{.axis = frame.age_axis()};
  const std::vector<std::string> texts = settings_[parameter];
  if (texts.empty()) {
    for (const PartAge age : positions<PartAge>(workforce.ages())) {
      groups.group_of.emplace_back(workforce.age_of(age).position());
    }
    return groups;
  }
  const std::vector<int> firsts = read_first_ages(settings_, parameter, frame);
  const int first = frame.first_age(workforce.first_age);
  if (firsts.front() > first) {
    fail(parameter, fmt::format("the first group begins at {}", firsts.front()),
         fmt::format("begin at workforce.first_age, {}, or before", first));
  }
  groups.axis.labels = texts;
  for (const PartAge age : positions<PartAge>(workforce.ages())) {
    groups.group_of.emplace_back(group_of(frame.first_age(workforce.age_of(age)), firsts));
  }
  return groups;
}

void StaffReader::require_whole(double sum, const Parameter& parameter,
                                const std::string& of) const {
  if (std::abs(sum - 1.0) <= 1e-6) return;
  fail(parameter, fmt::format("the shares of {} sum to {:.6g}", of, sum),
       "give shares that sum to 1");
}

}  // namespace kohort::workforce
