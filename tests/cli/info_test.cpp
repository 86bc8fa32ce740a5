// `kohort info` on files that are no results: a clear line, exit code 4, nothing from HDF5 itself.
#include <functional>

#include <gtest/gtest.h>
#include <hdf5.h>
#include <hdf5_hl.h>

#include "engine/store/writer.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/program.hpp"

namespace kohort {
namespace {

class Info : public ::testing::Test {
 protected:
  /// What it says about a file that it must refuse.
  std::string refused(const std::string& name) {
    const test::Ran ran = test::kohort({"info", name}, folder.path().string());
    EXPECT_EQ(ran.exit_code, 4) << ran.err;
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(ran.err.find("HDF5-DIAG"), std::string::npos) << ran.err;
    EXPECT_TRUE(ran.err.starts_with(name + ": error: ") || ran.err.starts_with("error: "));
    EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
    return ran.err;
  }

  /// A file of another program, made with HDF5 itself.
  void other_program(const std::string& name, const std::function<void(hid_t)>& fill) {
    const hid_t file =
        H5Fcreate(folder.name(name).c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    fill(file);
    H5Fclose(file);
  }

  /// A complete file that Kohort's own writer wrote.
  void kohort_file(const std::string& name, const std::function<void(store::Writer&)>& fill) {
    store::Writer writer(folder.name(name));
    fill(writer);
    writer.finish();
  }

  test::Folder folder;
};

TEST_F(Info, RefusesNoFile) { EXPECT_HAS(refused("no.h5"), "there is no such file"); }

TEST_F(Info, RefusesAFolder) { EXPECT_HAS(refused("."), "this is no regular file"); }

TEST_F(Info, RefusesAText) {
  folder.write("a.h5", "year,value\n");
  EXPECT_HAS(refused("a.h5"), "a.h5: error: this is no HDF5 file");
}

TEST_F(Info, RefusesHalfAFile) {
  folder.write("a.h5", "\x89HDF\r\n\x1a\n and then nothing");
  refused("a.h5");
}

TEST_F(Info, RefusesAFileOfAnotherProgram) {
  other_program("a.h5", [](hid_t file) {
    const hsize_t length = 3;
    H5LTmake_dataset_int(file, "x", 1, &length, std::vector<int>{1, 2, 3}.data());
  });
  EXPECT_HAS(refused("a.h5"), "this is no complete Kohort result");
}

TEST_F(Info, RefusesAFileWhoseStatusIsSeveralTexts) {
  other_program("a.h5", [](hid_t file) {
    const hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, H5T_VARIABLE);
    const hsize_t length = 2;
    const hid_t space = H5Screate_simple(1, &length, nullptr);
    const hid_t attribute = H5Acreate2(file, "status", type, space, H5P_DEFAULT, H5P_DEFAULT);
    std::vector<const char*> texts{"complete", "complete"};
    H5Awrite(attribute, type, texts.data());
    H5Aclose(attribute);
    H5Sclose(space);
    H5Tclose(type);
  });
  EXPECT_HAS(refused("a.h5"), "this is no complete Kohort result");
}

TEST_F(Info, RefusesAFileThatDoesNotSayItsFormat) {
  kohort_file("a.h5", [](store::Writer&) {});
  EXPECT_HAS(refused("a.h5"), "a.h5: error: this is no Kohort result: it does not say its format");
}

TEST_F(Info, RefusesALaterFormat) {
  kohort_file("a.h5", [](store::Writer& writer) {
    writer.add_attribute({"kohort_format", std::int64_t{2}});
  });
  EXPECT_HAS(refused("a.h5"), "the result is of format 2, and this program knows format 1");
}

TEST_F(Info, RefusesAResultWithoutPopulation) {
  kohort_file("a.h5", [](store::Writer& writer) {
    writer.add_attribute({"kohort_format", store::current_format});
    writer.add_scale({"year", "year", "year", std::vector<std::int32_t>{2000}});
    writer.add_scale({"area", "area", "", std::vector<std::string>{"1880"}});
    writer.add_labels({"area_name", "name", "", std::vector<std::string>{"x"}}, "area");
  });
  EXPECT_HAS(refused("a.h5"), "it has no population/persons");
}

TEST_F(Info, RefusesAPopulationOfAnotherShape) {
  kohort_file("a.h5", [](store::Writer& writer) {
    writer.add_attribute({"kohort_format", store::current_format});
    writer.add_scale({"year", "year", "year", std::vector<std::int32_t>{2000}});
    writer.add_scale({"area", "area", "", std::vector<std::string>{"1880", "1881"}});
    writer.add_labels({"area_name", "name", "", std::vector<std::string>{"x", "y"}}, "area");
    writer.add_dataset({"population/persons", {"area", "year"}, {}}, std::vector<double>{1, 2});
  });
  EXPECT_HAS(refused("a.h5"), "population/persons does not run along year and area");
}

TEST_F(Info, RefusesAScaleOfAnotherType) {
  kohort_file("a.h5", [](store::Writer& writer) {
    writer.add_attribute({"kohort_format", store::current_format});
    writer.add_scale({"year", "year", "", std::vector<std::string>{"2000"}});
  });
  EXPECT_HAS(refused("a.h5"), "the scale 'year' is of another type");
}

}  // namespace
}  // namespace kohort
