//! The words of the page: pictures in place of the field's own word, and phrases that nobody says aloud.

use super::Finding;
use super::source::Source;

/// Words that no sentence of the page holds, each with what to say instead.
pub(crate) const AVOID: [(&str, &str); 20] = [
    ("amongst", "among"),
    ("at the door", "without a key"),
    ("engine", "the tool by its name"),
    ("engines", "the tools by their names"),
    ("held against", "compared with"),
    ("hence", "so"),
    ("in order to", "to"),
    ("is full", "is out of capacity"),
    ("lest", "so that … not"),
    ("moving", "alias"),
    ("once more", "again"),
    ("please", "nothing"),
    ("shall", "will"),
    ("simply", "nothing"),
    ("that there is", "nothing"),
    ("thus", "so"),
    ("upon", "on"),
    ("utilise", "use"),
    ("utilize", "use"),
    ("whilst", "while"),
];

/// Every sentence of the program and of the page that holds one of these words.
pub(crate) fn check(source: &Source) -> Vec<Finding> {
    let path = source.path.as_str();
    let sentences: Vec<(usize, &str)> = if path == "index.html" {
        source.text.lines().enumerate().map(|(index, line)| (index + 1, line)).collect()
    } else if ["src/core/", "src/ui/"].iter().any(|folder| path.starts_with(folder)) && !is_foreign(path) {
        source.strings.iter().map(|(line, words)| (*line, words.as_str())).collect()
    } else {
        return Vec::new();
    };
    let sentences = sentences.into_iter().filter(|(_, words)| words.contains(' '));
    sentences.flat_map(|(line, words)| found(path, line, words)).collect()
}

/// Whether the words of a file are those of others, which it reads or plays.
fn is_foreign(path: &str) -> bool {
    [
        "src/core/sim/",
        "src/core/paste/",
        "src/core/gallery.rs",
        "src/core/explain/rules.rs",
        "src/core/explain/particulars.rs",
    ]
    .iter()
    .any(|foreign| path.starts_with(foreign))
}

fn found(path: &str, line: usize, words: &str) -> Vec<Finding> {
    let plain: String =
        words.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    let plain = format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "));
    let held = AVOID.iter().filter(|(word, _)| plain.contains(&format!(" {word} ")));
    let finding = |(word, instead): &(&str, &str)| {
        Finding::new("page-words", path, line, format!("“{word}” in a sentence of the page: say {instead}"))
    };
    held.map(finding).collect()
}
