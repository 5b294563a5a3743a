//! `cargo xtask art`: draws the icons and the picture for links to the page from their sources, in Chromium.
//!
//! The results are committed, so a build needs no browser. The picture's letters are `DejaVu`'s: draw it where those fonts are.

use std::env;
use std::fs;

use crate::failure::Failure;
use crate::install::Steps;
use crate::process;
use crate::system;
use crate::test_tools;
use crate::workspace::Workspace;

const FOLDER: &str = "style/share";

/// A picture: its source, its file, width and height in pixels.
const PICTURES: [(&str, &str, u32, u32); 5] = [
    ("icon.svg", "apple-touch-icon.png", 180, 180),
    ("icon.svg", "icon-192.png", 192, 192),
    ("icon.svg", "icon-512.png", 512, 512),
    ("icon-maskable.svg", "icon-maskable.png", 512, 512),
    ("share.svg", "share.png", 1200, 630),
];

/// Draws every picture anew.
pub(crate) fn draw(workspace: &Workspace) -> Result<(), Failure> {
    let chromium = test_tools::chromium(workspace)?;
    let folder = workspace.root().join(FOLDER);
    let scratch = env::temp_dir().join(format!("key-tester-art-{}", std::process::id()));
    let io = |error: std::io::Error| Failure::new("cannot write the pictures", error.to_string(), "");
    fs::create_dir_all(&scratch).map_err(io)?;
    let mut steps = Steps::of(PICTURES.len());
    let drawn = PICTURES.iter().try_for_each(|(source, file, width, height)| {
        let page = scratch.join("page.html");
        let picture = folder.join(file);
        let _ = fs::remove_file(&picture);
        let source = folder.join(source);
        fs::write(&page, sheet(&source.to_string_lossy(), *width, *height)).map_err(io)?;
        let mut command = workspace.command(&chromium);
        command.args(["--headless=new", "--hide-scrollbars", "--force-device-scale-factor=1"]);
        // Chromium refuses its sandbox to root.
        command.args(system::is_root().then_some("--no-sandbox"));
        command.arg(format!("--user-data-dir={}", scratch.join("profile").display()));
        command.arg(format!("--window-size={width},{height}"));
        command.arg(format!("--screenshot={}", picture.display()));
        command.arg(format!("file://{}", page.display()));
        let log = workspace.tools().join("logs/art.log");
        steps.work(file, &format!("{width} × {height}"), || {
            process::logged(&mut command, &log, "cargo xtask art")
        })?;
        // Chromium ends well even when it could not write the file.
        if picture.is_file() {
            return Ok(());
        }
        Err(Failure::new(format!("Chromium drew no {file}"), log.display().to_string(), "cargo xtask art"))
    });
    let _ = fs::remove_dir_all(&scratch);
    drawn
}

/// A page that is this picture and nothing else.
fn sheet(source: &str, width: u32, height: u32) -> String {
    format!(
        "<!doctype html><style>html,body{{margin:0}}img{{display:block;width:{width}px;height:{height}px}}</style>\
         <img src=\"file://{source}\">"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_has_a_source_and_was_drawn_in_its_size() {
        let folder = Workspace::find().root().join(FOLDER);
        for (source, file, width, height) in PICTURES {
            assert!(folder.join(source).is_file(), "{source}");
            let bytes = fs::read(folder.join(file)).expect(file);
            let number = |at: usize| {
                bytes.get(at..at + 4).map(|four| four.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
            };
            assert_eq!((number(16), number(20)), (Some(width), Some(height)), "{file}");
        }
    }
}
