# Run at every build: writes version.cpp where the commit has changed, and leaves it alone otherwise.
execute_process(
  COMMAND git -C ${SOURCE_DIR} describe --always --dirty --abbrev=40 --exclude=*
  OUTPUT_VARIABLE KOHORT_GIT_COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE
  RESULT_VARIABLE failed ERROR_QUIET)
if(failed)
  set(KOHORT_GIT_COMMIT unknown)
endif()
configure_file(${SOURCE_DIR}/engine/run/version.cpp.in ${OUTPUT} @ONLY)
