//! Starts the page: the crash screen first, then the tool in the place that `index.html` keeps for it.

use key_tester::core::app::Model;

use key_tester::{shell, ui};

fn main() {
    shell::install_crash_screen();
    // Loading the program has kept the user waiting, so what it does first is a task of its own.
    shell::after_pause(|| ui::mount(shell::start(Model::new(shell::read_environment()))));
}
