#include "engine/exchange/json_stat.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/exchange/json_values.hpp"

namespace kohort::exchange {
namespace {

using Json = nlohmann::ordered_json;

/// Symbols of cells, as JSON-stat has them: one for all, a list, or single ones by place.
class Status {
 public:
  explicit Status(const Json& status) : status_(status) {}

  std::string of(std::size_t place) const {
    if (status_.is_string()) return status_.get<std::string>();
    if (status_.is_array() && place < status_.size()) return text(status_[place]);
    if (!status_.is_object()) return "";
    const auto found = status_.find(std::to_string(place));
    return found == status_.end() ? "" : text(*found);
  }

 private:
  static std::string text(const Json& status) {
    return status.is_string() ? status.get<std::string>() : "";
  }

  const Json& status_;
};

/// Reads the dimensions and what is said of the figures.
class CubeOfJson {
 public:
  CubeOfJson(const JsonDocument& document, const std::string& file)
      : document_(document), json_(document.json), file_(file) {}

  Cube read() {
    check_kind();
    const Json& ids = member(json_, "id");
    const Json& sizes = member(json_, "size");
    if (!ids.is_array() || !sizes.is_array() || ids.size() != sizes.size() || ids.empty()) {
      refuse("size", "\"id\" and \"size\" are not two lists of equal length",
             "they name each dimension and its number of positions");
    }
    Cube cube;
    for (std::size_t at = 0; at < ids.size(); ++at) {
      if (!ids[at].is_string() || !sizes[at].is_number_unsigned()) {
        refuse("id", "\"id\" holds something else than texts, or \"size\" than whole numbers",
               "they name each dimension and its number of positions");
      }
      cube.dimensions.push_back(dimension(ids[at], sizes[at]));
    }
    cube.facts = facts(cube);
    return cube;
  }

 private:
  [[noreturn]] void refuse(const std::string& key, std::string what, std::string remedy) const {
    throw Error(Fault::input,
                Mistake{document_.location(file_, key), std::move(what), std::move(remedy)});
  }

  void check_kind() const {
    if (json_.is_object() && text(json_, "class") == "dataset" && json_.contains("id")) return;
    const bool older = json_.is_object() && json_.contains("dataset");
    refuse("class",
           older ? "the file is JSON-stat 1, which keeps all within \"dataset\""
                 : "the file is no JSON-stat dataset: it has no \"class\": \"dataset\" and \"id\"",
           "ask for the format json-stat2");
  }

  const Json& member(const Json& object, const std::string& key) const {
    const auto found = object.find(key);
    if (found != object.end()) return *found;
    refuse("", fmt::format("there is no \"{}\"", key), "get the file anew, as json-stat2");
  }

  static std::string text(const Json& object, const std::string& key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
  }

  bool has_role(const char* role, const std::string& id) const {
    const auto roles = json_.find("role");
    if (roles == json_.end() || !roles->contains(role)) return false;
    const Json& list = roles->at(role);
    return std::find(list.begin(), list.end(), Json(id)) != list.end();
  }

  Dimension dimension(const std::string& id, std::size_t size) const {
    const std::string key = "dimension/" + id;
    const Json& all = member(json_, "dimension");
    if (!all.is_object() || !all.contains(id) || !all.at(id).contains("category")) {
      refuse("dimension", fmt::format("\"dimension\" says nothing of '{}', which \"id\" names", id),
             "get the file anew, as json-stat2");
    }
    const Json& own = all.at(id);
    Dimension dimension;
    dimension.id = id;
    dimension.name = text(own, "label").empty() ? id : text(own, "label");
    dimension.where = document_.location(file_, key);
    dimension.is_time = has_role("time", id);
    dimension.is_contents = has_role("metric", id);
    const Json& category = own.at("category");
    dimension.codes = codes(category, key);
    if (dimension.size() != size) {
      refuse(key,
             fmt::format("the dimension '{}' has {} positions, and \"size\" says {}", id,
                         dimension.size(), size),
             "get the file anew, as json-stat2");
    }
    for (const std::string& code : dimension.codes) {
      const bool named = category.contains("label") && category.at("label").is_object();
      const std::string name = named ? text(category.at("label"), code) : "";
      dimension.texts.push_back(name.empty() ? code : name);
    }
    return dimension;
  }

  /// In the order of "index": a list, or numbers by code; a single position needs none.
  std::vector<std::string> codes(const Json& category, const std::string& key) const {
    const auto index = category.find("index");
    std::vector<std::string> codes;
    if (index == category.end()) {
      const auto labels = category.find("label");
      if (labels != category.end() && labels->size() == 1 && labels->is_object()) {
        return {labels->begin().key()};
      }
    } else if (index->is_array()) {
      for (const Json& code : *index) {
        codes.push_back(code.is_string() ? code.get<std::string>() : "");
      }
    } else if (index->is_object()) {
      codes.resize(index->size());
      for (const auto& [code, at] : index->items()) {
        const bool sound = at.is_number_unsigned() && at.get<std::size_t>() < codes.size();
        if (sound) codes[at.get<std::size_t>()] = code;
      }
    }
    const bool gap = std::find(codes.begin(), codes.end(), "") != codes.end();
    if (!codes.empty() && !gap) return codes;
    refuse(key, "the \"index\" of its category does not number the codes from 0 without gaps",
           "get the file anew, as json-stat2");
  }

  Facts facts(const Cube& cube) const {
    Facts facts;
    facts.title = text(json_, "label");
    facts.source = text(json_, "source");
    const std::string updated = text(json_, "updated");
    if (const std::string table = px_text("tableid"); !table.empty()) {
      facts.version = "table " + table;
    }
    if (!updated.empty()) {
      facts.version += (facts.version.empty() ? "updated " : ", updated ") + updated;
    }
    add_notes(json_, "", facts.notes);
    for (const Dimension& dimension : cube.dimensions) {
      const Json& own = json_.at("dimension").at(dimension.id);
      add_notes(own, dimension.name, facts.notes);
      if (dimension.is_contents) facts.unit = units(dimension, own.at("category"));
      add_notes_of_positions(dimension, own.at("category"), facts.notes);
    }
    return facts;
  }

  std::string px_text(const char* key) const {
    const auto extension = json_.find("extension");
    if (extension == json_.end() || !extension->contains("px")) return "";
    return text(extension->at("px"), key);
  }

  /// One unit, or each content with its own.
  static std::string units(const Dimension& dimension, const Json& category) {
    std::vector<std::string> each;
    std::vector<std::string> different;
    for (std::size_t at = 0; at < dimension.size(); ++at) {
      const auto units = category.find("unit");
      if (units == category.end() || !units->contains(dimension.codes[at])) continue;
      const std::string unit = text(units->at(dimension.codes[at]), "base");
      each.push_back(fmt::format("{}: {}", dimension.texts[at], unit));
      if (std::find(different.begin(), different.end(), unit) == different.end()) {
        different.push_back(unit);
      }
    }
    if (different.size() == 1) return different.front();
    return fmt::format("{}", fmt::join(each, "; "));
  }

  static void add_notes(const Json& object, const std::string& about,
                        std::vector<std::string>& notes) {
    const auto found = object.find("note");
    if (found == object.end() || !found->is_array()) return;
    for (const Json& note : *found) {
      if (!note.is_string()) continue;
      const auto text = note.get<std::string>();
      notes.push_back(about.empty() ? text : fmt::format("{}: {}", about, text));
    }
  }

  static void add_notes_of_positions(const Dimension& dimension, const Json& category,
                                     std::vector<std::string>& notes) {
    const auto found = category.find("note");
    if (found == category.end() || !found->is_object()) return;
    for (const auto& [code, list] : found->items()) {
      const auto at = std::find(dimension.codes.begin(), dimension.codes.end(), code);
      if (at == dimension.codes.end() || !list.is_array()) continue;
      const std::string& position =
          dimension.texts[static_cast<std::size_t>(at - dimension.codes.begin())];
      for (const Json& note : list) {
        if (note.is_string()) {
          notes.push_back(
              fmt::format("{}, {}: {}", dimension.name, position, note.get<std::string>()));
        }
      }
    }
  }

  const JsonDocument& document_;
  const Json& json_;
  const std::string& file_;
};

/// The places of the figures are all of the table's, each once at most.
void check_values(const JsonDocument& document, const std::string& file, std::size_t cells) {
  const JsonValues& values = document.values;
  const auto refuse = [&](std::string what, std::string remedy) {
    throw Error(Fault::input,
                Mistake{document.location(file, "value"), std::move(what), std::move(remedy)});
  };
  if (values.figures.empty()) {
    refuse("there are no figures: the file only describes a table", "ask for the table's data");
  }
  if (!values.sparse && values.figures.size() != cells) {
    refuse(fmt::format("\"value\" has {} figures, and \"size\" spans {}", values.figures.size(),
                       cells),
           "get the whole file anew");
  }
  if (!values.sparse) return;
  std::vector<std::size_t> sorted = values.places;
  std::sort(sorted.begin(), sorted.end());
  const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice != sorted.end()) {
    refuse(fmt::format("\"value\" has the place {} twice", *twice), "keep one");
  }
  if (sorted.back() >= cells) {
    refuse(fmt::format("\"value\" has the place {}, and \"size\" spans {}", sorted.back(), cells),
           "get the whole file anew");
  }
}

}  // namespace

ReadFile read_json_stat(const std::string& file, CubeSink& sink, const std::stop_token& stop) {
  ByteSource source(file, stop);
  const JsonDocument document = read_json(source);
  ReadFile read{CubeOfJson(document, file).read(), source.sha256()};
  const JsonValues& values = document.values;
  check_values(document, file, read.cube.cells());
  sink.begin(read.cube);
  const auto found = document.json.find("status");
  const Json none;
  const Status status(found == document.json.end() ? none : *found);
  std::vector<std::size_t> position;
  for (std::size_t at = 0; at < values.figures.size(); ++at) {
    const std::size_t place = values.sparse ? values.places[at] : at;
    const bool missing = std::isnan(values.figures[at]);
    const std::string figure = missing ? "" : fmt::format("{}", values.figures[at]);
    std::string symbol = status.of(place);
    if (missing && symbol.empty()) symbol = "missing";
    to_position(place, read.cube.dimensions, position);
    sink.add(position, {figure, symbol});
  }
  return read;
}

}  // namespace kohort::exchange
