//! What has a page in development load itself again after a build. It is a file like any other, so the page keeps its policy.

use key_tester::core::policy::policy;

use super::html;
use super::page_policy;
use super::site::{Fault, Site, integrity};
use super::sums;

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

/// Adds it to a finished page, and its hash to the page's policy.
pub(crate) fn add(site: &Site) -> Result<(), Fault> {
    let page = site.text("index.html")?;
    let hash = integrity(CODE.as_bytes());
    let tag =
        html::tag("script", &[("type", "module"), ("src", &format!("./{SCRIPT}")), ("integrity", &hash)]);
    let page = page.replacen("</body>", &format!("  {tag}</script>\n  </body>"), 1);
    let tags = html::tags(&page).map_err(Fault::Page)?;
    let old = tags.iter().find(|tag| page_policy::is_policy(tag)).map(|tag| tag.span.clone());
    let new = old.map(|span| (span, page_policy::element(&policy(&page_policy::scripts(&tags)))));
    let page = html::replace(&page, new.into_iter().collect());
    site.write(SCRIPT, CODE.as_bytes())?;
    site.write(SIGN, integrity(page.as_bytes()).as_bytes())?;
    site.write("index.html", page.as_bytes())?;
    sums::write(site)
}
