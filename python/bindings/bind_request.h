#pragma once

// From Python values to the parts of a request. Shared by single questions and by matrices.

#include <pybind11/pybind11.h>

#include "iamcheck/context.h"
#include "iamcheck/request.h"

namespace iamcheck::python {

/// `entries`: (key, None | text | list of texts) pairs.
Context context_from(const pybind11::iterable& entries, bool ask);

/// What a request has beside principal, action, resource and context. `given` maps names of
/// RequestFields to texts, and s3_block_public_access to a bool. Raises for a kind of credentials
/// or endpoint that does not exist.
RequestFields fields_from(const pybind11::dict& given);

}  // namespace iamcheck::python
