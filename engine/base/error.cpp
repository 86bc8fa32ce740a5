#include "engine/base/error.hpp"

namespace kohort {

std::string to_string(const Location& location) {
  std::string text = location.file;
  if (location.line == 0) return text;
  text += ':';
  text += std::to_string(location.line);
  if (location.column == 0) return text;
  text += ':';
  text += std::to_string(location.column);
  return text;
}

std::string to_string(const Mistake& mistake) {
  std::string text = to_string(mistake.where);
  if (!text.empty()) text += ": ";
  text += "error: " + mistake.what;
  if (!mistake.remedy.empty()) text += "; " + mistake.remedy;
  return text;
}

Error::Error(Fault fault, std::vector<Mistake> mistakes)
    : fault_(fault), mistakes_(std::move(mistakes)) {
  for (const Mistake& mistake : mistakes_) {
    if (!text_.empty()) text_ += '\n';
    text_ += to_string(mistake);
  }
}

void Mistakes::add(std::vector<Mistake> mistakes) {
  for (Mistake& mistake : mistakes) found_.push_back(std::move(mistake));
}

void Mistakes::throw_if_any(Fault fault) const {
  if (!found_.empty()) throw Error(fault, found_);
}

}  // namespace kohort
