// The JSON Schema of scenarios says of every parameter what the catalogue says.
#include <algorithm>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/base/file.hpp"
#include "engine/run/parameters.hpp"
#include "engine/scenario/document.hpp"
#include "engine/scenario/reference_fields.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

using Json = nlohmann::json;

enum class Colour { red, green };

const Integer count{{.name = "count", .unit = "1", .range = {1, 9}, .required = true, .text = "c"}};
const Real share{{.name = "part.share",
                  .unit = "per year",
                  .range = {0, 0.5},
                  .fallback = 0.25,
                  .text = "a share",
                  .source = "A Book"}};
const Choice<Colour> colour{{.name = "part.colour", .fallback = std::string("red"), .text = "hue"},
                            {{"red", Colour::red}, {"green", Colour::green}}};
const QuantityParameter rates{{.name = "part.deep.rates",
                               .unit = "1",
                               .range = {.least = 0},
                               .axes = {"sex", "age"},
                               .required = true,
                               .text = "rates"}};
const TableParameter table{{.name = "part.deep.table", .axes = {"area"}, .text = "list"}};
const TextList list{
    {.name = "part.deep.list", .fallback = std::vector<std::string>{"a"}, .text = "names"}};
const NamedListsParameter teams{{.name = "part.deep.teams", .text = "who with whom"}};
const Boolean on{{.name = "part.deep.on", .fallback = true, .text = "whether"}};

Catalogue small_catalogue() {
  Catalogue catalogue;
  catalogue.add_section("", "Top.");
  catalogue.add(count);
  catalogue.add_section("part", "A part.");
  catalogue.add(share);
  catalogue.add(colour);
  catalogue.add_section("part.deep", "A deeper part.");
  for (const Parameter* parameter :
       {static_cast<const Parameter*>(&rates), static_cast<const Parameter*>(&table),
        static_cast<const Parameter*>(&list), static_cast<const Parameter*>(&teams),
        static_cast<const Parameter*>(&on)}) {
    catalogue.add(*parameter);
  }
  return catalogue;
}

/// The entry of a parameter, by its dotted name.
const Json& entry(const Json& schema, const std::string& name) {
  const std::size_t dot = name.find('.');
  const Json& found = schema.at("properties").at(name.substr(0, dot));
  return dot == std::string::npos ? found : entry(found, name.substr(dot + 1));
}

class Schema : public ::testing::Test {
 protected:
  const Json& operator[](const std::string& name) const { return entry(small, name); }
  Json small = Json::parse(json_schema(small_catalogue(), Extent::whole));
};

TEST_F(Schema, GivesNumbersTheirRangeDefaultUnitAndSource) {
  EXPECT_EQ((*this)["count"], Json::parse(R"({"type": "integer", "minimum": 1, "maximum": 9,
      "description": "c", "units": "1"})"));
  EXPECT_EQ((*this)["part.share"], Json::parse(R"({"type": "number", "minimum": 0, "maximum": 0.5,
      "description": "a share", "default": 0.25, "units": "per year", "source": "A Book"})"));
}

TEST_F(Schema, GivesChoicesTheirWords) {
  EXPECT_EQ((*this)["part.colour"], Json::parse(R"({"type": "string", "enum": ["red", "green"],
      "description": "hue", "default": "red"})"));
}

TEST_F(Schema, GivesListsAndTruthsTheirType) {
  EXPECT_EQ((*this)["part.deep.list"], Json::parse(R"({"type": "array",
      "items": {"type": "string"}, "description": "names", "default": ["a"]})"));
  EXPECT_EQ((*this)["part.deep.on"], Json::parse(R"({"type": "boolean", "description": "whether",
      "default": true})"));
}

TEST_F(Schema, LetsAQuantityBeANumberOrATable) {
  EXPECT_EQ((*this)["part.deep.rates"].at("anyOf"), Json::parse(R"([
      {"type": "number", "minimum": 0}, {"allOf": [{"$ref": "#/definitions/table"}]}])"));
  EXPECT_EQ((*this)["part.deep.rates"].at("axes"), (Json{"sex", "age"}));
  EXPECT_EQ((*this)["part.deep.table"].at("allOf"),
            Json::parse(R"([{"$ref": "#/definitions/table"}])"));
}

TEST_F(Schema, WantsWhatIsRequiredUnlessTheScenarioExtendsAnother) {
  EXPECT_EQ(small.at("if"),
            Json::parse(R"({"required": ["projection"], "not": {"required": ["extends"]}})"));
  EXPECT_EQ(small.at("then").at("required"), Json::parse(R"(["count", "part"])"));
  EXPECT_EQ(entry(small.at("then"), "part.deep").at("required"), Json::parse(R"(["rates"])"));
}

TEST_F(Schema, OfTheWholeAllowsNoOtherKeys) {
  EXPECT_EQ(small.at("additionalProperties"), false);
  EXPECT_EQ((*this)["part"].at("additionalProperties"), false);
  EXPECT_EQ((*this)["part.deep"].at("additionalProperties"), false);
  const Json part = Json::parse(json_schema(small_catalogue(), Extent::part));
  EXPECT_FALSE(part.contains("additionalProperties"));
  EXPECT_FALSE(part.contains("then"));
}

TEST_F(Schema, DescribesEveryFieldOfATable) {
  const Json& fields = small.at("definitions").at("table");
  EXPECT_EQ(fields.at("required"), Json::parse(R"(["file"])"));
  EXPECT_EQ(fields.at("properties").size(), reference_fields().size());
  for (const ReferenceField& field : reference_fields()) {
    EXPECT_EQ(entry(fields, field.name).at("description"), field.text);
    for (const std::string& word : field.words) {
      EXPECT_NE(field.allowed.find(word), std::string::npos);
    }
  }
  EXPECT_EQ(entry(fields, "missing").at("enum"), Json::parse(R"(["error", "zero"])"));
  EXPECT_EQ(entry(fields, "known_from").at("anyOf"),
            Json::parse(R"([{"type": "integer"}, {"enum": ["year"]}])"));
}

TEST_F(Schema, HoldsEveryParameterOfTheProgram) {
  const Catalogue catalogue = full_catalogue();
  const Json schema = Json::parse(json_schema(catalogue, Extent::whole));
  EXPECT_EQ(schema.at("$schema"), "http://json-schema.org/draft-07/schema#");
  for (const std::string& name : catalogue.names()) {
    const Parameter& parameter = *catalogue.find(name);
    const Json& found = entry(schema, name);
    EXPECT_EQ(found.at("description"), parameter.text) << name;
    EXPECT_EQ(found.value("units", ""), parameter.unit) << name;
    EXPECT_TRUE(found.contains("type") || found.contains("anyOf") || found.contains("allOf"));
  }
}

TEST(SchemaForEditors, IsTheProgramsOwn) {
  EXPECT_EQ(read_file(test::project_file("scenarios/scenario.schema.json")).text,
            json_schema(full_catalogue(), Extent::whole) + "\n")
      << "write the output of `kohort parameters --json-schema` to scenarios/scenario.schema.json";
}

}  // namespace
}  // namespace kohort
