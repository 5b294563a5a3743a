//! The tools of the browser tests: Chromium, Firefox and WebKit with their drivers, axe-core, and what the other files bring.

use std::env;
use std::path::PathBuf;

use crate::failure::Failure;
use crate::install::{self, Crate, Steps};
use crate::judge_tools;
use crate::npm::{self, Environment, Set};
use crate::packages::{self, Missing};
use crate::python_tools;
use crate::snippet_tools;
use crate::system::{self, Distribution};
use crate::version::Version;
use crate::workspace::Workspace;

const GECKODRIVER: &str = "0.37.1";
/// Older drivers are not known to work with a current Firefox ESR.
const OLDEST_GECKODRIVER: &str = "0.34";
/// What judges the page's accessibility.
const AXE: Set = Set("axe-core");

/// A program that a package of the distribution brings.
struct Program {
    /// The variable that tells the tests where it is, and that may tell us.
    variable: &'static str,
    name: &'static str,
    files: &'static [&'static str],
    package: &'static str,
    /// Whether Ubuntu's package of that name brings it too, rather than a snap.
    on_ubuntu: bool,
}

const CHROMIUM: Program = Program {
    variable: "E2E_CHROMIUM",
    name: "Chromium",
    files: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    package: "chromium",
    on_ubuntu: false,
};
const CHROMEDRIVER: Program = Program {
    variable: "E2E_CHROMEDRIVER",
    name: "ChromeDriver",
    files: &["chromedriver"],
    package: "chromium-driver",
    on_ubuntu: false,
};
const FIREFOX: Program = Program {
    variable: "E2E_FIREFOX",
    name: "Firefox",
    files: &["firefox-esr", "firefox"],
    package: "firefox-esr",
    on_ubuntu: false,
};
/// The small browser of WebKitGTK. It is on no `PATH`.
const WEBKIT: Program = Program {
    variable: "E2E_WEBKIT",
    name: "WebKitGTK's MiniBrowser",
    files: &[
        "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
        "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    ],
    package: "webkit2gtk-driver",
    on_ubuntu: true,
};
const WEBKITDRIVER: Program = Program {
    variable: "E2E_WEBKITDRIVER",
    name: "WebKitWebDriver",
    files: &["WebKitWebDriver"],
    package: "webkit2gtk-driver",
    on_ubuntu: true,
};
/// The display of the former, which cannot do without one.
const XVFB: Program =
    Program { variable: "E2E_XVFB", name: "Xvfb", files: &["Xvfb"], package: "xvfb", on_ubuntu: true };
const BROWSERS: [&Program; 6] = [&CHROMIUM, &CHROMEDRIVER, &FIREFOX, &WEBKIT, &WEBKITDRIVER, &XVFB];

impl Program {
    /// Whether its package brings it.
    fn package_serves(&self, distribution: Distribution) -> bool {
        match distribution {
            Distribution::Debian => true,
            Distribution::Ubuntu => self.on_ubuntu,
            Distribution::Other => false,
        }
    }

    /// What helps where its package does not serve.
    fn elsewhere(&self) -> String {
        if self.on_ubuntu {
            format!("install what Debian has in the package {}, or set {}", self.package, self.variable)
        } else {
            elsewhere()
        }
    }

    /// Where the user says it is, else where it is on `PATH`.
    fn find(&self, workspace: &Workspace) -> Option<PathBuf> {
        if let Some(said) = env::var_os(self.variable) {
            return Some(PathBuf::from(said)).filter(|file| file.is_file());
        }
        self.files.iter().find_map(|file| workspace.which(file).filter(|place| !system::is_snap(place)))
    }
}

/// Makes sure of everything that the browser tests and the bench use, after [`ensure_packages`].
pub(crate) fn ensure(workspace: &Workspace) -> Result<Environment, Failure> {
    let mut steps = Steps::of(4 + judge_tools::STEPS + snippet_tools::STEPS);
    let mut environment = browsers(workspace, &mut steps);
    environment.push(("E2E_GECKODRIVER", geckodriver(workspace, &mut steps)?.into()));
    environment.push(("E2E_AXE", axe(workspace, &mut steps)?.into()));
    environment.push(("E2E_PYTHON", python_tools::ensure(workspace, &mut steps)?.into()));
    environment.push(("E2E_DIST", workspace.dist().into()));
    environment.extend(judge_tools::ensure(workspace, &mut steps)?);
    environment.extend(snippet_tools::ensure(workspace, &mut steps)?);
    Ok(environment)
}

/// Chromium alone, for what is drawn with it.
pub(crate) fn chromium(workspace: &Workspace) -> Result<PathBuf, Failure> {
    CHROMIUM.find(workspace).ok_or_else(|| {
        let mend = match Distribution::detect() {
            Distribution::Debian => system::apt_command(&[CHROMIUM.package]),
            _ => elsewhere(),
        };
        Failure::new("there is no Chromium", absence(workspace, &CHROMIUM), mend)
    })
}

/// Makes sure of what the system brings. Before the first long step: see [`packages`].
pub(crate) fn ensure_packages(workspace: &Workspace) -> Result<(), Failure> {
    packages::ensure(workspace, || missing(workspace))?;
    match_driver(workspace)
}

fn missing(workspace: &Workspace) -> Vec<Missing> {
    let sets = [&[&AXE, &snippet_tools::SNIPPETS][..], &judge_tools::SETS].concat();
    let browsers = BROWSERS.into_iter().filter(|program| program.find(workspace).is_none());
    let browsers = browsers.map(|program| {
        let is_named = env::var_os(program.variable).is_some();
        let serves = program.package_serves(Distribution::detect());
        Missing {
            why: absence(workspace, program),
            packages: if serves && !is_named { vec![program.package] } else { Vec::new() },
            instead: if serves || is_named { String::new() } else { program.elsewhere() },
        }
    });
    let others =
        [npm::missing(workspace, &sets), python_tools::missing(workspace), judge_tools::missing(workspace)];
    others.into_iter().flatten().chain(browsers).collect()
}

/// What [`ensure_packages`] made sure of.
fn browsers(workspace: &Workspace, steps: &mut Steps) -> Environment {
    steps.found("Chromium, Firefox and WebKit", "found");
    let mut environment = Environment::new();
    for program in BROWSERS {
        if let Some(place) = program.find(workspace) {
            let version =
                workspace.version_of(&place).map_or_else(String::new, |version| version.to_string());
            println!("      {} {version} ({})", program.name, place.display());
            environment.push((program.variable, place.into()));
        }
    }
    environment
}

fn absence(workspace: &Workspace, program: &Program) -> String {
    let Program { variable, name, files, .. } = program;
    if let Some(said) = env::var_os(variable) {
        return format!("{name}: {variable} names {}, which is no file", said.to_string_lossy());
    }
    match files.iter().find_map(|file| workspace.which(file)) {
        Some(snap) => {
            format!("{name}: {} starts a snap, whose confinement shuts the tests out", snap.display())
        }
        None => format!("{name}: none of {} is on PATH", files.join(", ")),
    }
}

/// For systems whose packages do not serve. Each line works without root.
fn elsewhere() -> String {
    let install = |browser: &str| format!("npx @puppeteer/browsers install {browser}@stable");
    format!(
        "{}\n{}\n{}\nthen set {}, {} and {} to the paths that these print",
        install("chrome"),
        install("chromedriver"),
        install("firefox"),
        CHROMIUM.variable,
        CHROMEDRIVER.variable,
        FIREFOX.variable
    )
}

/// A driver starts only the browser of its own major version, and says so only after a minute of trying.
fn match_driver(workspace: &Workspace) -> Result<(), Failure> {
    let version = |program: &Program| workspace.version_of(&program.find(workspace)?);
    let (Some(browser), Some(driver)) = (version(&CHROMIUM), version(&CHROMEDRIVER)) else { return Ok(()) };
    if browser.major() == driver.major() {
        return Ok(());
    }
    Err(Failure::new(
        format!("ChromeDriver {driver} does not fit Chromium {browser}"),
        "their first numbers must be equal",
        match Distribution::detect() {
            Distribution::Debian => system::apt_command(&[CHROMIUM.package, CHROMEDRIVER.package]),
            _ => elsewhere(),
        },
    ))
}

fn geckodriver(workspace: &Workspace, steps: &mut Steps) -> Result<PathBuf, Failure> {
    let oldest = Version::first_in(OLDEST_GECKODRIVER);
    let what = format!("geckodriver {GECKODRIVER}");
    let said = env::var_os("E2E_GECKODRIVER").map(PathBuf::from).filter(|file| file.is_file());
    let found = said.or_else(|| workspace.which("geckodriver")).and_then(|place| {
        let version = workspace.version_of(&place).filter(|version| Some(version) >= oldest.as_ref())?;
        Some((place, version))
    });
    if let Some((place, version)) = found {
        steps.found(&format!("geckodriver {version}"), &format!("found ({})", place.display()));
        return Ok(place);
    }
    steps.work(&what, "building it from the crate registry, about 2 minutes", || {
        let package = Crate { name: "geckodriver", version: GECKODRIVER };
        install::cargo_install(workspace, &package)
    })?;
    Ok(workspace.tools().join("bin/geckodriver"))
}

fn axe(workspace: &Workspace, steps: &mut Steps) -> Result<PathBuf, Failure> {
    if let Some(said) = env::var_os("E2E_AXE").map(PathBuf::from).filter(|file| file.is_file()) {
        steps.found("axe-core", &format!("what E2E_AXE names ({})", said.display()));
        return Ok(said);
    }
    AXE.ensure(workspace, steps, "axe-core/axe.min.js")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snaps_alone_are_not_installed() {
        let on = |distribution| {
            BROWSERS
                .into_iter()
                .filter(move |program| program.package_serves(distribution))
                .map(|it| it.package)
        };
        assert_eq!(on(Distribution::Debian).count(), BROWSERS.len());
        let on_ubuntu: Vec<&str> = on(Distribution::Ubuntu).collect();
        assert_eq!(on_ubuntu, ["webkit2gtk-driver", "webkit2gtk-driver", "xvfb"]);
        assert_eq!(on(Distribution::Other).count(), 0);
        assert!(XVFB.elsewhere().contains("E2E_XVFB"));
        assert!(FIREFOX.elsewhere().contains("npx"));
    }
}
