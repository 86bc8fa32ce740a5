// Reference cases that lie compressed beside the project.
#pragma once

#include <string>

#include <gtest/gtest.h>
#include <zlib.h>

namespace kohort::test {

/// The text of a gzip file. The test fails where it cannot be read.
inline std::string gunzipped(const std::string& file) {
  std::string text;
  gzFile stream = gzopen(file.c_str(), "rb");
  if (stream == nullptr) {
    ADD_FAILURE() << "cannot open " << file;
    return text;
  }
  char block[1 << 14];
  int bytes = 0;
  while ((bytes = gzread(stream, block, sizeof block)) > 0) {
    text.append(block, static_cast<std::size_t>(bytes));
  }
  EXPECT_EQ(bytes, 0) << file << " is broken";
  gzclose(stream);
  return text;
}

}  // namespace kohort::test
