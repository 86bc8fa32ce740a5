#include "models/welfare/parameters.hpp"

namespace kohort::welfare {

void declare_parameters(Catalogue& catalogue) {
  catalogue.add_section("welfare",
                        "Who has other needs of welfare than elder care, from rates by age.");
  catalogue.add(parameters::needs);
  catalogue.add(parameters::levers);
}

}  // namespace kohort::welfare
