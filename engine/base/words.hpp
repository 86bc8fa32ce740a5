// Lists of words.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace kohort {

inline bool contains(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace kohort
