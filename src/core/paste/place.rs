//! Which URL was called.

use super::scan;

/// A host and a path, as far as a text names them.
#[derive(Default)]
pub(super) struct Place {
    pub(super) host: Option<String>,
    pub(super) path: Option<String>,
}

/// Parts of paths that only APIs have. Links to documentation are not what was called.
const API_PATHS: &str = "/v1|/v2|/completions|/embeddings|/chat";

/// In the names of hosts that explain and are not called.
const EXPLAINING: &str = "docs.|platform.|help.|github.com|developer.";

/// Words that a host without a URL follows.
const BEFORE_HOST: &str = "> Host: |> host: |host='|host=\\'|resolve host: |ENOTFOUND |EAI_AGAIN |onnect to host |\
    Failed to connect to |ailed host lookup: '|ookup |esolve host \"|nknownHostException: ";

/// Words that a path without a URL follows.
const BEFORE_PATH: &str = "with url: |> GET |> POST |\"GET |\"POST |[:path: ";

/// Mistral's URL if there is one, else the last that looks like an API's.
pub(super) fn of(text: &str) -> Place {
    let mut best = Place::default();
    let (mut from, mut certain) = (0, false);
    while let Some(start) = scan::find(text, "://", from) {
        from = start + 3;
        let scheme = text.get(..start).is_some_and(|before| scan::ends(before, "http|https"));
        let Some(place) = text.get(from..).filter(|_| scheme).map(url) else { continue };
        let host = place.host.as_deref().unwrap_or_default();
        let mistral = host.ends_with(".mistral.ai") && scan::begins(host, "api.|codestral.");
        let path = place.path.as_deref().unwrap_or_default();
        let called = !host.is_empty() && !scan::holds(host, EXPLAINING) && scan::holds(path, API_PATHS);
        // A bare base URL in a configuration does not hide the URL that was called.
        let better = if certain { mistral && !path.is_empty() } else { mistral || called };
        if better {
            best = place;
        }
        certain |= mistral;
    }
    best.host = best.host.or_else(|| host(scan::behind(text, BEFORE_HOST)?).filter(|host| is_name(host)));
    best.path = best.path.or_else(|| path(scan::behind(text, BEFORE_PATH)?));
    best
}

/// Whether a word behind “connect to” is a host: `Failed to connect to Mistral API` names none.
fn is_name(host: &str) -> bool {
    host == "localhost" || host.contains('.')
}

/// What stands behind `://`: perhaps a name and a password, a host, perhaps a port, perhaps a path.
fn url(text: &str) -> Place {
    let (authority, rest) = scan::leading(text, true, "-._~:@%!$&*+=");
    Place { host: host(scan::behind(authority, "@").unwrap_or(authority)), path: path(rest) }
}

fn host(text: &str) -> Option<String> {
    let host = scan::trim_end(scan::leading(text, true, "-._").0, ".");
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}

fn path(text: &str) -> Option<String> {
    let path = scan::trim_end(scan::leading(text, true, "/-._~:@%+").0, ".:");
    path.starts_with('/').then(|| path.to_owned())
}
