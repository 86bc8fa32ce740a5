#include "engine/model/variable.hpp"

namespace kohort {

VariableCells::VariableCells(const Frame& frame, const Variable& variable)
    : sexes_(1), ages_(1), groups_(1), areas_(frame.areas.size()), ages_in_result_(1) {
  if (variable.detail == Detail::areas) return;
  first_age_ = variable.first_age;
  sexes_ = frame.sexes.size();
  const Age last = variable.last_age.value_or(Age(frame.ages() - 1));
  ages_ = last.position() - first_age_.position() + 1;
  groups_ = frame.group_count();
  ages_in_result_ = frame.ages();
}

std::size_t VariableCells::place_in_result(std::size_t cell) const {
  const std::size_t area = cell % areas_;
  const std::size_t group = cell / areas_ % groups_;
  const std::size_t age = cell / (areas_ * groups_) % ages_ + first_age_.position();
  const std::size_t sex = cell / (areas_ * groups_ * ages_);
  return ((area * groups_ + group) * sexes_ + sex) * ages_in_result_ + age;
}

}  // namespace kohort
