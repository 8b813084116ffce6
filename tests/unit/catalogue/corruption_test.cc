// A catalogue file is untrusted input: whatever its bytes, reading it gives an answer or an error.
#include <cstdio>
#include <fstream>
#include <random>

#include "catalogue/blob.h"
#include "catch.h"
#include "iamcheck/catalogue.h"

using iamcheck::Catalogue;
using iamcheck::ErrorCode;
namespace layout = iamcheck::layout;

namespace {

std::string embedded_bytes() {
  // The build leaves the packed form beside the library; the test reads it as any user would.
  std::ifstream file(IAMCHECK_CATALOGUE_FILE, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void store(std::string& blob, std::size_t at, std::uint32_t value) {
  for (std::size_t i = 0; i < 4; ++i) blob[at + i] = static_cast<char>(value >> (8 * i) & 0xFF);
}

/// Makes the outer frame right again, so that the checks behind it are reached.
void seal(std::string& blob) {
  store(blob, layout::kSizeAt, static_cast<std::uint32_t>(blob.size()));
  store(blob, layout::kChecksumAt, iamcheck::catalogue_checksum(blob));
}

std::size_t section_begin(const std::string& blob, layout::Section section) {
  return layout::load32(reinterpret_cast<const unsigned char*>(blob.data()) +
                        layout::kSectionTableAt + 8 * static_cast<std::size_t>(section));
}
std::size_t section_size(const std::string& blob, layout::Section section) {
  return layout::load32(reinterpret_cast<const unsigned char*>(blob.data()) +
                        layout::kSectionTableAt + 8 * static_cast<std::size_t>(section) + 4);
}

/// Reads everything that can be reached; a wrong offset is found by the sanitizers.
std::size_t walk(const Catalogue& catalogue) {
  std::size_t bytes = 0;
  for (const auto service : catalogue.services()) {
    bytes += service.prefix().size() + service.name().size() + service.condition_keys().size();
  }
  for (const auto action : catalogue.actions()) {
    bytes += action.full_name().size() + action.dependent_actions().size();
    for (const auto use : action.resource_types()) bytes += use.type().name().size();
    for (const auto key : action.condition_keys()) bytes += key.name().size();
  }
  for (const auto type : catalogue.resource_types()) {
    for (const std::string_view form : type.arn_forms()) bytes += form.size();
  }
  for (const auto key : catalogue.condition_keys()) bytes += key.template_suffix().size();
  for (const auto policy : catalogue.managed_policies()) bytes += policy.arn().size();
  for (const auto source : catalogue.sources()) bytes += source.digest.size();
  for (const auto name : catalogue.retired_actions()) bytes += name.name.size();
  bytes += catalogue.find_action("s3:GetObject").has_value();
  bytes += catalogue.find_condition_key("aws:ResourceTag/x").has_value();
  const auto policy = catalogue.find_managed_policy("ReadOnlyAccess");
  if (policy && policy->document()) bytes += policy->document()->size();
  return bytes;
}

}  // namespace

TEST_CASE("the embedded catalogue passes the checks for untrusted files") {
  const auto catalogue = Catalogue::from_file(IAMCHECK_CATALOGUE_FILE);
  REQUIRE(catalogue.has_value());
  CHECK(catalogue->actions().size() == Catalogue::embedded().actions().size());
  CHECK(catalogue->size_in_bytes() == Catalogue::embedded().size_in_bytes());
  CHECK(walk(*catalogue) == walk(Catalogue::embedded()));
}

TEST_CASE("a missing catalogue file is unreadable, not corrupt") {
  const auto catalogue = Catalogue::from_file("no/such/catalogue.bin");
  REQUIRE_FALSE(catalogue.has_value());
  CHECK(catalogue.error().code == ErrorCode::kUnreadable);
  const auto folder = Catalogue::from_file(".");
  REQUIRE_FALSE(folder.has_value());
  CHECK(folder.error().code == ErrorCode::kUnreadable);
}

TEST_CASE("a catalogue with one byte changed is refused by its checksum") {
  const std::string good = embedded_bytes();
  REQUIRE(good.size() > 1000000);
  std::mt19937 random(1);
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < layout::kHeaderSize; ++at) places.push_back(at);
  for (int i = 0; i < 20; ++i) places.push_back(random() % good.size());
  std::string bad = good;
  for (const std::size_t at : places) {
    bad[at] = static_cast<char>(bad[at] ^ 0x41);
    const auto catalogue = Catalogue::from_bytes(bad);
    INFO(at);
    REQUIRE_FALSE(catalogue.has_value());
    CHECK(catalogue.error().code == ErrorCode::kCorruptCatalogue);
    bad[at] = good[at];
  }
}

TEST_CASE("a catalogue that is cut off is refused, resealed or not") {
  const std::string good = embedded_bytes();
  for (std::size_t size :
       {std::size_t{0}, std::size_t{1}, layout::kMagic.size(), layout::kHeaderSize - 1,
        layout::kHeaderSize, layout::kHeaderSize + 1, good.size() / 2, good.size() - 1}) {
    std::string bad = good.substr(0, size);
    CHECK_FALSE(Catalogue::from_bytes(bad).has_value());
    if (size < layout::kHeaderSize) continue;
    seal(bad);
    CHECK_FALSE(Catalogue::from_bytes(bad).has_value());
  }
  CHECK_FALSE(Catalogue::from_bytes(good + "x").has_value());
}

TEST_CASE("a resealed catalogue with a changed section table never reads outside") {
  const std::string good = embedded_bytes();
  std::string bad = good;
  for (std::size_t at = layout::kSectionTableAt; at < layout::kHeaderSize; at += 4) {
    for (const std::uint32_t value : {0u, 1u, 0x7FFFFFFFu, 0xFFFFFFFFu}) {
      store(bad, at, value);
      seal(bad);
      const auto catalogue = Catalogue::from_bytes(bad);
      if (catalogue) walk(*catalogue);
    }
    bad = good;
  }
  SUCCEED();
}

TEST_CASE("a resealed catalogue with a changed record never reads outside") {
  const std::string good = embedded_bytes();
  std::mt19937 random(7);
  std::string bad = good;
  std::size_t refused = 0;
  for (std::size_t s = 0; s < layout::kSectionCount; ++s) {
    const auto section = static_cast<layout::Section>(s);
    const std::size_t begin = section_begin(good, section);
    const std::size_t size = section_size(good, section);
    if (section == layout::Section::kStringBytes || section == layout::Section::kPolicyBytes)
      continue;
    for (int i = 0; i < 12 && size >= 4; ++i) {
      const std::size_t at = begin + random() % (size - 3);
      store(bad, at, i % 2 == 0 ? 0xFFFFFFFFu : static_cast<std::uint32_t>(random()));
      seal(bad);
      const auto catalogue = Catalogue::from_bytes(bad);
      if (catalogue) {
        walk(*catalogue);
      } else {
        ++refused;
        CHECK(catalogue.error().code == ErrorCode::kCorruptCatalogue);
      }
      bad.replace(at, 4, good, at, 4);
    }
  }
  CHECK(refused > 100);
}

TEST_CASE("a damaged policy block is an error of that policy") {
  std::string bad = embedded_bytes();
  const std::size_t begin = section_begin(bad, layout::Section::kPolicyBytes);
  const std::size_t size = section_size(bad, layout::Section::kPolicyBytes);
  for (std::size_t at = begin; at < begin + size; at += 7)
    bad[at] = static_cast<char>(bad[at] ^ 0x55);
  seal(bad);
  const auto catalogue = Catalogue::from_bytes(bad);
  REQUIRE(catalogue.has_value());
  const auto policy = catalogue->find_managed_policy("ReadOnlyAccess");
  REQUIRE(policy.has_value());
  const auto document = policy->document();
  REQUIRE_FALSE(document.has_value());
  CHECK(document.error().code == ErrorCode::kCorruptCatalogue);
}
