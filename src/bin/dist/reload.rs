//! What has a page in development load itself again after a build. It is a file like any other, so the page keeps its policy.

use super::html;
use super::site::{Fault, Site, integrity};

/// The script, which no published page has.
pub(crate) const SCRIPT: &str = "reload.js";

/// What it looks at: the hash of the page.
const SIGN: &str = "reload.txt";

const CODE: &str = "\
let seen;
setInterval(async () => {
  const answer = await fetch('./reload.txt', { cache: 'no-store' }).catch(() => undefined);
  if (!answer?.ok) return;
  const now = await answer.text();
  if (seen !== undefined && now !== seen) location.reload();
  seen = now;
}, 500);
";

/// Adds it to a finished page.
pub(crate) fn add(site: &Site) -> Result<(), Fault> {
    let page = site.text("index.html")?;
    let hash = integrity(CODE.as_bytes());
    let tag =
        html::tag("script", &[("type", "module"), ("src", &format!("./{SCRIPT}")), ("integrity", &hash)]);
    let page = page.replacen("</body>", &format!("  {tag}</script>\n  </body>"), 1);
    site.write(SCRIPT, CODE.as_bytes())?;
    site.write(SIGN, integrity(page.as_bytes()).as_bytes())?;
    site.write("index.html", page.as_bytes())
}
