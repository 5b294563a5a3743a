//! Makes every part of the program smaller with wasm-opt.

use std::collections::BTreeMap;
use std::path::Path;
use std::thread;

use super::cargo;
use super::scratch::Scratch;
use super::site::Fault;

/// For size; then without names, tools' marks and the list of features, which wasm-opt itself still reads.
const FLAGS: [&str; 4] = ["-Oz", "--strip-debug", "--strip-producers", "--strip-target-features"];

/// The files, each made smaller. They are independent, so all are worked on at once.
pub(crate) fn shrink(
    root: &Path,
    scratch: &Scratch,
    files: BTreeMap<String, Vec<u8>>,
) -> Result<BTreeMap<String, Vec<u8>>, Fault> {
    thread::scope(|scope| {
        let work: Vec<_> = files
            .into_iter()
            .map(|(name, bytes)| scope.spawn(move || Ok((name.clone(), one(root, scratch, &name, &bytes)?))))
            .collect();
        let panicked = |_| Err(tool("stopped without a word".to_owned()));
        work.into_iter().map(|done| done.join().unwrap_or_else(panicked)).collect()
    })
}

fn one(root: &Path, scratch: &Scratch, name: &str, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let (before, after) = (format!("{name}.before"), format!("{name}.after"));
    scratch.write(&before, bytes)?;
    let mut command = cargo::command(root, "wasm-opt");
    command.args(FLAGS).arg(scratch.path(&before)).arg("--output").arg(scratch.path(&after));
    let output = command
        .output()
        .map_err(|error| tool(format!("did not run ({error}): `cargo xtask dist` installs it")))?;
    if !output.status.success() {
        return Err(tool(format!("{}\n{}", output.status, String::from_utf8_lossy(&output.stderr))));
    }
    scratch.read(&after)
}

fn tool(what: String) -> Fault {
    Fault::Tool("wasm-opt".to_owned(), what)
}
