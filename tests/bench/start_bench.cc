// How long from the shell to the answer: what a pre-commit hook costs for one small file.
#include <spawn.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "corpus.h"
#include "measure.h"

extern char** environ;

namespace {

// Runs a program to its end, its output thrown away.
void run(const std::vector<std::string>& words) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", 1, 0);  // O_WRONLY
  pid_t child = 0;
  int status = 0;
  if (posix_spawn(&child, arguments[0], &actions, nullptr, arguments.data(), environ) != 0 ||
      waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) > 1) {
    std::fprintf(stderr, "start_bench: cannot run %s\n", words[0].c_str());
    std::exit(1);
  }
  posix_spawn_file_actions_destroy(&actions);
}

}  // namespace

int main() {
#ifdef IAMCHECK_COMMAND
  const std::string command = IAMCHECK_COMMAND;
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / "iamcheck-start-bench";
  std::filesystem::create_directories(folder);
  const std::string file = (folder / "policy.json").string();
  std::ofstream(file) << iamcheck::bench::three_statements().text;

  iamcheck::bench::Table table("From process start to process end", "starts");
  table.add("/bin/true", 1, [] { run({"/bin/true"}); });
  table.add("iamcheck --version", 1, [&] { run({command, "--version"}); });
  table.add("iamcheck lint, one small policy", 1, [&] { run({command, "lint", file}); });
  table.add("iamcheck can, one small policy", 1, [&] {
    run({command, "can", "arn:aws:iam::111122223333:user/alice", "s3:GetObject",
         "arn:aws:s3:::reports/x", "--policy", file, "--context", "aws:SourceIp=192.0.2.1"});
  });
  table.run(true);
  std::filesystem::remove_all(folder);
#else
  std::printf(
      "\n### From process start to process end\n\nnot measured: built without the command\n");
#endif
}
