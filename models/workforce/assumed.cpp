#include "models/workforce/assumed.hpp"

#include "models/workforce/parameters.hpp"

namespace kohort::workforce {

TableReference chosen(const Source& source, const Parameter& parameter, TableReference reference,
                      FewerAt fewer) {
  const Assumed assumed = source.settings[parameters::assumed];
  const bool one_table = !reference.wide && reference.value.size() == 1 &&
                         reference.file.find('{') == std::string::npos;
  if (assumed == Assumed::middle || fewer == FewerAt::neither || !one_table) return reference;
  const std::string low = reference.value.front() + "_low";
  const std::string high = reference.value.front() + "_high";
  for (const std::string& column : {low, high}) {
    if (!source.tables.has_column(parameter, reference, column)) return reference;
  }
  const bool takes_low = (fewer == FewerAt::low) == (assumed == Assumed::fewer);
  reference.value = {takes_low ? low : high};
  return reference;
}

}  // namespace kohort::workforce
