//! The builder by itself: names, order, escapes and places. What it makes of every state of the page is in `tests/markup.rs`.

use leptos::ev;
use leptos::prelude::*;

use super::html::{a, button, div, h2, input, label, p, span};
use super::svg::{path, svg};
use super::{El, IntoChild, live};

/// The markup of an element, without the marks between texts and in empty places.
fn markup(element: El) -> String {
    let html = Owner::new().with(|| element.into_any().to_html());
    html.replace("<!--<() />-->", "").replace("<!>", "")
}

/// How many places children take.
fn places(children: impl IntoChild) -> usize {
    let mut all = Vec::new();
    children.add_to(&mut all);
    all.len()
}

#[test]
fn a_tag_is_in_capitals_as_the_document_names_it() {
    assert_eq!(markup(h2()), "<H2></H2>");
    assert_eq!(markup(svg().child(path())), "<svg><path></path></svg>", "SVG knows no capitals");
}

#[test]
fn attributes_stand_in_the_order_in_which_they_are_set() {
    let field = input().id("key").class("field").r#type("text").aria_label("Key").value("a");
    let html = markup(field);
    assert_eq!(html, r#"<INPUT id="key" class="field" type="text" aria-label="Key" value="a"></INPUT>"#);
}

#[test]
fn names_are_those_of_the_document() {
    assert_eq!(markup(label().r#for("key")), r#"<LABEL for="key"></LABEL>"#);
    assert_eq!(markup(div().data_lab_plot("strip")), r#"<DIV data-lab-plot="strip"></DIV>"#);
    assert_eq!(markup(svg().viewBox("0 0 8 8")), r#"<svg viewBox="0 0 8 8"></svg>"#);
}

#[test]
fn texts_and_values_are_escaped() {
    let link = a().title(r#""><script>"#).child("<b>&".to_owned());
    assert_eq!(markup(link), r#"<A title="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;</A>"#);
}

#[test]
fn a_state_is_a_word_and_what_is_none_is_left_out() {
    let chip = |state: Option<bool>, title: Option<&'static str>| {
        markup(button().aria_pressed(false).aria_busy(state).title(title))
    };
    assert_eq!(
        chip(Some(true), Some("a")),
        r#"<BUTTON aria-pressed="false" aria-busy="true" title="a"></BUTTON>"#
    );
    assert_eq!(chip(None, None), r#"<BUTTON aria-pressed="false"></BUTTON>"#);
}

#[test]
fn an_attribute_and_a_part_can_follow_the_model() {
    let (read, _) = signal(true);
    let field =
        input().aria_invalid(move || read.get()).r#type(move || if read.get() { "text" } else { "password" });
    assert_eq!(markup(field), r#"<INPUT aria-invalid="true" type="text"></INPUT>"#);
    let part = div().child(live(move || read.get().then(|| p().child("there"))));
    assert_eq!(markup(part), "<DIV><P>there</P></DIV>");
    let parts = div().child(live(move || ("two ", read.get().then(span))));
    assert_eq!(markup(parts), "<DIV>two <SPAN></SPAN></DIV>");
}

#[test]
fn children_come_in_order_however_they_are_nested() {
    let nested = (
        "a",
        (span().child("b"), [p().child("c")]),
        vec!["d".to_owned()],
        ["e", "f"].iter().map(|it| it.to_uppercase()),
    );
    assert_eq!(markup(div().child(nested).child("g")), "<DIV>a<SPAN>b</SPAN><P>c</P>dEFg</DIV>");
}

#[test]
fn an_element_that_is_missing_keeps_its_place() {
    let children = |first: Option<El>, last: Option<El>| (first, (p(), "text", last), [span(), span()]);
    assert_eq!(places(children(Some(p()), Some(p()))), 6);
    assert_eq!(places(children(None, None)), 6);
    assert_eq!(places(Vec::<El>::new()), 0, "a list has the places it has members");
    assert_eq!(places(["1", "", "2"].into_iter().filter_map(|it| it.parse::<u8>().ok().map(|_| p()))), 2);
}

#[test]
fn a_listener_leaves_no_trace_in_the_markup() {
    let pressed = button().on(ev::click, |event| event.prevent_default()).on(ev::toggle, |_| ());
    assert_eq!(markup(pressed), "<BUTTON></BUTTON>");
}
