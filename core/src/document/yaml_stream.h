#pragma once

// Several YAML documents in one text, as Kubernetes manifests have them.

#include <memory>
#include <optional>
#include <vector>

#include "iamcheck/document.h"

namespace iamcheck {

/// What could be read of a stream: the documents before the first error, and that error.
struct YamlStream {
  std::vector<Document> documents;
  std::optional<Error> error;
};

/// The documents between the lines `---`, as `read_yaml` reads one; the limits hold for all of them
/// together.
YamlStream read_yaml_stream(const std::shared_ptr<const Source>& source,
                            const ReadOptions& options);

}  // namespace iamcheck
