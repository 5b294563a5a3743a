//! Pictures as the simulated models see them. Nothing is decoded: what a real model reads from the pixels is taken
//! from chunks that lie open in a PNG, its palette and its comment.

use crate::core::sim::{Answer, answers, base64};

/// A PNG.
pub(super) struct Picture(Vec<u8>);

/// The signature that every PNG begins with.
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The names of colours; a picture has that of the nearest.
const COLOURS: [(&str, [u8; 3]); 7] = [
    ("Red.", [255, 0, 0]),
    ("Green.", [0, 192, 0]),
    ("Blue.", [0, 0, 255]),
    ("Yellow.", [255, 255, 0]),
    ("Black.", [0, 0, 0]),
    ("White.", [255, 255, 255]),
    ("Grey.", [128, 128, 128]),
];

impl Picture {
    /// The picture at `address`. Only what is in the address itself can be loaded.
    ///
    /// # Errors
    ///
    /// 400 for everything but a PNG in a `data:` URL.
    pub(super) fn load(address: &str) -> Result<Self, Answer> {
        let inline = address.strip_prefix("data:").and_then(|rest| rest.split_once(";base64,"));
        let bytes = inline.and_then(|(_, text)| base64::decode(text));
        match bytes.filter(|bytes| bytes.starts_with(SIGNATURE)) {
            Some(bytes) => Ok(Self(bytes)),
            None if inline.is_some() => {
                Err(answers::unreadable("Image could not be loaded as a valid image"))
            }
            None => Err(answers::unreadable("File could not be fetched from url")),
        }
    }

    /// Its size in bytes.
    pub(super) fn size(&self) -> usize {
        self.0.len()
    }

    /// Width and height in pixels.
    pub(super) fn dimensions(&self) -> (u32, u32) {
        let header = self.chunk(b"IHDR", b"");
        let number = |at| header.and_then(|header| number_at(header, at)).unwrap_or_default();
        (number(0), number(4))
    }

    /// The first colour of its palette, in a word.
    pub(super) fn colour(&self) -> &'static str {
        let Some([red, green, blue, ..]) = self.chunk(b"PLTE", b"") else { return "I cannot tell." };
        let distance = |colour: &[u8; 3]| -> u32 {
            let pairs = colour.iter().zip([red, green, blue]);
            pairs.map(|(one, other)| u32::from(one.abs_diff(*other)).pow(2)).sum()
        };
        COLOURS.iter().min_by_key(|(_, colour)| distance(colour)).map_or("", |(name, _)| name)
    }

    /// Returns the text of the comment. A comment is written in Latin-1.
    pub(super) fn comment(&self) -> String {
        let text = self.chunk(b"tEXt", b"Comment\0").unwrap_or_default();
        text.iter().copied().map(char::from).collect()
    }

    /// The data of the first chunk of that kind which begins with `start`, without it.
    fn chunk(&self, kind: &[u8], start: &[u8]) -> Option<&[u8]> {
        let mut rest = self.0.get(SIGNATURE.len()..)?;
        loop {
            let length = usize::try_from(number_at(rest, 0)?).ok()?;
            let data = rest.get(8..)?.get(..length)?;
            if rest.get(4..8)? == kind
                && let Some(data) = data.strip_prefix(start)
            {
                return Some(data);
            }
            // A checksum of four bytes ends each chunk.
            rest = rest.get(8..)?.get(length..)?.get(4..)?;
        }
    }
}

/// The number that stands at `at` in `bytes`.
fn number_at(bytes: &[u8], at: usize) -> Option<u32> {
    let (number, _) = bytes.get(at..)?.split_first_chunk()?;
    Some(u32::from_be_bytes(*number))
}
