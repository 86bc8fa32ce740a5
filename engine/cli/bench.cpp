#include <fmt/format.h>

#include "engine/cli/commands.hpp"
#include "engine/measure/machine.hpp"
#include "engine/threads/parallel.hpp"

namespace kohort::cli {
namespace {

void print_limits(const measure::MachineReport& report) {
  fmt::print("Limits of one core\n");
  for (const measure::Bandwidth& level : report.memory) {
    fmt::print("  {:<5} triad, {:>7} kB {:>10.1f} GB/s\n", level.level, level.bytes / 1000,
               level.bytes_per_second / 1e9);
  }
  fmt::print("  products and sums, double {:>6.1f} G/s\n",
             report.double_operations_per_second / 1e9);
  fmt::print("  products and sums, float  {:>6.1f} G/s\n",
             report.float_operations_per_second / 1e9);
}

void print_kernels(const measure::MachineReport& report) {
  fmt::print("\nKernels ({}), one core{:>32}  {:>12}  {:>10}\n", report.kernels, "cell-years/s",
             "of bandwidth", "of limit");
  for (const measure::KernelSpeed& speed : report.speeds) {
    fmt::print("  {:<20} {:<8} {:>19.0f} million  {:>5.0f} % of {:<4}{:>8.0f} %\n", speed.work,
               speed.precision, speed.cell_years_per_second / 1e6, 100 * speed.share_of_bandwidth,
               speed.level, 100 * speed.share_of_arithmetic);
  }
  fmt::print("\nCheck sums{:>28} {:>20} {:>20}\n", "persons", "births", "deaths");
  for (const measure::KernelSpeed& speed : report.speeds) {
    fmt::print("  {:<20}{:<6} {:>20.3f} {:>20.3f} {:>20.3f}\n", speed.work, speed.precision,
               speed.sum.persons, speed.sum.births, speed.sum.deaths);
  }
}

void print_scaling(const measure::MachineReport& report) {
  const measure::ThreadSpeed& one = report.scaling.front();
  fmt::print("\nThreads, W4 in double: seconds, and efficiency\n");
  for (const measure::ThreadSpeed& speed : report.scaling) {
    const double strong = one.same.wall / speed.same.wall / static_cast<double>(speed.threads);
    fmt::print(
        "  {:>4}  same work {:.3f} s, {:.2f} (processor {:.3f} s)   "
        "as many times the work {:.3f} s, {:.2f}\n",
        speed.threads, speed.same.wall, strong, speed.same.processor, speed.larger.wall,
        one.larger.wall / speed.larger.wall);
  }
}

}  // namespace

Exit bench(const BenchArguments& arguments) {
  const auto threads = static_cast<std::size_t>(arguments.threads);
  const ThreadLimit limit(threads);
  const measure::MachineReport report =
      measure::measure_machine(static_cast<std::size_t>(arguments.draws), threads);
  print_limits(report);
  print_kernels(report);
  print_scaling(report);
  return Exit::done;
}

}  // namespace kohort::cli
