//! Where things are, and the environment that child processes get.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::version::{self, Version};

/// The checkout that the command was started in.
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// `cargo run` tells where this package lies; the place it was compiled at is the fallback for a bare start.
    pub(crate) fn find() -> Self {
        let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let package = PathBuf::from(package);
        Self { root: package.parent().unwrap_or(&package).to_owned() }
    }

    /// Another checkout.
    pub(crate) fn at(root: PathBuf) -> Self {
        Self { root }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The built page.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Where tools are installed. Always in the checkout, whatever `CARGO_TARGET_DIR` says.
    pub(crate) fn tools(&self) -> PathBuf {
        self.root.join("target/tools")
    }

    /// The committed lock files of tools.
    pub(crate) fn locks(&self) -> PathBuf {
        self.root.join("xtask/tools")
    }

    /// Where a set of packages of npm is installed.
    pub(crate) fn npm_set(&self, name: &str) -> PathBuf {
        self.tools().join("npm").join(name)
    }

    /// The folders of installed programs, in the order in which they are searched. The builder searches the same
    /// (`src/bin/dist/cargo.rs`).
    pub(crate) fn tool_folders(&self) -> [PathBuf; 2] {
        [self.npm_set("binaryen").join("node_modules/.bin"), self.tools().join("bin")]
    }

    /// `PATH` with the installed tools in front.
    pub(crate) fn path(&self) -> OsString {
        let own = env::var_os("PATH").unwrap_or_default();
        let folders = self.tool_folders().into_iter().chain(env::split_paths(&own));
        env::join_paths(folders).unwrap_or(own)
    }

    /// The first executable called `name` among the installed tools and on `PATH`.
    pub(crate) fn which(&self, name: &str) -> Option<PathBuf> {
        env::split_paths(&self.path()).map(|folder| folder.join(name)).find(|file| is_executable(file))
    }

    /// A command in the checkout, with the tools on its `PATH` and without what `cargo run` set for this program.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("PATH", self.path());
        for (name, value) in env::vars_os() {
            if is_set_by_cargo_run(&name.to_string_lossy()) {
                command.env_remove(name);
            } else if name == "LD_LIBRARY_PATH" {
                // Cargo puts the toolchain's libraries there; a browser must not find its LLVM in them.
                let kept = env::split_paths(&value).filter(|folder| !is_rust_library_folder(folder));
                match env::join_paths(kept) {
                    Ok(kept) if !kept.is_empty() => command.env(name, kept),
                    _ => command.env_remove(name),
                };
            }
        }
        command
    }

    /// What `program --version` (or another first argument) prints, read as a version.
    pub(crate) fn version_of(&self, program: &Path) -> Option<Version> {
        let output = self.command(program).arg("--version").output().ok()?;
        let printed = String::from_utf8_lossy(&output.stdout);
        output.status.success().then(|| Version::first_in(&printed)).flatten()
    }

    /// The version of `package` that Cargo.lock pins.
    pub(crate) fn locked(&self, package: &str) -> Result<Version, Failure> {
        version::locked(&self.read("Cargo.lock")?, package).ok_or_else(|| {
            Failure::new(format!("Cargo.lock names no version of {package}"), "", "cargo update --workspace")
        })
    }

    /// The toolchain in use: what rustup chose for this command, else what rust-toolchain.toml pins.
    pub(crate) fn toolchain(&self) -> Result<String, Failure> {
        if let Ok(chosen) = env::var("RUSTUP_TOOLCHAIN") {
            return Ok(chosen);
        }
        self.pinned_channel()
    }

    /// The toolchain that rust-toolchain.toml pins.
    pub(crate) fn pinned_channel(&self) -> Result<String, Failure> {
        let text = self.read("rust-toolchain.toml")?;
        Ok(version::channel(&text).unwrap_or("stable").to_owned())
    }

    fn read(&self, name: &str) -> Result<String, Failure> {
        let file = self.root.join(name);
        fs::read_to_string(&file)
            .map_err(|error| Failure::new(format!("cannot read {}", file.display()), error.to_string(), ""))
    }
}

/// Variables about this program that would mislead another one's build script or cargo.
fn is_set_by_cargo_run(name: &str) -> bool {
    name.starts_with("CARGO_PKG_")
        || name.starts_with("CARGO_MANIFEST_")
        || matches!(
            name,
            "CARGO" | "CARGO_BIN_NAME" | "CARGO_CRATE_NAME" | "CARGO_PRIMARY_PACKAGE" | "OUT_DIR"
        )
}

fn is_rust_library_folder(folder: &Path) -> bool {
    folder
        .components()
        .any(|part| matches!(part.as_os_str().to_str(), Some("rustlib" | "toolchains" | "deps")))
        || folder.ends_with("debug")
        || folder.ends_with("release")
}

fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(file).is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cargo_run_sets_is_kept_from_children() {
        for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_VERSION", "CARGO"] {
            assert!(is_set_by_cargo_run(name), "{name}");
        }
        for name in ["CARGO_HOME", "CARGO_TARGET_DIR", "CARGO_NET_OFFLINE", "RUSTUP_TOOLCHAIN", "PATH"] {
            assert!(!is_set_by_cargo_run(name), "{name}");
        }
        assert!(is_rust_library_folder(Path::new("/home/me/.rustup/toolchains/1.95.0/lib")));
        assert!(is_rust_library_folder(Path::new("/src/target/debug/deps")));
        assert!(!is_rust_library_folder(Path::new("/opt/oracle/lib")));
    }

    #[test]
    fn tools_of_the_checkout_come_before_those_of_the_machine() {
        let workspace = Workspace { root: "/checkout".into() };
        let path = workspace.path();
        let first: Vec<PathBuf> = env::split_paths(&path).take(2).collect();
        assert_eq!(first, workspace.tool_folders());
        assert!(workspace.which("sh").is_some());
        assert_eq!(workspace.which("no-such-program"), None);
    }
}
