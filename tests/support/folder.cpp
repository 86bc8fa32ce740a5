#include "tests/support/folder.hpp"

namespace kohort::test {

std::string project_folder() { return KOHORT_PROJECT_FOLDER; }

}  // namespace kohort::test
