#include "models/workforce/assumed.hpp"

#include <filesystem>

#include "engine/input/csv.hpp"
#include "models/workforce/parameters.hpp"

namespace kohort::workforce {

TableReference chosen(const Source& source, TableReference reference, FewerAt fewer) {
  const Assumed assumed = source.settings[parameters::assumed];
  const bool one_table = !reference.wide && reference.value.size() == 1 &&
                         reference.file.find('{') == std::string::npos;
  if (assumed == Assumed::middle || fewer == FewerAt::neither || !one_table) return reference;
  const std::string low = reference.value.front() + "_low";
  const std::string high = reference.value.front() + "_high";
  // That there is no such table is for those to say who read it.
  if (!std::filesystem::exists(reference.file)) return reference;
  const Csv table = Csv::read(reference.file);
  if (!table.column(low) || !table.column(high)) return reference;
  const bool takes_low = (fewer == FewerAt::low) == (assumed == Assumed::fewer);
  reference.value = {takes_low ? low : high};
  return reference;
}

}  // namespace kohort::workforce
