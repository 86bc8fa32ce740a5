#include "engine/hindcast/parameters.hpp"

namespace kohort::hindcast {
namespace parameters {

TableFields::TableFields(const std::string& list)
    : file({.name = list + ".file",
            .required = true,
            .text = "long CSV with a card beside it, as `kohort compare --reference` reads it"}),
      value({.name = list + ".value",
             .fallback = std::string("value"),
             .text = "the column of the figures"}),
      columns({.name = list + ".columns",
               .fallback = std::vector<std::string>{},
               .text = "NAME=COLUMN, where the table calls the column NAME otherwise; a column "
                       "that is not to be read is a note: note=COLUMN"}),
      code_digits({.name = list + ".code_digits",
                   .unit = "1",
                   .range = {0, 20},
                   .text = "areas are added up by the first so many characters of their codes; 0 = "
                           "all of them are the nation, 00"}) {}

}  // namespace parameters

Catalogue hindcast_catalogue() {
  namespace p = parameters;
  Catalogue catalogue;
  catalogue.add_section("", "The hindcast as a whole.");
  catalogue.add(p::format);
  catalogue.add(p::title);
  catalogue.add(p::description);
  catalogue.add(p::runs);
  catalogue.add(p::judged);
  catalogue.add(p::outturns);
  catalogue.add(p::history);
  catalogue.add(p::published);
  catalogue.add(p::flows);
  catalogue.add_section("naive", "Forecasts that know no demography.");
  catalogue.add(p::naive_methods);
  catalogue.add(p::naive_average_of);
  catalogue.add(p::naive_share_digits);
  catalogue.add(p::naive_share_years);
  return catalogue;
}

}  // namespace kohort::hindcast
