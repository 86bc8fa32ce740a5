// The groups of areas and of ages by which a result is summed, as a scenario names them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/model/frame.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort {

/// What a result calls the sum over all areas, ages or sexes; and over all areas but the closing
/// rest. No area and no group can have these names.
constexpr std::string_view everywhere = "all";
constexpr std::string_view all_but_rest = "all_but_rest";

/// The groups of `areas.groups`, then those of `areas.group_by` in the order in which the areas
/// first name them. The frame must have its areas. Adds to `mistakes` what is wrong.
std::vector<AreaGroup> read_area_groups(const Settings& settings, const Frame& frame,
                                        Mistakes& mistakes);

/// The groups of `projection.age_groups`, or the usual ones. The frame must have its ages. Adds to
/// `mistakes` what is wrong.
std::vector<AgeGroup> read_age_groups(const Settings& settings, const Frame& frame,
                                      Mistakes& mistakes);

/// The areas that a name stands for: the code of one, the name of a group, `all` or `all_but_rest`;
/// none where it is no such name.
std::vector<Area> areas_called(std::string_view name, const Frame& frame);

/// All names that stand for areas, codes first.
std::vector<std::string> names_of_areas(const Frame& frame);

/// First and last age as written in "20-64", "80+" or "18"; no last one where the range is open.
struct WrittenAges {
  int first = 0;
  std::optional<int> last;
};
/// None where the text is no range of ages.
std::optional<WrittenAges> written_ages(std::string_view text);

/// The ages that a text such as "20-64", "80+" or "18" names; none where the frame has no such
/// whole groups, and then what is wrong with it and what to do.
struct AgesRead {
  std::optional<AgeGroup> group;
  std::string what{};
  std::string remedy{};
};
AgesRead ages_of(const std::string& text, const Frame& frame);

/// First ages of groups, the last of them open, as a list of texts gives them: whole numbers that
/// rise, none beyond the open age, all multiples of the step. Throws `Error` (Fault::scenario).
std::vector<int> read_first_ages(const Settings& settings, const TextList& parameter,
                                 const Frame& frame);

/// Which of the groups with these first ages an age is in; it is none below the first of them.
std::size_t group_of(int age, std::span<const int> first_ages);

/// Groups 0-19, 20-64, 65-79 and 80+; the last of them together where the open age begins before
/// 80, 65 or 20.
std::vector<AgeGroup> usual_age_groups(const Frame& frame);

}  // namespace kohort
