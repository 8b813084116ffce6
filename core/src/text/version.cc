#include "iamcheck/version.h"

namespace iamcheck {

// The build passes the version of project() in the top CMakeLists.txt, the one place that states
// it.
std::string_view version() { return IAMCHECK_VERSION; }

}  // namespace iamcheck
