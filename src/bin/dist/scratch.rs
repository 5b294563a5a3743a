//! A folder for what tools hand each other.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use super::site::Fault;

/// A folder that is gone when this goes.
#[derive(Debug)]
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new() -> Result<Self, Fault> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("key-tester-dist-{}-{count}", process::id()));
        fs::create_dir_all(&path).map_err(|error| Fault::Io(path.clone(), error))?;
        Ok(Self(path))
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.0
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn read(&self, name: &str) -> Result<Vec<u8>, Fault> {
        let path = self.path(name);
        fs::read(&path).map_err(|error| Fault::Io(path, error))
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Fault> {
        let path = self.path(name);
        fs::write(&path, bytes).map_err(|error| Fault::Io(path, error))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left costs disk space only.
        let _ = fs::remove_dir_all(&self.0);
    }
}
