// An HDF5 identifier that closes itself.
#pragma once

#include <utility>

#include <hdf5.h>

namespace kohort::store {

/// Owns an identifier; move only.
class Handle {
 public:
  using Close = herr_t (*)(hid_t);

  Handle() = default;
  Handle(hid_t id, Close close) : id_(id), close_(close) {}
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
  void reset() {
    if (id_ >= 0) close_(id_);
    id_ = H5I_INVALID_HID;
  }

 private:
  hid_t id_ = H5I_INVALID_HID;
  Close close_ = nullptr;
};

/// Wraps a new identifier. Throws `Error` (Fault::storage) with HDF5's own reason if it is invalid;
/// `doing` says what was tried, such as "creating population/persons in out.h5".
Handle own(hid_t id, Handle::Close close, const char* doing);

/// Throws the same where an HDF5 call failed.
void require(herr_t status, const char* doing);

/// Keeps HDF5 from printing its error stack while it lives; errors are thrown instead.
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

}  // namespace kohort::store
