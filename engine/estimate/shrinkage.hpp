// Small areas borrow strength: noisy local levels are drawn towards the common one.
#pragma once

#include <span>
#include <vector>

namespace kohort {

/// Local effects drawn towards their mean, and how different the areas really are.
struct Shrunk {
  std::vector<double> effects;
  double mean = 0.0;      ///< of the effects, weighted by precision
  double variance = 0.0;  ///< between areas, beyond chance; 0 where chance explains it all
};

/// Empirical-Bayes estimates mean + w (effect - mean) with w = tau^2 / (tau^2 + v). The variance
/// between areas tau^2 is that of DerSimonian & Laird (1986), Controlled Clinical Trials 7(3);
/// `sampling_variances` are those of the effects, above 0. Throws `std::invalid_argument` on
/// different lengths.
Shrunk shrink(std::span<const double> effects, std::span<const double> sampling_variances);

/// The same towards a mean that is known beforehand: tau^2 from the heterogeneity about it, which
/// has as many degrees of freedom as there are effects, so that one effect alone can tell.
Shrunk shrink_towards(double mean, std::span<const double> effects,
                      std::span<const double> sampling_variances);

}  // namespace kohort
