// The catalogue as a JSON Schema. See document.hpp.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "engine/scenario/document.hpp"
#include "engine/scenario/reference_fields.hpp"

namespace kohort {
namespace {

using Json = nlohmann::ordered_json;

/// A limit or default, whole where it is so: 1, not 1.0.
Json json_number(double value) {
  const bool whole = std::floor(value) == value && std::abs(value) <= 9007199254740992.0;
  return whole ? Json(static_cast<std::int64_t>(value)) : Json(value);
}

Json number_schema(const char* type, const Range& range) {
  Json schema{{"type", type}};
  if (std::isfinite(range.least)) schema["minimum"] = json_number(range.least);
  if (std::isfinite(range.most)) schema["maximum"] = json_number(range.most);
  return schema;
}

/// Within `allOf`: beside a bare `$ref` readers of draft 7 ignore everything, the description too.
const Json& table_reference() {
  static const Json reference{{"allOf", Json::array({{{"$ref", "#/definitions/table"}}})}};
  return reference;
}

Json parameter_schema(const Parameter& parameter);

/// Blocks that may have the fields, and must have those that are required.
Json blocks_schema(const Parameter& list) {
  Json block{{"type", "object"}, {"properties", Json::object()}};
  for (const Parameter* field : list.fields) {
    block["properties"][field->key()] = parameter_schema(*field);
    if (field->required) block["required"].push_back(field->key());
  }
  block["additionalProperties"] = false;
  return {{"type", "array"}, {"items", std::move(block)}};
}

Json type_schema(const Parameter& parameter) {
  switch (parameter.kind) {
    case Kind::boolean:
      return {{"type", "boolean"}};
    case Kind::integer:
      return number_schema("integer", parameter.range);
    case Kind::real:
      return number_schema("number", parameter.range);
    case Kind::text:
      return {{"type", "string"}};
    case Kind::choice:
      return {{"type", "string"}, {"enum", parameter.choices}};
    case Kind::text_list:
      return {{"type", "array"}, {"items", {{"type", "string"}}}};
    case Kind::real_list:
      return {{"type", "array"}, {"items", number_schema("number", parameter.range)}};
    case Kind::named_lists:
      return {{"type", "object"},
              {"additionalProperties",
               {{"type", "array"}, {"minItems", 1}, {"items", {{"type", "string"}}}}}};
    case Kind::quantity:
      return {{"anyOf", {number_schema("number", parameter.range), table_reference()}}};
    case Kind::table:
      return table_reference();
    case Kind::blocks:
      return blocks_schema(parameter);
  }
  throw std::logic_error("unknown kind of parameter " + parameter.name);
}

/// Null where there is none.
Json default_value(const Value& value) {
  if (const auto* truth = std::get_if<bool>(&value)) return *truth;
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole;
  if (const auto* real = std::get_if<double>(&value)) return json_number(*real);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) return *texts;
  if (const auto* reals = std::get_if<std::vector<double>>(&value)) return *reals;
  if (const auto* quantity = std::get_if<Quantity>(&value)) {
    if (quantity->number() != nullptr) return json_number(*quantity->number());
  }
  return nullptr;
}

Json parameter_schema(const Parameter& parameter) {
  Json schema = type_schema(parameter);
  schema["description"] = parameter.text;
  if (Json fallback = default_value(parameter.fallback); !fallback.is_null()) {
    schema["default"] = std::move(fallback);
  }
  if (!parameter.unit.empty()) schema["units"] = parameter.unit;
  if (!parameter.axes.empty()) schema["axes"] = parameter.axes;
  if (!parameter.source.empty()) schema["source"] = parameter.source;
  return schema;
}

Json field_schema(const ReferenceField& field) {
  Json text{{"type", "string"}, {"minLength", 1}};
  Json list{{"type", "array"}, {"minItems", 1}, {"items", text}};
  Json texts{{"anyOf", Json::array({text, list})}};
  Json names{{"type", "object"}, {"additionalProperties", text}};
  switch (field.kind) {
    case FieldKind::text:
      return text;
    case FieldKind::texts:
      return texts;
    case FieldKind::names:
      return names;
    case FieldKind::names_of_axes:
      return {{"type", "object"}, {"additionalProperties", names}};
    case FieldKind::lists:
      return {{"type", "object"}, {"additionalProperties", texts}};
    case FieldKind::number:
      return {{"type", "number"}, {"not", {{"enum", Json::array({0})}}}};
    case FieldKind::whole:
      return {{"type", "integer"}};
    case FieldKind::word:
      return {{"type", "string"}, {"enum", field.words}};
    case FieldKind::year:
      return {{"anyOf", {{{"type", "integer"}}, {{"enum", Json::array({"year"})}}}}};
  }
  throw std::logic_error("unknown kind of field " + field.name);
}

Json table_schema() {
  Json schema{{"type", "object"}, {"description", "a table in a file"}};
  for (const ReferenceField& field : reference_fields()) {
    Json& entry = schema["properties"][field.name] = field_schema(field);
    entry["description"] = field.text;
  }
  schema["required"] = Json::array({"file"});
  schema["additionalProperties"] = false;
  return schema;
}

/// The part before the first dot, and the rest; the latter empty where there is no dot.
std::pair<std::string, std::string> first_step(const std::string& path) {
  const std::size_t dot = path.find('.');
  if (dot == std::string::npos) return {path, ""};
  return {path.substr(0, dot), path.substr(dot + 1)};
}

/// The schema of a section, made on the way where it is not there yet.
Json& section_schema(Json& root, const std::string& path, Extent extent) {
  if (path.empty()) return root;
  const auto [name, rest] = first_step(path);
  Json& section = root["properties"][name];
  if (section.is_null()) {
    section["type"] = "object";
    section["properties"] = Json::object();
    if (extent == Extent::whole) section["additionalProperties"] = false;
  }
  return section_schema(section, rest, extent);
}

/// Adds that a parameter must be given, and every section above it.
void add_required(Json& root, const std::string& path) {
  const auto [name, rest] = first_step(path);
  Json& required = root["required"];
  if (std::find(required.begin(), required.end(), name) == required.end()) required.push_back(name);
  if (!rest.empty()) add_required(root["properties"][name], rest);
}

/// What must be given by a scenario that stands alone. A file that extends nothing and says not
/// what is projected is a part for others to extend.
Json required_schema(const Catalogue& catalogue) {
  Json schema = Json::object();
  for (const Section& section : catalogue.sections()) {
    for (const Parameter* parameter : section.parameters) {
      if (parameter->required) add_required(schema, parameter->name);
    }
  }
  return schema;
}

}  // namespace

std::string json_schema(const Catalogue& catalogue, Extent extent) {
  Json root{{"$schema", "http://json-schema.org/draft-07/schema#"},
            {"title", "Kohort scenario"},
            {"type", "object"}};
  root["properties"]["extends"] = {
      {"oneOf",
       Json::array({{{"type", "string"}}, {{"type", "array"}, {"items", {{"type", "string"}}}}})},
      {"description",
       "another scenario, of which everything holds that is not set here; of several, named in a "
       "list, the later ones win"}};
  for (const Section& section : catalogue.sections()) {
    Json& schema = section_schema(root, section.name, extent);
    if (!section.name.empty()) schema["description"] = section.text;
    for (const Parameter* parameter : section.parameters) {
      schema["properties"][parameter->key()] = parameter_schema(*parameter);
    }
  }
  if (extent == Extent::whole) {
    root["additionalProperties"] = false;
    root["if"] = {{"required", Json::array({"projection"})},
                  {"not", {{"required", Json::array({"extends"})}}}};
    root["then"] = required_schema(catalogue);
  }
  root["definitions"]["table"] = table_schema();
  return root.dump(2);
}

}  // namespace kohort
