//! Two keys, for rotation. The text of the new key's field stays in the field, as that of the key form does.

use leptos::ev::{self, SubmitEvent};

use crate::core::app::{
    Island, Msg, RotationLine, RotationMark, RotationMsg, RotationPress, RotationView, TextField, Tone,
    WatchView, Which,
};
use crate::shell::Shown;
use crate::ui::element::{El, live};
use crate::ui::html::{
    dd, div, dl, dt, h3, h4, input, label, p, section, span, table, tbody, td, th, thead, tr,
};
use crate::ui::{Handle, button, hint_class, html, submitted, text_field, tick, typed};

/// The panel.
pub(super) fn view(handle: Handle) -> El {
    let entry = handle.island(Island::rotation_entry());
    let rotation = handle.island(Island::rotation());
    section()
        .class("panel rotate")
        .id("rotate")
        .aria_labelledby("rotate-heading")
        .data_state(move || rotation.read().state)
        .child((
            h3().class("panel-head").id("rotate-heading").tabindex("-1").child("Two keys, for rotation"),
            p().class("panel-words").child(
                "Compare the new key with the old one before you delete the old one. Then watch until Mistral refuses the old one.",
            ),
            // The field stays while all around it changes: it alone holds its text.
            live(move || entry.read().then(|| form(handle, rotation))),
            live(move || rotation.with(|rotation| outcome(handle, rotation))),
            calendar(handle, rotation),
        ))
}

/// The field of the new key, and the button that sends both.
fn form(handle: Handle, rotation: Shown<RotationView>) -> El {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let text = submitted(&event, TextField::NewKey);
        handle.send(Msg::Rotation(RotationMsg::Submitted(text)));
    };
    let field = input()
        .class("key-field")
        .id("rotation-key")
        .r#type(move || if rotation.read().revealed { "text" } else { "password" })
        .autocomplete("off")
        .autocapitalize("none")
        .autocorrect("off")
        .spellcheck("false")
        .aria_describedby("rotation-key-hint")
        .aria_invalid(move || rotation.read().tone == Tone::Bad)
        .on(ev::input, typed(handle, TextField::NewKey));
    let reveal = move || {
        let (word, label) = if rotation.read().revealed {
            ("Hide", "Hide the new key")
        } else {
            ("Show", "Show the new key")
        };
        button(handle, "key-reveal", word, Msg::Rotation(RotationMsg::RevealToggled))
            .id("reveal-new")
            .aria_label(label)
    };
    let go = html::button()
        .class("key-go")
        .id("compare-keys")
        .r#type("submit")
        .aria_describedby("compare-price")
        .child("Compare");
    let hint = move || {
        let rotation = rotation.read();
        p().class(hint_class(rotation.tone)).id("rotation-key-hint").child(rotation.hint.clone())
    };
    html::form().class("rotate-entry").autocomplete("off").on(ev::submit, submit).child((
        label().class("key-label").r#for("rotation-key").child("New Mistral API key"),
        div().class("key-row").child((field, live(reveal), go)),
        live(hint),
        live(move || p().class("price-tag").id("compare-price").child(rotation.read().requests)),
        live(move || rotation.with(|rotation| owner_box(handle, rotation))),
    ))
}

/// The box for whose keys they are.
fn owner_box(handle: Handle, rotation: &RotationView) -> El {
    let words = "Also ask whose keys they are. Only then can workspaces be compared. An answer may name a person; \
                 the page does not show the name here.";
    let changed = move |_| handle.send(Msg::Rotation(RotationMsg::OwnerTicked));
    tick("rotation-owner", words, rotation.with_owner, changed)
}

/// What the two keys came to, and what can be done about them.
fn outcome(handle: Handle, rotation: &RotationView) -> El {
    let paired = rotation.keys.is_some();
    div().class("rotate-outcome").id("rotation-outcome").child((
        rotation.note.clone().map(|note| p().class("note").id("rotation-note").child(note)),
        rotation.keys.as_ref().map(|keys| sides(keys, &rotation.cells)),
        (!rotation.lines.is_empty())
            .then(|| dl().class("rotate-lines").id("rotation-lines").child(rotation.lines.iter().map(line))),
        rotation.presses.contains(&RotationPress::CompareAgain).then(|| owner_box(handle, rotation)),
        paired.then(|| presses(handle, rotation)),
        paired.then(|| watch(handle, rotation)),
    ))
}

/// The two keys side by side.
fn sides(keys: &[(String, &'static str); 2], cells: &[(&'static str, [String; 2])]) -> El {
    let head = |word: &'static str, (tail, state): &(String, &'static str)| {
        let tail = span().class("measured").child(tail.clone());
        th().scope("col").child((span().child(word), tail, span().class("note").child(*state)))
    };
    let [old, new] = keys;
    let row = |(label, [old, new]): &(&'static str, [String; 2])| {
        tr().child((th().scope("row").child(*label), td().child(old.clone()), td().child(new.clone())))
    };
    table().class("rotate-table").id("rotation-table").aria_labelledby("rotate-heading").child((
        thead().child(tr().child((td(), head("Old key", old), head("New key", new)))),
        tbody().child(cells.iter().map(row)),
    ))
}

/// A question about both keys, and its answer.
fn line(line: &RotationLine) -> El {
    let class = match line.mark {
        RotationMark::Good => "state-good",
        RotationMark::Bad => "state-bad",
        RotationMark::Unknown => "state-none",
    };
    div()
        .class("rotate-line")
        .child((dt().child(line.question), dd().class(class).child(span().child(line.answer.clone()))))
}

/// What can be pressed about both keys.
fn presses(handle: Handle, rotation: &RotationView) -> El {
    let has = |press| rotation.presses.contains(&press);
    let again = has(RotationPress::CompareAgain).then(|| {
        let again = button(handle, "button", "Compare again", Msg::Rotation(RotationMsg::ComparedAgain));
        let price = p().class("price-tag").id("again-price").child(rotation.requests);
        div().class("panel-go").child((again.id("compare-again").aria_describedby("again-price"), price))
    });
    let tests = has(RotationPress::Test(Which::Old)) || has(RotationPress::Test(Which::New));
    let note =
        tests.then(|| p().class("note").child("After that test, this page scans and checks with that key."));
    let go = |press: &RotationPress| {
        let (id, words, msg) = match press {
            RotationPress::Stop => ("stop-rotation", "Stop", RotationMsg::Stopped),
            RotationPress::Test(Which::Old) => ("test-other", "Test the old key", RotationMsg::OtherTested),
            RotationPress::Test(Which::New) => ("test-other", "Test the new key", RotationMsg::OtherTested),
            RotationPress::Forget(Which::Old) => {
                ("forget-old", "Forget the old key", RotationMsg::OldForgotten)
            }
            RotationPress::Forget(Which::New) => {
                ("forget-new", "Forget the new key", RotationMsg::NewForgotten)
            }
            RotationPress::StartOver => ("rotate-anew", "Start over", RotationMsg::StartedOver),
            // These have their price beside them.
            RotationPress::CompareAgain | RotationPress::Watch => return None,
        };
        Some(button(handle, "button", words, Msg::Rotation(msg)).id(id))
    };
    let all = div().class("panel-go").id("rotation-presses").child(rotation.presses.iter().filter_map(go));
    div().class("rotate-end").child((again, all, note))
}

/// The watch: what begins it, or what it has seen.
fn watch(handle: Handle, rotation: &RotationView) -> El {
    let offered = rotation.presses.contains(&RotationPress::Watch).then(|| {
        let words = "I have deleted it: watch";
        div().class("panel-go").child((
            button(handle, "button", words, Msg::Rotation(RotationMsg::WatchPressed))
                .id("start-watch")
                .aria_describedby("watch-price"),
            p().class("price-tag").id("watch-price").child(rotation.watch_most.clone()),
        ))
    });
    let known = |watch: &WatchView| {
        let class = if watch.state == "seen" { "state-good" } else { "state-none" };
        div().class("rotate-watch").id("rotation-watch").data_state(watch.state).child((
            p().class(class).child(span().child(watch.words.clone())),
            p().class("note").child(watch.count.clone()),
        ))
    };
    div().class("rotate-end").child((
        (offered.is_some() || rotation.watch.is_some())
            .then(|| h4().class("next-head").child("After you delete the old key")),
        rotation.watch.as_ref().map(known),
        offered,
    ))
}

/// The file for the calendar.
fn calendar(handle: Handle, rotation: Shown<RotationView>) -> El {
    let field = text_field(handle, TextField::RotationDays)
        .class("field field-number")
        .inputmode("numeric")
        .value("90".to_owned());
    let save = Msg::Rotation(RotationMsg::SavePressed);
    let day = move || {
        let rotation = rotation.read();
        let class = if rotation.unreadable { "state-warn" } else { "note" };
        p().class(class).id("rotation-day").child(rotation.next.clone())
    };
    div().class("rotate-next").child((
        label().class("number").child((span().child("Next rotation, in days"), field)),
        button(handle, "button", "Save calendar file", save).id("save-rotation"),
        live(day),
    ))
}
