//! Starts the page: the crash screen first, then the form that waits for the program, and the program.

use key_tester::{program, shell};

fn main() {
    shell::install_crash_screen();
    program::start();
}
