#include "engine/exchange/px_facts.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kohort::exchange {
namespace {

/// Six symbols of dots and the dash, as the format has them by default.
/// Source: PX-file format specification, Statistics Sweden, keywords DATASYMBOL1-6, DATASYMBOLNIL.
const std::array<std::string, 6> dots = {".", "..", "...", "....", ".....", "......"};

class FactsReader {
 public:
  FactsReader(const PxEntries& entries, const std::string& language)
      : entries_(entries), language_(language) {}

  Facts read() const {
    Facts facts;
    facts.title = text("TITLE");
    if (facts.title.empty()) facts.title = text("DESCRIPTION");
    if (facts.title.empty()) facts.title = text("CONTENTS");
    facts.unit = units();
    facts.source = text("SOURCE");
    facts.version = version();
    add_decimals(facts.notes);
    add_notes(facts.notes);
    for (std::size_t at = 0; at < dots.size(); ++at) {
      facts.symbols[dots[at]] = text(fmt::format("DATASYMBOL{}", at + 1));
    }
    facts.symbols["-"] = text("DATASYMBOLNIL");
    return facts;
  }

 private:
  std::string text(std::string_view keyword) const {
    const std::string own = entries_.text(keyword, language_);
    return own.empty() && !language_.empty() ? entries_.text(keyword) : own;
  }

  /// All entries of a keyword in the language, or else in the main one.
  std::vector<const PxEntry*> every(std::string_view keyword) const {
    std::vector<const PxEntry*> found;
    for (const std::string& language : {language_, std::string()}) {
      for (const PxEntry& entry : entries_.all()) {
        if (entry.keyword == keyword && entry.language == language) found.push_back(&entry);
      }
      if (!found.empty()) break;
    }
    return found;
  }

  /// One unit, or each content with its own.
  std::string units() const {
    std::vector<std::string> each;
    std::vector<std::string> different;
    for (const PxEntry* entry : every("UNITS")) {
      if (entry->keys.empty() || entry->values.empty()) continue;
      const std::string& unit = entry->values.front();
      each.push_back(fmt::format("{}: {}", entry->keys.front(), unit));
      if (std::find(different.begin(), different.end(), unit) == different.end()) {
        different.push_back(unit);
      }
    }
    if (different.size() == 1) return different.front();
    return each.empty() ? text("UNITS") : fmt::format("{}", fmt::join(each, "; "));
  }

  std::string version() const {
    std::vector<std::string> parts;
    const auto add = [&](const char* word, const std::string& value) {
      if (!value.empty()) parts.push_back(word + value);
    };
    const std::string table = text("TABLEID");
    add("table ", table.empty() ? text("MATRIX") : table);
    std::string updated = text("LAST-UPDATED");
    if (updated.empty() && !every("LAST-UPDATED").empty()) {
      updated = every("LAST-UPDATED").front()->values.front();
    }
    add("updated ", updated);
    add("created ", text("CREATION-DATE"));
    return fmt::format("{}", fmt::join(parts, ", "));
  }

  void add_decimals(std::vector<std::string>& notes) const {
    const std::string decimals = text("DECIMALS");
    if (!decimals.empty()) notes.push_back("Decimals: " + decimals + ".");
    for (const PxEntry* entry : every("PRECISION")) {
      notes.push_back(fmt::format("Decimals of {}: {}.", fmt::join(entry->keys, ", "),
                                  fmt::join(entry->values, ", ")));
    }
    for (const PxEntry* entry : every("REFPERIOD")) {
      notes.push_back(fmt::format("Reference period: {}.", fmt::join(entry->values, ", ")));
    }
  }

  /// Notes on the table, its variables, values and cells; "#" is a line break in PX.
  void add_notes(std::vector<std::string>& notes) const {
    for (const char* keyword :
         {"NOTEX", "NOTE", "VALUENOTEX", "VALUENOTE", "CELLNOTEX", "CELLNOTE"}) {
      for (const PxEntry* entry : every(keyword)) {
        std::string note = fmt::format("{}", fmt::join(entry->values, " "));
        std::replace(note.begin(), note.end(), '#', '\n');
        if (!entry->keys.empty()) {
          note = fmt::format("{}: {}", fmt::join(entry->keys, ", "), note);
        }
        notes.push_back(std::move(note));
      }
    }
  }

  const PxEntries& entries_;
  const std::string& language_;
};

}  // namespace

Facts px_facts(const PxEntries& entries, const std::string& language) {
  return FactsReader(entries, language).read();
}

}  // namespace kohort::exchange
