#include "engine/base/error.hpp"

#include <algorithm>

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

void Mistakes::add(Mistake mistake) {
  if (found_.size() < most) {
    found_.push_back(std::move(mistake));
  } else {
    ++more_;
  }
}

void Mistakes::add(std::vector<Mistake> mistakes) {
  for (Mistake& mistake : mistakes) add(std::move(mistake));
}

void Attempts::keep(const Error& error) {
  if (error.fault() != Fault::scenario && error.fault() != Fault::input) throw error;
  if (error.fault() == Fault::scenario) fault_ = Fault::scenario;
  for (const Mistake& mistake : error.mistakes()) {
    const bool known = std::any_of(found_.begin(), found_.end(), [&](const Mistake& other) {
      return to_string(other) == to_string(mistake);
    });
    if (!known) found_.push_back(mistake);
  }
}

void Attempts::throw_if_any() const {
  if (!found_.empty()) throw Error(fault_, found_);
}

void Mistakes::throw_if_any(Fault fault) const {
  if (found_.empty()) return;
  std::vector<Mistake> all = found_;
  if (more_ > 0) {
    all.push_back({{all.back().where.file, 0, 0},
                   "and " + std::to_string(more_) + " mistakes more",
                   "correct those above first"});
  }
  throw Error(fault, std::move(all));
}

}  // namespace kohort
