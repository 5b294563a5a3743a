//! The Locust file. A test runs it, distributed, with Locust 2.47.0.
//!
//! Locust's users know nothing of each other, while the page has one order of calls, one number of them under way and one pace.
//! So one process, the master or the only one, hands the calls out, and the users ask for them.

use crate::core::bench::prompt::STEP;
use crate::core::bench::{OnLimit, Schedule};
use crate::core::export::{data, template};

/// The file for these calls.
pub(super) fn file(template: &str, schedule: &Schedule) -> String {
    let truth = |holds| if holds { "True" } else { "False" }.to_owned();
    let (_, paced) = data::pace(schedule);
    let mut values = data::values(schedule);
    values.extend([
        ("paced", truth(paced)),
        ("stop_at_limit", truth(schedule.on_limit() == OnLimit::Stop)),
        ("step", STEP.to_string()),
    ]);
    template::fill(template, &values)
}

/// The commands that run the file.
pub(super) const RUN: &str = r"pip install locust
export MISTRAL_API_KEY=...   # on each machine that makes calls

# On one machine:
locust -f mistral-locustfile.py --headless --csv mistral

# On several: the master makes no calls and needs no key.
locust -f mistral-locustfile.py --headless --csv mistral --master --expect-workers 2
# On each of two others:
locust -f mistral-locustfile.py --worker --master-host MASTER
";
