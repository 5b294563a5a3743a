//! The inquiry into why no answer came. A browser hides that from pages, so probes narrow it down: cheap requests
//! without the key, one after the other, each sent only if the one before leaves something open.

use crate::core::exchange::Answer;
use crate::core::explain::{Cause, Certainty, Suspect, Symptoms, likely, possible, unlikely};
use crate::core::policy::Packaging;
use crate::core::time::Span;

/// A probe: a request that tells something by its success, not by its answer. None carries the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Probe {
    /// A file of this page's own site: is there a network at all?
    OwnSite,
    /// The host that did not answer, without asking to read the answer: is it reached?
    Host,
    /// The call of the key test without the key, to be read: may this page read what the host answers?
    Keyless,
}

/// The result of a probe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// An answer came; its status, where the browser tells it.
    Answered(Option<u16>),
    /// An answer with this status came that cannot be Mistral's.
    Foreign(u16),
    /// None came, or none that the page may read.
    Failed,
}

impl Shown {
    /// Reads the answer to a probe.
    pub fn of(answer: &Answer, probe: Probe) -> Self {
        match answer.status {
            // An answer that the page may not read has no status.
            0 => Self::Answered(None),
            status if probe == Probe::Keyless && Symptoms::of(answer).is_foreign() => Self::Foreign(status),
            status => Self::Answered(Some(status)),
        }
    }

    const fn answered(self) -> bool {
        matches!(self, Self::Answered(_) | Self::Foreign(_))
    }
}

/// The clues about a call that got no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clues {
    /// Who was asked: a host, or the simulator.
    pub asked: &'static str,
    /// How the page is handed out. One that is a file has no site of its own that could be asked.
    pub packaging: Packaging,
    /// Time until the browser gave up.
    pub elapsed: Span,
    /// Whether the same host answered this tab before.
    pub answered_before: bool,
    /// The browser reported that the page's policy kept a request to the host back.
    pub policy_violated: bool,
    /// The results of the probes, as far as they were made.
    pub shown: Vec<(Probe, Shown)>,
}

/// The conclusion from the clues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conclusion {
    /// The cause.
    pub cause: Cause,
    /// The certainty of the cause.
    pub certainty: Certainty,
    /// The suspects, likeliest first.
    pub suspects: Vec<Suspect>,
    /// A sentence for each clue.
    pub evidence: Vec<String>,
}

/// A browser gives up within this time if something in it, or close by, refuses the request.
const AT_ONCE: Span = Span::from_millis(60);
/// Systems give up connecting after this long and more.
const LONG: Span = Span::from_secs(10);

const BLOCKER: &str = "An ad or privacy blocker, or another extension of this browser.";
const FIREWALL: &str =
    "A proxy, a firewall, a virus scanner or the network’s name server does not let this host through.";
const DOWN: &str = "Mistral is unreachable from here.";
const EDGE: &str = "An error page of Mistral’s edge, which the browser may not show to other sites.";
const READER: &str = "A proxy or firewall that answers in Mistral’s place.";
const WITH_KEY: &str = "A proxy or extension that stops requests with an Authorization header.";
const NO_NETWORK: &str = "There is no connection to the internet, though the browser believes so.";
const TROUBLE: &str = "Mistral has a problem of its own at the moment.";
const PASSED: &str = "A disturbance that has passed already: test again.";
const FROM_A_FILE: &str =
    "Mistral refuses pages that are opened from a file, which it did not when this one was made.";
const CERTIFICATE: &str =
    "A certificate that this browser does not trust: a company proxy, or a wrong clock.";

impl Clues {
    /// Returns the probe to make next; `None` when no other would change the conclusion.
    pub fn next(&self) -> Option<Probe> {
        if self.policy_violated {
            return None;
        }
        match (self.shown.last(), self.packaging) {
            (None, Packaging::Site) => Some(Probe::OwnSite),
            // Whatever it shows: the page may come from this machine, which says nothing about a network.
            (None, Packaging::SingleFile) | (Some((Probe::OwnSite, _)), _) => Some(Probe::Host),
            (Some((Probe::Host, shown)), _) => shown.answered().then_some(Probe::Keyless),
            (Some((Probe::Keyless, _)), _) => None,
        }
    }

    fn shown(&self, wanted: Probe) -> Option<Shown> {
        self.shown.iter().find(|(probe, _)| *probe == wanted).map(|(_, shown)| *shown)
    }

    /// Concludes from the clues, at any time of the inquiry.
    pub fn conclude(&self) -> Conclusion {
        let (cause, certainty, mut suspects) = self.suspects();
        if self.answered_before {
            // It let earlier calls through.
            suspects.retain(|suspect| suspect.words != BLOCKER);
        }
        Conclusion { cause, certainty, suspects, evidence: self.evidence() }
    }

    fn suspects(&self) -> (Cause, Certainty, Vec<Suspect>) {
        let at_once = self.elapsed <= AT_ONCE;
        if self.policy_violated {
            return (Cause::Csp, Certainty::Certain, Cause::Csp.entry().suspects.to_vec());
        }
        let own_site = self.shown(Probe::OwnSite);
        let (host, keyless) = (self.shown(Probe::Host), self.shown(Probe::Keyless));
        match (own_site, host, keyless) {
            (Some(Shown::Failed), Some(Shown::Failed), _) => (
                Cause::Offline,
                Certainty::Likely,
                vec![
                    likely(NO_NETWORK),
                    unlikely("This page’s own site has just stopped, and Mistral is blocked as well."),
                ],
            ),
            (_, Some(Shown::Failed), _) => (
                Cause::Blocked,
                Certainty::Possible,
                if self.elapsed >= LONG {
                    vec![likely(FIREWALL), possible(DOWN), self.no_network(), unlikely(BLOCKER)]
                } else if at_once {
                    vec![
                        likely(BLOCKER),
                        possible(FIREWALL),
                        possible(CERTIFICATE),
                        possible(NO_NETWORK),
                        unlikely(DOWN),
                    ]
                } else {
                    vec![
                        likely(FIREWALL),
                        possible(BLOCKER),
                        possible(CERTIFICATE),
                        possible(DOWN),
                        self.no_network(),
                    ]
                },
            ),
            (_, Some(_), Some(Shown::Failed)) => {
                let mut suspects = vec![likely(EDGE), possible(READER), unlikely(BLOCKER)];
                if self.packaging == Packaging::SingleFile {
                    suspects.insert(1, possible(FROM_A_FILE));
                }
                (Cause::Blocked, Certainty::Likely, suspects)
            }
            (_, Some(_), Some(Shown::Foreign(_))) => {
                (Cause::Blocked, Certainty::Likely, vec![likely(READER), possible(EDGE)])
            }
            (_, Some(_), Some(Shown::Answered(Some(500..)))) => {
                (Cause::Blocked, Certainty::Likely, vec![likely(TROUBLE), possible(EDGE)])
            }
            (_, Some(_), Some(Shown::Answered(_))) => (
                Cause::Blocked,
                Certainty::Possible,
                vec![likely(PASSED), possible(WITH_KEY), possible(EDGE)],
            ),
            _ => (Cause::Blocked, Certainty::Possible, Cause::Blocked.entry().suspects.to_vec()),
        }
    }

    /// That there is no network: unlikely once a file of the own site has come, and not known where there is no such site.
    fn no_network(&self) -> Suspect {
        match self.packaging {
            Packaging::Site => unlikely(NO_NETWORK),
            Packaging::SingleFile => possible(NO_NETWORK),
        }
    }

    fn evidence(&self) -> Vec<String> {
        let asked = self.asked;
        let mut evidence = Vec::new();
        if self.policy_violated {
            evidence.push(format!("The browser reported that this page’s policy does not allow {asked}."));
        }
        for (probe, shown) in &self.shown {
            evidence.push(match (probe, shown) {
                (Probe::OwnSite, Shown::Failed) => {
                    "Not even a file of this page’s own site arrives.".to_owned()
                }
                (Probe::OwnSite, _) => "A file of this page’s own site arrives.".to_owned(),
                (Probe::Host, Shown::Failed) => {
                    format!("{asked} answers nothing, not even a plain request without the key.")
                }
                (Probe::Host, _) => {
                    format!("{asked} answers a plain request without the key: it is reachable.")
                }
                (Probe::Keyless, Shown::Failed) => {
                    "The same call without the key is answered too, but not in a way that a page may read.".to_owned()
                }
                (Probe::Keyless, Shown::Foreign(status)) => {
                    format!("The same call without the key is answered with status {status}, in a form that is not Mistral’s.")
                }
                (Probe::Keyless, Shown::Answered(Some(401))) => {
                    "The same call without the key is answered by Mistral, with status 401, and may be read: the path is clean."
                        .to_owned()
                }
                (Probe::Keyless, Shown::Answered(status)) => {
                    let status = status.unwrap_or_default();
                    format!("The same call without the key is answered with status {status}, and may be read.")
                }
            });
        }
        evidence.extend(self.answered_before.then(|| format!("{asked} answered this tab before.")));
        evidence
    }
}
