#include "engine/scenario/read.hpp"

#include <gtest/gtest.h>

#include "engine/scenario/write.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

enum class Colour { red, green };

const Integer years{{.name = "years", .range = {1, 100}, .required = true, .text = "how many"}};
const Real factor{{.name = "part.factor", .range = {0.0, 2.0}, .fallback = 1.0, .text = "times"}};
const Choice<Colour> colour{
    {.name = "part.colour", .fallback = std::string("red"), .text = "which"},
    {{"red", Colour::red}, {"green", Colour::green}}};
const TextList names{{.name = "part.names", .fallback = std::vector<std::string>{}, .text = "who"}};
const NamedListsParameter teams{{.name = "part.teams", .text = "who with whom"}};
const Text note{{.name = "part.note", .text = "anything"}};
const Boolean flag{{.name = "part.flag", .fallback = false, .text = "whether"}};
const QuantityParameter rate{
    {.name = "part.rate", .range = {.least = 0.0}, .axes = {"year", "age"}, .text = "how fast"}};
const Choice<Colour> inner_colour{
    {.name = "part.inner.shade", .fallback = std::string("red"), .text = "which"},
    {{"red", Colour::red}, {"green", Colour::green}}};
const Text kept{{.name = "part.kept", .text = "which file", .instead_of = {"part.inner"}}};
const Real inner_factor{{.name = "part.inner.factor", .fallback = 1.0, .text = "times"}};
const TableParameter stock{{.name = "part.stock", .axes = {"age"}, .text = "how many"}};

Catalogue catalogue() {
  Catalogue all;
  all.add_section("", "the whole");
  all.add(years);
  all.add_section("part", "a part");
  for (const Parameter* parameter : std::initializer_list<const Parameter*>{
           &factor, &colour, &names, &teams, &note, &flag, &rate, &stock, &kept}) {
    all.add(*parameter);
  }
  all.add_section("part.inner", "a part of the part");
  all.add(inner_colour);
  all.add(inner_factor);
  return all;
}

class ReadScenario : public ::testing::Test {
 protected:
  Settings read(const std::string& text, const std::vector<std::string>& overrides = {}) {
    return read_scenario(folder.write("s.toml", text), overrides, catalogue());
  }
  std::string error(const std::string& text, const std::vector<std::string>& overrides = {}) {
    return test::error_of(Fault::scenario, [&] { read(text, overrides); });
  }
  test::Folder folder;
};

TEST_F(ReadScenario, KeepsNamedListsAsTheyAreOrdered) {
  const NamedLists expected{{"south", {"a", "b"}}, {"east", {"c"}}, {"west", {}}};
  EXPECT_EQ(
      read("years = 5\n[part.teams]\nsouth = [\"a\", \"b\"]\neast = [\"c\"]\nwest = []\n")[teams],
      expected);
  const std::string one_line = "{ south = [\"a\", \"b\"], east = [\"c\"], west = [] }";
  const Settings s = read("years = 5\npart.teams = " + one_line + "\n");
  EXPECT_EQ(s[teams], expected);
  EXPECT_EQ(value_text(s.setting(teams).value),
            "{ \"south\" = [\"a\", \"b\"], \"east\" = [\"c\"], \"west\" = [] }");
}

TEST_F(ReadScenario, RefusesNamedListsOfAnythingButTexts) {
  const std::string text = error("years = 5\n[part]\nteams = { a = [1] }\n");
  EXPECT_HAS(text, "s.toml:3:16: error: part.teams: found the whole number 1 in it");
  EXPECT_HAS(text, "it must be lists of texts by name");
  EXPECT_HAS(error("years = 5\n[part]\nteams = [\"a\"]\n"), "found a list");
}

TEST_F(ReadScenario, GivesEveryKindOfValueItsType) {
  const Settings s = read(
      "years = 5\n[part]\nfactor = 0.5\ncolour = \"green\"\nnames = [\"a\", \"b\"]\n"
      "note = \"Örebro\"\nflag = true\nrate = 2\n");
  EXPECT_EQ(s[years], 5);
  EXPECT_EQ(s[factor], 0.5);
  EXPECT_EQ(s[colour], Colour::green);
  EXPECT_EQ(s[names], (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(s[note], "Örebro");
  EXPECT_TRUE(s[flag]);
  EXPECT_EQ(*s[rate].number(), 2.0);
}

TEST_F(ReadScenario, FillsInDefaultsAndSaysWhatIsNotGiven) {
  const Settings s = read("years = 5\n");
  EXPECT_EQ(s[factor], 1.0);
  EXPECT_EQ(s[colour], Colour::red);
  EXPECT_FALSE(s.given(note));
  EXPECT_FALSE(s.given(rate));
  EXPECT_EQ(s.maybe(note), std::nullopt);
}

TEST_F(ReadScenario, ReadsEveryFieldOfATableReference) {
  const Settings s = read(
      "years = 5\n[part]\nrate = { file = \"t.csv\", value = \"m\", per = \"n\", scale = 1000, "
      "columns = { age = \"x\" }, where = { sex = \"f\", kind = [\"a\", \"b\"] }, "
      "labels = { age = { all = \"0\" } }, missing = \"zero\", year_shift = 1, age_shift = -1, "
      "basis = \"observed\", known_from = 2010, "
      "age_definition = \"at_event\", source = \"SCB\" }\n");
  const Quantity quantity = s[rate];
  const TableReference& table = *quantity.table();
  EXPECT_EQ(table.file, folder.name("t.csv"));
  EXPECT_EQ(table.value, std::vector<std::string>{"m"});
  EXPECT_EQ(table.per, "n");
  EXPECT_EQ(table.scale, 1000.0);
  EXPECT_EQ(table.columns.at("age"), "x");
  EXPECT_EQ(table.where.at("sex"), std::vector<std::string>{"f"});
  EXPECT_EQ(table.where.at("kind").size(), 2U);
  EXPECT_EQ(table.labels.at("age").at("all"), "0");
  EXPECT_EQ(table.age_shift, -1);
  EXPECT_EQ(table.missing, Missing::zero);
  EXPECT_EQ(table.year_shift, 1);
  EXPECT_EQ(table.basis, Basis::observed);
  EXPECT_EQ(table.known_from->year, 2010);
  EXPECT_EQ(table.age_definition, AgeDefinition::at_event);
  EXPECT_EQ(table.source, "SCB");
}

TEST_F(ReadScenario, TakesSeveralFilesOfWhichTheLaterWins) {
  folder.write("a.toml", "years = 5\n[part]\nfactor = 0.5\nnote = \"a\"\n");
  folder.write("b.toml", "[part]\nfactor = 0.75\n");
  const Settings s = read("extends = [\"a.toml\", \"b.toml\"]\n[part]\nnote = \"mine\"\n");
  EXPECT_EQ(s[years], 5);
  EXPECT_EQ(s[factor], 0.75);
  EXPECT_EQ(s[note], "mine");
}

TEST_F(ReadScenario, MayMeetAFileTwiceButNotInACircle) {
  folder.write("common.toml", "years = 5\n");
  folder.write("a.toml", "extends = \"common.toml\"\n[part]\nfactor = 0.5\n");
  folder.write("b.toml", "extends = \"common.toml\"\n[part]\nnote = \"b\"\n");
  EXPECT_EQ(read("extends = [\"a.toml\", \"b.toml\"]\n")[years], 5);
  EXPECT_HAS(error("extends = [\"a.toml\", 3]\n"), "s.toml:1:");
}

TEST_F(ReadScenario, LaysAFileOverTheOneThatItExtends) {
  folder.write("deep/base.toml",
               "years = 5\n[part]\nfactor = 0.5\nnote = \"base\"\n"
               "rate = { file = \"t.csv\" }\n");
  const Settings s = read("extends = \"deep/base.toml\"\n[part]\nnote = \"mine\"\n");
  EXPECT_EQ(s[years], 5);
  EXPECT_EQ(s[factor], 0.5);
  EXPECT_EQ(s[note], "mine");
  EXPECT_EQ(s[rate].table()->file, folder.name("deep/t.csv"));
}

TEST_F(ReadScenario, LetsTheCommandLineWin) {
  const Settings s = read("years = 5\n", {"years=7", "part.note=free text", "part.flag=true"});
  EXPECT_EQ(s[years], 7);
  EXPECT_EQ(s[note], "free text");
  EXPECT_TRUE(s[flag]);
  EXPECT_EQ(s.setting(years).origin, Origin::command_line);
}

TEST_F(ReadScenario, RefusesAnUnknownKeyAndNamesTheNearest) {
  const std::string text = error("years = 5\n[part]\nfacter = 1.0\n");
  EXPECT_HAS(text, "s.toml:3:1: error: there is no parameter 'part.facter'");
  EXPECT_HAS(text, "did you mean 'part.factor'?");
}

TEST_F(ReadScenario, RefusesAWrongType) {
  EXPECT_HAS(error("years = \"five\"\n"),
             "s.toml:1:9: error: years: found the text \"five\"; it must be a whole number from 1 "
             "to 100");
  EXPECT_HAS(error("years = 5.0\n"), "found the number 5");
  EXPECT_HAS(error("years = 5\n[part]\nflag = 1\n"), "it must be true or false");
  EXPECT_HAS(error("years = 5\n[part]\nstock = 1\n"), "it must be a table");
  EXPECT_HAS(error("years = 5\n[part]\nnames = [1]\n"), "it must be a list of texts");
}

TEST_F(ReadScenario, RefusesANumberOutOfRange) {
  EXPECT_HAS(error("years = 101\n"), "years: found the whole number 101");
  EXPECT_HAS(error("years = 5\n[part]\nfactor = -0.1\n"), "it must be a number from 0 to 2");
}

TEST_F(ReadScenario, RefusesWhatIsNoNumber) {
  EXPECT_HAS(error("years = 5\n[part]\nfactor = nan\n"), "part.factor: found the number nan");
  EXPECT_HAS(error("years = 5\n[part]\nrate = inf\n"), "part.rate: found the number inf");
}

TEST_F(ReadScenario, RefusesAWordThatIsNoChoice) {
  EXPECT_HAS(error("years = 5\n[part]\ncolour = \"blue\"\n"),
             "it must be one of \"red\", \"green\"");
}

TEST_F(ReadScenario, SaysWhatIsMissing) {
  EXPECT_HAS(error("[part]\nfactor = 1.0\n"), "s.toml: error: years is missing");
}

TEST_F(ReadScenario, ReportsAllMistakesAtOnce) {
  const std::string text = error("years = 0\n[part]\nfactor = 9\ncolour = \"x\"\nrubbish = 1\n");
  EXPECT_HAS(text, "years");
  EXPECT_HAS(text, "part.factor");
  EXPECT_HAS(text, "part.colour");
  EXPECT_HAS(text, "part.rubbish");
}

TEST_F(ReadScenario, RefusesBrokenTomlWithItsPlace) {
  EXPECT_HAS(error("years = \n"), "s.toml:1:");
  EXPECT_HAS(error("years = 5\nyears = 6\n"), "s.toml:2:");
}

TEST_F(ReadScenario, RefusesLatin1Bytes) {
  EXPECT_HAS(error("years = 5\n[part]\nnote = \"\xD6rebro\"\n"), "s.toml:3:");
}

TEST_F(ReadScenario, RefusesAnEmptyFileByWhatItLacks) { EXPECT_HAS(error(""), "years is missing"); }

TEST_F(ReadScenario, RefusesAMissingFile) {
  const std::string text = test::error_of(
      Fault::scenario, [&] { read_scenario(folder.name("no.toml"), {}, catalogue()); });
  EXPECT_HAS(text, "cannot be read (No such file");
  EXPECT_HAS(error("extends = \"no.toml\"\n"), "s.toml:1:1");
}

TEST_F(ReadScenario, RefusesFilesThatExtendEachOtherInACircle) {
  folder.write("a.toml", "extends = \"b.toml\"\n");
  folder.write("b.toml", "extends = \"s.toml\"\n");
  EXPECT_HAS(error("extends = \"a.toml\"\n"), "s.toml -> a.toml -> b.toml -> s.toml");
}

TEST_F(ReadScenario, RefusesAReferenceWithAnUnknownField) {
  const std::string text = error("years = 5\n[part]\nrate = { file = \"a.csv\", vlaue = \"m\" }\n");
  EXPECT_HAS(text, "a table has no key 'vlaue'");
  EXPECT_HAS(text, "did you mean 'value'?");
}

TEST_F(ReadScenario, RefusesAReferenceWithoutAFile) {
  EXPECT_HAS(error("years = 5\n[part]\nrate = { value = \"m\" }\n"), "the table names no file");
}

TEST_F(ReadScenario, RefusesAReferenceToAnAxisThatIsNotThere) {
  EXPECT_HAS(error("years = 5\n[part]\nrate = { file = \"a.csv\", columns = { sex = \"k\" } }\n"),
             "there is no axis 'sex' here; the axes are year, age");
}

TEST_F(ReadScenario, RefusesAReferenceThatContradictsItself) {
  const auto text = [&](const std::string& fields) {
    return error("years = 5\n[part]\nrate = { file = \"a.csv\", " + fields + " }\n");
  };
  EXPECT_HAS(text("labels = { year = { a = \"1\" } }"), "years cannot be renamed");
  EXPECT_HAS(text("labels = { sex = { a = \"1\" } }"), "there is no axis 'sex' here");
  EXPECT_HAS(text("wide = \"year\", value = \"n\""), "leave value out");
  EXPECT_HAS(text("value = []"), "name at least one");
  EXPECT_HAS(text("year_shift = 99999999999"), "write a whole number of years");
  EXPECT_HAS(text("known_from = 99999999999"), "write a year");
}

TEST_F(ReadScenario, ReportsWhatIsGivenAndReadByNobody) {
  const Settings s = read("years = 5\n[part]\nnote = \"x\"\nfactor = 1.0\n", {"part.flag=true"});
  EXPECT_EQ(s[years], 5);
  EXPECT_EQ(s[note], "x");
  const std::string text =
      test::error_of(Fault::scenario, [&] { s.require_all_read(catalogue()); });
  EXPECT_HAS(text, "s.toml:4:10: error: part.factor: it is given, but nothing in this scenario");
  EXPECT_HAS(text, "part.flag: it is given");
  EXPECT_HAS(text, "now colour = \"red\"");
}

TEST_F(ReadScenario, SaysWhatIsReadInPlaceOfAParameter) {
  const Settings s = read("years = 5\n[part]\nkept = \"x\"\n[part.inner]\nfactor = 2\n");
  const std::string text =
      test::error_of(Fault::scenario, [&] { s.require_all_read(catalogue()); });
  EXPECT_HAS(text,
             "part.inner.factor: it is given, but nothing in this scenario reads it; leave "
             "it out, or part.kept, which is read in its place");
}

TEST_F(ReadScenario, NamesTheChoicesOfTheSameSectionAlone) {
  const Settings s = read("years = 5\n[part]\nfactor = 1.0\n");
  EXPECT_EQ(test::error_of(Fault::scenario, [&] { s.require_all_read(catalogue()); }).find("shade"),
            std::string::npos);
}

TEST_F(ReadScenario, LetsTheFilesThatItExtendsSayMoreThanItNeeds) {
  folder.write("base.toml", "years = 5\n[part]\nfactor = 0.5\n");
  EXPECT_NO_THROW(read("extends = \"base.toml\"\n").require_all_read(catalogue()));
}

TEST_F(ReadScenario, RefusesAnOverrideThatIsNone) {
  EXPECT_HAS(error("years = 5\n", {"years"}), "write --set key=value");
  EXPECT_HAS(error("years = 5\n", {"rubbish=1"}), "there is no parameter 'rubbish'");
}

TEST_F(ReadScenario, WritesTextThatReadsBackTheSame) {
  const Settings s = read(
      "years = 5\n[part]\nfactor = 0.1\nnames = [\"a\\\"b\"]\nnote = \"line\\nbreak Ö\"\n"
      "rate = { file = \"sub/t.csv\", scale = 2, where = { \"a b\" = \"c\" }, wide = \"age\", "
      "labels = { age = { x = \"\\u007f\" } }, known_from = "
      "\"year\" }\n",
      {"part.flag=true"});
  EXPECT_HAS(resolved_toml(s, catalogue()), "# factor = 0.1  # s.toml:3, not read");
  for (const std::string& name : catalogue().names()) s.mark(*catalogue().find(name));
  const std::string text = resolved_toml(s, catalogue());
  EXPECT_HAS(text, "factor = 0.1  # s.toml:3");
  EXPECT_HAS(text, "flag = true  # command line");
  EXPECT_HAS(text, "colour = \"red\"  # default");
  const Settings again = read_scenario(folder.write("again.toml", text), {}, catalogue());
  EXPECT_EQ(again[years], s[years]);
  EXPECT_EQ(again[note], s[note]);
  EXPECT_EQ(again[names], s[names]);
  EXPECT_EQ(again[flag], s[flag]);
  EXPECT_EQ(again[rate].table()->file, s[rate].table()->file);
  EXPECT_EQ(again[rate].table()->where, s[rate].table()->where);
  EXPECT_EQ(again[rate].table()->labels, s[rate].table()->labels);
  EXPECT_EQ(again[rate].table()->wide, "age");
  EXPECT_TRUE(again[rate].table()->known_from.has_value());
}

TEST(CatalogueTest, RefusesAParameterTwiceOrOutOfPlace) {
  Catalogue all = catalogue();
  EXPECT_THROW(all.add(factor), std::logic_error);
  all.add_section("other", "another part");
  EXPECT_THROW(all.add(years), std::logic_error);
  const Real stray{{.name = "nowhere.factor"}};
  EXPECT_THROW(all.add(stray), std::logic_error);
}

TEST(SettingsTest, RefusesAParameterThatNobodyDeclared) {
  test::Folder folder;
  const Settings s = read_scenario(folder.write("s.toml", "years = 1\n"), {}, catalogue());
  const Real undeclared{{.name = "part.undeclared"}};
  EXPECT_THROW(s[undeclared], std::logic_error);
}

}  // namespace
}  // namespace kohort
