#include "engine/report/boundaries.hpp"

#include <algorithm>

#include "engine/base/error.hpp"
#include "engine/base/file.hpp"
#include "engine/report/page.hpp"

namespace kohort::report {
namespace {

using nlohmann::json;

[[noreturn]] void refuse(const std::string& file, const std::string& what) {
  throw Error(Fault::input,
              Mistake{{file, 0, 0},
                      what,
                      "name a GeoJSON FeatureCollection in degrees whose features have the "
                      "property code"});
}

std::string text_of(const std::string& file) {
  if (file.empty()) return std::string(default_boundaries());
  const FileText read = read_file(file);
  if (!read.text) refuse(file, "it cannot be read: " + read.reason);
  return *read.text;
}

}  // namespace

json boundaries_json(const std::string& file, const Frame& frame) {
  const json collection = json::parse(text_of(file), nullptr, false);
  if (!collection.is_object() || !collection.contains("features") ||
      !collection["features"].is_array()) {
    refuse(file, "this is no GeoJSON FeatureCollection");
  }
  json outlines = json::object();
  for (const json& feature : collection["features"]) {
    const json code = feature.value("/properties/code"_json_pointer, json());
    if (!code.is_string() || !feature.contains("geometry")) {
      refuse(file, "a feature has no property code, or no geometry");
    }
    const bool shown = std::find(frame.areas.begin(), frame.areas.end(), code.get<std::string>()) !=
                       frame.areas.end();
    if (shown) outlines[code.get<std::string>()] = feature["geometry"];
  }
  return outlines;
}

}  // namespace kohort::report
