#include "credentials/placeholder.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "credentials/encoding.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

// hash_of() of each value, sorted.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
// https://docs.aws.amazon.com/general/latest/gr/signature-version-4.html (the third spelling of the
// secret)
constexpr std::array<std::uint64_t, 30> kDocumented = {
    0x058633e2ffe8cd27u,  // ad18...klru7, OAuth 1
    0x0e627699b98376d0u,  // AKIA...DNN7EXAMPLE
    0x0fd990c5156251feu,  // eyJh...acPZg, PyJWT
    0x105e4dd763a812bcu,  // kd94...3kf44, OAuth 1
    0x1a488500fec15059u,  // wbER...0dGk7jEE, BigQuery
    0x3f9d1c996e620b67u,  // Eby8...oGMGw==, the storage emulator of Azure
    0x4305022ae10b1818u,  // abcd...abcdef, kubeadm
    0x47e084a1e49de508u,  // ASIA...DNN7EXAMPLE
    0x4fa4f4a1a65ff615u,  // SWMT...wacrr2e7c, Docker
    0x7699c294beebad32u,  // wJal...YEXAMPLEKEY
    0x76f07e1e430f318eu,  // kkk9...9sjv7, RFC 5849
    0x7da4539f17de7061u,  // AKIA...8DHBEXAMPLE
    0x846b2a1e2fad7fcbu,  // 2Yot...MWpAA, RFC 6749
    0x8f635ee3a1e6f45du,  // je7M...bEXAMPLEKEY
    0x9617ea5685ae57eau,  // QWxh...c2FtZQ==, RFC 7617
    0x961d15992b9feb22u,  // AyM1...9CAow, RFC 7515
    0x9bff7ff708d8236cu,  // Zmss...Tg2ejr2, the same
    0x9f1920c6cd484714u,  // C2y6...XIw/Jw==, the Cosmos DB emulator
    0xa75ddad0eebf6abbu,  // zuf+...YY3TG, the playground of MinIO
    0xbb65956c4b8b34bfu,  // mF_9....1JqM, RFC 6750
    0xc9568c476cb97951u,  // 870M...j3eAE, RFC 7517
    0xd7ba480fb3bb167eu,  // nnch...l2jdk, OAuth 1
    0xd80c59c7fb131b7du,  // My!U...ssword, the command line of AWS
    0xd9ad86ad3724159bu,  // 7Fjf...VdmIw, RFC 6749
    0xdc8d8ca0645472e9u,  // czZC...0M2JW, RFC 6749
    0xdcb53d39ae3dbeb0u,  // key-...teol0, Mailgun
    0xddd19c486d095d84u,  // sk_t...zdp7dc, Stripe
    0xe869d87248eb48b6u,  // wJal...YEXAMPLEKEY
    0xeacf5f66b85ccd0cu,  // d-FL...HD0Ty, the command line of Google Cloud
    0xecc1a4474851bc28u,  // tGzv...lKWIA, RFC 6749
};

// Five letters and more stand by chance in less than one of a million keys.
constexpr std::array<std::string_view, 16> kWordsAnywhere = {
    "example",   "sample",      "dummy",    "changeme", "change_me",    "insert",
    "replace",   "placeholder", "redacted", "notreal",  "secretaccess", "secretkey",
    "accesskey", "yoursecret",  "xxxxx",    "*****"};
constexpr std::array<std::string_view, 5> kWordsAtAnEnd = {"fake", "test", "your", "todo", "xxxx"};

constexpr std::size_t kLongRepeat = 6;
constexpr std::size_t kLongSequence = 6;

}  // namespace

bool is_documented(std::string_view value) {
  return std::binary_search(kDocumented.begin(), kDocumented.end(), hash_of(value));
}

bool is_placeholder(std::string_view value) {
  const std::string lower = ascii_lower(value);
  auto inside = [&](std::string_view word) { return lower.find(word) != std::string::npos; };
  auto at_an_end = [&](std::string_view word) {
    return lower.starts_with(word) || lower.ends_with(word);
  };
  if (std::any_of(kWordsAnywhere.begin(), kWordsAnywhere.end(), inside)) return true;
  if (std::any_of(kWordsAtAnEnd.begin(), kWordsAtAnEnd.end(), at_an_end)) return true;
  std::size_t repeat = 1;
  std::size_t rising = 1;
  std::size_t falling = 1;
  for (std::size_t i = 1; i < lower.size(); ++i) {
    repeat = lower[i] == lower[i - 1] ? repeat + 1 : 1;
    rising = lower[i] == lower[i - 1] + 1 ? rising + 1 : 1;
    falling = lower[i] == lower[i - 1] - 1 ? falling + 1 : 1;
    if (repeat >= kLongRepeat || rising >= kLongSequence || falling >= kLongSequence) return true;
  }
  return false;
}

}  // namespace iamcheck
