//! The tool as it looks before it runs, from the very views that take its place: so nothing moves when they do.

use key_tester::core::app::{Environment, Model};
use key_tester::core::policy::{Origin, Packaging};
use key_tester::core::prices::AS_OF;
use key_tester::core::time::Date;
use key_tester::shell::Handle;
use key_tester::ui;
use leptos::prelude::{Owner, RenderHtml as _};

/// The markup of the tool's first state, as on the day on which its tables were read: of what depends on the day there is the list
/// of what retires when, and no build is to depend on its own.
pub(crate) fn tool() -> String {
    on(AS_OF)
}

fn on(today: Date) -> String {
    let model = Model::new(Environment {
        barrier: None,
        origin: Origin::Own,
        packaging: Packaging::Site,
        utc_offset: 0,
        today,
    });
    let html = Owner::new().with(|| ui::tool(Handle::still(model)).to_html());
    // Marks between the parts are for a program that takes the markup over; this one brings its own. In a text field they
    // would be text. And an input has no end.
    ["<!>", "<!--<() />-->", "</INPUT>"].iter().fold(html, |html, mark| html.replace(mark, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_state_is_the_same_every_day_but_for_what_retires() {
        let but_for_ends = |html: String| html.split("id=\"endings\"").next().map(str::to_owned);
        let later = Date { year: 2031, month: 12, day: 24 };
        assert_eq!(but_for_ends(tool()), but_for_ends(on(later)));
        assert!(tool().contains("retired 31 Aug 2026") && tool().contains("due to retire 30 Apr 2027"));
    }

    #[test]
    fn text_fields_are_empty_and_inputs_have_no_end() {
        let html = tool();
        assert_eq!(html.matches("></TEXTAREA>").count(), html.matches("<TEXTAREA").count(), "{html}");
        assert!(!html.contains("<!") && !html.contains("</INPUT>"), "{html}");
    }

    #[test]
    fn it_has_what_is_handed_over() {
        let html = tool();
        for part in
            ["id=\"api-key\"", "id=\"test-key\"", "id=\"try-demo\"", "name=\"endpoint\"", "id=\"error-text\""]
        {
            assert_eq!(html.matches(part).count(), if part.starts_with("name") { 3 } else { 1 }, "{part}");
        }
        let chosen = html.split("<INPUT").filter(|input| {
            let input = input.split('>').next().unwrap_or_default();
            input.contains("name=\"endpoint\"") && input.contains(" checked")
        });
        assert_eq!(chosen.count(), 1, "the host that is chosen at first");
    }
}
