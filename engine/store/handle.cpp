#include "engine/store/handle.hpp"

#include <string>

#include "engine/base/error.hpp"

namespace kohort::store {
namespace {

/// The innermost entry of HDF5's error stack, which names the cause.
herr_t take_reason(unsigned depth, const H5E_error2_t* entry, void* reason) {
  if (depth == 0 && entry->desc != nullptr) *static_cast<std::string*>(reason) = entry->desc;
  return 0;
}

/// The system's words, where HDF5 wraps them in its own ("... error message = 'No space left on
/// device', buf = ...").
std::string shortened(const std::string& reason) {
  static const std::string mark = "error message = '";
  const std::size_t begin = reason.find(mark);
  if (begin == std::string::npos) return reason;
  const std::size_t end = reason.find('\'', begin + mark.size());
  return reason.substr(begin + mark.size(), end - begin - mark.size());
}

[[noreturn]] void fail(const char* doing) {
  std::string reason = "no reason given";
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, take_reason, &reason);
  const bool locking = reason.find("lock") != std::string::npos;
  throw Error(Fault::storage,
              Mistake{{},
                      std::string(doing) + " failed: " + shortened(reason),
                      locking ? "on file systems without locks set HDF5_USE_FILE_LOCKING=FALSE"
                              : "check the path, the free space and the rights"});
}

/// HDF5 is one for the whole process, and so is the turn with it.
std::recursive_mutex& only_one() {
  static std::recursive_mutex mutex;
  return mutex;
}

}  // namespace

Handle own(hid_t id, Handle::Close close, const char* doing) {
  if (id < 0) fail(doing);
  return {id, close};
}

void require(herr_t status, const char* doing) {
  if (status < 0) fail(doing);
}

Quiet::Quiet() {
  // Counts only before HDF5 starts, which the first of the calls below makes it do.
  static const herr_t without_cleaning_up = H5dont_atexit();
  static_cast<void>(without_cleaning_up);
  H5Eget_auto2(H5E_DEFAULT, &function_, &data_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Quiet::~Quiet() {
  H5Eset_auto2(H5E_DEFAULT, function_, data_);
  H5Eclear2(H5E_DEFAULT);  // of each thread; HDF5 forgets to free that of one that ends
}

Turn::Turn() : alone_(only_one()) {}

}  // namespace kohort::store
