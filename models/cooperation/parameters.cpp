#include "models/cooperation/parameters.hpp"

namespace kohort::cooperation {

void declare_parameters(Catalogue& catalogue) { catalogue.add(parameters::cooperations); }

}  // namespace kohort::cooperation
