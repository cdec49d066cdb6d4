# What `cmake --install` puts where. Two parts, also as Debian packages: "runtime"
# (tools, plugin, the C library, share files) and "development" (headers, static
# libraries, the files of find_package).

include(GNUInstallDirs)
# Named as the package is.
string(REGEX REPLACE "GauS$" "gaus" CMAKE_INSTALL_DOCDIR "${CMAKE_INSTALL_DOCDIR}")
include(CMakePackageConfigHelpers)
set(gaus_config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/GauS)

# Libraries of one component of find_package(GauS).
function(gaus_install_libraries component)
  foreach(library IN LISTS ARGN)
    target_compile_features(${library} PUBLIC cxx_std_20)
  endforeach()
  install(TARGETS ${ARGN} EXPORT GauS_${component}
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime
      NAMELINK_COMPONENT development
    INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  install(EXPORT GauS_${component} NAMESPACE GauS:: FILE GauS_${component}.cmake
    DESTINATION ${gaus_config_dir} COMPONENT development)
endfunction()

gaus_install_libraries(core gausCore gausBinding gausDevice gausNoCuda gausSolver
  gausIO gausC)
# Not as a target: whoever links it needs no compiler for CUDA.
if(GAUS_CUDA)
  install(FILES $<TARGET_FILE:gausCuda> DESTINATION ${CMAKE_INSTALL_LIBDIR}
    COMPONENT development)
endif()

set(gaus_face_headers "gaus/(Dialect|Transforms|Hardware|Replay)|gaus-c/Mlir")
if(GAUS_ENABLE_MLIR)
  gaus_install_libraries(mlir gausDialect gausTransforms gausHardware gausReplay
    gausMlirC)
  install(TARGETS gaus-opt gaus-translate gaus-lsp-server gaus-reduce gaus-replay
    DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT runtime)
  install(TARGETS GausPlugin DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime)
  set(gaus_face_headers "^$")
endif()

install(TARGETS gaus-bench DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT runtime)

foreach(root IN ITEMS ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
  foreach(folder IN ITEMS gaus gaus-c)
    if(EXISTS ${root}/include/${folder})
      install(DIRECTORY ${root}/include/${folder}
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development FILES_MATCHING
        PATTERN "*.h" PATTERN "*.def" PATTERN "*.td" PATTERN "*.inc"
        PATTERN CMakeFiles EXCLUDE
        REGEX "${gaus_face_headers}" EXCLUDE)
    endif()
  endforeach()
endforeach()
install(DIRECTORY share/gaus DESTINATION ${CMAKE_INSTALL_DATADIR} COMPONENT runtime)
# Written by utils/docs.sh from the tools' help.
install(DIRECTORY docs/generated/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1
  COMPONENT runtime)
install(FILES docs/generated/completion/_gaus
  DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT runtime)
foreach(tool opt translate bench replay reduce lsp-server)
  install(FILES docs/generated/completion/gaus.bash RENAME gaus-${tool}
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
    COMPONENT runtime)
endforeach()
install(FILES README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR}
  COMPONENT runtime)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright
  COMPONENT runtime)

configure_package_config_file(cmake/GauSConfig.cmake.in GauSConfig.cmake
  INSTALL_DESTINATION ${gaus_config_dir} PATH_VARS CMAKE_INSTALL_LIBDIR
  NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(GauSConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/GauSConfig.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/GauSConfigVersion.cmake
  DESTINATION ${gaus_config_dir} COMPONENT development)

# Debian packages: `cpack -G DEB` in the build folder. "gaus" is what one runs,
# "libgaus-dev" what one builds against.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME gaus)
set(CPACK_PACKAGE_VENDOR GauS)
set(CPACK_PACKAGE_CONTACT "GauS maintainers <gaus@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_ALL runtime development)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS OFF)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME gaus)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION electronics)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libgaus-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
# What the static libraries need, and find_package.
string(CONCAT CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
  "gaus (= ${PROJECT_VERSION}), coinor-libcbc-dev, libboost-context-dev, "
  "libcadical-dev, libpugixml-dev, libtbb-dev")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_RECOMMENDS "cmake, g++")
if(GAUS_ENABLE_MLIR)
  set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SUGGESTS
    "libmlir-${LLVM_VERSION_MAJOR}-dev, llvm-${LLVM_VERSION_MAJOR}-dev, mlir-${LLVM_VERSION_MAJOR}-tools")
  set(CPACK_DEBIAN_RUNTIME_PACKAGE_SUGGESTS mlir-${LLVM_VERSION_MAJOR}-tools)
endif()
include(CPack)
