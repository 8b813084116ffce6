// Reading: how far from a plain pass over the bytes, and from the JSON reader that it stands on?
#include <nlohmann/json.hpp>

#include "corpus.h"
#include "iamcheck/document.h"
#include "iamcheck/policy.h"
#include "measure.h"

using namespace iamcheck;

namespace {

// The physical bound: every byte is looked at once.
std::size_t sum_of_bytes(const std::string& text) {
  std::size_t sum = 0;
  for (const char c : text) sum += static_cast<unsigned char>(c);
  return sum;
}

// The peer without a tree: nlohmann's own events, all ignored.
struct Ignored : nlohmann::json_sax<nlohmann::json> {
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) override {
    return false;
  }
};

}  // namespace

int main() {
  const auto& documents = bench::managed_policies();
  const double megabytes = static_cast<double>(bench::total_size(documents)) / 1e6;
  bench::Table table("Reading all AWS managed policies", "MB");
  table.add("nlohmann::json::parse, a tree without places", megabytes, [&] {
    for (const auto& document : documents) bench::keep(nlohmann::json::parse(document.text).size());
  });
  table.add("a read of the bytes in memory", megabytes, [&] {
    for (const auto& document : documents) bench::keep(sum_of_bytes(document.text));
  });
  table.add("nlohmann's events, no tree", megabytes, [&] {
    Ignored ignored;
    for (const auto& document : documents) {
      bench::keep(nlohmann::json::sax_parse(document.text, &ignored) ? 1 : 0);
    }
  });
  table.add("`read_json`: a tree with places and duplicates", megabytes, [&] {
    for (const auto& document : documents) {
      auto source = Source::from_bytes(document.name, document.text);
      bench::keep(read_json(source, {})->root.members.size());
    }
  });
  table.add("`parse_policy`: bytes to model", megabytes, [&] {
    for (const auto& document : documents) {
      bench::keep(parse_policy(document.name, document.text)->statements.size());
    }
  });
  table.run();
}
