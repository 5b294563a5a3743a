//! The request doctor: a field for a request that fails, the request repaired as a diff with a reason for each change, and its
//! trial. Nothing is sent without a press.

use crate::core::app::{
    Copyable, HunkView, Model, Msg, RepairView, RequestMsg, RequestView, TextField, TrialView,
};
use crate::core::request::Part;
use crate::core::request::examples::Example;
use crate::core::request::schema::SOURCE;
use crate::shell::Shown;
use crate::ui::element::{El, live};
use crate::ui::html::{b, code, del, div, h2, h3, ins, label, li, ol, p, section, span, ul};
use crate::ui::{Handle, button, button_at, copy_word, examples, explanation, link_out, paste_field};

/// Field and repair: side by side where there is room.
pub(super) fn view(handle: Handle, request: Shown<RequestView>) -> El {
    let field = paste_field(handle, TextField::Request, Model::request_is_masked)
        .rows("9")
        .aria_describedby("request-hint")
        .placeholder("curl https://api.mistral.ai/v1/chat/completions -H … -d '{\"model\": …}'");
    let example = |example: Example| {
        (example.name(), example.label(), Msg::Request(RequestMsg::ExampleChosen(example)))
    };
    let clear = move || {
        let clear = || button(handle, "link", "Clear", Msg::Request(RequestMsg::Cleared)).id("clear-request");
        request.with(|request| request.has_text.then(clear))
    };
    let pasted = div().class("pasted").child((
        label().class("key-label").r#for("request-text").child("The request that fails"),
        field,
        div().class("paste-tools").child((
            span().class("note").child("Examples:"),
            examples(handle, "Examples of requests", Example::ALL.map(example)),
            live(clear),
        )),
    ));
    section().class("doctor").id("request").aria_labelledby("request-heading").child((
        h2().id("request-heading").tabindex("-1").child("Request doctor"),
        p().class("note").id("request-hint").child(
            "A request fails? Paste it as a curl command, JSON, a Python dict or call, or a fetch. Add the error below it \
             if you have it. This page repairs it here and masks keys at once. Nothing is sent until you press.",
        ),
        div()
            .class("paste-and-meaning")
            .child((pasted, live(move || request.with(|request| findings(handle, request))))),
    ))
}

/// What was masked, what there is to say, and the repair.
fn findings(handle: Handle, request: &RequestView) -> El {
    let changes = (!request.changes.is_empty())
        .then(|| p().class("note").id("request-masked").child(request.changes.clone()));
    let sentence = (!request.sentence.is_empty())
        .then(|| p().class("note").id("request-sentence").child(request.sentence));
    let repair = request.repair.as_ref().map(|repair| repaired(handle, repair));
    div().class("findings").child((changes, sentence, repair))
}

fn repaired(handle: Handle, repair: &RepairView) -> El {
    let class = match repair.state {
        "left" => "state-warn",
        _ => "state-good",
    };
    let hunks = repair.hunks.iter().map(hunk).collect::<Vec<_>>();
    let hunks = (!hunks.is_empty()).then(|| ol().class("diff").id("request-diff").child(hunks));
    let more = (repair.more > 0)
        .then(|| p().class("note").child(format!("{} more changes are in the copy.", repair.more)));
    let copy = repair.text.as_ref().map(|text| {
        let word = copy_word(repair.copied, repair.copy);
        let copy = Msg::CopyPressed(Copyable::Request, text.words().to_owned());
        let key = repair.masked.then(|| span().class("note").child("Put your key back in: it was masked."));
        div().class("panel-go").child((button(handle, "button", word, copy).id("copy-request"), key))
    });
    div().class("panel").id("repair").data_state(repair.state).child((
        div().class("panel-title").child((
            h3().class("panel-head").child(span().class(class).child(repair.headline.clone())),
            p().class("note").id("request-read").child(repair.read_as.clone()),
        )),
        sentences("request-faults", "Still wrong", &repair.faults),
        hunks,
        more,
        copy,
        sentences("request-notes", "Good to know", &repair.notes),
        trial(handle, &repair.trial),
        p().class("note").child((
            "Fields and values follow ",
            link_out(SOURCE).child("Mistral’s OpenAPI document"),
            span().child(format!(" of {}. Order and ids follow refusals on record.", repair.read_on)),
        )),
    ))
}

fn sentences(id: &'static str, head: &'static str, sentences: &[String]) -> Option<El> {
    (!sentences.is_empty()).then(|| {
        div().id(id).child((
            p().class("next-head").child(head),
            ul().class("notes")
                .child(sentences.iter().map(|words| li().child(words.clone())).collect::<Vec<_>>()),
        ))
    })
}

/// A change: its lines before and after, and why.
fn hunk(hunk: &HunkView) -> El {
    let lines = |lines: &[Vec<Part>], is_new: bool| {
        lines.iter().map(|line| diff_line(line, is_new)).collect::<Vec<_>>()
    };
    let reasons = hunk
        .reasons
        .iter()
        .map(|(what, why)| li().child((code().child(what.clone()), span().child(format!(": {why}")))));
    li().class("hunk").child((
        p().class("diff-place").child(format!("Line {}", hunk.line)),
        div()
            .class("diff-lines")
            .data_line(hunk.line.to_string())
            .child((lines(&hunk.before, false), lines(&hunk.after, true))),
        ul().class("diff-why").child(reasons.collect::<Vec<_>>()),
    ))
}

fn diff_line(line: &[Part], is_new: bool) -> El {
    let parts = line.iter().map(|part| match part {
        Part::Same(words) => span().child(words.clone()),
        Part::Changed(words) => b().child(words.clone()),
        Part::Gap => span().class("excerpt-gap").child("…"),
    });
    let parts = parts.collect::<Vec<_>>();
    let (sign, said) = if is_new { ("+", "now ") } else { ("−", "before ") };
    let marked =
        if is_new { ins().class("diff-in").child(parts) } else { del().class("diff-out").child(parts) };
    p().class("diff-line").child((
        span().class("diff-sign").aria_hidden(true).child(sign),
        span().class("unseen").child(said),
        marked,
    ))
}

/// The trial: a press with its price, or why there is none; and what came of it.
fn trial(handle: Handle, trial: &TrialView) -> El {
    let press = trial.price.as_ref().filter(|_| !trial.running).map(|price| {
        let send = Msg::Request(RequestMsg::SendPressed);
        div().class("panel-go").child((
            button_at(handle, "button", trial.press, price, send).id("try-request"),
            span().class("price-tag").child(price.clone()),
        ))
    });
    let stop = trial
        .running
        .then(|| button(handle, "button", "Stop", Msg::Request(RequestMsg::Stopped)).id("stop-request"));
    let class = match trial.state {
        "taken" => "state-good",
        "refused" => "state-warn",
        _ => "note",
    };
    let sentence = (!trial.sentence.is_empty())
        .then(|| p().class(class).id("request-outcome").child(trial.sentence.clone()));
    let why = trial
        .explanation
        .as_ref()
        .map(|explained| div().class("trial-why").child((explanation::advice(explained),)));
    div()
        .class("trial")
        .id("request-trial")
        .tabindex("-1")
        .data_state(trial.state)
        .child((sentence, why, press, stop))
}
