#include "models/workforce/base_staff.hpp"

#include <cmath>
#include <numeric>
#include <vector>

#include "engine/estimate/integerise.hpp"

namespace kohort::workforce {

StaffTable whole_staff(const StaffTable& staff) {
  StaffTable whole(staff.extents());
  const std::size_t sexes = staff.extent<Sex>();
  const std::size_t ages = staff.extent<PartAge>();
  for (const Occupation one : positions<Occupation>(staff.extent<Occupation>())) {
    for (const Area area : positions<Area>(staff.extent<Area>())) {
      std::vector<double> heads;
      for (const Sex sex : positions<Sex>(sexes)) {
        for (const PartAge age : positions<PartAge>(ages)) {
          heads.push_back(staff(one, sex, age, area));
        }
      }
      const double sum = std::accumulate(heads.begin(), heads.end(), 0.0);
      const auto rounded = integerise(heads, std::llround(sum));
      for (std::size_t at = 0; at < heads.size(); ++at) {
        whole(one, Sex(at / ages), PartAge(at % ages), area) = static_cast<double>(rounded[at]);
      }
    }
  }
  return whole;
}

}  // namespace kohort::workforce
