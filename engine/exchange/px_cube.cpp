#include "engine/exchange/px_cube.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/exchange/px_facts.hpp"

namespace kohort::exchange {
namespace {

/// Reads the dimensions in the main language, and then their texts in another.
class CubeReader {
 public:
  CubeReader(const PxEntries& entries, std::string language)
      : entries_(entries), language_(std::move(language)) {
    if (language_ == entries_.text("LANGUAGE")) language_.clear();
  }

  PxCube read() {
    check_language();
    const std::vector<std::string> stub = names("STUB", "");
    std::vector<std::string> all = stub;
    for (const std::string& name : names("HEADING", "")) all.push_back(name);
    if (all.empty()) {
      refuse(entries_.data(), "neither STUB nor HEADING names a variable before DATA",
             "a PX file names the variables of its rows (STUB) and of its columns (HEADING)");
    }
    mistakes_.throw_if_any(Fault::input);
    for (const std::string& name : all) read_dimension(name);
    mistakes_.throw_if_any(Fault::input);
    px_.stub = stub.size();
    for (std::size_t at = 0; at < px_.stub; ++at) {
      px_.key_texts.push_back(px_.cube.dimensions[at].texts);
    }
    read_keys();
    if (!language_.empty()) translate();
    mistakes_.throw_if_any(Fault::input);
    px_.cube.facts = px_facts(entries_, language_);
    return std::move(px_);
  }

 private:
  void refuse(const Location& where, std::string what, std::string remedy) {
    mistakes_.add({where, std::move(what), std::move(remedy)});
  }

  void check_language() const {
    if (language_.empty()) return;
    const PxEntry* known = entries_.find("LANGUAGES");
    const bool there =
        std::any_of(entries_.all().begin(), entries_.all().end(), [&](const PxEntry& entry) {
          return entry.language == language_ && entry.keyword == "VALUES";
        });
    if (there) return;
    throw Error(
        Fault::input,
        Mistake{known == nullptr ? entries_.data() : known->where,
                fmt::format("there are no texts in the language '{}'", language_),
                known == nullptr ? "leave --lang out: the file has one language"
                                 : fmt::format("it has {}", fmt::join(known->values, ", "))});
  }

  std::vector<std::string> names(std::string_view keyword, const std::string& language) const {
    const PxEntry* entry = entries_.find(keyword, language);
    return entry == nullptr ? std::vector<std::string>{} : entry->values;
  }

  void read_dimension(const std::string& name) {
    Dimension dimension;
    dimension.name = name;
    dimension.id = entries_.text("VARIABLECODE", "", name);
    const PxEntry* values = entries_.find("VALUES", "", name);
    const PxEntry* codes = entries_.find("CODES", "", name);
    const PxEntry* listed = values != nullptr ? values : codes;
    if (listed == nullptr) {
      const PxEntry* stub = entries_.find("STUB");
      refuse(
          stub != nullptr ? stub->where : entries_.find("HEADING")->where,
          fmt::format("VALUES(\"{}\") is missing, and STUB or HEADING names that variable", name),
          "a PX file lists the values of each of its variables");
      return;
    }
    dimension.where = listed->where;
    dimension.texts = listed->values;
    dimension.codes = codes != nullptr ? codes->values : listed->values;
    dimension.is_contents = entries_.text("CONTVARIABLE") == name;
    read_time(dimension);
    check_labels(dimension, codes != nullptr ? *codes : *listed);
    px_.cube.dimensions.push_back(std::move(dimension));
  }

  void check_labels(const Dimension& dimension, const PxEntry& codes) {
    if (dimension.codes.size() != dimension.texts.size()) {
      refuse(codes.where,
             fmt::format("{} lists {} codes, and VALUES(\"{}\") {} values", codes.name(),
                         dimension.codes.size(), dimension.name, dimension.texts.size()),
             "give every value one code");
    }
    std::vector<std::string> sorted = dimension.codes;
    std::sort(sorted.begin(), sorted.end());
    const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
    if (twice == sorted.end()) return;
    refuse(codes.where, fmt::format("{} lists '{}' twice", codes.name(), *twice),
           "give every value a code of its own");
  }

  /// TIMEVAL("year")=TLIST(A1),"2004","2005"; or TLIST(A1,"1990"-"2005"), which lists none.
  void read_time(Dimension& dimension) {
    const PxEntry* time = entries_.find("TIMEVAL", "", dimension.name);
    if (time == nullptr) return;
    dimension.is_time = true;
    const std::size_t listed = time->values.size() - 1;
    if (listed == dimension.texts.size() || listed == 0) return;
    px_.doubts.push_back({time->where,
                          fmt::format("{} lists {} times, and VALUES {}; those of VALUES hold",
                                      time->name(), listed, dimension.texts.size()),
                          "look at the years of the figures"});
  }

  void read_keys() {
    for (std::size_t at = 0; at < px_.cube.dimensions.size(); ++at) {
      const std::string& name = px_.cube.dimensions[at].name;
      const PxEntry* keys = entries_.find("KEYS", "", name);
      if (keys == nullptr) continue;
      if (at != px_.keys.size() || at >= px_.stub) {
        refuse(keys->where, fmt::format("{} stands alone", keys->name()),
               "give KEYS for every variable of STUB and for no other");
        return;
      }
      const std::string kind = entries_.text("KEYS", "", name);
      if (kind != "VALUES" && kind != "CODES") {
        refuse(keys->where, fmt::format("{} is '{}'", keys->name(), kind), "write VALUES or CODES");
      }
      px_.keys.push_back(kind == "CODES" ? PxKey::codes : PxKey::texts);
    }
    if (px_.keys.empty() || px_.keys.size() == px_.stub) return;
    refuse(entries_.find("STUB")->where,
           fmt::format("{} of {} variables of STUB have KEYS", px_.keys.size(), px_.stub),
           "give KEYS for all of them or for none");
  }

  /// The words of another language; codes and the order are those of the main one.
  void translate() {
    std::vector<std::string> all = names("STUB", language_);
    for (const std::string& name : names("HEADING", language_)) all.push_back(name);
    if (all.size() != px_.cube.dimensions.size()) {
      refuse(entries_.data(),
             fmt::format("STUB[{0}] and HEADING[{0}] name {1} variables, and STUB and HEADING {2}",
                         language_, all.size(), px_.cube.dimensions.size()),
             "leave --lang out");
      return;
    }
    for (std::size_t at = 0; at < all.size(); ++at) {
      Dimension& dimension = px_.cube.dimensions[at];
      const bool coded = dimension.codes != dimension.texts;
      const PxEntry* values = entries_.find("VALUES", language_, all[at]);
      dimension.name = all[at];
      if (values == nullptr) continue;
      if (values->values.size() != dimension.size()) {
        refuse(values->where,
               fmt::format("{} lists {} values, and the main language {}", values->name(),
                           values->values.size(), dimension.size()),
               "leave --lang out");
        continue;
      }
      dimension.texts = values->values;
      if (!coded) dimension.codes = dimension.texts;
    }
  }

  const PxEntries& entries_;
  std::string language_;
  PxCube px_;
  Mistakes mistakes_;
};

}  // namespace

PxCube px_cube(const PxEntries& entries, const std::string& language) {
  PxCube px = CubeReader(entries, language).read();
  if (entries.doubt()) px.doubts.push_back(*entries.doubt());
  return px;
}

}  // namespace kohort::exchange
