//! What is sent to models that take no text: a page, a square, a tone. Small, and made for this page, so that what they show
//! is known and nothing of the user's is sent.

use crate::core::http::Body;

/// An image of one page, 256 × 64 pixels, that reads "Invoice 7294". Its `tEXt` chunk says the same, for the simulated reader.
pub const PAGE: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAQAAAABAAQMAAADPkzv9AAAABlBMVEX///8AAABVwtN+AAAAFH\
    RFWHRDb21tZW50AEludm9pY2UgNzI5NJWmMMsAAAEhSURBVHja7dFBSsNAFAbgPwTMpiTbioO5Qt29QjFXKXiBl10WQqb0Go\
    JHcaB7T+DiFfcy7roIxDdNRZNUD1DyD8zbfDDM/4ApUy4wkesmhytuD4lkAvMPyH3usfoL6KCqIjyeAacwr9ig+Q12z1tLue\
    XMZRYQNjLDWw+87C3VwoUUomBtJI36wO/dwnuumFkfFAXxUw+4T1e6ioWEEFkEYPqAFVAHYguS9KoPLMuDNaW7dnPE4R+36Q\
    i8BxApSABf3ZshWO+OoG2QIpLiYz4EfAIHBbHLXmkI7jqgnRokFrO6HYDl9gekEDMGG0elLB2BlIjB8ImbzXcPCyVMI5BDq/\
    ah6nAqPgN0WXVYlqBtChmBFLru3Ob2CDLXA1OmXFi+ALh8mOoKMCb6AAAAAElFTkSuQmCC";

/// What a reader must find on [`PAGE`].
pub const PAGE_NUMBER: &str = "7294";

/// A red square of 64 × 64 pixels.
pub const SQUARE: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQMAAACQp+OdAAAAA1BMVEXcFB73SBu4AAAAD0lEQV\
    R42mNgGAWjgHwAAAJAAAHgTR1EAAAAAElFTkSuQmCC";

/// The colour of [`SQUARE`].
pub const SQUARE_COLOUR: &str = "red";

/// Samples in a second of [`tone`].
const RATE: u32 = 16_000;

/// A second of a quiet tone, 440 Hz in steps of a triangle, as a WAV file: 16 bits, one channel, 32 044 bytes.
pub fn tone() -> Vec<u8> {
    let bytes = RATE * 2;
    let mut wav = Vec::new();
    for part in [
        b"RIFF".as_slice(),
        &(bytes + 36).to_le_bytes(),
        b"WAVEfmt ",
        &16_u32.to_le_bytes(),
        &1_u16.to_le_bytes(),
        &1_u16.to_le_bytes(),
        &RATE.to_le_bytes(),
        &bytes.to_le_bytes(),
        &2_u16.to_le_bytes(),
        &16_u16.to_le_bytes(),
        b"data",
        &bytes.to_le_bytes(),
    ] {
        wav.extend_from_slice(part);
    }
    let mut level = 0_i16;
    let mut step = 400_i16;
    for _ in 0..RATE {
        if !(-3_600..=3_600).contains(&(level + step)) {
            step = -step;
        }
        level += step;
        wav.extend_from_slice(&level.to_le_bytes());
    }
    wav
}

/// A recording as the form that `POST /v1/audio/transcriptions` takes.
pub fn recording(model: &str, wav: &[u8]) -> Body {
    let boundary = Body::BOUNDARY;
    let mut form = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n{model}\r\n--{boundary}\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"tone.wav\"\r\nContent-Type: audio/wav\r\n\r\n"
    )
    .into_bytes();
    form.extend_from_slice(wav);
    form.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    Body::Form(form)
}

#[cfg(test)]
mod tests {
    use super::{PAGE, PAGE_NUMBER, SQUARE, recording, tone};
    use crate::core::http::Body;
    use base64::Engine;

    fn png(address: &str) -> Vec<u8> {
        let (head, data) = address.split_once(',').expect("a data URL");
        assert_eq!(head, "data:image/png;base64");
        base64::engine::general_purpose::STANDARD.decode(data).expect("base64")
    }

    #[test]
    fn the_images_are_what_their_names_say() {
        let find = |bytes: &[u8], wanted: &[u8]| bytes.windows(wanted.len()).position(|part| part == wanted);
        let (page, square) = (png(PAGE), png(SQUARE));
        assert!(page.starts_with(b"\x89PNG") && square.starts_with(b"\x89PNG"));
        assert!(find(&page, PAGE_NUMBER.as_bytes()).is_some(), "for the simulated reader");
        let palette = find(&square, b"PLTE").map(|at| &square[at + 4..at + 7]);
        assert_eq!(palette, Some([220, 20, 30].as_slice()), "red");
    }

    #[test]
    fn the_tone_lasts_a_second_and_the_form_holds_it() {
        let wav = tone();
        assert_eq!(wav.len(), 32_044);
        assert_eq!(wav.get(40..44), Some(32_000_u32.to_le_bytes().as_slice()));
        let loudest =
            wav[44..].chunks(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]]).unsigned_abs()).max();
        assert!(loudest.is_some_and(|loudest| (3_000..4_000).contains(&loudest)));
        let Body::Form(form) = recording("voxtral-mini-2602", &wav) else { panic!("a form") };
        let text = String::from_utf8_lossy(&form);
        assert!(text.starts_with(&format!("--{}\r\n", Body::BOUNDARY)));
        assert!(text.ends_with(&format!("\r\n--{}--\r\n", Body::BOUNDARY)));
        assert!(text.contains("name=\"model\"\r\n\r\nvoxtral-mini-2602\r\n"));
    }
}
