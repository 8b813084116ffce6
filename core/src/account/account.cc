// From files to a snapshot.
#include "iamcheck/account.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "account/builder.h"
#include "account/collected_layout.h"
#include "account/collected_reader.h"
#include "account/cut_off.h"
#include "account/details_reader.h"
#include "account/folder_reader.h"
#include "account/stand_in.h"
#include "iamcheck/arn.h"
#include "input/json_documents.h"

namespace iamcheck {
namespace {

class FileReader {
 public:
  FileReader(Account::Snapshot& snapshot, const Limits& limits, CollectedLayout layout)
      : builder_(snapshot, limits),
        details_(builder_),
        folder_(builder_),
        layout_(std::move(layout)),
        collected_(builder_, folder_) {}

  void add(AccountFile file, std::uint32_t id) {
    if (layout_.is_index(file.path)) return;
    const std::optional<CollectedPlace> place = layout_.place_of(file.path);
    if (file.link) {
      if (place) add_link(*place, file.path);
      return;
    }
    if (file.unread) {
      builder_.last_complaint = file.path + ": it cannot be read";
      return place ? collected_.add_unread(*place, builder_.last_complaint)
                   : folder_.add_unread(file.path, "");
    }
    const std::shared_ptr<const Source> source =
        Source::from_bytes(std::move(file.path), std::move(file.bytes), id);
    Result<Document> whole = read_json(source, {.limits = builder_.limits});
    if (place && !(whole && DetailsReader::looks_like_details(whole->root)))
      return add_collected(*place, source, std::move(whole));
    if (whole) return add_document(*std::move(whole));
    // Pages that lie one behind the other, or a dump that was cut off.
    const std::vector<Span> parts = split_json_documents(*source, source->span());
    for (const Span& part : parts) {
      Result<Document> document = parts.size() == 1
                                      ? Result<Document>(whole.error())
                                      : read_json(source, part, {.limits = builder_.limits});
      if (document) {
        add_document(*std::move(document));
      } else {
        save(source, part, document.error());
      }
    }
  }

  void finish() {
    details_.finish();
    collected_.finish();
    folder_.finish();
    const Account::Snapshot& read = builder_.out;
    if (empty_list_ != nullptr && read.problems.empty() && read.principals.empty() &&
        read.resources.empty() && read.endpoints.empty() && !read.organization)
      say_no_part(*empty_list_);
  }

 private:
  void add_collected(const CollectedPlace& place, const std::shared_ptr<const Source>& source,
                     Result<Document> document) {
    if (document)
      return collected_.add(place, std::make_shared<const Document>(*std::move(document)));
    const Error& error = document.error();
    builder_.complain(source, error.span, error.message, error.help, error.code);
    collected_.add_unread(place, builder_.last_complaint);
  }

  // What a link would show is missing, and may be anything.
  void add_link(const CollectedPlace& place, const std::string& path) {
    builder_.complain(nullptr, {}, "`" + path + "` is a symbolic link, which is not followed",
                      "put the file or folder itself there");
    if (path.ends_with(".json")) return collected_.add_unread(place, builder_.last_complaint);
    folder_.leave_resources(builder_.last_complaint);
    folder_.leave_endpoints(builder_.last_complaint);
    if (place.area == CollectedPlace::Area::kOrganization)
      folder_.leave_organization(builder_.last_complaint);
  }

  void save(const std::shared_ptr<const Source>& source, const Span& part, const Error& error) {
    // Only the last document of a file can be cut off.
    const bool last = source->text().find_first_not_of(" \t\r\n", part.end) == std::string::npos;
    const std::optional<SavedText> saved =
        last && error.code == ErrorCode::kJsonSyntax ? save_cut_off(*source, part) : std::nullopt;
    const auto leave_unread = [&](Span span, const std::string& message, const std::string& help) {
      builder_.complain(source, span, message, help, error.code);
      folder_.add_unread(source->name(), source->slice(part));
    };
    if (error.code == ErrorCode::kLimitExceeded)
      return leave_unread(error.span, error.message,
                          "split it: a dump into its pages, which may be files of their own in one "
                          "folder; see docs/account.md");
    if (!saved) return leave_unread(error.span, error.message, error.help);
    Result<Document> document = read_json(saved->source, {.limits = builder_.limits});
    if (!document) return leave_unread(error.span, error.message, error.help);
    // Only of a dump a part is worth something: half a policy may lack its Deny.
    if (!DetailsReader::looks_like_details(document->root))
      return leave_unread(saved->cut, "the document ends too early", "fetch or write it again");
    builder_.complain(source, saved->cut, "the document ends too early",
                      "fetch the dump again; what stands before this place is used", error.code);
    add_document(*std::move(document));
  }

  void add_document(Document read) {
    auto document = std::make_shared<const Document>(std::move(read));
    const Node& root = document->root;
    if (DetailsReader::looks_like_details(root)) {
      details_.add_page(document);
    } else if (FolderReader::looks_like_organization(root)) {
      folder_.add_organization(document);
    } else if (looks_like_policy(root)) {
      folder_.add_policy_file(document);
    } else if (root.is_list() && root.items.empty()) {
      empty_list_ = document;
    } else if (!add_small(*document, root) && !add_list(*document)) {
      say_no_part(*document);
      folder_.add_unread(document->source->name(), document->source->slice(root.span));
    }
  }

  void say_no_part(const Document& document) {
    builder_.complain(document.source, document.root.span, "this is no part of an account",
                      "see docs/account.md for the files that are read");
  }

  bool add_small(const Document& document, const Node& node) {
    if (FolderReader::looks_like_resource(node)) {
      folder_.add_resource(document, node);
    } else if (FolderReader::looks_like_endpoint(node)) {
      folder_.add_endpoint(document, node);
    } else {
      return false;
    }
    return true;
  }

  // A list of resources and endpoints.
  bool add_list(const Document& document) {
    if (!document.root.is_list()) return false;
    for (const Node& item : document.root.items) {
      if (add_small(document, item)) continue;
      builder_.complain(document.source, item.span, "this is neither resource nor VPC endpoint",
                        "give it an `arn` or a `vpcEndpoint`");
      folder_.leave_resources(builder_.last_complaint);
      folder_.leave_endpoints(builder_.last_complaint);
    }
    return true;
  }

  SnapshotBuilder builder_;
  DetailsReader details_;
  FolderReader folder_;
  CollectedLayout layout_;
  CollectedReader collected_;
  std::shared_ptr<const Document> empty_list_;
};

void sort_principals(Account::Snapshot& snapshot) {
  std::vector<std::size_t> order(snapshot.principals.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return snapshot.principals[a].arn < snapshot.principals[b].arn;
  });
  std::vector<AccountPrincipal> principals;
  std::vector<Carried> carried;
  std::set<std::string> accounts;
  for (const std::size_t from : order) {
    accounts.insert(snapshot.principals[from].account);
    snapshot.by_arn[snapshot.principals[from].arn] = principals.size();
    snapshot.by_name.emplace(snapshot.principals[from].name, principals.size());
    principals.push_back(std::move(snapshot.principals[from]));
    carried.push_back(std::move(snapshot.carried[from]));
  }
  snapshot.principals = std::move(principals);
  snapshot.carried = std::move(carried);
  snapshot.account_ids.assign(accounts.begin(), accounts.end());
}

}  // namespace

std::string AccountPrincipal::short_name() const {
  return (kind == Kind::kUser ? "user/" : "role/") + name;
}

Account Account::read(std::vector<AccountFile> files, const AccountOptions& options) {
  auto snapshot = std::make_shared<Snapshot>();
  for (const PolicyKindInfo& row : policy_kinds()) {
    snapshot->stand_ins[row.kind] = snapshot->pool.policies().size();
    snapshot->pool.add({"(not read)", row.kind, stand_in_policy()});
  }
  FileReader reader(*snapshot, options.limits, CollectedLayout(files));
  std::uint32_t id = 0;
  for (AccountFile& file : files) reader.add(std::move(file), id++);
  reader.finish();
  sort_principals(*snapshot);
  return Account(std::move(snapshot));
}

const std::vector<AccountPrincipal>& Account::principals() const { return snapshot_->principals; }
const std::vector<std::string>& Account::account_ids() const { return snapshot_->account_ids; }
const std::vector<AccountProblem>& Account::problems() const { return snapshot_->problems; }

}  // namespace iamcheck
