#pragma once

// Whether a value without a shape may be a secret, and whether a name says that it holds one.

#include <string_view>

namespace iamcheck {

/// A value that stands for another one: a variable, a template, a look-up, an encrypted text
/// (`${X}`, `{{ x }}`, `<password>`, `%s`, `os.environ`, `arn:...`, `ENC[...]`). Silent.
bool is_template(std::string_view value);

/// Letters without the order of words: digits among them, no identifier, no path, no UUID, no text
/// in base64. Made for keys and tokens of 12 characters and more.
bool looks_random(std::string_view value);

/// What people choose: at least six characters, letters with a digit or a symbol, no blank.
bool looks_like_password(std::string_view value);

/// What stands for a password wherever it is written: `passw0rd1`, `P@ssword!`, `secret123`.
bool is_stock_password(std::string_view value);

/// Whether `name` calls its value a secret: one of the words of `keyword` stands in it, and nothing
/// behind or beside it says otherwise (`password_hash`, `token_url`, `next_token`).
bool names_secret(std::string_view name, bool& password);

}  // namespace iamcheck
