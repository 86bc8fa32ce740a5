# The libraries that Kohort stands on, all of them packages of Debian 12.

find_package(Eigen3 3.4 REQUIRED CONFIG)
find_package(TBB REQUIRED CONFIG)
find_package(Boost 1.74 REQUIRED)  # headers alone, of the Sobol sequence
find_package(CLI11 REQUIRED CONFIG)
find_package(fmt REQUIRED CONFIG)
find_package(nlohmann_json REQUIRED CONFIG)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
# The CMake package links the compiled library; header-only TOML aborts on some broken files.
find_package(tomlplusplus REQUIRED CONFIG)
find_package(utf8cpp REQUIRED CONFIG)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
if(KOHORT_MPI)
  find_package(MPI REQUIRED COMPONENTS C)
endif()

set(HDF5_PREFER_PARALLEL OFF)
find_package(HDF5 REQUIRED COMPONENTS C HL)
if(HDF5_IS_PARALLEL)
  message(FATAL_ERROR "The serial HDF5 library is needed here; configure in a fresh folder.")
endif()

find_path(LIBCSV_INCLUDE_DIR csv.h REQUIRED)
find_library(LIBCSV_LIBRARY csv REQUIRED)
add_library(libcsv INTERFACE)
target_include_directories(libcsv SYSTEM INTERFACE ${LIBCSV_INCLUDE_DIR})
target_link_libraries(libcsv INTERFACE ${LIBCSV_LIBRARY})

find_path(LIBDEFLATE_INCLUDE_DIR libdeflate.h REQUIRED)
find_library(LIBDEFLATE_LIBRARY deflate REQUIRED)
add_library(libdeflate INTERFACE)
target_include_directories(libdeflate SYSTEM INTERFACE ${LIBDEFLATE_INCLUDE_DIR})
target_link_libraries(libdeflate INTERFACE ${LIBDEFLATE_LIBRARY})

find_path(LIBXLSXWRITER_INCLUDE_DIR xlsxwriter.h REQUIRED)
find_library(LIBXLSXWRITER_LIBRARY xlsxwriter REQUIRED)
add_library(libxlsxwriter INTERFACE)
target_include_directories(libxlsxwriter SYSTEM INTERFACE ${LIBXLSXWRITER_INCLUDE_DIR})
target_link_libraries(libxlsxwriter INTERFACE ${LIBXLSXWRITER_LIBRARY})
