#include "models/workforce/staff_inputs.hpp"

#include <limits>

#include <fmt/format.h>

#include "engine/table/tabulate.hpp"
#include "models/workforce/parameters.hpp"
#include "models/workforce/staff_reader.hpp"

namespace kohort::workforce {

namespace p = parameters;

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// All of them.
class Reader {
 public:
  explicit Reader(const Source& source)
      : source_(source),
        frame_(source.frame),
        reader_(source, source.settings),
        inputs_{.frame = read_workforce_frame(source)} {}

  StaffInputs read() {
    Attempts attempts;
    attempts.attempt([&] { read_participation(); });
    attempts.attempt([&] { read_staff(); });
    attempts.attempt([&] { read_own_staff(); });
    attempts.attempt([&] { read_mean_age(); });
    attempts.attempt([&] { read_retirement(); });
    attempts.attempt([&] { read_pension_age(); });
    attempts.attempt([&] { read_exit(); });
    attempts.attempt([&] { read_change(); });
    attempts.attempt([&] { inputs_.educations = read_educations(source_, inputs_.frame); });
    attempts.attempt([&] { read_abroad(); });
    attempts.attempt([&] { read_delay(); });
    attempts.attempt([&] { read_entry(); });
    attempts.attempt([&] { read_entry_ages(); });
    attempts.throw_if_any();
    return std::move(inputs_);
  }

 private:
  const std::vector<std::string>& names() const { return inputs_.frame.occupations; }
  std::size_t occupations() const { return names().size(); }
  std::size_t sexes() const { return frame_.sexes.size(); }
  std::size_t ages() const { return inputs_.frame.ages(); }
  std::size_t areas() const { return frame_.areas.size(); }
  bool given(const Parameter& parameter) const { return source_.settings.given(parameter); }

  std::string words(Sex sex, PartAge age) const {
    return fmt::format("{}, age {}", frame_.sexes[sex.position()],
                       frame_.first_age(inputs_.frame.age_of(age)));
  }
  std::string word(Occupation occupation) const { return names()[occupation.position()]; }
  std::string word(Area area) const {
    return fmt::format("area {}, nor for the nation (00)", frame_.areas[area.position()].code);
  }

  void read_participation() {
    const AgeGroups groups = reader_.groups(p::participation_ages, inputs_.frame);
    const auto table = reader_.read_with_gaps<Area, Sex, StaffAgeGroup>(
        p::participation, FewerAt::low, {areas_and_nation(frame_), frame_.sex_axis(), groups.axis});
    inputs_.participation = tabulate<Table<double, Sex, PartAge, Area>>(
        {sexes(), ages(), areas()}, [&](Sex sex, PartAge age, Area area) {
          const double share = figure_of(table, frame_, area, sex, groups.of(age));
          reader_.require_figure(share, p::participation, words(sex, age) + ", " + word(area));
          return share;
        });
  }

  /// Heads must tell sexes and areas apart; else each would have those of both, and of all.
  void read_staff() {
    auto& staff = inputs_.heads.staff;
    staff = Table<double, Occupation, Sex, Area>({occupations(), sexes(), areas() + 1}, unknown);
    if (!given(p::staff)) return;
    WantedAxis area = areas_and_nation(frame_);
    WantedAxis sex = frame_.sex_axis();
    area.required = sex.required = true;
    const auto table = reader_.read_with_gaps<Area, Occupation, Sex>(
        p::staff, FewerAt::low, {area, occupation_axis(names()), sex});
    fill(staff, [&](Occupation o, Sex s, Area a) { return table(a, o, s); });
  }

  void read_own_staff() {
    if (!given(p::own_staff)) return;
    HeadCounts& heads = inputs_.heads;
    heads.own_groups = reader_.groups(p::own_staff_ages, inputs_.frame);
    WantedAxis area = frame_.area_axis();
    area.every = false;
    area.partial = true;
    WantedAxis sex = frame_.sex_axis();
    WantedAxis age = heads.own_groups.axis;
    area.required = sex.required = age.required = true;
    const auto table = reader_.read_with_gaps<Area, Occupation, Sex, StaffAgeGroup>(
        p::own_staff, FewerAt::low, {area, occupation_axis(names()), sex, age});
    heads.own = tabulate<Table<double, Occupation, Sex, StaffAgeGroup, Area>>(
        {occupations(), sexes(), heads.own_groups.count(), areas()},
        [&](Occupation o, Sex s, StaffAgeGroup g, Area a) { return table(a, o, s, g); });
    for (const Area at : positions<Area>(areas())) require_complete(at);
  }

  /// All of an area's figures, or none.
  void require_complete(Area area) const {
    const auto& own = inputs_.heads.own;
    std::size_t known = 0;
    std::size_t all = 0;
    for (std::size_t cell = area.position(); cell < own.size(); cell += areas()) {
      known += std::isnan(own.values()[cell]) ? 0 : 1;
      ++all;
    }
    if (known == 0 || known == all) return;
    reader_.fail(p::own_staff,
                 fmt::format("area {} has {} of its {} figures", frame_.areas[area.position()].code,
                             known, all),
                 "give the heads of every occupation, sex and group of ages, or none of the area; "
                 "missing = \"zero\" if the table leaves out those of nobody");
  }

  void read_mean_age() {
    auto& mean = inputs_.heads.mean_age;
    mean = Table<double, Occupation, Sex>({occupations(), sexes()}, unknown);
    if (!given(p::mean_age)) return;
    const auto table = reader_.read<Occupation, Sex>(p::mean_age, FewerAt::high,
                                                     {occupation_axis(names()), frame_.sex_axis()});
    fill(mean, [&](Occupation o, Sex s) { return table(o, s); });
  }

  void read_retirement() {
    const AgeGroups groups = reader_.groups(p::retirement_ages, inputs_.frame);
    WantedAxis occupation = occupation_axis(names());
    occupation.required = false;
    const auto table = reader_.read_with_gaps<Occupation, Sex, StaffAgeGroup>(
        p::retirement, FewerAt::high, {occupation, frame_.sex_axis(), groups.axis});
    inputs_.retirement = tabulate<Table<double, Occupation, Sex, PartAge>>(
        {occupations(), sexes(), ages()}, [&](Occupation o, Sex sex, PartAge age) {
          const double hazard = table(o, sex, groups.of(age));
          reader_.require_figure(hazard, p::retirement, word(o) + ", " + words(sex, age));
          return hazard;
        });
  }

  void read_pension_age() {
    const double shift = source_.settings[p::pension_age_shift];
    inputs_.later.assign(frame_.intervals, shift);
    if (!given(p::pension_age)) return;
    const auto table = reader_.read<Interval>(
        p::pension_age, FewerAt::low, {wanted_years({frame_.base_year, frame_.end_year()})});
    for (const Interval interval : positions<Interval>(frame_.intervals)) {
      const Interval year(interval.position() + 1);
      inputs_.later[interval.position()] += table(year) - table(Interval(0));
    }
  }

  void read_exit() {
    const AgeGroups groups = reader_.groups(p::exit_ages, inputs_.frame);
    WantedAxis occupation = occupation_axis(names());
    occupation.required = false;
    const auto table = reader_.read_with_gaps<Area, Occupation, StaffAgeGroup>(
        p::exit, FewerAt::high, {areas_and_nation(frame_), occupation, groups.axis});
    inputs_.exit = tabulate<StaffTable>(
        {occupations(), sexes(), ages(), areas()},
        [&](Occupation o, Sex sex, PartAge age, Area area) {
          const double hazard = figure_of(table, frame_, area, o, groups.of(age));
          reader_.require_figure(hazard, p::exit,
                                 word(o) + ", " + words(sex, age) + ", " + word(area));
          return hazard;
        });
  }

  void read_change() {
    inputs_.change = Table<double, Occupation, ToOccupation>({occupations(), occupations()});
    if (!given(p::change)) return;
    WantedAxis from = occupation_axis(names());
    WantedAxis to = occupation_axis(names(), "to_occupation");
    from.required = to.required = true;
    const auto table =
        reader_.read<Occupation, ToOccupation>(p::change, FewerAt::neither, {from, to});
    fill(inputs_.change, [&](Occupation o, ToOccupation t) { return table(o, t); });
    for (const Occupation o : positions<Occupation>(occupations())) {
      if (inputs_.change(o, ToOccupation(o.position())) == 0.0) continue;
      reader_.fail(p::change, fmt::format("'{}' would change to itself", word(o)),
                   "leave that row out, or give 0");
    }
  }

  void read_abroad() {
    inputs_.abroad_share.assign(occupations(), 0.0);
    if (!given(p::abroad_share)) return;
    inputs_.abroad_share = reader_.by_occupation(p::abroad_share, FewerAt::low, names());
    double sum = 0.0;
    for (const double share : inputs_.abroad_share) sum += share;
    if (sum <= 1.0) return;
    reader_.fail(p::abroad_share, fmt::format("the shares sum to {:.6g}", sum),
                 "an immigrant comes to work in one occupation: give shares of 1 together at most");
  }

  void read_delay() {
    inputs_.abroad_delay = {1.0};
    if (!given(p::abroad_delay)) return;
    constexpr int most_years = 60;
    WantedAxis years{.name = "years_since", .required = true};
    for (int year = 0; year <= most_years; ++year) years.labels.push_back(std::to_string(year));
    const auto table = reader_.read_with_gaps<Interval>(p::abroad_delay, FewerAt::neither, {years});
    inputs_.abroad_delay.clear();
    double sum = 0.0;
    std::size_t last = 0;
    for (const Interval year : positions<Interval>(years.labels.size())) {
      const double share = std::isnan(table(year)) ? 0.0 : table(year);
      inputs_.abroad_delay.push_back(share);
      sum += share;
      if (share > 0.0) last = year.position();
    }
    reader_.require_whole(sum, p::abroad_delay, "those who enter after some years");
    inputs_.abroad_delay.resize(last + 1);
  }

  void read_entry() {
    inputs_.growth = reader_.by_occupation(p::staff_growth, FewerAt::low, names());
    if (!given(p::other_entry)) return;
    inputs_.other_entry = reader_.by_occupation(p::other_entry, FewerAt::low, names());
    if (source_.settings.setting(p::staff_growth).origin == Origin::fallback) return;
    reader_.fail(p::other_entry, "workforce.staff_growth is given too, and would not count",
                 "leave out one of the two");
  }

  void read_entry_ages() {
    EntryAges& entry = inputs_.entry_ages;
    if (!given(p::entry_ages)) {
      entry.groups.axis.labels = {"all"};
      entry.groups.group_of.assign(ages(), StaffAgeGroup(0));
      entry.share = Table<double, Occupation, StaffAgeGroup>({occupations(), 1}, 1.0);
      return;
    }
    entry.groups = reader_.groups(p::entry_ages_ages, inputs_.frame);
    WantedAxis occupation = occupation_axis(names());
    occupation.required = false;
    WantedAxis age = entry.groups.axis;
    age.required = true;
    const auto table =
        reader_.read<Occupation, StaffAgeGroup>(p::entry_ages, FewerAt::neither, {occupation, age});
    entry.share = tabulate<Table<double, Occupation, StaffAgeGroup>>(
        {occupations(), entry.groups.count()},
        [&](Occupation o, StaffAgeGroup g) { return table(o, g); });
    for (const Occupation o : positions<Occupation>(occupations())) {
      double sum = 0.0;
      for (const double share : entry.share.slab(o)) sum += share;
      reader_.require_whole(sum, p::entry_ages, word(o));
    }
  }

  const Source& source_;
  const Frame& frame_;
  StaffReader reader_;
  StaffInputs inputs_;
};

}  // namespace

StaffInputs read_staff_inputs(const Source& source) { return Reader(source).read(); }

}  // namespace kohort::workforce
