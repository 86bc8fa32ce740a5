// A plan whose sensitivities can be reckoned.
#pragma once

#include <string>

#include "tests/run/closed_population.hpp"

namespace kohort::test {

/// Writes a scenario of 140 women, of whom a share of 0.8 live on in each of two years, and a plan
/// that multiplies the force of mortality of the first year by f, 0 to 4, and that of the second by
/// g, 0 to 8: 140 x 0.8^f x 0.8^g are left. Both are 1 in the scenario. `more` is added to the
/// scenario, `indicators` to the plan. Returns the plan's file.
inline std::string two_multipliers(const Folder& folder, const std::string& indicators,
                                   const std::string& more = "") {
  closed_population(folder,
                    more +
                        "[[population.multiplier]]\nname = \"f\"\ncomponent = \"mortality\"\n"
                        "factor = 1.0\nto = 2001\n"
                        "[[population.multiplier]]\nname = \"g\"\ncomponent = \"mortality\"\n"
                        "factor = 1.0\nfrom = 2002\n");
  return folder.write("plan.toml",
                      "format = 1\nkind = \"plan\"\n"
                      "[[sample]]\nname = \"deaths\"\nfile = \"s.toml\"\nsize = 128\n"
                      "[[sample.axis]]\nparameter = \"population.multiplier[f].factor\"\n"
                      "from = 0\nto = 4\n"
                      "[[sample.axis]]\nparameter = \"population.multiplier[g].factor\"\n"
                      "from = 0\nto = 8\n" +
                          indicators);
}

/// All who are left at the end.
inline const std::string all_left = "[[sample.indicator]]\nname = \"all left\"\nyear = 2002\n";

}  // namespace kohort::test
