#pragma once

// Hostile text inside formats that read more than letters. Hidden characters are written as `\xNN`
// first (`escape_hidden`), so that no format gets to see a control character.

#include <string>
#include <string_view>

namespace iamcheck {

/// For text and quoted attributes of XML 1.0 and HTML.
std::string xml_text(std::string_view text);
/// For running text of Markdown: backslashes before everything that Markdown or HTML reads.
std::string markdown_text(std::string_view text);
/// A path as a URI reference (RFC 3986), `./` taken off; an absolute one with `file://`.
std::string uri_path(std::string_view path);
/// For the message of a workflow command (`::error ...::message`); `property`: for one of its
/// properties. Source: GitHub Docs, "Workflow commands", and actions/toolkit's escapes.
std::string workflow_text(std::string_view text, bool property);

}  // namespace iamcheck
