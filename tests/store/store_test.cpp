#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <numeric>
#include <random>
#include <thread>

#include <gtest/gtest.h>
#include <hdf5.h>

#include "engine/store/packed_chunk.hpp"
#include "engine/store/reader.hpp"
#include "engine/store/writer.hpp"
#include "engine/threads/parallel.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort::store {
namespace {

const std::vector<double> values{1.0, 2.0, 3.0, 4.0, 5.0, 6.0};

void write_example(Writer& writer) {
  writer.add_attribute({"title", std::string("Örebro")});
  writer.add_attribute({"kohort_format", current_format});
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
  EXPECT_EQ(reader.number("kohort_format"), current_format);
  EXPECT_EQ(reader.text("status"), "complete");
  EXPECT_EQ(reader.values("deep/er/persons"), values);
  EXPECT_EQ(reader.values_at("deep/er/persons", {1}), (std::vector<double>{4.0, 5.0, 6.0}));
  EXPECT_EQ(reader.lengths("deep/er/persons"), (std::vector<std::size_t>{2, 3}));
  EXPECT_EQ(std::get<std::vector<std::int32_t>>(reader.labels("year"))[1], 2016);
  EXPECT_EQ(std::get<std::vector<std::string>>(reader.labels("area_name"))[0], "Örebro");
  EXPECT_EQ(std::get<std::vector<double>>(reader.labels("x"))[2], 5.0);
}

TEST_F(Store, WritesATableInOnePieceOrPacked) {
  {
    Writer writer(folder.name("a.h5"));
    write_example(writer);
    writer.add_plain({"plain", {"year", "x"}, {}}, values);
    writer.finish();
  }
  const Reader reader(folder.name("a.h5"));
  EXPECT_EQ(reader.values("plain"), values);
  EXPECT_EQ(reader.packed("deep/er/persons").size(), 2U);
  EXPECT_HAS(test::error_of(Fault::storage, [&] { reader.packed("plain"); }),
             "plain is not stored as a run stores it");
  reader.verify();
}

/// Values that hardly compress, that compress well and that are all alike.
template <class Value>
std::vector<Value> mixed(std::size_t count) {
  std::mt19937_64 random(7);
  std::vector<Value> mixed;
  for (std::size_t at = 0; at < count; ++at) {
    const std::size_t third = 3 * at / count;
    const double fraction = std::uniform_real_distribution<double>(0.0, 1.0)(random);
    const auto repeated = static_cast<double>(at % 50);
    mixed.push_back(static_cast<Value>(third == 0 ? fraction : third == 1 ? repeated : 0.0));
  }
  return mixed;
}

/// A file with tables of both precisions, of large chunks and of chunks of one value.
void write_mixed(const std::string& file) {
  Writer writer(file);
  const auto numbered = [](std::size_t length) {
    std::vector<std::int32_t> labels(length);
    std::iota(labels.begin(), labels.end(), 0);
    return labels;
  };
  writer.add_scale({"few", "few", "1", numbered(9)});
  writer.add_scale({"many", "many", "1", numbered(30000)});
  writer.add_scale({"one", "one", "1", numbered(1)});
  writer.add_dataset({"double", {"few", "many"}, {}}, mixed<double>(270000));
  writer.add_dataset({"float", {"few", "many"}, {}}, mixed<float>(270000));
  writer.add_dataset({"single", {"many", "one"}, {}}, mixed<double>(30000));
  writer.finish();
}

TEST_F(Store, GivesTheSameBytesOnAnyNumberOfThreads) {
  for (const std::size_t threads : {1U, 4U}) {
    Arena(threads).execute(
        [&] { write_mixed(folder.name("of-" + std::to_string(threads) + ".h5")); });
  }
  EXPECT_EQ(bytes_of(folder.name("of-1.h5")), bytes_of(folder.name("of-4.h5")));
  Reader(folder.name("of-4.h5")).verify();
}

/// The chunks that HDF5's own filters make of a table with these rows.
template <class Value>
std::vector<PackedChunk> packed_by_hdf5(const std::string& file, const std::vector<Value>& table,
                                        hsize_t rows) {
  const bool single = std::is_same_v<Value, float>;
  const std::array<hsize_t, 2> extents{rows, table.size() / rows};
  const std::array<hsize_t, 2> chunk{1, extents[1]};
  const hid_t id = H5Fcreate(file.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  const hid_t space = H5Screate_simple(2, extents.data(), nullptr);
  const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
  H5Pset_chunk(properties, 2, chunk.data());
  H5Pset_shuffle(properties);
  H5Pset_deflate(properties, deflate_level);
  const hid_t dataset = H5Dcreate2(id, "table", single ? H5T_IEEE_F32LE : H5T_IEEE_F64LE, space,
                                   H5P_DEFAULT, properties, H5P_DEFAULT);
  H5Dwrite(dataset, single ? H5T_NATIVE_FLOAT : H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT,
           table.data());
  H5Fflush(id, H5F_SCOPE_GLOBAL);
  std::vector<PackedChunk> chunks(rows);
  std::array<hsize_t, 2> begin{0, 0};
  for (PackedChunk& one : chunks) {
    hsize_t size = 0;
    H5Dget_chunk_storage_size(dataset, begin.data(), &size);
    one.bytes.resize(size);
    H5Dread_chunk(dataset, H5P_DEFAULT, begin.data(), &one.left_out, one.bytes.data());
    ++begin[0];
  }
  H5Dclose(dataset);
  H5Pclose(properties);
  H5Sclose(space);
  H5Fclose(id);
  return chunks;
}

/// A table as HDF5's own filters unpack it.
template <class Value>
std::vector<Value> read_by_hdf5(const std::string& file, const std::string& path,
                                std::size_t size) {
  std::vector<Value> table(size);
  const hid_t id = H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  const hid_t dataset = H5Dopen2(id, path.c_str(), H5P_DEFAULT);
  const bool single = std::is_same_v<Value, float>;
  H5Dread(dataset, single ? H5T_NATIVE_FLOAT : H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT,
          table.data());
  H5Dclose(dataset);
  H5Fclose(id);
  return table;
}

// Each unpacks what the other has packed, and both leave as it is what would take more room.
TEST_F(Store, PacksChunksForHdf5AndUnpacksItsOwn) {
  write_mixed(folder.name("a.h5"));
  const Reader reader(folder.name("a.h5"));
  const auto expect_same = [&]<class Value>(const std::string& path,
                                            const std::vector<Value>& table, hsize_t rows) {
    EXPECT_EQ(read_by_hdf5<Value>(folder.name("a.h5"), path, table.size()), table) << path;
    const std::vector<PackedChunk> by_hdf5 = packed_by_hdf5(folder.name("own.h5"), table, rows);
    const std::vector<PackedChunk> ours = reader.packed(path);
    ASSERT_EQ(ours.size(), by_hdf5.size());
    std::vector<Value> unpacked(table.size() / rows);
    for (std::size_t at = 0; at < ours.size(); ++at) {
      EXPECT_EQ(ours[at].left_out, by_hdf5[at].left_out) << path << " " << at;
      ASSERT_TRUE(unpack(by_hdf5[at], sizeof(Value), std::as_writable_bytes(std::span(unpacked))));
      ASSERT_TRUE(std::equal(unpacked.begin(), unpacked.end(),
                             table.begin() + static_cast<std::ptrdiff_t>(at * unpacked.size())));
    }
  };
  expect_same("double", mixed<double>(270000), 9);
  expect_same("float", mixed<float>(270000), 9);
  expect_same("single", mixed<double>(30000), 30000);
}

/// A table of 2 x 2 x 3 whose chunks are entries of the first two axes.
class ChunkedStore : public Store {
 protected:
  const Dataset dataset{"figures", {"quantile", "year", "x"}, {}, 2};
  const std::vector<double> figures{1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0};

  static void add_scales(Writer& writer) {
    write_example(writer);
    writer.add_scale({"quantile", "share", "1", std::vector<double>{0.1, 0.9}});
  }

  /// Its chunks in some order, all of which were begun.
  std::vector<Writer::Chunk> chunks(std::size_t number,
                                    const std::vector<std::size_t>& order) const {
    std::vector<Writer::Chunk> chunks;
    for (const std::size_t chunk : order) {
      chunks.push_back({number, chunk, std::as_bytes(std::span(figures).subspan(3 * chunk, 3))});
    }
    return chunks;
  }
};

TEST_F(ChunkedStore, TakesChunksInAnyOrder) {
  {
    Writer writer(folder.name("a.h5"));
    add_scales(writer);
    writer.add_dataset(dataset, figures);
    writer.finish();
  }
  {
    Writer writer(folder.name("b.h5"));
    add_scales(writer);
    const std::size_t number = writer.begin_dataset(dataset, false);
    writer.add_chunks(chunks(number, {2, 0}));
    writer.add_plain({"between", {"x"}, {}}, std::vector<double>{1.0, 2.0, 3.0});
    writer.add_chunks(chunks(number, {3, 1}));
    writer.finish();
  }
  const Reader a(folder.name("a.h5"));
  const Reader b(folder.name("b.h5"));
  EXPECT_EQ(a.values("figures"), figures);
  EXPECT_EQ(b.values("figures"), figures);
  EXPECT_EQ(b.describe("figures").cut, 2U);
  EXPECT_EQ(b.packed("figures").size(), 4U);
  a.verify();
  b.verify();
}

TEST_F(ChunkedStore, HashesTheContentInWhateverOrderItCame) {
  const auto hash = [&](const std::vector<std::size_t>& order) {
    Writer writer(folder.name("a.h5"));
    add_scales(writer);
    writer.add_chunks(chunks(writer.begin_dataset(dataset, false), order));
    writer.finish();
    return Reader(folder.name("a.h5")).text("content_sha256");
  };
  EXPECT_EQ(hash({0, 1, 2, 3}), hash({3, 1, 0, 2}));
}

TEST_F(ChunkedStore, IsNotFinishedWithoutAllChunks) {
  Writer writer(folder.name("a.h5"));
  add_scales(writer);
  writer.add_chunks(chunks(writer.begin_dataset(dataset, false), {0, 1, 3}));
  EXPECT_HAS(test::error_of(Fault::model, [&] { writer.finish(); }),
             "figures lacks some of its chunks");
  EXPECT_FALSE(std::filesystem::exists(folder.name("a.h5")));
}

/// Gives an attribute of the root of a file that of another.
void copy_attribute(const std::string& from, const std::string& to, const char* name) {
  const std::string text = Reader(from).text(name).value();
  const hid_t file = H5Fopen(to.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  const hid_t attribute = H5Aopen(file, name, H5P_DEFAULT);
  const hid_t type = H5Aget_type(attribute);
  const char* value = text.c_str();
  H5Awrite(attribute, type, &value);
  H5Tclose(type);
  H5Aclose(attribute);
  H5Fclose(file);
}

/// Takes from a file what says that the hash of its content is of chunks.
void make_old(const std::string& name) {
  const hid_t file = H5Fopen(name.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  H5Adelete(file, content_hash_of);
  H5Fclose(file);
}

// Once the hash was that of the values, however they were stored.
TEST_F(ChunkedStore, VerifiesOlderFiles) {
  const auto write = [&](const std::string& name, bool whole) {
    Writer writer(folder.name(name));
    writer.add_attribute({"kohort_format", current_format});
    writer.add_scale({"year", "year", "year", std::vector<std::int32_t>{2015, 2016}});
    writer.add_scale({"x", "age", "years", std::vector<double>{0.0, 1.0, 5.0}});
    const Dataset table{"table", {"year", "x"}, {}};
    if (whole) {
      writer.add_plain(table, values);
    } else {
      writer.add_dataset(table, values);
    }
    writer.finish();
  };
  for (const bool old : {true, false}) {
    write("whole.h5", true);
    write("chunks.h5", false);
    if (old) make_old(folder.name("chunks.h5"));
    for (const char* name : {"content_sha256", "attributes_sha256"}) {
      copy_attribute(folder.name("whole.h5"), folder.name("chunks.h5"), name);
    }
    const Reader reader(folder.name("chunks.h5"));
    if (old) {
      EXPECT_NO_THROW(reader.verify());
    } else {
      EXPECT_HAS(test::error_of(Fault::storage, [&] { reader.verify(); }), "hashes do not fit");
    }
  }
}

/// Two results of the same axes, to be brought together with a third that has no figures.
class StackedStore : public Store {
 protected:
  StackedStore() {
    write_part("0.h5", 1.0);
    write_part("2.h5", 100.0);
  }

  void write_part(const std::string& name, double factor) const {
    Writer writer(folder.name(name));
    add_scales(writer);
    std::vector<double> table = values;
    for (double& value : table) value *= factor;
    writer.add_dataset({"table", {"year", "x"}, {}}, table);
    writer.add_dataset({"single", {"year", "x"}, {}},
                       std::vector<float>(table.begin(), table.end()));
    writer.add_dataset({"line", {"x"}, {}}, std::span(table).first(3));
    writer.add_dataset({"deep", {"year", "x", "x2"}, {}, 2}, table);
    writer.finish();
  }

  void stack(const std::string& name) const {
    Writer writer(folder.name(name));
    writer.add_scale({"part", "part", "1", std::vector<std::int32_t>{0, 1, 2}});
    add_scales(writer);
    const Reader first(folder.name("0.h5"));
    const Reader third(folder.name("2.h5"));
    const auto part_at = [&](std::size_t at) {
      return at == 0 ? &first : at == 2 ? &third : nullptr;
    };
    writer.add_stacked({"table", {"part", "year", "x"}, {}}, false, part_at);
    writer.add_stacked({"single", {"part", "year", "x"}, {}}, true, part_at);
    writer.add_stacked({"line", {"part", "x"}, {}}, false, part_at);
    writer.add_stacked({"deep", {"part", "year", "x", "x2"}, {}, 2}, false, part_at);
    writer.finish();
  }

 private:
  static void add_scales(Writer& writer) {
    writer.add_scale({"year", "year", "year", std::vector<std::int32_t>{2015, 2016}});
    writer.add_scale({"x", "age", "years", std::vector<double>{0.0, 1.0, 5.0}});
    writer.add_scale({"x2", "one", "1", std::vector<double>{0.0}});
  }
};

TEST_F(StackedStore, TakesOverTheFiguresOfOtherFiles) {
  stack("all.h5");
  const Reader reader(folder.name("all.h5"));
  for (const char* path : {"table", "single"}) {
    EXPECT_EQ(reader.values_at(path, {0}), values) << path;
    EXPECT_EQ(reader.values_at(path, {2, 1}), (std::vector<double>{400.0, 500.0, 600.0})) << path;
    for (const double none : reader.values_at(path, {1})) EXPECT_TRUE(std::isnan(none)) << path;
  }
  EXPECT_TRUE(reader.single("single"));
  EXPECT_FALSE(reader.single("table"));
  EXPECT_EQ(reader.values_at("line", {2}), (std::vector<double>{100.0, 200.0, 300.0}));
  EXPECT_TRUE(std::isnan(reader.values_at("line", {1}).back()));
  EXPECT_EQ(reader.values_at("deep", {2, 1, 2}), (std::vector<double>{600.0}));
  EXPECT_TRUE(std::isnan(reader.values_at("deep", {1}).back()));
  EXPECT_EQ(reader.describe("deep").cut, 3U);
  reader.verify();
}

TEST_F(StackedStore, SeesThatAPartIsDamaged) {
  const hid_t file = H5Fopen(folder.name("2.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  const hid_t table = H5Dopen2(file, "table", H5P_DEFAULT);
  const std::array<hsize_t, 2> begin{1, 0};
  const std::string nonsense = "this was never deflated";
  H5Dwrite_chunk(table, H5P_DEFAULT, 0, begin.data(), nonsense.size(), nonsense.data());
  H5Dclose(table);
  H5Fclose(file);
  EXPECT_HAS(test::error_of(Fault::storage, [&] { stack("all.h5"); }),
             "a chunk of table is damaged where it is read");
  EXPECT_FALSE(std::filesystem::exists(folder.name("all.h5")));
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
