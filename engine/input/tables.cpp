#include "engine/input/tables.hpp"

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/input/card.hpp"
#include "engine/input/dense_reader.hpp"

namespace kohort {

WantedAxis wanted_years(Year first, Year last, int step) {
  WantedAxis axis{.name = "year", .others = WantedAxis::Others::skip_years};
  for (Year year = first; year <= last; year = year + step) {
    axis.labels.push_back(std::to_string(year.value()));
  }
  return axis;
}

const Tables::File& Tables::open(const TableReference& reference) {
  const auto found = files_.find(reference.file);
  if (found != files_.end()) return found->second;
  TableReference card;
  card.file = reference.file;
  complete_from_card(card);
  return files_.emplace(reference.file, File{Csv::read(reference.file), card}).first->second;
}

/// The reference with what its card says, once it is clear that the run may read the table.
TableReference Tables::admit(const Parameter& parameter, const TableReference& reference) {
  const TableReference& card = open(reference).card;
  TableReference full = reference;
  if (!full.basis) full.basis = card.basis;
  if (!full.known_from) full.known_from = card.known_from;
  if (!full.age_definition) full.age_definition = card.age_definition;
  if (full.source.empty()) full.source = card.source;
  if (!full.basis) {
    throw Error(
        Fault::input,
        Mistake{reference.location,
                fmt::format("{}: nothing says whether '{}' is observed, estimated or assumed",
                            parameter.name, reference.file),
                "add basis = \"...\" here or in the card beside the table"});
  }
  if (launch_ && !full.known_from) {
    throw Error(
        Fault::scenario,
        Mistake{reference.location,
                fmt::format("{}: nothing says from when '{}' was known, and the scenario has "
                            "a launch year",
                            parameter.name, reference.file),
                "add known_from = ... here or in the card beside the table"});
  }
  if (launch_ && full.known_from->year && *full.known_from->year > launch_->value()) {
    throw Error(Fault::scenario,
                Mistake{reference.location,
                        fmt::format("{}: '{}' was known only from {}, after the launch year {}",
                                    parameter.name, reference.file, *full.known_from->year,
                                    launch_->value()),
                        "choose a table that was known by then"});
  }
  return full;
}

DenseTable Tables::read(const Parameter& parameter, const TableReference& reference,
                        std::span<const WantedAxis> axes) {
  const TableReference full = admit(parameter, reference);
  const Csv& csv = open(reference).csv;
  std::optional<int> last_year;
  if (launch_ && full.known_from && !full.known_from->year) last_year = launch_->value();
  DenseTable table = read_dense(csv, parameter, full, axes, last_year);
  record(parameter, full, csv);
  return table;
}

const Csv& Tables::rows(const Parameter& parameter, const TableReference& reference) {
  const TableReference full = admit(parameter, reference);
  const Csv& csv = open(reference).csv;
  record(parameter, full, csv);
  return csv;
}

/// Enters a table into the account, once for each parameter that it is read for.
void Tables::record(const Parameter& parameter, const TableReference& reference, const Csv& csv) {
  for (const InputRecord& known : records_) {
    if (known.parameter == parameter.name && known.file == reference.file) return;
  }
  records_.push_back({parameter.name, reference.file, reference.value, csv.sha256(), csv.rows(),
                      *reference.basis, reference.known_from, reference.age_definition,
                      reference.source});
}

AgeDefinition Tables::age_definition(const Parameter& parameter, const TableReference& reference) {
  const TableReference full = admit(parameter, reference);
  if (full.age_definition) return *full.age_definition;
  throw Error(Fault::input,
              Mistake{reference.location,
                      fmt::format("{}: nothing says how the ages of '{}' are counted",
                                  parameter.name, reference.file),
                      "add age_definition = \"end_of_year\" or \"at_event\" here or in its card"});
}

}  // namespace kohort
