#include "report/printable.h"

#include <algorithm>
#include <array>
#include <string>

#include "iamcheck/report.h"

namespace iamcheck {
namespace {

struct Range {
  std::uint32_t first, last;
};

constexpr std::array<Range, 23> kWide = {
    {{0x1100, 0x115F},   {0x231A, 0x231B},   {0x23E9, 0x23EC},  {0x2614, 0x2615}, {0x2648, 0x2653},
     {0x26A1, 0x26A1},   {0x2705, 0x2705},   {0x270A, 0x270B},  {0x2728, 0x2728}, {0x274C, 0x274C},
     {0x2753, 0x2757},   {0x2B50, 0x2B55},   {0x2E80, 0x303E},  {0x3041, 0xA4C6}, {0xA960, 0xA97C},
     {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},  {0xFF01, 0xFF60}, {0xFFE0, 0xFFE6},
     {0x16FE0, 0x1B2FF}, {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD}}};

constexpr std::array<Range, 22> kCombining = {
    {{0x300, 0x36F},   {0x483, 0x489},    {0x591, 0x5BD},   {0x610, 0x61A},   {0x64B, 0x65F},
     {0x6D6, 0x6DC},   {0x900, 0x902},    {0x93C, 0x93C},   {0x941, 0x948},   {0x94D, 0x94D},
     {0xE31, 0xE31},   {0xE34, 0xE3A},    {0xE47, 0xE4E},   {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
     {0x200C, 0x200D}, {0x20D0, 0x20FF},  {0x302A, 0x302D}, {0x3099, 0x309A}, {0xFE00, 0xFE0F},
     {0xFE20, 0xFE2F}, {0xE0100, 0xE01EF}}};

template <std::size_t N>
bool is_in(const std::array<Range, N>& ranges, std::uint32_t code) {
  auto after =
      std::upper_bound(ranges.begin(), ranges.end(), code,
                       [](std::uint32_t value, const Range& range) { return value < range.first; });
  return after != ranges.begin() && code <= (after - 1)->last;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Character character = first_character(text);
    text.remove_prefix(character.length);
    if (is_in(kCombining, character.code)) continue;
    width += is_in(kWide, character.code) ? 2 : 1;
  }
  return width;
}

std::string escape_controls(std::string_view text) { return escape_hidden(text); }

}  // namespace iamcheck
