#include "models/workforce/parameters.hpp"

#include "models/workforce/education_parameters.hpp"
#include "models/workforce/levers.hpp"

namespace kohort::workforce {

namespace p = parameters;

void declare_staff_parameters(Catalogue& catalogue) {
  catalogue.add_section("workforce",
                        "Who does the work of care: staff by occupation, and how they come and "
                        "go.");
  for (const Parameter* parameter : std::initializer_list<const Parameter*>{&p::occupations,
                                                                            &p::assumed,
                                                                            &p::first_age,
                                                                            &p::last_age,
                                                                            &p::participation,
                                                                            &p::participation_ages,
                                                                            &p::staff,
                                                                            &p::own_staff,
                                                                            &p::own_staff_ages,
                                                                            &p::mean_age,
                                                                            &p::mean_age_until,
                                                                            &p::retirement,
                                                                            &p::retirement_ages,
                                                                            &p::pension_age,
                                                                            &p::pension_age_shift,
                                                                            &p::exit,
                                                                            &p::exit_ages,
                                                                            &p::change,
                                                                            &p::educations,
                                                                            &p::other_entry,
                                                                            &p::staff_growth,
                                                                            &p::entry_ages,
                                                                            &p::entry_ages_ages,
                                                                            &p::levers}) {
    catalogue.add(*parameter);
  }
  catalogue.add_section("workforce.abroad",
                        "Who of the immigrants comes to work in care, and when.");
  catalogue.add(p::abroad_share);
  catalogue.add(p::abroad_delay);
}

bool is_wanted(const Settings& settings) { return !settings[parameters::occupations].empty(); }

}  // namespace kohort::workforce
