//! What is written is read by a library that others use, as it was meant.

use icalendar::parser::{Component, read_calendar, unfold};
use proptest::prelude::*;

use super::{Event, LINE, file};
use crate::core::time::{Date, UtcSecond};
use crate::core::work;

const MADE: u64 = 1_796_047_331_000;

/// The values of an event as the library reads them, unfolded and without their escapes: day, stamp, name, title, steps.
fn read(text: &str) -> [String; 5] {
    let unfolded = unfold(text);
    let calendar = read_calendar(&unfolded).unwrap_or_else(|error| panic!("{error}: {text}"));
    let [event] = calendar.components.as_slice() else { panic!("one component: {calendar:?}") };
    assert_eq!(event.name, "VEVENT");
    let value = |component: &Component<'_>, name: &str| {
        component.find_prop(name).unwrap_or_else(|| panic!("no {name}: {text}")).val.as_str().to_owned()
    };
    let [alarm] = event.components.as_slice() else { panic!("one alarm: {event:?}") };
    assert_eq!((alarm.name.as_str(), &*value(alarm, "ACTION")), ("VALARM", "DISPLAY"));
    assert_eq!((&*value(alarm, "TRIGGER"), value(alarm, "DESCRIPTION")), ("PT9H", value(event, "SUMMARY")));
    let start = event.find_prop("DTSTART").expect("a start");
    let all_day = start.params.iter().any(|param| {
        param.key.as_str() == "VALUE" && param.val.as_ref().is_some_and(|val| val.as_str() == "DATE")
    });
    assert!(all_day, "{start:?}");
    ["DTSTART", "DTSTAMP", "UID", "SUMMARY", "DESCRIPTION"].map(|name| value(event, name))
}

/// What a file is held to, whatever is in it.
fn check(text: &str) {
    assert!(text.ends_with("END:VCALENDAR\r\n"), "{text}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "each line ends with both: {text}");
    for line in text.split("\r\n") {
        assert!(line.len() <= LINE, "{} octets: {line}", line.len());
        assert!(!line.contains(['\r', '\n']) && !line.chars().any(char::is_control), "{line:?}");
    }
}

#[test]
fn an_event_has_its_day_its_stamp_and_its_reminder() {
    let day = Date { year: 2027, month: 2, day: 28 };
    let made = UtcSecond::of_unix_millis(MADE);
    let text = file(&Event { day, title: "Rotate", steps: &["First, look.", "Then; go."], made });
    check(&text);
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//"), "{text}");
    let [start, stamp, name, title, steps] = read(&text);
    assert_eq!((&*start, &*stamp, &*title), ("20270228", "20261130T140211Z", "Rotate"));
    assert_eq!(name, "20261130T140211Z-20270228@mistral-key-tester.invalid");
    assert_eq!(steps, "First, look.\nThen; go.");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_stands_in_it_is_read_as_it_was_written(
        day in 0_u32..60_000,
        millis in 0_u64..4_000_000_000_000,
        // A library trims the ends of a value, as any reader of a calendar may.
        title in "[!-~äé€🔑]{1,3}([ -~äé€🔑]{0,120}[!-~äé€🔑])?",
        steps in prop::collection::vec("[!-~äé€🔑]{1,3}([ -~äé€🔑]{0,90}[!-~äé€🔑])?", 1..6),
    ) {
        let day = Date::of_unix_day(day);
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        let made = UtcSecond::of_unix_millis(millis);
        let text = file(&Event { day, title: &title, steps: &steps, made });
        check(&text);
        let [start, stamp, _, read_title, read_steps] = read(&text);
        prop_assert_eq!(start, day.to_string().replace('-', ""));
        prop_assert_eq!(stamp, made.to_string().replace(['-', ':'], ""));
        prop_assert_eq!(read_title, title);
        prop_assert_eq!(read_steps, steps.join("\n"));
    }
}

#[test]
fn the_work_goes_with_the_text() {
    let day = Date { year: 2027, month: 2, day: 28 };
    let made = UtcSecond::of_unix_millis(MADE);
    let steps = |size: usize| {
        let step = "é;".repeat(size);
        work::steps_of(|| file(&Event { day, title: "Rotate", steps: &[&step], made }))
    };
    work::grows_with_size(1_000, steps).unwrap();
}
