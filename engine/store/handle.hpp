// An HDF5 identifier that closes itself.
#pragma once

#include <mutex>
#include <utility>

#include <hdf5.h>

namespace kohort::store {

/// Owns an identifier; move only.
class Handle {
 public:
  using Close = herr_t (*)(hid_t);

  Handle() = default;
  Handle(hid_t id, Close how) : id_(id), close_(how) {}
  ~Handle() { reset(); }
  Handle(Handle&& other) noexcept
      : id_(std::exchange(other.id_, H5I_INVALID_HID)), close_(other.close_) {}
  Handle& operator=(Handle&& other) noexcept {
    if (this != &other) {
      reset();
      id_ = std::exchange(other.id_, H5I_INVALID_HID);
      close_ = other.close_;
    }
    return *this;
  }

  hid_t id() const { return id_; }
  /// Gives the identifier up: whoever takes it closes it.
  hid_t release() { return std::exchange(id_, H5I_INVALID_HID); }
  /// Closes it, whatever comes of that: for what was only read, or failed already.
  void reset() {
    if (id_ >= 0) close_(release());
  }
  /// Closes it and gives HDF5's status. What was written may reach the disk only now, so a writer
  /// must look at it. The identifier is gone even where closing failed: HDF5 does not survive a
  /// second attempt.
  herr_t close() { return id_ >= 0 ? close_(release()) : 0; }

 private:
  hid_t id_ = H5I_INVALID_HID;
  Close close_ = nullptr;
};

/// Wraps a new identifier. Throws `Error` (Fault::storage) with HDF5's own reason if it is invalid;
/// `doing` says what was tried, such as "creating population/persons in out.h5".
Handle own(hid_t id, Handle::Close close, const char* doing);

/// Throws the same where an HDF5 call failed.
void require(herr_t status, const char* doing);

/// Keeps HDF5 from printing its error stack while it lives; errors are thrown instead. Stands
/// before any other use of HDF5: the first one also keeps HDF5 from cleaning up when the process
/// ends, as that crashes where a file could not be closed on a full disk.
class Quiet {
 public:
  Quiet();
  ~Quiet();
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;

 private:
  H5E_auto2_t function_ = nullptr;
  void* data_ = nullptr;
};

/// A thread's turn with HDF5, quiet while it lasts: the library, and its dimension scales in
/// particular, are not made for several threads at once. Every function of this folder that calls
/// it takes one; within it none may wait for another thread.
class Turn {
 public:
  Turn();

 private:
  std::unique_lock<std::recursive_mutex> alone_;
  Quiet quiet_;
};

}  // namespace kohort::store
