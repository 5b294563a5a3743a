//! Starts the page: the crash screen first, then the form that waits for the program, and the program.

use key_tester::{shell, ui};

fn main() {
    shell::install_crash_screen();
    ui::start();
}
