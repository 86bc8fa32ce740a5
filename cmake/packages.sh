# Debian packages, and a function that installs those that are missing. Sourced by ./kohort and ./check.

build_packages=(
  g++ cmake ninja-build git ca-certificates libeigen3-dev libtbb-dev libhdf5-dev libcli11-dev
  libtomlplusplus-dev nlohmann-json3-dev libfmt-dev libcsv-dev libdeflate-dev libutfcpp-dev libssl-dev
  zlib1g-dev libxlsxwriter-dev libboost-dev
)
test_packages=(
  libgtest-dev librapidcheck-dev libbenchmark-dev clang-format-14 clang-tidy-14
  python3-h5py python3-xarray python3-netcdf4 python3-h5netcdf python3-jsonschema
  chromium python3-websocket fonts-dejavu-core ccache procps
)
# For runs on several nodes, which ./check tries on this one.
mpi_packages=(libopenmpi-dev openmpi-bin)
slurm_packages=(slurm-wlm munge)  # of a slow test

# install_missing PACKAGE...: asks nothing where it is root or may use sudo; otherwise says what to do.
install_missing() {
  command -v dpkg-query >/dev/null || return 0  # not Debian: CMake will say what it lacks
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
      missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local run=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null || { [ ! -t 0 ] && ! sudo -n true 2>/dev/null; }; then
      printf 'These packages are missing. Install them with\n\n' >&2
      printf '  apt-get install -y --no-install-recommends %s\n\n' "${missing[*]}" >&2
      return 4
    fi
    run=(sudo)
  fi
  printf 'Installing %d packages...\n' "${#missing[@]}" >&2
  local quiet=(-qq -o DPkg::Lock::Timeout=120)
  "${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get "${quiet[@]}" update >/dev/null &&
    "${run[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get "${quiet[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null
}
