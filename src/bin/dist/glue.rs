//! Takes out of JavaScript what only its author reads: of wasm-bindgen's, and of the boot script.

/// The code without full-line comments, indentation and empty lines. Lines stay lines, as in the style sheet: someone
/// who checks what the page is made of can read them, and no semicolon that JavaScript inserts moves.
///
/// Neither lets a string, template or comment beside code go over several lines. Code where one does comes back
/// as it is.
pub(crate) fn lean(code: &str) -> String {
    lean_lines(code).unwrap_or_else(|| code.to_owned())
}

fn lean_lines(code: &str) -> Option<String> {
    let mut text = String::with_capacity(code.len());
    let mut lines = code.lines().map(str::trim);
    while let Some(line) = lines.next() {
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        if let Some(comment) = line.strip_prefix("/*") {
            let mut rest = comment;
            let after = loop {
                match rest.split_once("*/") {
                    Some((_, after)) => break after,
                    None => rest = lines.next()?,
                }
            };
            if !after.is_empty() {
                return None;
            }
            continue;
        }
        if !is_whole(line) {
            return None;
        }
        text.push_str(line);
        text.push('\n');
    }
    Some(text)
}

/// Whether everything that the line opens with a quote or `/*` also ends on it.
fn is_whole(line: &str) -> bool {
    let mut quote = None;
    let mut rest = line.chars();
    while let Some(character) = rest.next() {
        if character == '\\' {
            match rest.next() {
                Some(_) => continue,
                None => return false,
            }
        }
        match quote {
            Some(open) if open == character => quote = None,
            None if matches!(character, '"' | '\'' | '`') => quote = Some(character),
            None if character == '/' && rest.as_str().starts_with('/') => return true,
            None if character == '/' && rest.as_str().starts_with('*') => {
                let Some((_, after)) = rest.as_str().get(1..).and_then(|inside| inside.split_once("*/"))
                else {
                    return false;
                };
                rest = after.chars();
            }
            _ => {}
        }
    }
    quote.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_indentation_and_empty_lines_go() {
        let code = "\
            /* @ts-self-types=\"./a.d.ts\" */\n\
            import * as a from './a.js';\n\
            \n\
            export class A {\n\
            \x20   /**\n\
            \x20    * Don't `quote` {this}\n\
            \x20    * @returns {number}\n\
            \x20    */\n\
            \x20   get b() {\n\
            \t// it's `one\n\
            \x20       return 1; // it's 1\r\n\
            \x20   }\n\
            }\n";
        assert_eq!(
            lean(code),
            "import * as a from './a.js';\nexport class A {\nget b() {\nreturn 1; // it's 1\n}\n}\n"
        );
    }

    #[test]
    fn of_the_boot_script_the_code_is_left() {
        let boot = include_str!("../../web/boot.js");
        let lean = lean(boot);
        let is_code =
            |line: &&str| !(line.is_empty() || ["//", "/*", "*"].iter().any(|mark| line.starts_with(mark)));
        let code: Vec<&str> = boot.lines().map(str::trim).filter(is_code).collect();
        assert_eq!(lean.lines().collect::<Vec<_>>(), code);
        assert!(lean.len() < boot.len());
    }

    #[test]
    fn what_only_looks_like_a_comment_stays() {
        for code in [
            "const a = \"/* no comment */ // none\";\n",
            "const a = 'it\\'s // none';\n",
            "return `${val.name}: ${val.message}\\n${val.stack}`;\n",
            "const name = /\\[object ([^\\]]+)\\]/.exec(text)?.[1];\n",
            "console.warn(\"`instantiateStreaming` failed:\\n\", e);\n",
            "f(/* one */ 1, /* it's two */ 2);\n",
        ] {
            assert_eq!(lean(code), code);
        }
    }

    #[test]
    fn code_that_goes_over_lines_is_left_alone() {
        for code in [
            "const a = `\n    // text\n`;\n",
            "const a = '`' + `\n\n`;\n",
            "const a = 'one \\\n    two';\n",
            "f(1); /* one\n    two */\n",
            "/* one */ f(1);\n\n",
            "/* never closed\n\n",
        ] {
            assert_eq!(lean(code), code);
        }
    }
}
