// The users of services among the people of one sex and age, many draws at once and all services of
// them together: what `Services` reckons service by service, where draws differ in nothing but the
// people.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "models/care/service_rates.hpp"
#include "models/partition/sweep.hpp"

namespace kohort::care {

/// How many pairs of a service and a state there may be at most.
constexpr std::size_t most_uses = 128;

/// Whose users, of which services. Real is what people and users are carried in.
template <class Real>
struct ServiceSlab {
  partition::Slabs<const Real> people;  ///< of each state [area][draw]
  std::span<const ServiceDescription> services;
  // By service and state, one after the other, [area]; those of people a year younger lie just
  // before them.
  partition::Slabs<const double> use;    ///< share of the people
  partition::Slabs<const double> units;  ///< per head of the people and year
  std::size_t areas;
  bool youngest;
  // Of each service [area][draw].
  partition::Slabs<Real> users;     ///< written
  partition::Slabs<double> need;    ///< added to: persons
  partition::Slabs<double> served;  ///< added to: units a year
};

/// The sweep, for one kind of processor; numbered as those of the engine's kernels.
struct ServiceKernels {
  void (*in_double)(const partition::SweepShape& shape, const ServiceSlab<double>& slab);
  void (*in_single)(const partition::SweepShape& shape, const ServiceSlab<float>& slab);

  void operator()(const partition::SweepShape& shape, const ServiceSlab<double>& slab) const {
    in_double(shape, slab);
  }
  void operator()(const partition::SweepShape& shape, const ServiceSlab<float>& slab) const {
    in_single(shape, slab);
  }
};
std::span<const ServiceKernels> service_implementations();
/// The fastest that this processor can run.
const ServiceKernels& fastest_service_kernels();

}  // namespace kohort::care
