# An overlay port that builds the checkout in which it is. In a registry, use vcpkg_from_github to
# get the source of a release instead.
get_filename_component(SOURCE_PATH "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

set(OPTIONS
    -Dtests=disabled
    -Dbench=disabled
    -Dserver=disabled
    -Diconv=disabled
    -Dswig_r=disabled
    -Dswig_java=disabled
    -Dswig_lua=disabled
    -Dswig_ruby=disabled
)
foreach(FEATURE_AND_OPTION IN ITEMS calendar:calendar gzip:zlib xml:xml tools:cli)
    string(REPLACE ":" ";" FEATURE_AND_OPTION "${FEATURE_AND_OPTION}")
    list(GET FEATURE_AND_OPTION 0 FEATURE)
    list(GET FEATURE_AND_OPTION 1 OPTION)
    if(FEATURE IN_LIST FEATURES)
        list(APPEND OPTIONS "-D${OPTION}=enabled")
    else()
        list(APPEND OPTIONS "-D${OPTION}=disabled")
    endif()
endforeach()

vcpkg_configure_meson(SOURCE_PATH "${SOURCE_PATH}" OPTIONS ${OPTIONS})
vcpkg_install_meson()
vcpkg_fixup_pkgconfig()
vcpkg_cmake_config_fixup(CONFIG_PATH lib/cmake/musicsched)
if("tools" IN_LIST FEATURES)
    vcpkg_copy_tools(TOOL_NAMES musicsched AUTO_CLEAN)
endif()
file(REMOVE_RECURSE
    "${CURRENT_PACKAGES_DIR}/debug/include"
    "${CURRENT_PACKAGES_DIR}/debug/share"
)
file(INSTALL "${CMAKE_CURRENT_LIST_DIR}/usage" DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}")
vcpkg_install_copyright(FILE_LIST
    "${SOURCE_PATH}/LICENSE"
    "${SOURCE_PATH}/LICENSES/Unicode-3.0.txt"
    "${SOURCE_PATH}/THIRD-PARTY.md"
)
