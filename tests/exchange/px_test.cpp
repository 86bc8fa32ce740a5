// The traps of PX files, each in a small file of its own.
#include <gtest/gtest.h>

#include "tests/exchange/gathered.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

const std::string head =
    "CHARSET=\"ANSI\";\nSTUB=\"region\";\nHEADING=\"sex\";\n"
    "VALUES(\"region\")=\"A\",\"B\";\nVALUES(\"sex\")=\"men\",\"women\";\n";

class Px : public ::testing::Test {
 protected:
  test::Gathered read(const std::string& text, const std::string& language = "",
                      const std::string& encoding = "") {
    return test::gathered(folder.write("t.px", text), language, encoding);
  }
  std::string error(const std::string& text, const std::string& language = "") {
    return test::error_of(Fault::input, [&] { read(text, language); });
  }
  static std::string texts(const test::Gathered& read) {
    std::string all;
    for (const auto& cell : read.cells) all += (all.empty() ? "" : " ") + cell.text();
    return all;
  }
  static const exchange::Dimension& dimension(const test::Gathered& read, std::size_t at) {
    return read.cube.dimensions.at(at);
  }

  test::Folder folder;
};

TEST_F(Px, TheStubIsOuterAndTheHeadingInner) {
  const auto read = Px::read(head + "DATA=\n1 2\n3 4;\n");
  ASSERT_EQ(read.cells.size(), 4U);
  EXPECT_EQ(read.cells[1].position, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(read.cells[2].position, (std::vector<std::size_t>{1, 0}));
  EXPECT_EQ(texts(read), "1 2 3 4");
}

TEST_F(Px, SymbolsStandInPlaceOfFiguresAndADashIsZero) {
  const auto read = Px::read(head + "DATA=\n\".\" \"......\"\n- \"-\";\n");
  EXPECT_EQ(texts(read), "\".\" \"......\" \"-\" \"-\"");
  EXPECT_EQ(read.cells[0].figure, "");
  EXPECT_EQ(read.cells[2].figure, "0");
  EXPECT_EQ(texts(Px::read(head + "DATA= .. -4 ... 2;")), "\"..\" -4 \"...\" 2");
}

TEST_F(Px, DataMayBeginOnTheLineOfItsKeywordAndRowsMayEndInSemicolons) {
  EXPECT_EQ(texts(read(head + "DATA=1 2;\r\n3 4;\r\n")), "1 2 3 4");
  EXPECT_EQ(texts(read(head + "DATA=1,2,\n3,4\n")), "1 2 3 4");
  EXPECT_EQ(texts(read(head + "DATA=\n1\n2\n3\n4")), "1 2 3 4");
}

TEST_F(Px, FiguresStandAsTheyAreWritten) {
  EXPECT_EQ(texts(read(head + "DATA=522028.00 -.5 1E3 007;")), "522028.00 -.5 1E3 007");
}

TEST_F(Px, TextsInQuotesGoOnInThoseBehindThem) {
  const auto read = Px::read(
      "STUB=\"a\";HEADING=\"b\";VALUES(\"a\")=\"Parts of So\"\n\"dertalje\",\n\"two\nlines\";"
      "VALUES(\"b\")=\"x\";DATA=1 2;");
  EXPECT_EQ(dimension(read, 0).texts,
            (std::vector<std::string>{"Parts of Sodertalje", "two lines"}));
}

TEST_F(Px, RowsWithKeysMayComeInAnyOrderAndLeaveOthersOut) {
  const std::string keys = head + "CODES(\"region\")=\"01\",\"02\";\n";
  const auto by_code = read(keys + "KEYS(\"region\")=CODES;\nDATA=\n\"02\",3 \"..\";\n");
  ASSERT_EQ(by_code.cells.size(), 2U);
  EXPECT_EQ(by_code.cells[0].position, (std::vector<std::size_t>{1, 0}));
  EXPECT_EQ(texts(by_code), "3 \"..\"");
  const auto by_text = read(keys + "KEYS(\"region\")=VALUES;\nDATA=\n\"B\",3 4\n\"A\",1 2;");
  EXPECT_EQ(by_text.cells[0].position[0], 1U);
  EXPECT_EQ(by_text.cells[2].position[0], 0U);
}

TEST_F(Px, KeysThatNobodyKnowsOrThatComeTwiceAreRefused) {
  const std::string keys = head + "KEYS(\"region\")=VALUES;\n";
  EXPECT_HAS(error(keys + "DATA=\n\"C\",1 2;\n"),
             "t.px:8:1: error: DATA: the key 'C' is none of the VALUES of 'region'");
  EXPECT_HAS(error(keys + "DATA=\n\"A\",1 2\n\"A\",3 4;\n"),
             "t.px:9:1: error: DATA has this row a second time (the first is on line 8)");
  EXPECT_HAS(error(keys + "DATA=\n\"A\",1;\n"), "t.px:9:1: error: DATA ends after 1 of 2 cells");
  EXPECT_HAS(error(head + "KEYS(\"sex\")=VALUES;\nDATA=1 2 3 4;"), "KEYS(\"sex\") stands alone");
}

TEST_F(Px, TheLanguageOfTextsCanBeChosen) {
  const std::string two =
      "CHARSET=\"ANSI\";\nLANGUAGE=\"en\";\nLANGUAGES=\"en\",\"sv\";\n"
      "TITLE=\"People\";\nTITLE[sv]=\"Folk\";\nUNITS=\"number\";\nUNITS[sv]=\"antal\";\n"
      "STUB=\"region\";\nSTUB[sv]=\"region\";\nHEADING=\"age\";\nHEADING[sv]=\"\xE5lder\";\n"
      "VALUES(\"region\")=\"Sweden\";\nVALUES[sv](\"region\")=\"Riket\";\n"
      "VALUES(\"age\")=\"0 years\",\"1 year\";\nVALUES[sv](\"\xE5lder\")=\"0 \xE5r\",\"1 \xE5r\";\n"
      "CODES(\"age\")=\"0\",\"1\";\nDATA=1 2;\n";
  const auto english = read(two);
  EXPECT_EQ(english.cube.facts.title, "People");
  EXPECT_EQ(dimension(english, 1).texts[0], "0 years");
  const auto swedish = read(two, "sv");
  EXPECT_EQ(swedish.cube.facts.title, "Folk");
  EXPECT_EQ(swedish.cube.facts.unit, "antal");
  EXPECT_EQ(dimension(swedish, 0).codes[0], "Riket");
  EXPECT_EQ(dimension(swedish, 1).name, "ålder");
  EXPECT_EQ(dimension(swedish, 1).texts[1], "1 år");
  EXPECT_EQ(dimension(swedish, 1).codes[1], "1") << "codes of the main language hold for all";
  EXPECT_HAS(error(two, "fi"),
             "t.px:3:1: error: there are no texts in the language 'fi'; it has en, sv");
}

TEST_F(Px, EachEncodingIsTheOneThatTheFileNames) {
  const auto name = [&](const std::string& keywords, const std::string& letter) {
    const auto read = Px::read(keywords + "STUB=\"" + letter + "\";HEADING=\"b\";VALUES(\"" +
                               letter + "\")=\"1\";VALUES(\"b\")=\"1\";DATA=1;");
    return dimension(read, 0).name;
  };
  EXPECT_EQ(name("CHARSET=\"ANSI\";", "\xD6\x80"), "Ö€");
  EXPECT_EQ(name("CHARSET=\"ANSI\";CODEPAGE=\"iso-8859-15\";", "\xD6\xBD"), "Öœ");
  EXPECT_EQ(name("CHARSET=\"OEM\";", "\x99"), "Ö");
  EXPECT_EQ(name("CODEPAGE=\"utf-8\";", "\xC3\x96"), "Ö");
  EXPECT_EQ(name("\xEF\xBB\xBF"
                 "CHARSET=\"ANSI\";",
                 "\xC3\x96"),
            "Ö");
}

TEST_F(Px, AnEncodingIsNeverGuessed) {
  const std::string latin =
      "STUB=\"\xD6\";HEADING=\"b\";VALUES(\"\xD6\")=\"1\";VALUES(\"b\")=\"1\";DATA=1;";
  EXPECT_HAS(error(latin),
             "t.px:1:1: error: there are letters beyond ASCII, and neither CODEPAGE nor CHARSET");
  EXPECT_EQ(dimension(read(latin, "", "windows-1252"), 0).name, "Ö");
  EXPECT_HAS(error("CODEPAGE=\"klingon\";" + head + "DATA=1 2 3 4;"),
             "t.px:1:1: error: the encoding 'klingon' is not known");
  EXPECT_HAS(error("CODEPAGE=\"utf-8\";" + latin), "the text holds bytes that utf-8 does not have");
}

TEST_F(Px, AFileThatIsUtf8ThoughItSaysOtherwiseGivesAWarning) {
  const auto read = Px::read(
      "CHARSET=\"ANSI\";\nSTUB=\"\xC3\xA5r\";HEADING=\"b\";VALUES(\"\xC3\xA5r\")=\"1\";"
      "VALUES(\"b\")=\"1\";DATA=1;");
  ASSERT_EQ(read.doubts.size(), 1U);
  EXPECT_HAS(read.doubts[0], "t.px:2:1: error: STUB: the text is UTF-8 as well as windows-1252");
}

TEST_F(Px, TimesAreKnownAndThoseThatContradictTheValuesAreDoubted) {
  const std::string years =
      "STUB=\"t\";HEADING=\"b\";VALUES(\"t\")=\"2003\",\"2004\";VALUES(\"b\")=\"1\";\n";
  EXPECT_TRUE(
      dimension(read(years + "TIMEVAL(\"t\")=TLIST(A1),\"2003\",\"2004\";DATA=1 2;"), 0).is_time);
  EXPECT_TRUE(
      dimension(read(years + "TIMEVAL(\"t\")=TLIST(A1,\"2003\"-\"2004\");DATA=1 2;"), 0).is_time);
  const auto doubtful = read(years + "TIMEVAL(\"t\")=TLIST(A1),\"2003\";DATA=1 2;");
  ASSERT_EQ(doubtful.doubts.size(), 1U);
  EXPECT_HAS(doubtful.doubts[0], "t.px:2:1: error: TIMEVAL(\"t\") lists 1 times, and VALUES 2");
}

TEST_F(Px, WhatIsKnownOfTheFiguresIsKept) {
  const auto read = Px::read(
      "CHARSET=\"ANSI\";MATRIX=\"M1\";DECIMALS=0;TITLE=\"T\";SOURCE=\"SCB\";"
      "LAST-UPDATED=\"20060209\";CONTVARIABLE=\"sex\";UNITS=\"x\";UNITS(\"men\")=\"number\";"
      "UNITS(\"women\")=\"per cent\";PRECISION(\"sex\",\"women\")=2;NOTEX=\"First#line\";"
      "VALUENOTE(\"sex\",\"men\")=\"of men\";CELLNOTE(\"*\",\"men\")=\"a cell\";"
      "DATASYMBOL2=\"unknown\";" +
      head.substr(head.find('\n')) + "DATA=1 2 3 4;");
  const exchange::Facts& facts = read.cube.facts;
  EXPECT_EQ(facts.title, "T");
  EXPECT_EQ(facts.source, "SCB");
  EXPECT_EQ(facts.version, "table M1, updated 20060209");
  EXPECT_EQ(facts.unit, "men: number; women: per cent");
  EXPECT_EQ(facts.symbols.at(".."), "unknown");
  EXPECT_EQ(facts.notes,
            (std::vector<std::string>{"Decimals: 0.", "Decimals of sex, women: 2.", "First\nline",
                                      "sex, men: of men", "*, men: a cell"}));
  EXPECT_TRUE(dimension(read, 1).is_contents);
}

TEST_F(Px, ABrokenKeywordIsNamedWithItsPlace) {
  EXPECT_HAS(error("STUB=\"a\";\nVALUES(\"a\")=\"0 S\"weden\",\"x\";\nDATA=1;"),
             "t.px:2:18: error: VALUES(\"a\"): found 'w' where ';' should be");
  EXPECT_HAS(error("VALUES(\"\xE5r\")=\"0 S\"weden\";DATA=1;"), "VALUES(\"?r\"): found 'w'");
  EXPECT_HAS(error("STUB=\"a;\nDATA=1;\n"),
             "t.px:1:6: error: STUB: the text that begins here never ends");
  EXPECT_HAS(error("stub=\"a\";"), "t.px:1:1: error: found 's' where a keyword should begin");
  EXPECT_HAS(error(""), "t.px:1:1: error: the file ends without the keyword DATA");
  EXPECT_HAS(error(head), "t.px:6:1: error: the file ends without the keyword DATA");
  EXPECT_HAS(error("PK\x03\x04"), "PK: found byte 0x03 where '=' should be");
}

TEST_F(Px, ATableThatContradictsItselfIsRefused) {
  EXPECT_HAS(error("CHARSET=\"ANSI\";\nDATA=1;"),
             "t.px:2:1: error: neither STUB nor HEADING names a variable");
  EXPECT_HAS(error("STUB=\"a\";\nDATA=1;"),
             "t.px:1:1: error: VALUES(\"a\") is missing, and STUB or HEADING names that variable");
  EXPECT_HAS(error(head + "CODES(\"sex\")=\"1\";\nDATA=1 2 3 4;"),
             "t.px:6:1: error: CODES(\"sex\") lists 1 codes, and VALUES(\"sex\") 2 values");
  EXPECT_HAS(error(head + "CODES(\"sex\")=\"1\",\"1\";\nDATA=1 2 3 4;"),
             "t.px:6:1: error: CODES(\"sex\") lists '1' twice");
  EXPECT_HAS(error(head + "STUB=\"other\";\nDATA=1 2 3 4;"),
             "t.px:6:1: error: STUB stands there a second time (the first is on line 2)");
}

TEST_F(Px, TooFewAndTooManyFiguresAndOtherWordsAreRefused) {
  EXPECT_HAS(error(head + "DATA=\n1 2\n3;\n"), "t.px:9:1: error: DATA ends after 3 of 4 cells");
  EXPECT_HAS(error(head + "DATA=\n1 2\n3 4 5;\n"),
             "t.px:8:5: error: found '5' behind the last of 4 cells");
  EXPECT_HAS(error(head + "DATA=\n1 2\n3 x;\n"),
             "t.px:8:3: error: DATA: found 'x', which is no figure");
  EXPECT_HAS(error(head + "DATA=\n1 \".......\" 3 4;\n"), "found '.......', which is no figure");
  EXPECT_HAS(error(head + "DATA=\n1 nan 3 4;\n"), "found 'nan', which is no figure");
  EXPECT_HAS(error(head + "DATA=\n1 2 3 4;\nNOTE=\"x\";"), "t.px:8:1: error: found 'NOTE='");
}

TEST_F(Px, AFileThatIsNotThereIsRefused) {
  EXPECT_HAS(test::error_of(Fault::input, [&] { test::gathered(folder.name("no.px")); }),
             "no.px: error: the file cannot be read (No such file");
}

TEST_F(Px, MoreFiguresThanABlockHoldsAreReadInTheirOrder) {
  std::string text = "STUB=\"a\";HEADING=\"b\";VALUES(\"b\")=\"1\";VALUES(\"a\")=";
  std::string data;
  for (int at = 0; at < 30000; ++at) {
    text += (at == 0 ? "\"" : ",\"") + std::to_string(at) + "\"";
    data += std::to_string(at) + (at % 7 == 0 ? "\n" : " ");
  }
  const auto read = Px::read(text + ";DATA=\n" + data + ";");
  ASSERT_EQ(read.cells.size(), 30000U);
  for (std::size_t at = 0; at < read.cells.size(); ++at) {
    ASSERT_EQ(read.cells[at].figure, std::to_string(at));
  }
}

}  // namespace
}  // namespace kohort
