//! Requests as they are pasted, and what becomes of them.

use super::{Known, Outcome, Repair, examples::Example, repair};
use crate::core::time::Date;

const TODAY: Date = Date { year: 2026, month: 11, day: 30 };

fn repaired(text: &str) -> Repair {
    match repair(text, Known { rows: &[], today: TODAY }) {
        Outcome::Read(repair) => *repair,
        other => panic!("{other:?} of {text}"),
    }
}

#[test]
fn print_examples() {
    for example in Example::ALL {
        let out = repaired(example.text());
        println!("{}\n{:#?}\n{:?}\n", out.text, out.reasons, (out.faults, out.notes));
    }
}
