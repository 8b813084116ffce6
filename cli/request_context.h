#pragma once

// The context that a command line gives.

#include <string>
#include <vector>

#include "iamcheck/call.h"
#include "iamcheck/context.h"
#include "iamcheck/report.h"

namespace iamcheck::cli {

struct ContextFlags {
  std::vector<std::string> values;  ///< key=value
  std::vector<std::string> lists;   ///< key=["a", "b"]
  std::vector<std::string> absent;  ///< key
  std::string now;  ///< ISO 8601 or epoch seconds; empty: SOURCE_DATE_EPOCH, else the clock
  bool ask = false;
};

/// Keys of single units of a call: each text begins with the number of the unit and a colon,
/// `2:ec2:Vpc=...`.
struct UnitContextFlags {
  std::vector<std::string> values;
  std::vector<std::string> lists;
  std::vector<std::string> absent;

  bool empty() const { return values.empty() && lists.empty() && absent.empty(); }
};

/// Reads the flags into the contexts of the units, the first of which has the number 1. The exit
/// code: 0 or 2.
int read_unit_contexts(const UnitContextFlags& flags, std::vector<CallUnit>& units);

/// SOURCE_DATE_EPOCH, else the clock, in epoch seconds.
std::string clock_text();

/// Reads the flags; a wrong one is said on standard error. The exit code: 0 or 2.
int read_context(const ContextFlags& flags, Context& context);

/// Gives the keys that AWS always fills and a question rarely names (aws:SecureTransport,
/// aws:ViaAWSService, aws:CurrentTime, aws:EpochTime) where `flags` do not, and puts them into
/// `assumed`. The time of one given time key is the time of the other. The exit code: 0 or 2.
int assume_usual_keys(const ContextFlags& flags, Context& context, Assumed& assumed);

}  // namespace iamcheck::cli
