//! The day on which a key is to be rotated, as a file for a calendar. Nothing of any key is in it.

use crate::core::app::moment::Clock;
use crate::core::calendar::{self, Event};
use crate::core::time::Date;

/// What the file is called.
pub(super) const FILE: &str = "rotate-mistral-key.ics";

/// The days that stand in the field at first.
const USUAL: &str = "90";

/// The most days that it takes.
const MOST: u32 = 3_650;

/// What is said of another text than a number of days.
pub(super) const PROBLEM: &str = "Type a whole number of days, from 1 to 3650.";

/// What is to be done on that day.
const STEPS: [&str; 6] = [
    "1. Create a new key in the same workspace, in Mistral’s console.",
    "2. Compare it with the old one on the key tester’s page: section Key, “Two keys, for rotation”.",
    "3. Put it in the place of the old one, and restart what reads it.",
    "4. See in the list of keys when the old one was last used.",
    "5. Delete the old key.",
    "6. Have the key tester watch until Mistral refuses it.",
];

/// The field for the days.
#[derive(Debug)]
pub(super) struct Days(pub(super) String);

impl Default for Days {
    fn default() -> Self {
        Self(USUAL.to_owned())
    }
}

impl Days {
    /// The day that lies so many days after another; none if no number of days was typed.
    pub(super) fn after(&self, today: Date) -> Option<Date> {
        let text = self.0.trim();
        let digits = !text.is_empty() && text.len() < 6 && text.bytes().all(|byte| byte.is_ascii_digit());
        let days: u32 = text.parse().ok().filter(|_| digits)?;
        (1..=MOST).contains(&days).then(|| today.plus_days(days))
    }

    /// What is said of the file, or of what stands in the field in place of days.
    pub(super) fn words(&self, today: Date) -> String {
        const HOLDS: &str = "The steps are in it, and no key.";
        match self.after(today) {
            None => PROBLEM.to_owned(),
            // The document that waits for the program says the same on every day.
            Some(_) if self.0 == USUAL => format!("{USUAL} days from today. {HOLDS}"),
            Some(day) => format!("On {}. {HOLDS}", day.in_words()),
        }
    }

    /// The file, by the clock as it was told.
    pub(super) fn file(&self, clock: &Clock) -> Option<String> {
        let [made, local] = clock.time_of(clock.now.at);
        let day = self.after(local.day())?;
        Some(calendar::file(&Event { day, title: "Rotate the Mistral API key", steps: &STEPS, made }))
    }
}
