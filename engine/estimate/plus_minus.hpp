// The plus-minus factor: two gross flows brought to a given net.
#pragma once

namespace kohort {

/// The factor f with f * in - out / f = net: inflow up and outflow down by the same ratio, so that
/// both stay positive. Throws `std::invalid_argument` unless both flows are above 0.
/// Source: Shryock & Siegel (1976); Smith, Tayman & Swanson (2013).
double plus_minus_factor(double in, double out, double net);

}  // namespace kohort
