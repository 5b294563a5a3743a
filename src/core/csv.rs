//! Tables for other programs, after RFC 4180. Every table of the page is written here, so that no name in it can become a formula.

/// `yes` or `no`.
pub(in crate::core) fn yes(whether: bool) -> String {
    if whether { "yes" } else { "no" }.to_owned()
}

/// A number of thousandths as a decimal number, with one decimal at most; empty for none.
pub(in crate::core) fn number(thousandths: Option<u64>) -> String {
    let Some(thousandths) = thousandths else { return String::new() };
    let tenths = thousandths.saturating_add(50) / 100;
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        rest => format!("{}.{rest}", tenths / 10),
    }
}

/// Appends a line of fields.
pub(in crate::core) fn line<'f>(text: &mut String, fields: impl Iterator<Item = &'f str>) {
    for (place, field) in fields.enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push_str(&quoted(field));
    }
    text.push_str("\r\n");
}

/// A field as it is written. Names come from outside: one that a table program would take for a formula begins with `'`, so that it is
/// a text there.
fn quoted(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{field}") } else { field.to_owned() };
    if text.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::{line, number, quoted};
    use proptest::prelude::*;

    /// The lines of a text in this format, each as its fields.
    fn read(text: &str) -> Vec<Vec<String>> {
        let (mut lines, mut fields, mut field, mut inside) = (Vec::new(), Vec::new(), String::new(), false);
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '"' if inside && letters.peek() == Some(&'"') => {
                    field.push('"');
                    letters.next();
                }
                '"' => inside = !inside,
                ',' if !inside => fields.push(std::mem::take(&mut field)),
                '\r' if !inside && letters.peek() == Some(&'\n') => {
                    letters.next();
                    fields.push(std::mem::take(&mut field));
                    lines.push(std::mem::take(&mut fields));
                }
                letter => field.push(letter),
            }
        }
        lines
    }

    proptest! {
        #[test]
        fn property_what_is_written_is_read_again(all in prop::collection::vec("([=+@\"',\r\n-]|.){0,12}", 1..6)) {
            let mut text = String::new();
            line(&mut text, all.iter().map(String::as_str));
            line(&mut text, std::iter::once("next"));
            let lines = read(&text);
            prop_assert_eq!(lines.len(), 2);
            for (own, written) in all.iter().zip(&lines[0]) {
                prop_assert!(written == own || *written == format!("'{own}"), "{own:?} {written:?}");
                prop_assert!(!written.starts_with(['=', '+', '-', '@']), "{written:?} is a formula");
            }
            prop_assert_eq!(lines[0].len(), all.len());
        }
    }

    #[test]
    fn fields_are_quoted_only_where_they_have_to_be() {
        assert_eq!(quoted("mistral-small-2603"), "mistral-small-2603");
        assert_eq!(quoted("=HYPERLINK(\"x\",1)"), "\"'=HYPERLINK(\"\"x\"\",1)\"");
        assert_eq!(quoted("a,b"), "\"a,b\"");
        assert_eq!(["-1", "+1", "@x"].map(quoted), ["'-1", "'+1", "'@x"]);
    }

    #[test]
    fn numbers_have_one_decimal_at_most() {
        assert_eq!([Some(231_000), Some(57_649), None].map(number), ["231", "57.6", ""]);
    }
}
