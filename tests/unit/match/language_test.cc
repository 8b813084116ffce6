// Languages against the matcher: every text of a small alphabet.
#include "match/language.h"

#include <random>
#include <vector>

#include "catch.h"
#include "match/language_search.h"

namespace iamcheck {
namespace {

constexpr std::size_t kStates = 200'000;

std::vector<std::string> all_texts(std::string_view alphabet, std::size_t longest) {
  std::vector<std::string> texts = {""};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].size() == longest) continue;
    for (const char c : alphabet) texts.push_back(texts[i] + c);
  }
  return texts;
}

std::string random_text(std::mt19937& random, std::string_view alphabet, std::size_t longest) {
  std::string text;
  for (std::size_t size = random() % (longest + 1); size > 0; --size)
    text += alphabet[random() % alphabet.size()];
  return text;
}

struct Question {
  std::vector<Language> in, out;

  TextSearch ask(TextKind kind) const {
    std::vector<const Language*> all_of, none_of;
    for (const Language& one : in) all_of.push_back(&one);
    for (const Language& one : out) none_of.push_back(&one);
    return find_text(all_of, none_of, kind, kStates);
  }
  bool holds_for(const std::string& text) const {
    for (const Language& one : in) {
      if (!one.has(text)) return false;
    }
    for (const Language& one : out) {
      if (one.has(text)) return false;
    }
    return true;
  }
};

// Whatever some short text answers is found, and what is found is an answer.
void check(const Question& question, TextKind kind, const std::vector<std::string>& texts,
           int& found) {
  const TextSearch search = question.ask(kind);
  std::string shown;
  for (const Language& one : question.in) shown += " +" + one.pattern().text();
  for (const Language& one : question.out) shown += " -" + one.pattern().text();
  INFO(shown);
  REQUIRE(search.outcome != TextSearch::Outcome::kUnknown);
  if (search.outcome == TextSearch::Outcome::kFound) {
    ++found;
    INFO(search.text);
    CHECK(question.holds_for(search.text));
    return;
  }
  for (const std::string& text : texts) {
    INFO(text);
    CHECK_FALSE(question.holds_for(text));
  }
}

}  // namespace

TEST_CASE("a text is found exactly when some text matches the ones and not the others") {
  std::mt19937 random(1);
  const auto texts = all_texts("ab:", 6);
  int found = 0;
  for (int round = 0; round < 3000; ++round) {
    Question question;
    for (std::size_t i = random() % 3; i > 0; --i)
      question.in.emplace_back(Pattern::like(random_text(random, "ab:**?", 5), {}));
    for (std::size_t i = random() % 4; i > 0; --i)
      question.out.emplace_back(Pattern::like(random_text(random, "ab:**?", 4), {}));
    check(question, TextKind::kPlain, texts, found);
  }
  CHECK(found > 500);
  CHECK(found < 2900);
}

TEST_CASE(
    "S6.1, S6.2: ARNs are found under both readings, whatever the case of their first parts") {
  std::mt19937 random(2);
  std::vector<std::string> texts;
  for (const std::string& text : all_texts("aA:", 6)) texts.push_back("arn:" + text + ":::a");
  int found = 0;
  for (int round = 0; round < 3000; ++round) {
    const bool component_wise = round % 2 == 0;
    const auto entry = [&] {
      std::string text = "arn:";
      for (int part = 0; part < 4; ++part) text += random_text(random, "aA*?", 2) + ":";
      return Language(
          Pattern::resource_arn(text + random_text(random, "aA:*", 3), {}, component_wise));
    };
    Question question;
    for (std::size_t i = 1 + random() % 2; i > 0; --i) question.in.push_back(entry());
    for (std::size_t i = random() % 3; i > 0; --i) question.out.push_back(entry());
    check(question, TextKind::kResource, texts, found);
  }
  CHECK(found > 300);
  CHECK(found < 2900);
}

TEST_CASE("S7: a text that differs in case alone is found, also beyond ASCII") {
  Question question;
  question.in.emplace_back(Pattern::exact("\u00e9k", {}), true);
  question.out.emplace_back(Pattern::exact("\u00e9k", {}));
  question.out.emplace_back(Pattern::exact("\u00c9k", {}));
  question.out.emplace_back(Pattern::exact("\u00e9K", {}));
  CHECK(question.ask(TextKind::kPlain).outcome == TextSearch::Outcome::kFound);
  question.out.emplace_back(Pattern::exact("\u00c9K", {}));
  CHECK(question.ask(TextKind::kPlain).text.find("\u212a") != std::string::npos);  // kelvin
}

TEST_CASE("covers says yes only where no text of the inner pattern is left out") {
  std::mt19937 random(3);
  int covered = 0;
  for (int round = 0; round < 20000; ++round) {
    const bool arns = round % 2 == 0;
    const auto entry = [&] {
      if (!arns) return Language(Pattern::like(random_text(random, "ab:**?", 5), {}));
      return Language(Pattern::resource_arn("arn:" + random_text(random, "aA*?", 2) +
                                                ":a:" + random_text(random, "aA*?", 2) +
                                                "::" + random_text(random, "aA:*", 3),
                                            {}, random() % 2 == 0));
    };
    Question question;
    question.in.push_back(entry());
    question.out.push_back(entry());
    INFO(question.in[0].pattern().text() << " in " << question.out[0].pattern().text());
    const bool none = question.ask(arns ? TextKind::kResource : TextKind::kPlain).outcome ==
                      TextSearch::Outcome::kNone;
    if (!Language::covers(question.out[0], question.in[0])) continue;
    ++covered;
    CHECK(none);
  }
  CHECK(covered > 300);
}

TEST_CASE("S4: a variable covers itself and lies in a star") {
  const Pattern::Options on{.variables = true};
  const Language own(Pattern::like("home/${aws:username}/*", on));
  CHECK(Language::covers(own, own));
  CHECK(Language::covers(Language(Pattern::like("home/*", on)), own));
  CHECK(Language::covers(own, Language(Pattern::like("home/${aws:UserName}/x", on))));
  CHECK_FALSE(Language::covers(own, Language(Pattern::like("home/${aws:userid}/x", on))));
  CHECK_FALSE(Language::covers(own, Language(Pattern::like("home/alice/x", on))));
  CHECK_FALSE(Language::covers(Language(Pattern::like("home/?*", on)), own));
}

TEST_CASE("a search that would need too many states says so") {
  // The last character but eighteen: a deterministic automaton has 2^18 states.
  const std::string behind(18, '?');
  Question question;
  question.in.emplace_back(Pattern::like("*a" + behind + "b", {}));
  question.out.emplace_back(Pattern::like("*a" + behind + "?", {}));
  question.out.emplace_back(Pattern::like("*b", {}));
  const std::vector<const Language*> all_of = {&question.in[0]};
  const std::vector<const Language*> none_of = {&question.out[0]};
  CHECK(find_text(all_of, none_of, TextKind::kPlain, 50).outcome == TextSearch::Outcome::kUnknown);
}

}  // namespace iamcheck
