//! What makes of a compiled program what a browser loads: parts, glue code, and no byte too many.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::cargo::PROGRAM;
use super::finish::Profile;
use super::loader::LOADERS;
use super::program::{Program, is_split, without_relocations};
use super::scratch::Scratch;
use super::short;
use super::site::Fault;
use super::wasm::with_fixed_marker;
use super::wasm_opt;

/// The file of the first part, before wasm-bindgen and after.
const FIRST: &str = "first.wasm";

/// Makes the program that is published from the one that was compiled.
pub(crate) fn bind(root: &Path, raw: &[u8], profile: Profile) -> Result<Program, Fault> {
    let scratch = Scratch::new()?;
    // Before all else: what follows may sort, hash or copy the name.
    let raw = with_fixed_marker(raw);
    let (first, parts) =
        if is_split(&raw) { split(&raw, &scratch)? } else { (without_relocations(&raw), BTreeMap::new()) };
    let (glue, first) = generate(&first, &scratch, profile, !parts.is_empty())?;
    let mut files = BTreeMap::new();
    for file in parts.values().flatten() {
        files.insert(file.clone(), scratch.read(&format!("{file}.wasm"))?);
    }
    if profile == Profile::Release {
        files.insert(FIRST.to_owned(), first);
        let mut files = wasm_opt::shrink(root, &scratch, files)?;
        let first = files.remove(FIRST).unwrap_or_default();
        let (glue, first) = short::shorten(&glue, &first)?;
        return Ok(Program { glue, first, files, parts, ..Program::default() });
    }
    Ok(Program { glue, first, files, parts, ..Program::default() })
}

/// The first part, and the files of every other one by its name.
type Parts = (Vec<u8>, BTreeMap<String, Vec<String>>);

/// Cuts the program where its source says. The files land in `scratch`.
fn split(raw: &[u8], scratch: &Scratch) -> Result<Parts, Fault> {
    let fault = |error: &dyn std::fmt::Display| Fault::Tool("wasm_split".to_owned(), error.to_string());
    let first = scratch.path(FIRST);
    let mut options = wasm_split_cli_support::Options::new(raw);
    options.output_dir = scratch.folder();
    options.main_out_path = &first;
    options.main_module = "./glue.js";
    options.link_name = LOADERS;
    let split = wasm_split_cli_support::transform(options).map_err(|error| fault(&error))?;
    Ok((scratch.read(FIRST)?, split.prefetch_map.into_iter().collect()))
}

/// The glue code, and the program that goes with it.
fn generate(
    wasm: &[u8],
    scratch: &Scratch,
    profile: Profile,
    has_parts: bool,
) -> Result<(String, Vec<u8>), Fault> {
    let fault = |error: &dyn std::fmt::Display| Fault::Tool("wasm-bindgen".to_owned(), error.to_string());
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen
        .input_bytes(PROGRAM, wasm.to_vec())
        // The other parts meet in these exports.
        .keep_lld_exports(has_parts)
        .demangle(profile != Profile::Release)
        .typescript(false)
        // boot.js says where the program is.
        .omit_default_module_path(true);
    bindgen.web(true).map_err(|error| fault(&format!("{error:#}")))?;
    bindgen.generate(scratch.folder()).map_err(|error| fault(&format!("{error:#}")))?;
    let glue = scratch.path(&format!("{PROGRAM}.js"));
    let glue = fs::read_to_string(&glue).map_err(|error| Fault::Io(glue, error))?;
    Ok((glue, scratch.read(&format!("{PROGRAM}_bg.wasm"))?))
}
