#include "engine/measure/machine.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>

#include <unistd.h>

namespace kohort::measure {

namespace fast = kernels::fast;

namespace {

/// Does `action` several times and gives the median of each time: once more than is counted, since
/// the first finds cold caches.
template <class Action>
Seconds timed(const Action& action) {
  constexpr std::size_t repetitions = 3;
  std::vector<double> wall;
  std::vector<double> processor;
  for (std::size_t repetition = 0; repetition <= repetitions; ++repetition) {
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t ticks = std::clock();
    action();
    if (repetition == 0) continue;
    processor.push_back(static_cast<double>(std::clock() - ticks) / CLOCKS_PER_SEC);
    wall.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  std::ranges::sort(wall);
  std::ranges::sort(processor);
  return {wall[repetitions / 2], processor[repetitions / 2]};
}

struct Level {
  std::string name;
  std::size_t bytes;
};

std::size_t cache_size(int which, std::size_t otherwise) {
  const long bytes = sysconf(which);
  return bytes > 0 ? static_cast<std::size_t>(bytes) : otherwise;
}

/// Sizes that fit into each level and into none above it.
std::vector<Level> levels() {
  const std::size_t first = cache_size(_SC_LEVEL1_DCACHE_SIZE, std::size_t{32} << 10U);
  const std::size_t second = cache_of_a_core();
  const std::size_t third = cache_size(_SC_LEVEL3_CACHE_SIZE, 0);
  std::vector<Level> levels{{"L1", first / 2}, {"L2", second / 2}};
  if (third > 2 * second) levels.push_back({"L3", std::min(third / 2, 8 * second)});
  levels.push_back({"DRAM", std::clamp(2 * third, std::size_t{192} << 20U, std::size_t{1} << 30U)});
  return levels;
}

Bandwidth bandwidth_of(const Level& level) {
  const std::size_t length = level.bytes / 3 / fast::line_bytes * fast::line_bytes / sizeof(double);
  std::vector<double> a(length, 1.0);
  const std::vector<double> b(length, 2.0);
  const std::vector<double> c(length, 3.0);
  constexpr std::size_t numbers = 8'000'000;  // of a measurement
  const std::size_t rounds = std::max<std::size_t>(1, numbers / length);
  const auto& kernels = fast::kernels<double>();
  const Seconds seconds = timed([&] {
    for (std::size_t round = 0; round < rounds; ++round) kernels.triad(a, b, c, 3.0);
  });
  return {level.name, 3 * length * sizeof(double),
          static_cast<double>(rounds * length * 3 * sizeof(double)) / seconds.processor};
}

template <class Real>
double operations_per_second() {
  constexpr std::size_t rounds = 1'000'000;
  Real result = 0;
  const Seconds seconds = timed([&] { result += fast::kernels<Real>().products_and_sums(rounds); });
  const double counted = result > Real(0) ? 1.0 : 0.0;  // so that it is reckoned
  return counted * static_cast<double>(rounds * fast::operations_of_a_round<Real>) /
         seconds.processor;
}

/// What a cell-year takes, by count of the kernels: operations, and numbers that stream through a
/// level of memory.
struct Need {
  std::string work;
  std::string level;
  double operations;
  double numbers;
};

/// People read and written, and three rates: what one line of areas needs exceeds L1.
const Need one_projection{"W1 one projection", "L2", 10.0, 5.0};
/// People read and written, and a factor: the factors of all years stay in L2.
const Need ensemble{"W2 ensemble", "L2", 9.0, 3.0};
/// People read and written once a year, which stay in L3; the second sweep finds them in L2.
const Need nation{"W4 ensemble, pools", "L3", 9.0, 2.0};

class Report {
 public:
  explicit Report(std::size_t draw_count) : draws_(draw_count), inputs_(make_inputs()) {
    for (const Level& level : levels()) report_.memory.push_back(bandwidth_of(level));
    report_.double_operations_per_second = operations_per_second<double>();
    report_.float_operations_per_second = operations_per_second<float>();
    report_.kernels = fast::kernels<double>().processor;
  }

  template <class Real>
  void measure_kernels(const std::string& precision, double operations_per_second) {
    const auto add = [&](const Need& need, double cell_years, const auto& work,
                         std::size_t rounds) {
      KernelSpeed speed{need.work, precision, 0.0, need.level, 0.0, 0.0, {}};
      const Seconds seconds = timed([&] {
        for (std::size_t round = 0; round < rounds; ++round) {
          speed.sum = work.run(fast::kernels<Real>());
        }
      });
      speed.cell_years_per_second = cell_years * static_cast<double>(rounds) / seconds.processor;
      speed.share_of_bandwidth = speed.cell_years_per_second * need.numbers * sizeof(Real) /
                                 bandwidth(need.level).bytes_per_second;
      speed.share_of_arithmetic =
          speed.cell_years_per_second * need.operations / operations_per_second;
      report_.speeds.push_back(speed);
    };
    const OneProjection<Real> one(inputs_);
    add(one_projection, OneProjection<Real>::cell_years, one, 40);
    const Ensemble<Real> many(inputs_, areas, draws_);
    add(ensemble, many.cell_years(), many, 1);
    const Nation<Real> coupled(inputs_, draws_);
    add(nation, coupled.cell_years(), coupled, 1);
  }

  void measure_threads(std::size_t most) {
    const auto run = [&](std::size_t draw_count, std::size_t threads) {
      const Nation<double> work(inputs_, draw_count);
      return timed([&] { work.run(fast::kernels<double>(), {.threads = threads}); });
    };
    for (std::size_t threads = 1;; threads = std::min(2 * threads, most)) {
      const std::size_t larger = std::min(draws_ * threads, draws);
      report_.scaling.push_back({threads, run(draws_, threads), run(larger, threads)});
      report_.scaling.back().larger.wall *=
          static_cast<double>(draws_ * threads) / static_cast<double>(larger);
      if (threads == most) break;
    }
  }

  const MachineReport& result() const { return report_; }

 private:
  /// The level of that name, or where there is none the next.
  const Bandwidth& bandwidth(const std::string& level) const {
    const auto found = std::ranges::find(report_.memory, level, &Bandwidth::level);
    return found != report_.memory.end() ? *found : report_.memory.back();
  }

  std::size_t draws_;
  Inputs inputs_;
  MachineReport report_;
};

}  // namespace

MachineReport measure_machine(std::size_t draw_count, std::size_t threads) {
  Report report(draw_count);
  report.measure_kernels<double>("double", report.result().double_operations_per_second);
  report.measure_kernels<float>("float", report.result().float_operations_per_second);
  report.measure_threads(threads);
  return report.result();
}

}  // namespace kohort::measure
