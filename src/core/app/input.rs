//! What is done on the page as a whole: presses that may be meant for something else, texts that may hold a secret, the keys that work
//! wherever the focus is.

use super::effect::Effect;
use super::msg::Msg;
use super::parts::{calculator, doctor, key_test, lab, lifecycle, model_table, proof, request, rotation};
use super::pasted::Pasted;
use super::press::{Press, TOO_SOON};
use super::text_field::{TAKEN_OUT, TextField, masked};
use super::{Draw, Model};

impl Model {
    /// A button was pressed: what it stands for happens, unless that would send something and the press is doubtful.
    pub(super) fn pressed(&mut self, press: Press, msg: Msg) {
        if msg.sends() && press.is_doubtful(self.last_stop) {
            return self.say(TOO_SOON);
        }
        if msg.stops() {
            self.last_stop = Some(press.at);
        }
        self.dispatch(msg);
    }

    /// The text of a field of the rest changed.
    pub(super) fn typed(&mut self, field: TextField, pasted: Pasted) {
        self.asked.draw = Draw::Page;
        match field {
            TextField::Doctor => return self.dispatch(Msg::Doctor(doctor::Msg::Typed(pasted))),
            TextField::Request => return self.dispatch(Msg::Request(request::Msg::Typed(pasted))),
            TextField::Code => return self.dispatch(Msg::Lifecycle(lifecycle::Msg::Typed(pasted))),
            TextField::NewKey => return self.dispatch(Msg::Rotation(rotation::Msg::Typed(pasted))),
            _ => {}
        }
        let secret = masked(&self.facts, pasted.expose()).count > 0;
        let text = if secret { "" } else { pasted.expose() }.to_owned();
        match field {
            TextField::Filter => self.dispatch(Msg::ModelTable(model_table::Msg::Filtered(text))),
            TextField::Calculator(field) => {
                self.dispatch(Msg::Calculator(calculator::Msg::Typed(field, text)));
            }
            TextField::RotationDays => self.dispatch(Msg::Rotation(rotation::Msg::DaysTyped(text))),
            TextField::Lab(field) => self.dispatch(Msg::Lab(lab::Msg::Typed(field, text))),
            _ => {}
        }
        if secret {
            self.take_out(field);
        }
    }

    /// Has a field emptied of a secret, and says so.
    pub(super) fn take_out(&mut self, field: TextField) {
        self.secret_taken_out = true;
        self.say_of_real(TAKEN_OUT);
        self.ask_for(Effect::Fill(field));
    }

    /// Forgets what was pasted for reading and what the table is filtered by, with the key: it is told by its looks alone that no
    /// key is in it. Gives the fields that are to be emptied.
    pub(super) fn forget_texts(&mut self) -> Vec<TextField> {
        // These may hold what their program has not read.
        let mut emptied = vec![TextField::Doctor, TextField::Request, TextField::Code];
        if self.loading.has_unread() {
            emptied.extend(TextField::OF_REST);
        }
        if self.rotation.forget_text() {
            emptied.push(TextField::NewKey);
        }
        if self.table.forget_text() {
            emptied.push(TextField::Filter);
        }
        emptied
    }

    /// The browser has refused something: a call of the page, or what the page tries for show.
    pub(super) fn policy_violated(&mut self, violation: proof::Violation) {
        let Self { facts, calls, .. } = self;
        let blocked = violation.blocked.clone();
        let step = self.key_test.update(key_test::Msg::PolicyViolated { blocked }, facts, calls);
        self.after_key_test(step);
        if let Some(rest) = self.loading.rest().filter(|_| self.proof.is_trying()) {
            (rest.dispatch)(self, Msg::Proof(proof::Msg::Refused(violation)));
        }
    }
}
