//! The tool as it looks before it runs, from the very views that take its place: so nothing moves when they do.

use key_tester::core::app::{Environment, Model};
use key_tester::core::time::Date;
use key_tester::shell::runtime::Handle;
use key_tester::ui;
use leptos::prelude::{Owner, RenderHtml as _};

/// Nothing in the first state of the tool depends on the day; a test holds that.
const ANY_DAY: Date = Date { year: 2026, month: 1, day: 1 };

/// The markup of the tool's first state.
pub(crate) fn tool() -> String {
    on(ANY_DAY)
}

fn on(today: Date) -> String {
    let model = Model::new(Environment { framed: false, today });
    Owner::new().with(|| ui::tool(Handle::still(model)).to_html())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_state_is_the_same_every_day() {
        assert_eq!(on(ANY_DAY), on(Date { year: 2031, month: 12, day: 24 }));
    }

    #[test]
    fn it_has_what_is_handed_over() {
        let html = tool();
        for part in
            ["id=\"key\"", "id=\"test-key\"", "id=\"try-demo\"", "name=\"endpoint\"", "id=\"error-text\""]
        {
            assert_eq!(html.matches(part).count(), if part.starts_with("name") { 3 } else { 1 }, "{part}");
        }
        assert_eq!(html.matches(" checked").count(), 1, "the host that is chosen at first");
    }
}
