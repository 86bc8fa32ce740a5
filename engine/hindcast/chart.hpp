// The errors of a hindcast as a picture.
#pragma once

#include <string>

#include "engine/hindcast/hindcast.hpp"

namespace kohort::hindcast {

/// One bar for each method: its mean absolute percentage error, by what is judged, launch and year.
/// A whole SVG 1.1 document that needs nothing else; own runs are dark, published forecasts
/// bright. The text "kohort hindcast" stands in its first comment.
std::string chart(const Hindcast& hindcast, const std::string& title);

/// How the document begins.
inline constexpr const char* chart_mark = "<!-- Written by kohort hindcast -->";

}  // namespace kohort::hindcast
