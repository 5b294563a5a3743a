//! Recordings: the duration of a WAV file, and a short one to send.

/// Returns the duration of a WAV file in seconds, rounded up as it is billed.
pub(super) fn seconds(wav: &[u8]) -> Option<u64> {
    let mut rest = wav.strip_prefix(b"RIFF")?.get(4..)?.strip_prefix(b"WAVE")?;
    let mut per_second = None;
    loop {
        let kind = rest.get(..4)?;
        let length = usize::try_from(number_at(rest, 4)?).ok()?;
        let content = rest.get(8..)?;
        if kind == b"data" {
            // What is recorded while it is sent does not know its own length.
            let length = u64::try_from(length.min(content.len())).ok()?;
            return Some(length.div_ceil(per_second?));
        }
        if kind == b"fmt " {
            per_second = number_at(content, 8).map(u64::from).filter(|rate| *rate > 0);
        }
        // Chunks begin at even places.
        rest = content.get(length.checked_next_multiple_of(2)?..)?;
    }
}

/// The number that stands at `at` in `bytes`.
fn number_at(bytes: &[u8], at: usize) -> Option<u32> {
    let (number, _) = bytes.get(at..)?.split_first_chunk()?;
    Some(u32::from_le_bytes(*number))
}

/// A tenth of a second of silence, 8000 samples of 8 bits a second.
pub(super) const SAMPLES: [u8; 800] = [128; 800];

/// The head of a WAV file with [`SAMPLES`].
pub(super) const HEAD: &[u8; 44] =
    b"RIFF\x44\x03\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0\
    data\x20\x03\0\0";
