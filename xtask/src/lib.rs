//! What a host of files knows of them: their media types, and which of them are sent compressed. The local server and the
//! browser tests' host both ask here.

use std::io::{self, Write as _};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

/// What a file is, to a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Media {
    /// The value of `Content-Type`.
    pub name: &'static str,
    /// Whether it is worth compressing.
    pub compressible: bool,
}

/// The media type by the file's ending. Hosts send `nosniff`, so a missing one would break the page.
#[must_use]
pub fn media(file: &Path) -> Media {
    let (name, compressible) = match file.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => ("text/html; charset=utf-8", true),
        "js" | "mjs" => ("text/javascript; charset=utf-8", true),
        "css" => ("text/css; charset=utf-8", true),
        // Without exactly this type a browser refuses to compile while the file arrives.
        "wasm" => ("application/wasm", true),
        "json" | "map" => ("application/json", true),
        "webmanifest" => ("application/manifest+json", true),
        "svg" => ("image/svg+xml", true),
        "xml" => ("application/xml", true),
        "txt" | "md" => ("text/plain; charset=utf-8", true),
        "png" => ("image/png", false),
        "jpg" | "jpeg" => ("image/jpeg", false),
        "webp" => ("image/webp", false),
        "ico" => ("image/x-icon", false),
        "woff2" => ("font/woff2", false),
        _ => ("application/octet-stream", false),
    };
    Media { name, compressible }
}

/// The bytes as a host sends them to whoever accepts gzip.
///
/// # Errors
///
/// When memory runs out.
pub fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_file_of_a_page_has_a_type() {
        for (file, name, compressible) in [
            ("a.js", "text/javascript; charset=utf-8", true),
            ("a_bg.wasm", "application/wasm", true),
            ("a.css", "text/css; charset=utf-8", true),
            ("favicon.svg", "image/svg+xml", true),
            ("robots.txt", "text/plain; charset=utf-8", true),
            ("share.png", "image/png", false),
            ("a.bin", "application/octet-stream", false),
            ("_headers", "application/octet-stream", false),
        ] {
            assert_eq!(media(Path::new(file)), Media { name, compressible }, "{file}");
        }
    }
}
