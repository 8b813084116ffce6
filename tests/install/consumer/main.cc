// A program of somebody else: it was given an install tree, and nothing of this repository.
#include <iamcheck/iamcheck.h>

#include <iostream>

int main() {
  std::cout << "iamcheck " << iamcheck::version() << "\n";
  auto source = iamcheck::Source::from_bytes("policy.json", "{\n  \"Version\": \"2012-10-17\"\n}");
  iamcheck::Position place = source->position(4);
  std::cout << source->name() << ":" << place.line << ":" << place.column << "\n";
  return place.line == 2 && place.column == 3 ? 0 : 1;
}
