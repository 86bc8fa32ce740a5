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
                        syntax_remedy(error.description())});
  }
}

/// A file that a scenario extends, and where it says so.
struct Extended {
  std::string name;
  Location where;
};

/// Takes the key `extends` out of a table; nothing where there is none.
std::vector<Extended> take_extends(toml::table& table, const std::string& file) {
  const toml::node* node = table.get("extends");
  if (node == nullptr) return {};
  std::vector<Extended> extended;
  const auto add = [&](const toml::node& one) {
    const Location where = location_of(file, one.source());
    const auto* text = one.as_string();
    if (text == nullptr || text->get().empty()) {
      throw Error(Fault::scenario,
                  Mistake{where, "extends: found " + describe(one),
                          "write the name of a scenario file in quotes, or a list of names"});
    }
    extended.push_back({text->get(), where});
  };
  if (const toml::array* list = node->as_array()) {
    for (const toml::node& one : *list) add(one);
  } else {
    add(*node);
  }
  table.erase("extends");
  return extended;
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

/// Adds the layers of a file, after those that it extends. `chain` are the files that led to it.
void add_layers(const fs::path& file, const Location& named_at, std::vector<fs::path>& chain,
                std::vector<Layer>& layers) {
  reject_circle(chain, file, named_at);
  chain.push_back(file);
  const std::string name = file.string();
  Layer layer{name, file.parent_path(), parse(read_text(file, named_at), name)};
  for (const Extended& extended : take_extends(layer.table, name)) {
    add_layers((layer.folder / extended.name).lexically_normal(), extended.where, chain, layers);
  }
  layers.push_back(std::move(layer));
  chain.pop_back();
}

}  // namespace

std::vector<Layer> read_layers(const fs::path& file) {
  std::vector<Layer> layers;
  std::vector<fs::path> chain;
  add_layers(file.lexically_normal(), {file.string(), 0, 0}, chain, layers);
  return layers;
}

Override read_override(const std::string& key_value) {
  const std::size_t bracket = key_value.find('[');
  std::size_t equals = key_value.find('=');
  if (bracket < equals) equals = key_value.find('=', key_value.find("].", bracket));
  const bool one_line = key_value.find_first_of("\r\n") == std::string::npos;
  if (equals == std::string::npos || equals == 0 || !one_line) {
    throw Error(Fault::scenario, Mistake{{"--set", 0, 0},
                                         fmt::format("found '{}'", key_value),
                                         "write --set key=value, on one line"});
  }
  Override override{parameter_path(key_value.substr(0, equals)),
                    {"--set " + key_value, fs::path(), {}}};
  const std::string key = override.path.block ? override.path.field : override.path.parameter;
  const std::string value = key_value.substr(equals + 1);
  try {
    override.layer.table = toml::parse(std::string_view(key + " = " + value));
  } catch (const toml::parse_error&) {
    const std::string quoted = key + " = '" + value + "'";
    override.layer.table = parse(quoted, override.layer.file);
  }
  return override;
}

}  // namespace kohort
