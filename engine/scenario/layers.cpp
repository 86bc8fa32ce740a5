#include "engine/scenario/layers.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/file.hpp"

namespace kohort {
namespace {

namespace fs = std::filesystem;

std::string read_text(const fs::path& file, const Location& named_at) {
  FileText read = read_file(file);
  if (read.text) return *std::move(read.text);
  throw Error(Fault::scenario,
              Mistake{named_at,
                      fmt::format("the file '{}' cannot be read ({})", file.string(), read.reason),
                      "check the name; paths are relative to the file that names them"});
}

toml::table parse(const std::string& text, const std::string& file) {
  try {
    return toml::parse(std::string_view(text), std::string_view(file));
  } catch (const toml::parse_error& error) {
    throw Error(Fault::scenario,
                Mistake{location_of(file, error.source()), std::string(error.description()),
                        "the file must be TOML 1.0 in UTF-8"});
  }
}

/// Takes the key `extends` out of a table; empty where there is none.
std::pair<std::string, Location> take_extends(toml::table& table, const std::string& file) {
  const toml::node* node = table.get("extends");
  if (node == nullptr) return {};
  const Location where = location_of(file, node->source());
  const auto* text = node->as_string();
  if (text == nullptr || text->get().empty()) {
    throw Error(Fault::scenario, Mistake{where, "extends: found " + describe(*node),
                                         "write the name of one scenario file in quotes"});
  }
  std::string name = text->get();
  table.erase("extends");
  return {name, where};
}

void reject_circle(const std::vector<fs::path>& chain, const fs::path& next,
                   const Location& where) {
  const auto canonical = fs::weakly_canonical(next);
  const auto seen = std::find_if(chain.begin(), chain.end(), [&](const fs::path& file) {
    return fs::weakly_canonical(file) == canonical;
  });
  if (seen == chain.end()) return;
  std::vector<std::string> names;
  for (auto file = seen; file != chain.end(); ++file) names.push_back(file->filename().string());
  names.push_back(next.filename().string());
  throw Error(Fault::scenario,
              Mistake{where,
                      fmt::format("extends: the files extend each other in a circle: {}",
                                  fmt::join(names, " -> ")),
                      "let one of them extend nothing"});
}

}  // namespace

std::vector<Layer> read_layers(const fs::path& file) {
  std::vector<Layer> layers;  // the file asked for first; turned around at the end
  std::vector<fs::path> chain;
  fs::path next = file.lexically_normal();
  Location named_at{file.string(), 0, 0};
  while (!next.empty()) {
    reject_circle(chain, next, named_at);
    chain.push_back(next);
    const std::string name = next.string();
    Layer layer{name, next.parent_path(), parse(read_text(next, named_at), name)};
    const auto [extends, where] = take_extends(layer.table, name);
    next = extends.empty() ? fs::path() : (layer.folder / extends).lexically_normal();
    named_at = where;
    layers.push_back(std::move(layer));
  }
  std::reverse(layers.begin(), layers.end());
  return layers;
}

Layer override_layer(const std::string& key_value) {
  const std::size_t equals = key_value.find('=');
  const bool one_line = key_value.find_first_of("\r\n") == std::string::npos;
  if (equals == std::string::npos || equals == 0 || !one_line) {
    throw Error(Fault::scenario, Mistake{{"--set", 0, 0},
                                         fmt::format("found '{}'", key_value),
                                         "write --set key=value, on one line"});
  }
  const std::string key = key_value.substr(0, equals);
  const std::string value = key_value.substr(equals + 1);
  Layer layer{"--set " + key_value, fs::path(), {}};
  try {
    layer.table = toml::parse(std::string_view(key + " = " + value));
  } catch (const toml::parse_error&) {
    const std::string quoted = key + " = '" + value + "'";
    layer.table = parse(quoted, layer.file);
  }
  return layer;
}

}  // namespace kohort
