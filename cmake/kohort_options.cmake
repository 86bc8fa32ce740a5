# How everything is compiled, and the two functions by which every folder makes its target.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2")
if(NOT KOHORT_ASSERTIONS)
  string(APPEND CMAKE_CXX_FLAGS_RELEASE " -DNDEBUG")
endif()

set(CMAKE_UNITY_BUILD ${KOHORT_UNITY})

find_program(CCACHE ccache)
if(CCACHE)
  # Without the folder in what it keeps, so that builds of the same kind, as release and mpi are, share it.
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
endif()

add_library(kohort_options INTERFACE)
target_include_directories(kohort_options INTERFACE ${PROJECT_SOURCE_DIR})
# Contraction and Eigen's packets would let the bits of a result depend on the processor.
target_compile_options(kohort_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -ffp-contract=off)
target_compile_definitions(kohort_options INTERFACE EIGEN_DONT_VECTORIZE EIGEN_DONT_PARALLELIZE)
if("${KOHORT_SANITIZE}" MATCHES "thread" AND NOT KOHORT_STD_THREADS)
  message(FATAL_ERROR "The thread sanitizer cannot follow oneTBB: add -DKOHORT_STD_THREADS=ON, as the preset tsan does.")
endif()
if(KOHORT_STD_THREADS)
  target_compile_definitions(kohort_options INTERFACE KOHORT_STD_THREADS)
endif()
if(KOHORT_WARNINGS_AS_ERRORS)
  target_compile_options(kohort_options INTERFACE -Werror)
endif()
if(KOHORT_SANITIZE)
  # Null pointers stop the program in any case, and no row is read askew: both checks would cost a quarter
  # of the time that compiling takes.
  target_compile_options(kohort_options INTERFACE
    -fsanitize=${KOHORT_SANITIZE} -fno-sanitize=null,alignment -fno-sanitize-recover=all
    -fno-omit-frame-pointer -O1 -g1)
  target_link_options(kohort_options INTERFACE -fsanitize=${KOHORT_SANITIZE})
endif()

# kohort_loops(file...): files of the folder whose time goes into loops over draws. The compiler turns
# them into vector instructions, for which it must be free to reckon both branches of a choice.
# Neither changes a number.
function(kohort_loops)
  set_source_files_properties(${ARGN} PROPERTIES
    COMPILE_OPTIONS "$<$<CONFIG:Release>:-O3>;-fno-trapping-math")
endfunction()

# kohort_library(name SOURCES file... [PUBLIC lib...] [PRIVATE lib...])
# The target kohort_<name> of the folder in which it is called. Without sources it is headers only.
function(kohort_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  if(ARG_SOURCES)
    add_library(kohort_${name} STATIC ${ARG_SOURCES})
    target_link_libraries(kohort_${name} PUBLIC kohort_options ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
  else()
    add_library(kohort_${name} INTERFACE)
    target_link_libraries(kohort_${name} INTERFACE kohort_options ${ARG_PUBLIC})
  endif()
endfunction()
