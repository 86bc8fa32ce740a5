#include "engine/model/source.hpp"

#include "engine/base/error.hpp"

namespace kohort {

Quantity require_quantity(const Source& source, const Parameter& parameter) {
  Quantity quantity = source.settings.quantity(parameter);
  if (quantity.given()) return quantity;
  throw Error(Fault::scenario, source.settings.mistake(parameter, "the scenario does not give it",
                                                       "it must be " + allowed(parameter)));
}

TableReference with_gaps(TableReference reference) {
  if (reference.missing == Missing::error) reference.missing = Missing::none;
  return reference;
}

}  // namespace kohort
