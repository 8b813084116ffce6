// The matcher against its slow twin: every pattern and text over small alphabets, random ones
// above.

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "../../oracle/naive_pattern.h"
#include "catch.h"
#include "iamcheck/pattern.h"

using iamcheck::Pattern;

namespace {

std::vector<std::string> all_texts(std::string_view alphabet, std::size_t max_size) {
  std::vector<std::string> texts = {""};
  for (std::size_t begin = 0, size = 1; size <= max_size; ++size) {
    const std::size_t end = texts.size();
    for (; begin < end; ++begin) {
      for (const char c : alphabet) texts.push_back(texts[begin] + c);
    }
  }
  return texts;
}

std::vector<naive::Characters> decode(const std::vector<std::string>& texts) {
  std::vector<naive::Characters> decoded;
  for (const std::string& text : texts) decoded.push_back(naive::characters(text));
  return decoded;
}

// Many texts against one pattern at a time; stops at the first on which the two disagree.
class Comparison {
 public:
  explicit Comparison(std::vector<std::string> texts)
      : texts_(std::move(texts)), decoded_(decode(texts_)) {}

  bool agree(const Pattern& fast, const naive::Elements& slow) {
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      const bool expected = naive::matches(slow, 0, decoded_[i], 0);
      if (fast.matches(texts_[i]) != expected) {
        UNSCOPED_INFO("pattern `" << fast.text() << "` text `" << texts_[i] << "` twin says "
                                  << expected);
        return false;
      }
      hits_ += expected;
    }
    return true;
  }
  std::size_t hits() const { return hits_; }

 private:
  std::vector<std::string> texts_;
  std::vector<naive::Characters> decoded_;
  std::size_t hits_ = 0;
};

std::string random_text(std::mt19937& random, std::string_view alphabet, std::size_t max_size) {
  std::string text;
  for (std::size_t left = random() % (max_size + 1); left > 0; --left) {
    text += alphabet[random() % alphabet.size()];
  }
  return text;
}

}  // namespace

TEST_CASE("S3: like patterns up to length 6 agree with the naive matcher on every short text") {
  const auto patterns = all_texts("ab:/*?", 6);
  REQUIRE(patterns.size() == 55987);  // 46,656 of them of length 6
  Comparison comparison(all_texts("ab:/", 5));
  for (const std::string& text : patterns) {
    REQUIRE(comparison.agree(Pattern::like(text, {}), naive::like(text, false)));
  }
  CHECK(comparison.hits() > 1000000);
}

TEST_CASE("S3: like patterns ignore the case of ASCII letters when asked to") {
  Comparison comparison(all_texts("aAb", 5));
  for (const std::string& text : all_texts("aB*?", 5)) {
    REQUIRE(comparison.agree(Pattern::like(text, {.ignore_case = true}), naive::like(text, true)));
  }
  CHECK(comparison.hits() > 10000);
}

TEST_CASE("S3: characters are code points and stray bytes, on every short text") {
  // e with acute, the bytes it is made of, and the first bytes of longer characters.
  Comparison comparison(all_texts("a\xC3\xA9\xE2\x82", 5));
  for (const std::string& text : all_texts("a\xC3\xA9*?", 5)) {
    REQUIRE(comparison.agree(Pattern::like(text, {}), naive::like(text, false)));
  }
  for (const std::string& text : all_texts("\xE2\x82\xAC*?", 4)) {
    REQUIRE(comparison.agree(Pattern::like(text, {}), naive::like(text, false)));
  }
}

TEST_CASE("S6.1: resource patterns agree with the naive matcher on every short ARN") {
  std::vector<std::string> texts;
  for (const std::string& tail : all_texts("ab:", 8)) {
    if (std::count(tail.begin(), tail.end(), ':') >= 4) texts.push_back("arn:" + tail);
  }
  Comparison comparison(std::move(texts));
  const std::vector<std::string> fields = {"", "a", "*", "?", "*a", "a*", "*a*"};
  for (const std::string& partition : {std::string("a"), std::string("*")}) {
    for (const std::string& service : fields) {
      for (const std::string& region : fields) {
        for (const std::string& account : fields) {
          for (const char* rest : {"", "*", "a", "?:*b"}) {
            const std::string text =
                "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + rest;
            for (const bool component_wise : {false, true}) {
              REQUIRE(comparison.agree(Pattern::resource_arn(text, {}, component_wise),
                                       naive::resource_arn(text, component_wise)));
            }
          }
        }
      }
    }
  }
  CHECK(comparison.hits() > 100000);
}

TEST_CASE("S3: random longer patterns agree with the naive matcher") {
  std::mt19937 random(20261120);
  std::size_t hits = 0;
  for (int round = 0; round < 200000; ++round) {
    const std::string text = random_text(random, "aab**?\xC3\xA9", 10);
    const std::string subject = random_text(random, "aaab\xC3\xA9", 20);
    const bool expected =
        naive::matches(naive::like(text, false), 0, naive::characters(subject), 0);
    hits += expected;
    INFO("pattern `" << text << "` text `" << subject << "`");
    REQUIRE(Pattern::like(text, {}).matches(subject) == expected);
  }
  CHECK(hits > 1000);
}

TEST_CASE("S6.1: random longer resource patterns agree with the naive matcher") {
  std::mt19937 random(6);
  std::size_t hits = 0;
  for (int round = 0; round < 200000; ++round) {
    std::string text = "arn";
    for (int part = 1; part < 6; ++part) text += ":" + random_text(random, "aA***?", 3);
    text += random_text(random, "aA:*?", 4);
    std::string subject = "arn";
    for (int part = 1; part < 6; ++part) subject += ":" + random_text(random, "aaA", 2);
    subject += random_text(random, "aA:", 5);
    const bool component_wise = random() % 4 == 0;
    const bool expected =
        naive::matches(naive::resource_arn(text, component_wise), 0, naive::characters(subject), 0);
    hits += expected;
    INFO("pattern `" << text << "` text `" << subject << "` component-wise " << component_wise);
    REQUIRE(Pattern::resource_arn(text, {}, component_wise).matches(subject) == expected);
  }
  CHECK(hits > 1000);
}
