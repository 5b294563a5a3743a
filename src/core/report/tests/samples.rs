//! The samples as a table.

use super::{failed, report, series};
use crate::core::bench::Mark;
use crate::core::explain::Cause;

#[test]
fn each_sample_has_a_line_and_a_name_is_no_formula() {
    let mut slow = series("=cmd|'/c calc'!A1", &[231]);
    slow.samples[0].marks.insert(Mark::HiddenTab);
    slow.samples[0].marks.insert(Mark::BusyPage);
    slow.samples.push(failed(1, Cause::RateLimited));
    let text = report(vec![series("mistral-small-2603", &[200]), slow]).samples_csv();
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    assert_eq!(
        lines,
        [
            "Series,Model,Call,Host,At once,Round,Started us,First token ms,Whole ms,Output tokens,Tokens per second,Marks,Cause",
            "1,mistral-small-2603,chat,api.mistral.ai,1,0,1000000,200,240,4,75,,",
            "2,'=cmd|'/c calc'!A1,chat,api.mistral.ai,1,0,1000000,231,271,4,75,hidden-tab busy-page,",
            "2,'=cmd|'/c calc'!A1,chat,api.mistral.ai,1,1,3000000,,,,,,rate-limited",
        ]
    );
}
