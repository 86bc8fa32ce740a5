#include "engine/cli/terminal.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "engine/run/scenario_run.hpp"

namespace kohort::cli {

void tell(const std::string& text) { std::fputs((text + '\n').c_str(), stderr); }

std::vector<std::string> overrides_of(std::vector<std::string> overrides,
                                      std::optional<long long> draws,
                                      std::optional<long long> seed) {
  if (draws) overrides.push_back(fmt::format("draws={}", *draws));
  if (seed) overrides.push_back(fmt::format("seed={}", *seed));
  return overrides;
}

std::string count_text(double count) {
  const std::string digits = fmt::format("{:.0f}", std::abs(count));
  std::string text = count <= -0.5 ? "-" : "";
  for (std::size_t at = 0; at < digits.size(); ++at) {
    if (at > 0 && (digits.size() - at) % 3 == 0) text += ' ';
    text += digits[at];
  }
  return text;
}

std::string figure_text(double figure) {
  if (std::isnan(figure)) return "-";
  return std::abs(figure) >= 100.0 || figure == std::round(figure) ? count_text(figure)
                                                                   : fmt::format("{:.3g}", figure);
}

Exit exit_of(Fault fault) {
  switch (fault) {
    case Fault::scenario:
      return Exit::wrong_scenario;
    case Fault::input:
      return Exit::wrong_input;
    case Fault::storage:
      return Exit::storage_failed;
    case Fault::model:
      return Exit::check_failed;
  }
  return Exit::storage_failed;
}

Exit exit_of(const std::exception& error) {
  if (dynamic_cast<const Interrupted*>(&error) != nullptr) return Exit::interrupted;
  const auto* known = dynamic_cast<const Error*>(&error);
  return known == nullptr ? Exit::storage_failed : exit_of(known->fault());
}

std::string text_of(const std::exception& error) {
  if (dynamic_cast<const Interrupted*>(&error) != nullptr) {
    return "interrupted; no result was written";
  }
  if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr) {
    return "error: out of memory; `kohort run --dry-run` tells what a run needs";
  }
  const bool known = dynamic_cast<const Error*>(&error) != nullptr;
  return std::string(known ? "" : "error: ") + error.what();
}

Exit report(const std::exception& error) {
  tell(text_of(error));
  return exit_of(error);
}

void warn(const Mistake& doubt) {
  tell(fmt::format("{}: warning: {}; {}", to_string(doubt.where), doubt.what, doubt.remedy));
}

ProgressDisplay::ProgressDisplay(std::string what, const std::string& mode, std::string unit)
    : what_(std::move(what)), unit_(std::move(unit)) {
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal == nullptr || std::strcmp(terminal, "dumb") == 0;
  if (mode == "never") {
    style_ = Style::none;
  } else if (mode == "json") {
    style_ = Style::json;
  } else {
    style_ = ::isatty(STDERR_FILENO) == 1 && !dumb ? Style::line : Style::plain;
  }
}

ProgressDisplay::~ProgressDisplay() {
  if (line_open_) std::fputs("\n", stderr);
}

void ProgressDisplay::update(std::size_t done, std::size_t total) {
  using namespace std::chrono_literals;
  if (style_ == Style::none) return;
  const auto now = Clock::now();
  const auto pause = style_ == Style::plain ? Clock::duration(10s) : Clock::duration(200ms);
  if (now - shown_ < pause && done != total) return;
  if (style_ == Style::plain && done == total) return;  // the closing line says it
  shown_ = now;
  print(done, total, std::chrono::duration<double>(now - started_).count());
}

void ProgressDisplay::print(std::size_t done, std::size_t total, double seconds) {
  const double share = static_cast<double>(done) / static_cast<double>(total);
  const double remaining = share > 0.0 ? seconds * (1.0 - share) / share : 0.0;
  const double rate = seconds > 0.0 ? static_cast<double>(done) / seconds : 0.0;
  if (style_ == Style::json) {
    nlohmann::ordered_json json{{"what", what_},         {"done", done}, {"total", total},
                                {"unit", unit_},         {"rate", rate}, {"seconds", seconds},
                                {"remaining", remaining}};
    tell(json.dump());
    return;
  }
  const std::string text = fmt::format(
      "{}: {} of {} {} ({:.0f} %), {} a second, {:.0f} s left", what_,
      count_text(static_cast<double>(done)), count_text(static_cast<double>(total)), unit_,
      100.0 * share, rate < 100.0 ? fmt::format("{:.1f}", rate) : count_text(rate), remaining);
  if (style_ == Style::plain) {
    tell(text);
  } else {
    std::fputs(("\r\033[K" + text).c_str(), stderr);
    std::fflush(stderr);
    line_open_ = true;
  }
}

}  // namespace kohort::cli
