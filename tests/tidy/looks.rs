//! The looks of the page: one scale of type, and colours that can be told apart.

use std::collections::BTreeMap;

use super::Finding;
use super::source::{self, Source};

const TOKENS: &str = "style/tokens.css";

/// The most sizes of type.
const SIZES: usize = 7;

/// What has to be told from what, and by how much: WCAG 1.4.3 for text, 1.4.11 for what has the focus.
const PAIRS: [(&str, f64); 8] = [
    ("ring", 3.0),
    ("ink", 4.5),
    ("ink-2", 4.5),
    ("ink-3", 4.5),
    ("link", 4.5),
    ("good", 4.5),
    ("warn", 4.5),
    ("bad", 4.5),
];

/// What these lie on.
const GROUNDS: [&str; 3] = ["ground", "raised", "sunk"];

/// Sizes of type off the scale; and of the tokens those that cannot be told from what they lie on.
pub(crate) fn check(source: &Source) -> Vec<Finding> {
    if source::extension(&source.path) != "css" {
        return Vec::new();
    }
    let mut findings = if source.path == TOKENS { tokens(source) } else { Vec::new() };
    for (index, line) in source.text.lines().enumerate() {
        let Some(size) = line.trim().strip_prefix("font-size: ") else { continue };
        // Letters of one width look larger than their size: `em` sets them to that of the words around.
        let allowed =
            ["var(--t", "inherit", "0.925em", "10pt"].iter().any(|allowed| size.starts_with(allowed));
        if !allowed {
            let reason = format!("`{size}` is off the scale of `{TOKENS}`");
            findings.push(Finding::new("type-scale", &source.path, index + 1, reason));
        }
    }
    findings
}

fn tokens(source: &Source) -> Vec<Finding> {
    let declared = source.text.lines().enumerate().filter_map(|(index, line)| {
        let (name, value) = line.trim().strip_prefix("--")?.split_once(": ")?;
        Some((name, (index + 1, value.trim_end_matches(';'))))
    });
    let declared: BTreeMap<&str, (usize, &str)> = declared.collect();
    let mut findings = Vec::new();
    let is_size = |name: &&&str| name.strip_prefix('t').is_some_and(|rest| rest.parse::<u8>().is_ok());
    let sizes = declared.keys().filter(is_size).count();
    if sizes > SIZES {
        findings.push(Finding::new(
            "type-scale",
            TOKENS,
            1,
            format!("{sizes} sizes of type, {SIZES} at most"),
        ));
    }
    let mut missing = Vec::new();
    for (name, least) in PAIRS {
        let Some((line, value)) = declared.get(name) else {
            missing.push(name);
            continue;
        };
        for (scheme, place) in [("light", 0), ("dark", 1)] {
            for ground in GROUNDS {
                let Some((_, under)) = declared.get(ground) else { continue };
                let (over, under) = (luminance(value, place), luminance(under, place));
                let contrast = over.zip(under).map(|(a, b)| (a.max(b) + 0.05) / (a.min(b) + 0.05));
                if contrast.is_none_or(|contrast| contrast < least) {
                    let reason =
                        format!("--{name} on --{ground}, {scheme}: {contrast:.2?} : 1, {least} at least");
                    findings.push(Finding::new("contrast", TOKENS, *line, reason));
                }
            }
        }
    }
    if !missing.is_empty() {
        findings.push(Finding::new("tokens", TOKENS, 1, format!("not declared: {}", missing.join(", "))));
    }
    findings
}

/// The relative luminance of a colour, `oklch(…)` or the first or second of `light-dark(…, …)`.
fn luminance(value: &str, place: usize) -> Option<f64> {
    let colours: Vec<&str> = value.split("oklch(").skip(1).collect();
    let colour = colours.get(place).or(colours.first())?;
    let mut parts = colour.split(')').next()?.split_whitespace();
    let lightness = parts.next()?.strip_suffix('%')?.parse::<f64>().ok()? / 100.0;
    let chroma: f64 = parts.next()?.parse().ok()?;
    let hue: f64 = parts.next()?.parse().ok()?;
    let (a, b) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
    // Björn Ottosson's matrices from OKLab to linear sRGB, as CSS Color 4 has them.
    let long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let medium = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    let red = 4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short;
    let green = -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short;
    let blue = -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short;
    let [red, green, blue] = [red, green, blue].map(|part| part.clamp(0.0, 1.0));
    Some(0.2126 * red + 0.7152 * green + 0.0722 * blue)
}
