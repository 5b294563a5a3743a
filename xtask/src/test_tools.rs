//! The tools of the browser tests: Chromium and Firefox with their drivers, axe-core, and Python with Mistral's own SDK and
//! Locust.

use std::env;
use std::fs;
use std::path::PathBuf;

use crate::failure::Failure;
use crate::install::{self, Crate, Steps};
use crate::judge_tools;
use crate::npm::{Environment, ensure_npm};
use crate::process;
use crate::snippet_tools;
use crate::system::{self, Distribution};
use crate::version::Version;
use crate::workspace::Workspace;

const GECKODRIVER: &str = "0.37.1";
/// Older drivers are not known to work with a current Firefox ESR.
const OLDEST_GECKODRIVER: &str = "0.34";
/// The SDK that the mock is held against, which nobody here wrote.
const SDK: &str = "3.7.0";
/// The load engine that runs an exported workload.
const LOCUST: &str = "2.47.0";
/// What judges the page's accessibility.
const AXE: &str = "4.14.1";

/// A program that a package of the distribution brings.
struct Program {
    /// The variable that tells the tests where it is, and that may tell us.
    variable: &'static str,
    name: &'static str,
    files: &'static [&'static str],
    package: &'static str,
}

const CHROMIUM: Program = Program {
    variable: "E2E_CHROMIUM",
    name: "Chromium",
    files: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    package: "chromium",
};
const CHROMEDRIVER: Program = Program {
    variable: "E2E_CHROMEDRIVER",
    name: "ChromeDriver",
    files: &["chromedriver"],
    package: "chromium-driver",
};
const FIREFOX: Program = Program {
    variable: "E2E_FIREFOX",
    name: "Firefox",
    files: &["firefox-esr", "firefox"],
    package: "firefox-esr",
};

impl Program {
    /// Where the user says it is, else where it is on `PATH`.
    fn find(&self, workspace: &Workspace) -> Option<PathBuf> {
        if let Some(said) = env::var_os(self.variable) {
            return Some(PathBuf::from(said)).filter(|file| file.is_file());
        }
        self.files.iter().find_map(|file| workspace.which(file).filter(|place| !system::is_snap(place)))
    }
}

/// Makes sure of everything that the browser tests and the bench use.
pub(crate) fn ensure(workspace: &Workspace) -> Result<Environment, Failure> {
    let mut steps = Steps::of(4 + judge_tools::STEPS + snippet_tools::STEPS);
    let mut environment = browsers(workspace, &mut steps)?;
    environment.push(("E2E_GECKODRIVER", geckodriver(workspace, &mut steps)?.into()));
    environment.push(("E2E_AXE", axe(workspace, &mut steps)?.into()));
    environment.push(("E2E_PYTHON", python(workspace, &mut steps)?.into()));
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

fn browsers(workspace: &Workspace, steps: &mut Steps) -> Result<Environment, Failure> {
    const WANTED: [&Program; 3] = [&CHROMIUM, &CHROMEDRIVER, &FIREFOX];
    let missing = || WANTED.into_iter().filter(|program| program.find(workspace).is_none());
    let packages: Vec<&str> = missing().map(|program| program.package).collect();
    let distribution = Distribution::detect();
    let what = "Chromium and Firefox";
    if packages.is_empty() {
        steps.found(what, "found");
    } else if system::is_root() && distribution == Distribution::Debian {
        let doing = format!("installing {} with apt-get, under a minute", packages.join(", "));
        steps.work(what, &doing, || system::apt_install(workspace, &packages))?;
    }
    let absent: Vec<String> = missing().map(|program| absence(workspace, program)).collect();
    if !absent.is_empty() {
        let mend = match distribution {
            Distribution::Debian => format!("apt-get update\n{}", system::apt_command(&packages)),
            _ => elsewhere(),
        };
        return Err(Failure::new("the browser tests lack programs", absent.join("\n"), mend));
    }

    let mut environment = Environment::new();
    for program in WANTED {
        if let Some(place) = program.find(workspace) {
            let version =
                workspace.version_of(&place).map_or_else(String::new, |version| version.to_string());
            println!("      {} {version} ({})", program.name, place.display());
            environment.push((program.variable, place.into()));
        }
    }
    match_driver(workspace)?;
    Ok(environment)
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
    let what = format!("axe-core {AXE}");
    if let Some(said) = env::var_os("E2E_AXE").map(PathBuf::from).filter(|file| file.is_file()) {
        steps.found(&what, &format!("what E2E_AXE names ({})", said.display()));
        return Ok(said);
    }
    let folder = workspace.tools().join("axe");
    let script = folder.join("node_modules/axe-core/axe.min.js");
    let is_current = || {
        // The file begins with a comment that names its version.
        let text = fs::read_to_string(&script).unwrap_or_default();
        text.lines().next().is_some_and(|line| line.ends_with(&format!(" v{AXE}")))
    };
    if is_current() {
        steps.found(&what, &format!("found ({})", script.display()));
        return Ok(script);
    }
    steps.work(&what, "installing it from npm, a few seconds", || {
        ensure_npm(workspace)?;
        install::npm_install(workspace, &folder, &[&*format!("axe-core@{AXE}")])
    })?;
    Ok(script)
}

fn python(workspace: &Workspace, steps: &mut Steps) -> Result<PathBuf, Failure> {
    let folder = workspace.tools().join("venv");
    let python = folder.join("bin/python");
    let what = format!("mistralai {SDK} (Mistral's Python SDK), locust {LOCUST}");
    let script = "from importlib.metadata import version; print(version('mistralai'), version('locust'))";
    let wanted = format!("{SDK} {LOCUST}");
    let installed = workspace.command(&python).args(["-c", script]).output();
    if installed.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim() == wanted) {
        steps.found(&what, &format!("found ({})", folder.display()));
        return Ok(python);
    }
    steps.work(&what, "installing them from PyPI, about 30 seconds", || {
        let base = base_python(workspace)?;
        let log = workspace.tools().join("logs/venv.log");
        // What an interrupted run left is not mended but made anew.
        let _ = fs::remove_dir_all(&folder);
        let mut venv = workspace.command(base);
        venv.args(["-m", "venv"]).arg(&folder);
        let mend = process::typed(&venv);
        process::logged(&mut venv, &log, &mend)?;
        let mut pip = workspace.command(&python);
        pip.args(["-m", "pip", "install", "--no-input", "--disable-pip-version-check"]);
        pip.args([format!("mistralai=={SDK}"), format!("locust=={LOCUST}")]);
        let mend = process::typed(&pip);
        process::logged(&mut pip, &workspace.tools().join("logs/pip.log"), &mend)
    })?;
    Ok(python)
}

/// A Python that can make environments. Debian ships that ability as a package of its own.
fn base_python(workspace: &Workspace) -> Result<PathBuf, Failure> {
    let script = "import ensurepip, sys; sys.exit(sys.version_info < (3, 10))";
    let able = || {
        let places = [workspace.which("python3"), Some("/usr/bin/python3".into())];
        places.into_iter().flatten().find(|python| {
            let tried = workspace.command(python).args(["-c", script]).output();
            tried.is_ok_and(|output| output.status.success())
        })
    };
    if let Some(python) = able() {
        return Ok(python);
    }
    let packages = ["python3", "python3-venv"];
    if system::is_root() && Distribution::detect() != Distribution::Other {
        system::apt_install(workspace, &packages)?;
    }
    able().ok_or_else(|| {
        Failure::new(
            "Python 3.10 or newer with its module venv is missing",
            "the mock of Mistral's API is held against Mistral's own Python SDK",
            system::apt_command(&packages),
        )
    })
}
