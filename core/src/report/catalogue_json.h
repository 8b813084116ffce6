#pragma once

#include <string>

#include "iamcheck/catalogue.h"
#include "report/catalogue_facts.h"

namespace iamcheck {

/// `{"schema": "iamcheck/catalogue/v1", ...}`, with a line end.
std::string catalogue_summary_json(const Catalogue& catalogue);
std::string catalogue_fact_json(const Catalogue& catalogue, const CatalogueFact& fact);

}  // namespace iamcheck
