//! What lists prove.

use super::proofs::all_said;
use crate::core::features::Feature;

#[test]
fn lists_are_counted() {
    for (feature, body, sentence) in [
        (
            Feature::Files,
            r#"{"data":[{"id":"a"}],"object":"list","total":3}"#,
            "3 files; the first page was read.",
        ),
        (Feature::Batch, r#"{"data":[],"object":"list","total":0}"#, "The list came, and is empty."),
        (
            Feature::Agents,
            r#"{"object":"list","data":[{"id":"a"}],"next_page_token":"b"}"#,
            "1 agent on the first page.",
        ),
        (Feature::Conversations, "[]", "The list came, and is empty."),
        (
            Feature::Libraries,
            r#"{"data":[{}],"pagination":{"total_items":1234}}"#,
            "1\u{202f}234 libraries; the first page was read.",
        ),
        (Feature::Voices, r#"{"items":[{"id":"a"}],"total":1}"#, "1 voice; the first page was read."),
    ] {
        all_said(feature, "works", &[(body, sentence)]);
        all_said(
            feature,
            "unclear",
            &[
                ("{}", "The answer is JSON, but no list."),
                (r#"{"data":1}"#, "The answer is JSON, but no list."),
            ],
        );
    }
}
