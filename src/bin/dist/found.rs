//! How the page is found and shared: what needs its absolute address, and the files beside it for crawlers and hosts.

use super::address::Address;
use super::html;
use super::not_found;
use super::site::{Fault, Site};

/// Width and height of `share.png` in pixels.
pub(crate) const SHARE_SIZE: (u32, u32) = (1200, 630);

/// The tags of `<head>` that hold an absolute address. Without one there are none.
pub(crate) fn head(address: Option<&Address>) -> String {
    let Some(address) = address else { return String::new() };
    let (width, height) = SHARE_SIZE;
    let property = |name, content: &str| html::tag("meta", &[("property", name), ("content", content)]);
    [
        html::tag("link", &[("rel", "canonical"), ("href", address.as_str())]),
        property("og:url", address.as_str()),
        property("og:image", &address.of("share.png")),
        property("og:image:type", "image/png"),
        property("og:image:width", &width.to_string()),
        property("og:image:height", &height.to_string()),
        property("og:image:alt", "A key in flame colours and the question: Does your Mistral API key work?"),
    ]
    .join("\n    ")
}

/// Writes the files that the page itself does not load.
pub(crate) fn files(site: &Site, address: Option<&Address>) -> Result<(), Fault> {
    let mut robots = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(address) = address {
        robots = format!("{robots}\nSitemap: {}\n", address.of("sitemap.xml"));
        let sitemap = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n  \
             <url><loc>{}</loc></url>\n</urlset>\n",
            address.as_str()
        );
        site.write("sitemap.xml", sitemap.as_bytes())?;
    }
    site.write("robots.txt", robots.as_bytes())?;
    site.write("404.html", not_found::page(address).as_bytes())?;
    // GitHub Pages publishes the files as they are then.
    site.write(".nojekyll", b"")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ICONS: [(&str, &[u8], (u32, u32)); 5] = [
        ("share.png", include_bytes!("../../../style/share/share.png"), SHARE_SIZE),
        ("apple-touch-icon.png", include_bytes!("../../../style/share/apple-touch-icon.png"), (180, 180)),
        ("icon-192.png", include_bytes!("../../../style/share/icon-192.png"), (192, 192)),
        ("icon-512.png", include_bytes!("../../../style/share/icon-512.png"), (512, 512)),
        ("icon-maskable.png", include_bytes!("../../../style/share/icon-maskable.png"), (512, 512)),
    ];

    fn address() -> Address {
        Address::parse("https://a.github.io/b/").unwrap()
    }

    #[test]
    fn pictures_are_small_and_as_large_as_they_say() {
        for (name, bytes, size) in ICONS {
            assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n", "{name}");
            let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
            assert_eq!((number(16), number(20)), size, "{name}");
            assert!(bytes.len() < 60_000, "{name}: {} B", bytes.len());
        }
    }

    #[test]
    fn the_manifest_names_icons_that_are_there() {
        let manifest = include_str!("../../../style/share/manifest.webmanifest");
        let manifest: serde_json::Value = serde_json::from_str(manifest).unwrap();
        let icons = manifest["icons"].as_array().unwrap();
        assert_eq!(icons.len(), 3);
        for icon in icons {
            let src = icon["src"].as_str().unwrap().strip_prefix("./").unwrap();
            let (_, _, (width, height)) = ICONS.iter().find(|(name, ..)| *name == src).unwrap();
            assert_eq!(icon["sizes"], format!("{width}x{height}"), "{src}");
        }
    }

    #[test]
    fn absolute_addresses_stand_only_where_one_is_known() {
        assert_eq!(head(None), "");
        let head = head(Some(&address()));
        for tag in [
            "<link rel=\"canonical\" href=\"https://a.github.io/b/\">",
            "<meta property=\"og:image\" content=\"https://a.github.io/b/share.png\">",
            "<meta property=\"og:image:width\" content=\"1200\">",
            "<meta property=\"og:image:height\" content=\"630\">",
        ] {
            assert!(head.contains(tag), "{head}");
        }
    }
}
