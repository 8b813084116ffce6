// The literal pass against its slow twin: look for every literal at every place.
#include "credentials/literal_pass.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "catch.h"

using iamcheck::LiteralPass;

namespace {

using Hits = std::vector<std::pair<std::size_t, std::uint32_t>>;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

Hits find_slowly(const std::vector<LiteralPass::Literal>& literals, std::string_view text) {
  Hits hits;
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (std::uint32_t i = 0; i < literals.size(); ++i) {
      const auto& literal = literals[i];
      if (text.size() - at < literal.text.size()) continue;
      bool same = true;
      for (std::size_t k = 0; k < literal.text.size(); ++k) {
        char c = literal.ignore_case ? lower(text[at + k]) : text[at + k];
        same = same && c == literal.text[k];
      }
      if (same) hits.emplace_back(at, i);
    }
  }
  return hits;
}

Hits find_fast(const LiteralPass& pass, std::string_view text) {
  Hits hits;
  pass.find(text, [&](std::uint32_t literal, std::size_t at) { hits.emplace_back(at, literal); });
  std::sort(hits.begin(), hits.end());
  return hits;
}

}  // namespace

TEST_CASE("the literal pass finds what a naive search finds, on texts of few letters") {
  std::mt19937 random(20261120);
  std::string_view letters = "aAbB_";
  auto word = [&](std::size_t length) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i) text += letters[random() % letters.size()];
    return text;
  };
  std::size_t found = 0;
  for (std::size_t round = 0; round < 300; ++round) {
    std::vector<LiteralPass::Literal> literals;
    for (std::size_t i = 0; i < 1 + round % 6; ++i) {
      std::string text = word(4 + random() % 4);
      bool ignore_case = random() % 2 == 0;
      if (ignore_case) std::transform(text.begin(), text.end(), text.begin(), lower);
      literals.push_back({text, ignore_case});
    }
    LiteralPass pass(literals);
    for (std::size_t length : {0, 1, 3, 4, 5, 6, 7, 40, 400}) {
      std::string text = word(length);
      Hits expected = find_slowly(literals, text);
      found += expected.size();
      REQUIRE(find_fast(pass, text) == expected);
    }
  }
  CHECK(found > 1000);  // the comparison compared something
}

TEST_CASE("a literal is found at every offset, at the very start and the very end") {
  LiteralPass pass({{"AKIA", false}, {"secret_access_key", true}, {"-----BEGIN", false}});
  for (std::string_view literal : {"AKIA", "Secret_ACCESS_key", "-----BEGIN"}) {
    for (std::size_t before = 0; before < 9; ++before) {
      for (std::size_t after = 0; after < 4; ++after) {
        std::string text =
            std::string(before, '.') + std::string(literal) + std::string(after, '.');
        Hits hits = find_fast(pass, text);
        REQUIRE(hits.size() == 1);
        CHECK(hits[0].first == before);
      }
    }
  }
  CHECK(find_fast(pass, "AKI").empty());
  CHECK(find_fast(pass, "akia").empty());
}
