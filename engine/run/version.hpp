// Which program this is.
#pragma once

#include <string_view>

namespace kohort {

/// Version of the program, as major.minor.patch.
std::string_view program_version();
/// The commit that it was built from, with "-dirty" where files differed; "unknown" outside git.
std::string_view git_commit();
/// Compiler and flags.
std::string_view compiler_flags();

}  // namespace kohort
