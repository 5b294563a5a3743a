//! The days and the file.

use super::reminder::{Days, FILE};
use crate::core::app::calls::{Owner, RequestId};
use crate::core::app::moment::{Clock, Moment};
use crate::core::time::{Date, Timestamp};

const TODAY: Date = Date { year: 2026, month: 11, day: 30 };

fn days(text: &str) -> Option<String> {
    Days(text.to_owned()).after(TODAY).map(|day| day.to_string())
}

#[test]
fn a_day_is_so_many_days_from_now() {
    assert_eq!(Days::default().after(TODAY).map(|day| day.to_string()).as_deref(), Some("2027-02-28"));
    for (text, day) in
        [("1", "2026-12-01"), (" 32 ", "2027-01-01"), ("365", "2027-11-30"), ("3650", "2036-11-27")]
    {
        assert_eq!(days(text).as_deref(), Some(day), "{text}");
    }
    for bad in ["", "0", "3651", "-1", "+1", "1.5", "ninety", "٩٠", "99999999999999999999", "1e3"] {
        assert_eq!(days(bad), None, "{bad}");
    }
}

#[test]
fn the_day_is_counted_where_the_user_is() {
    // 30 November 2026, 23:30 UTC.
    let now = Moment { at: Timestamp::from_micros(9_000_000), wall: 1_796_081_400_000 };
    let day = |ahead: i32| {
        let clock = Clock { id: RequestId::new(Owner::Rotation, 1), now, ahead };
        let file = Days("1".to_owned()).file(&clock).expect("a file");
        assert!(file.contains("DTSTAMP:20261130T233000Z\r\n"), "{file}");
        let start = file.split("DTSTART;VALUE=DATE:").nth(1).and_then(|rest| rest.split("\r\n").next());
        start.expect("a day").to_owned()
    };
    assert_eq!([day(-300), day(0), day(60)], ["20261201", "20261201", "20261202"]);
    assert_eq!(FILE, "rotate-mistral-key.ics");
}
