#pragma once

// Sets of actions that rules ask about, made once for a catalogue.

#include "iamcheck/action_list.h"
#include "iamcheck/catalogue.h"

namespace iamcheck {

struct ActionSets {
  explicit ActionSets(const Catalogue& catalogue);

  ActionRanges reading;       ///< List or Read and nothing more
  ActionRanges changing;      ///< Write or Tagging
  ActionRanges managing;      ///< that change who has access
  ActionRanges restrictable;  ///< that work on resources which a statement can name
  ActionRanges credentials;   ///< that hand out what somebody else signs in with
  ActionRanges bulk_data;     ///< that read what is stored, or give copies of it away
  ActionRanges sensitive;     ///< that destroy, or put out what watches over the account
};

/// The embedded catalogue's is made once.
const ActionSets& embedded_action_sets();

}  // namespace iamcheck
