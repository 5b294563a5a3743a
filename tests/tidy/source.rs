//! Rust source reduced to what the rules look at: code without comments, strings and tests; strings apart.

/// A file of the repository.
pub(crate) struct Source {
    /// Path from the workspace root, with `/`.
    pub(crate) path: String,
    /// The text as it is.
    pub(crate) text: String,
    /// The text without comments, with string contents and test modules blanked. Line for line as the text.
    pub(crate) code: String,
    /// The same with the tests.
    pub(crate) with_tests: String,
    /// String literals outside tests: line, counted from 1, and contents as written.
    pub(crate) strings: Vec<(usize, String)>,
}

impl Source {
    /// Reads a file's text. Anything but Rust and JavaScript is all text and no code.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let (code, strings) = match extension(path) {
            "rs" => strip(text, true),
            "js" => strip(text, false),
            _ => (String::new(), Vec::new()),
        };
        let with_tests = code.clone();
        let mut source = Self { path: path.to_owned(), text: text.to_owned(), code, with_tests, strings };
        if source.is_test_file() {
            source.code.clear();
            source.strings.clear();
        } else {
            source.blank_test_modules();
        }
        source
    }

    /// The name without folders.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Lines of code with their numbers.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// Modules that only tests compile: they may read files, panic and reach across layers.
    fn is_test_file(&self) -> bool {
        self.path.starts_with("src/")
            && (self.name().ends_with("tests.rs")
                || self.name() == "properties.rs"
                || self.path.contains("/tests/"))
    }

    fn blank_test_modules(&mut self) {
        let mut from = 0;
        while let Some(found) = self.code[from..].find("#[cfg(test)]") {
            let start = from + found;
            let Some(end) = end_of_item(&self.code, start) else { break };
            let first = self.code[..start].matches('\n').count() + 1;
            let blanked: String = self.code[start..end].chars().filter(|&c| c == '\n').collect();
            let last = first + blanked.len();
            self.strings.retain(|(line, _)| !(first..=last).contains(line));
            self.code.replace_range(start..end, &blanked);
            from = start + blanked.len();
        }
    }
}

/// What stands behind the last dot of a path.
pub(crate) fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// Whether a name stands in a line, not as part of a longer one.
pub(crate) fn holds_name(line: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(name).any(|(at, _)| {
        let before = line[..at].chars().next_back().is_some_and(is_word) && name.starts_with(is_word);
        let after = line[at + name.len()..].chars().next().is_some_and(is_word) && name.ends_with(is_word);
        !before && !after
    })
}

/// The end of the item that begins here: behind its closing brace, or behind `;` if that comes first.
fn end_of_item(code: &str, start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in code[start..].char_indices() {
        match character {
            ';' if depth == 0 => return Some(start + at + 1),
            '{' => depth += 1,
            '}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(start + at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Code and strings of a source text. In JavaScript `'…'` and `` `…` `` are strings as well.
fn strip(text: &str, is_rust: bool) -> (String, Vec<(usize, String)>) {
    let (mut code, mut strings) = (String::with_capacity(text.len()), Vec::new());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let after_name = code.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            let length = block_comment(rest);
            code.extend(rest[..length].chars().filter(|&c| c == '\n'));
            length
        } else if let Some((open, close)) = string_marks(rest, is_rust).filter(|_| !(is_rust && after_name)) {
            let has_escapes = !open.contains('r');
            let body = &rest[open.len()..];
            let inner = &body[..string_end(body, &close, has_escapes)];
            strings.push((code.matches('\n').count() + 1, inner.to_owned()));
            code.push_str(&open);
            code.extend(inner.chars().filter(|&c| c == '\n'));
            code.push_str(&close);
            (open.len() + inner.len() + close.len()).min(rest.len())
        } else if let Some(length) = char_literal(rest).filter(|_| is_rust) {
            code.push_str("' '");
            length
        } else {
            code.push(character);
            character.len_utf8()
        };
        rest = &rest[taken..];
    }
    (code, strings)
}

/// How a string that begins here opens and closes.
fn string_marks(rest: &str, is_rust: bool) -> Option<(String, String)> {
    let plain = if is_rust { &["\"", "b\"", "c\""][..] } else { &["\"", "'", "`"][..] };
    if let Some(open) = plain.iter().find(|open| rest.starts_with(**open)) {
        return Some(((*open).to_owned(), open[open.len() - 1..].to_owned()));
    }
    let raw = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r')).filter(|_| is_rust)?;
    let hashes = raw.len() - raw.trim_start_matches('#').len();
    raw[hashes..].starts_with('"').then(|| {
        let open = &rest[..=rest.len() - raw.len() + hashes];
        (open.to_owned(), format!("\"{}", "#".repeat(hashes)))
    })
}

fn string_end(body: &str, close: &str, has_escapes: bool) -> usize {
    let mut escaped = false;
    for (at, character) in body.char_indices() {
        if !escaped && body[at..].starts_with(close) {
            return at;
        }
        escaped = has_escapes && character == '\\' && !escaped;
    }
    body.len()
}

/// The length of a comment that may hold others.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let here = &rest[at..];
        let step = if here.starts_with("/*") {
            depth += 1;
            2
        } else if here.starts_with("*/") {
            depth -= 1;
            2
        } else {
            here.chars().next().map_or(1, char::len_utf8)
        };
        at += step;
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// The length of `'x'` or `'\n'`; a lifetime is not one.
fn char_literal(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('\'')?;
    if body.starts_with('\\') {
        return body.char_indices().skip(2).find(|&(_, c)| c == '\'').map(|(at, _)| at + 2);
    }
    let first = body.chars().next()?;
    body[first.len_utf8()..].starts_with('\'').then(|| first.len_utf8() + 2)
}

#[test]
fn comments_strings_and_tests_are_no_code() {
    let text = r##"//! fetch
/* fetch /* fetch */ fetch */ let a = "fetch \" fetch"; // fetch
let b = r#"fetch " fetch"#; let c = '"'; let d: &'static str = b"fetch";
fn used() {}
#[cfg(test)]
mod tests {
    fn fetch() { "fetch" }
}
fn after() { '\'' }
"##;
    let source = Source::new("src/ui/a.rs", text);
    assert!(!source.code.contains("fetch"), "{}", source.code);
    for kept in ["let a = \"\"", "let c = ' '", "&'static str", "fn used", "fn after"] {
        assert!(source.code.contains(kept), "{kept} in {}", source.code);
    }
    assert_eq!(source.code.lines().count(), text.lines().count());
    let strings: Vec<_> = source.strings.iter().map(|(line, text)| (*line, text.as_str())).collect();
    assert_eq!(strings, [(2, "fetch \\\" fetch"), (3, "fetch \" fetch"), (3, "fetch")]);
}

#[test]
fn a_module_of_tests_in_its_own_file_hides_only_itself() {
    let source = Source::new("src/core/a.rs", "#[cfg(test)]\nmod tests;\nuse std::fs;\n");
    assert_eq!(source.code.trim(), "use std::fs;");
}
