#include <fstream>
#include <iterator>
#include <thread>

#include <gtest/gtest.h>
#include <hdf5.h>

#include "engine/store/reader.hpp"
#include "engine/store/writer.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort::store {
namespace {

const std::vector<double> values{1.0, 2.0, 3.0, 4.0, 5.0, 6.0};

void write_example(Writer& writer) {
  writer.add_attribute({"title", std::string("Örebro")});
  writer.add_attribute({"kohort_format", std::int64_t{1}});
  writer.add_scale({"year", "year of the stock", "year", std::vector<std::int32_t>{2015, 2016}});
  writer.add_scale({"area", "code", "", std::vector<std::string>{"1880", "1883", "0180"}});
  writer.add_scale({"x", "exact age", "years", std::vector<double>{0.0, 1.0, 5.0}});
  writer.add_labels({"area_name", "name", "", std::vector<std::string>{"Örebro", "b", "c"}},
                    "area");
  writer.add_dataset({"deep/er/persons", {"year", "area"}, {{"units", std::string("1")}}}, values);
}

std::string bytes_of(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

class Store : public ::testing::Test {
 protected:
  void write(const std::string& name) {
    Writer writer(folder.name(name));
    write_example(writer);
    writer.finish();
  }
  test::Folder folder;
};

TEST_F(Store, ReadsBackWhatWasWritten) {
  write("a.h5");
  const Reader reader(folder.name("a.h5"));
  EXPECT_EQ(reader.text("title"), "Örebro");
  EXPECT_EQ(reader.number("kohort_format"), 1);
  EXPECT_EQ(reader.text("status"), "complete");
  EXPECT_EQ(reader.values("deep/er/persons"), values);
  EXPECT_EQ(reader.values_at("deep/er/persons", {1}), (std::vector<double>{4.0, 5.0, 6.0}));
  EXPECT_EQ(reader.lengths("deep/er/persons"), (std::vector<std::size_t>{2, 3}));
  EXPECT_EQ(std::get<std::vector<std::int32_t>>(reader.labels("year"))[1], 2016);
  EXPECT_EQ(std::get<std::vector<std::string>>(reader.labels("area_name"))[0], "Örebro");
  EXPECT_EQ(std::get<std::vector<double>>(reader.labels("x"))[2], 5.0);
}

TEST_F(Store, TakesADatasetPartByPart) {
  {
    Writer writer(folder.name("a.h5"));
    writer.add_scale({"year", "year", "year", std::vector<std::int32_t>{2015, 2016}});
    writer.add_scale({"x", "age", "years", std::vector<double>{0.0, 1.0, 5.0}});
    writer.add_by_parts<float>({"few", {"year", "x"}, {}}, [](std::size_t at) {
      const float first = at == 0 ? 1.0F : 4.0F;
      return std::vector<float>{first, first + 1.0F, first + 2.0F};
    });
    writer.add_by_parts<double>({"many", {"year", "x", "year"}, {}}, [](std::size_t at) {
      return std::vector<double>(6, static_cast<double>(at));
    });
    writer.add_plain({"plain", {"year", "x"}, {}}, values);
    writer.finish();
  }
  const Reader reader(folder.name("a.h5"));
  EXPECT_EQ(reader.values("few"), values);
  EXPECT_TRUE(reader.single("few"));
  EXPECT_FALSE(reader.single("many"));
  EXPECT_EQ(reader.values_at("many", {1}), std::vector<double>(6, 1.0));
  EXPECT_EQ(reader.values("plain"), values);
  EXPECT_EQ(reader.scales(), (std::vector<std::string>{"year", "x"}));
  reader.verify();
}

TEST_F(Store, WritesAndReadsOnSeveralThreadsAtOnce) {
  write("a.h5");
  const auto work = [&](const std::string& name) {
    for (int time = 0; time < 20; ++time) {
      write(name);
      Reader(folder.name(name)).verify();
    }
  };
  {
    const std::jthread one(work, "b.h5");
    const std::jthread other(work, "c.h5");
  }
  EXPECT_EQ(bytes_of(folder.name("b.h5")), bytes_of(folder.name("a.h5")));
  EXPECT_EQ(bytes_of(folder.name("c.h5")), bytes_of(folder.name("a.h5")));
}

TEST_F(Store, KnowsTheAxesOfADataset) {
  write("a.h5");
  const Reader reader(folder.name("a.h5"));
  const Dataset dataset = reader.describe("deep/er/persons");
  EXPECT_EQ(dataset.axes, (std::vector<std::string>{"year", "area"}));
  EXPECT_TRUE(reader.has("deep/er/persons"));
  EXPECT_FALSE(reader.has("deep/no/persons"));
  EXPECT_EQ(reader.datasets(), (std::vector<std::string>{"area_name", "deep/er/persons"}));
}

TEST_F(Store, GivesTheSameBytesTwice) {
  write("a.h5");
  write("b.h5");
  EXPECT_EQ(bytes_of(folder.name("a.h5")), bytes_of(folder.name("b.h5")));
}

TEST_F(Store, HashesTheContentWhateverTheOrderAndTheAttributes) {
  write("a.h5");
  {
    Writer writer(folder.name("b.h5"));
    writer.add_scale({"x", "other words", "years", std::vector<double>{0.0, 1.0, 5.0}});
    writer.add_scale({"area", "code", "", std::vector<std::string>{"1880", "1883", "0180"}});
    writer.add_labels({"area_name", "name", "", std::vector<std::string>{"Örebro", "b", "c"}},
                      "area");
    writer.add_scale({"year", "year", "year", std::vector<std::int32_t>{2015, 2016}});
    writer.add_dataset({"deep/er/persons", {"year", "area"}, {}}, values);
    writer.finish();
  }
  const Reader a(folder.name("a.h5"));
  const Reader b(folder.name("b.h5"));
  EXPECT_EQ(a.text("content_sha256"), b.text("content_sha256"));
}

TEST_F(Store, HashesDifferentContentDifferently) {
  write("a.h5");
  {
    Writer writer(folder.name("b.h5"));
    write_example(writer);
    writer.add_dataset({"more", {"year"}, {}}, std::vector<double>{0.0, 1.0});
    writer.finish();
  }
  EXPECT_NE(Reader(folder.name("a.h5")).text("content_sha256"),
            Reader(folder.name("b.h5")).text("content_sha256"));
}

TEST_F(Store, VerifiesWhatItWrote) {
  {
    Writer writer(folder.name("a.h5"));
    write_example(writer);
    writer.add_dataset({"single", {"year"}, {{"basis", std::string("observed")}}},
                       std::vector<float>{0.25F, 1.5F});
    writer.add_dataset({"alone", {}, {}}, std::vector<double>{7.0});
    writer.finish();
  }
  EXPECT_NO_THROW(Reader(folder.name("a.h5")).verify());
}

TEST_F(Store, SeesThatAFigureWasEdited) {
  write("a.h5");
  const hid_t file = H5Fopen(folder.name("a.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  const hid_t scale = H5Dopen2(file, "x", H5P_DEFAULT);
  const std::vector<double> edited{0.0, 1.0, 5.5};
  H5Dwrite(scale, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, edited.data());
  H5Dclose(scale);
  H5Fclose(file);
  const Reader reader(folder.name("a.h5"));
  EXPECT_HAS(test::error_of(Fault::storage, [&] { reader.verify(); }),
             "a.h5: error: it holds something else than the run wrote");
}

TEST_F(Store, SeesThatAnAttributeWasTakenAway) {
  write("a.h5");
  const hid_t file = H5Fopen(folder.name("a.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  EXPECT_GE(H5Adelete_by_name(file, "deep/er/persons", "units", H5P_DEFAULT), 0);
  H5Fclose(file);
  const Reader reader(folder.name("a.h5"));
  EXPECT_HAS(test::error_of(Fault::storage, [&] { reader.verify(); }), "hashes do not fit");
}

TEST_F(Store, LeavesNothingBehindWhenItIsNotFinished) {
  {
    Writer writer(folder.name("a.h5"));
    write_example(writer);
    EXPECT_EQ(folder.files(), 1U);
  }
  EXPECT_EQ(folder.files(), 0U);
}

TEST_F(Store, KeepsTheOldFileUntilTheNewOneIsWhole) {
  write("a.h5");
  const std::string before = bytes_of(folder.name("a.h5"));
  {
    Writer writer(folder.name("a.h5"));
    write_example(writer);
  }
  EXPECT_EQ(bytes_of(folder.name("a.h5")), before);
}

TEST_F(Store, SaysUnitAndNameOfScalesAndTextsToo) {
  write("a.h5");
  const Reader reader(folder.name("a.h5"));
  for (const char* name : {"year", "area", "x", "area_name"}) {
    const Attributes attributes = reader.describe(name).attributes;
    ASSERT_EQ(attributes.size(), 2U) << name;
    EXPECT_EQ(attributes[0].first, "units");
    EXPECT_EQ(attributes[1].first, "long_name");
  }
  EXPECT_EQ(std::get<std::string>(reader.describe("area").attributes[0].second), "1");
}

TEST_F(Store, DoesNotReplaceWhatCameToStandThereMeanwhile) {
  Writer writer(folder.name("a.h5"));
  write_example(writer);
  folder.write("a.h5", "a table by now");
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { writer.finish(); }), "no HDF5 result");
  EXPECT_EQ(bytes_of(folder.name("a.h5")), "a table by now");
}

TEST_F(Store, TwoWritersOfOneNameDoNotMeet) {
  Writer first(folder.name("a.h5"));
  Writer second(folder.name("a.h5"));
  EXPECT_EQ(folder.files(), 2U);
  write_example(first);
  write_example(second);
  first.finish();
  second.finish();
  EXPECT_EQ(Reader(folder.name("a.h5")).text("status"), "complete");
  EXPECT_EQ(folder.files(), 1U);
}

TEST_F(Store, MeasuringLeavesNoFile) {
  const std::vector<double> many(100000, 0.5);
  EXPECT_GT(seconds_to_write(many), 0.0);
  EXPECT_FALSE(std::filesystem::exists("measuring"));
}

TEST_F(Store, RefusesAFolderThatIsNotThere) {
  const std::string text =
      test::error_of(Fault::storage, [&] { Writer writer(folder.name("no/such/a.h5")); });
  EXPECT_HAS(text, "no/such/a.h5");
}

TEST_F(Store, RefusesToReadWhatIsNoResult) {
  folder.write("a.h5", "this is no HDF5 file");
  test::error_of(Fault::storage, [&] { Reader reader(folder.name("a.h5")); });
  EXPECT_HAS(test::error_of(Fault::storage, [&] { Reader reader(folder.name("no.h5")); }),
             "there is no such file");
}

}  // namespace
}  // namespace kohort::store
