#include "input/place_name.h"

namespace iamcheck {

std::string place_below(const std::string& path, std::string_view member) {
  constexpr std::size_t kLongest = 128;
  std::size_t size = member.size();
  if (size > kLongest) {
    size = kLongest;
    while (size > 0 && (static_cast<unsigned char>(member[size]) & 0xC0) == 0x80) --size;
  }
  std::string out = path;
  if (!out.empty()) out += '.';
  out += member.substr(0, size);
  if (size < member.size()) out += "...";
  return out;
}

std::string place_below(const std::string& path, std::size_t index) {
  return path + "[" + std::to_string(index) + "]";
}

}  // namespace iamcheck
