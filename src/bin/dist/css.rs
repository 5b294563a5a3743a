//! Joins the style sheets of the page into one without what only an author reads.

/// The sheets in order, without comments, indentation and empty lines. Lines stay lines: the result is meant to be
/// readable for someone who checks what the page is made of.
pub(crate) fn join<'a>(sheets: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for sheet in sheets {
        for line in without_comments(sheet).lines().map(str::trim).filter(|line| !line.is_empty()) {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

/// A comment separates like a space does. Inside a string it is no comment.
fn without_comments(css: &str) -> String {
    let mut text = String::with_capacity(css.len());
    let mut quote = None;
    let mut characters = css.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '\\' {
            text.push(character);
            text.extend(characters.next());
        } else if quote.is_none() && character == '/' && characters.peek() == Some(&'*') {
            characters.next();
            let mut previous = ' ';
            for inside in characters.by_ref() {
                if previous == '*' && inside == '/' {
                    break;
                }
                previous = inside;
            }
            text.push(' ');
        } else {
            match quote {
                Some(open) if open == character => quote = None,
                None if matches!(character, '"' | '\'') => quote = Some(character),
                _ => {}
            }
            text.push(character);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_kept_and_comments_go() {
        let tokens = "/* The layers. */\n@layer a, b;\n\n:root {\n  --x: 1px; /* one */\n}\n";
        assert_eq!(
            join([tokens, "p { color: red }"]),
            "@layer a, b;\n:root {\n--x: 1px;\n}\np { color: red }\n"
        );
    }

    #[test]
    fn strings_and_escapes_are_left_alone() {
        for css in [
            "a::after { content: \"/* not a comment */\" }\n",
            "a::after { content: '\\'/*' }\n",
            "a\\/* b {}\n",
        ] {
            assert_eq!(join([css]), css);
        }
    }

    #[test]
    fn a_comment_still_separates() {
        assert_eq!(join(["a/**/b{}"]), "a b{}\n");
        assert_eq!(join(["a{} /* never closed"]), "a{}\n");
    }
}
