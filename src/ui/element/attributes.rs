//! The attributes that the page uses, each a method with Leptos's name for it.
//!
//! A method for each, `aria_pressed(true)` as in Leptos, rather than one that takes a name, `aria("pressed", true)`: a name
//! that is written wrongly is no method, without a check of our own, and each method says by its type what it can be set to.
//! What is true or false in ARIA takes a `bool`, everything else a text.

use std::borrow::Cow;

use crate::ui::element::El;
use crate::ui::element::value::{State, Text};

/// The attribute's name in the document, from the method's: `aria-label` from `aria_label`, `type` from `r#type`.
macro_rules! name {
    ($method:ident) => {{
        const LETTERS: [u8; length(stringify!($method))] = spelled(stringify!($method));
        const NAME: &str = match str::from_utf8(&LETTERS) {
            Ok(name) => name,
            Err(_) => panic!("an attribute's name is of ASCII letters"),
        };
        NAME
    }};
}

/// How long the attribute's name is: the method's without the mark of a word that Rust keeps for itself.
const fn length(method: &str) -> usize {
    match method.as_bytes() {
        [b'r', b'#', name @ ..] => name.len(),
        _ => method.len(),
    }
}

/// The attribute's name: the end of the method's, with the hyphens that a method cannot have.
const fn spelled<const N: usize>(method: &str) -> [u8; N] {
    let (mut name, mut at) = ([0; N], 0);
    while at < N {
        let letter = method.as_bytes()[method.len() - N + at];
        name[at] = if letter == b'_' { b'-' } else { letter };
        at += 1;
    }
    name
}

/// Makes the methods for attributes that are texts, and those for states.
macro_rules! attributes {
    (texts: $($text:ident)*; states: $($state:ident)*;) => {
        #[allow(non_snake_case, reason = "SVG has names of this kind, and Leptos leaves them so")]
        impl El {
            $(
                #[doc = concat!("Sets the attribute of this name: `", stringify!($text), "`.")]
                pub(in crate::ui) fn $text(self, value: impl Text) -> Self {
                    value.set(name!($text), self)
                }
            )*
            $(
                #[doc = concat!("Sets the state of this name: `", stringify!($state), "`.")]
                pub(in crate::ui) fn $state(self, value: impl State) -> Self {
                    value.set(name!($state), self)
                }
            )*
        }
    };
}

attributes! {
    texts:
        accept autocapitalize autocomplete autocorrect class colspan d focusable href id inputmode max name placeholder
        preserveAspectRatio r#for r#type rel role rows scope spellcheck tabindex target title value viewBox
        aria_current aria_describedby aria_keyshortcuts aria_label aria_labelledby aria_sort
        data_access data_access_facet data_attempt data_cause data_check data_code_model data_code_state data_copy data_engine
        data_ceiling data_client data_comes data_estimate data_example data_exhibit data_facet data_feature data_figure data_file data_headroom data_lab data_lab_chosen data_lab_measure
        data_lab_plot data_lab_use data_label data_line data_measure data_model data_pace data_pacing data_part data_plan data_prompt data_row
        data_sample data_scan
        data_scan_summary data_scenario data_series data_sort data_state data_test_at data_verdict data_whose data_why;
    states:
        aria_busy aria_disabled aria_expanded aria_hidden aria_invalid aria_pressed
        data_empty data_folded data_open data_running data_searching data_simulated data_sorted data_unknown;
}

impl El {
    /// Sets whether it is open: an attribute that is there or is not.
    pub(in crate::ui) fn open(self, open: bool) -> Self {
        self.marked("open", open)
    }

    /// Sets whether it cannot be used: an attribute that is there or is not.
    pub(in crate::ui) fn disabled(self, disabled: bool) -> Self {
        self.marked("disabled", disabled)
    }

    fn marked(self, name: &'static str, is_set: bool) -> Self {
        if is_set { self.plain(name, Cow::Borrowed("")) } else { self }
    }
}
