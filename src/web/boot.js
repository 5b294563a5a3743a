// The one script of this page that is written by hand, beside the few lines with which wasm-bindgen's glue loads parts
// (src/bin/dist/loader.rs). It loads the program, lets nothing run that is not byte for byte what was published, and
// says so in the page when it cannot start.
//
// What the checks are worth: whoever can change index.html can change the hashes in it. They catch everything else
// (a file cut short, a cache or mirror mixing two versions, one file swapped), and they make the hash of index.html
// alone stand for every byte that runs.

const element = (id) => document.getElementById(id);

/** A failure of which the page knows the reason: one of its `data-boot-reason` paragraphs. */
class BootError extends Error {
  constructor(reason, message) {
    super(message);
    this.reason = reason;
  }
}

// From here on the page of a site: the page that is one file has other lines (src/bin/dist/single/script.rs).

// A module has no document.currentScript.
const tag = document.querySelector("script[data-wasm]");
const { js, jsIntegrity, wasm, wasmIntegrity, kilobytes } = tag.dataset;
const loading = `Loading the tester (${kilobytes} kB)…`;
const address = (path) => new URL(path, document.baseURI).href;

/** The browser reports a wrong hash and a broken connection alike. Asking for the file once more tells them apart. */
async function missing(url) {
  const arrives = await fetch(url, { method: "HEAD", cache: "no-store" }).then((answer) => answer.ok, () => false);
  return arrives
    ? new BootError("changed", `${url} is not the published file`)
    : new BootError("network", `${url} could not be loaded`);
}

/** The glue code. `import()` takes no integrity, but a script element does, and both share one copy of a module. */
async function glue() {
  const url = address(js);
  // Where browsers enforce Trusted Types, this one policy alone names a script, and nothing else can reach it.
  const policy = window.trustedTypes?.createPolicy("key-tester", {
    createScriptURL(text) {
      if (text !== url) {
        throw new TypeError(`${text} is not the program`);
      }
      return text;
    },
  });
  await new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.type = "module";
    script.integrity = jsIntegrity;
    script.src = policy?.createScriptURL(url) ?? url;
    script.onload = resolve;
    script.onerror = () => missing(url).then(reject);
    document.head.append(script);
  });
  return import(url);
}

/**
 * The program, compiled. The browser hands out no byte of it before all of them have matched the hash, so nothing is gained
 * by compiling a stream, and what the server calls the file does not matter.
 */
async function program() {
  const url = address(wasm);
  const answer = await fetch(url, { integrity: wasmIntegrity, credentials: "same-origin" }).catch(async () => {
    throw await missing(url);
  });
  if (!answer.ok) {
    throw new BootError("network", `${url} answered ${answer.status}`);
  }
  return WebAssembly.compile(await answer.arrayBuffer());
}

// From here on both.

/**
 * The document shows the tool as it looks before it runs. Text and presses that come too early are kept in it and handed
 * to the tool that runs, which takes its place within one frame.
 */
const still = element("still");
let pressed;
if (window.top === window.self && !controlled()) {
  still.inert = false;
  // What has no name cannot be handed over: it waits.
  for (const part of still.querySelectorAll(".parts :is(button:not([id]), select, input[type=checkbox])")) {
    part.disabled = true;
  }
  still.addEventListener("submit", (event) => event.preventDefault());
  still.addEventListener("click", (event) => {
    const id = event.target.closest("button[id]")?.id;
    // To look at what was typed takes no press back.
    press(id === "reveal" && pressed ? pressed : id ?? pressed);
  });
  // A press is for what stood there then.
  for (const change of ["input", "change"]) {
    still.addEventListener(change, () => press(undefined));
  }
  navigator.serviceWorker?.addEventListener("controllerchange", () => controlled() && discard());
} else {
  // Whoever shows this page inside another one could watch or cover the key field, and what is typed into it early would be
  // for a program that takes no key.
  discard();
}

/** Notes which button was pressed last. The program's first file sends a key that was pressed before it was there. */
function press(id) {
  pressed = id;
  still.dataset.pressed = id ?? "";
}

/** Whether a service worker stands between the page and the network. What cannot be known counts as such. */
function controlled() {
  try {
    return Boolean(navigator.serviceWorker?.controller);
  } catch {
    return true;
  }
}

/** Takes the waiting tool away, with all that was typed into it. */
function discard() {
  for (const field of still.querySelectorAll("input:not([type=radio], [type=checkbox]), textarea")) {
    field.value = "";
  }
  pressed = undefined;
  still.remove();
}

/** Takes parts of the waiting tool away, and gives what was done to them to those that took their place. */
function handOver(waiting) {
  const within = (selector) => waiting.flatMap((part) => [...part.querySelectorAll(selector)]);
  const active = document.activeElement;
  const focused = waiting.some((part) => part.contains(active)) && active.id;
  for (const part of waiting) {
    part.remove();
  }
  for (const before of within("input:checked")) {
    const now = document.querySelector(`input[name="${before.name}"][value="${before.value}"]`);
    if (!now?.checked) {
      now?.click();
    }
  }
  for (const before of within("input[id]:not([type=checkbox], [type=radio]), textarea[id]")) {
    const now = element(before.id);
    if (before.value && now) {
      now.value = before.value;
      now.dispatchEvent(new Event("input", { bubbles: true }));
      before.value = "";
    }
  }
  if (focused) {
    const now = element(focused);
    now?.focus({ preventScroll: true });
    // Whoever is typing goes on where the cursor was.
    if (active.tagName === "TEXTAREA") {
      now?.setSelectionRange(active.selectionStart, active.selectionEnd);
    }
  }
  if (pressed && element(pressed)) {
    const button = element(pressed);
    pressed = undefined;
    button.click();
  }
}

/**
 * After the page is on the screen: what can be read does not wait for what runs. A machine that is busy may take a second
 * for that, so it is no matter of time. A tab in the background draws nothing, whoever touches the page has seen it, and a
 * browser that resists fingerprinting does not tell: for that one there is an end to waiting.
 */
function seen() {
  return new Promise((resolve) => {
    if (document.hidden) {
      resolve();
      return;
    }
    for (const sign of ["pointerdown", "keydown", "visibilitychange"]) {
      document.addEventListener(sign, resolve, { once: true });
    }
    // What was painted before may have been a part of the document; this frame has all of it.
    requestAnimationFrame(() => {
      setTimeout(resolve, 3000);
      try {
        const observer = new PerformanceObserver((list) => {
          if (list.getEntriesByName("first-contentful-paint").length > 0) {
            setTimeout(resolve);
          }
        });
        observer.observe({ type: "paint", buffered: true });
      } catch {
        // There is none, and nothing tells when the page is on the screen.
        setTimeout(resolve);
      }
    });
  });
}

function fail(error) {
  discard();
  const panel = element("boot-failed");
  const reason = error instanceof BootError ? error.reason : "start";
  panel.querySelector(`[data-boot-reason="${reason}"]`).hidden = false;
  element("boot-error").textContent = String(error?.message ?? error);
  panel.querySelector(`[data-boot-sent="${element("tool").hasAttribute("data-sent")}"]`).hidden = false;
  panel.hidden = false;
  panel.focus();
}

// Only a wait that one notices is worth a line that comes and goes.
const slow = setTimeout(() => {
  const state = element("boot-state");
  state.textContent = loading;
  state.classList.remove("late");
}, 400);

try {
  if (typeof WebAssembly !== "object") {
    throw new BootError("webassembly", "WebAssembly is not defined");
  }
  await seen();
  const [{ default: start }, module] = await Promise.all([glue(), program()]);
  // Before it starts, the browser may answer what waits. It says when it has drawn itself.
  await new Promise((resolve) => setTimeout(resolve));
  const tool = element("tool");
  const complete = new Promise((resolve, reject) => {
    tool.addEventListener("ready", () => {
      try {
        // The rest of the page takes its place when it comes.
        handOver([...still.children].filter((part) => part.dataset.comes !== "rest"));
      } finally {
        resolve();
      }
    }, { once: true });
    tool.addEventListener("missing", async () => {
      discard();
      const url = tool.dataset.missing;
      reject(url ? await missing(url) : new Error("The program did not come in time, or could not be read."));
    }, { once: true });
  });
  tool.addEventListener("rest", () => {
    // The section that is open stays where it is on the screen: it has come above the one that it replaces.
    const open = [...still.querySelectorAll("[data-part]")].find((part) => part.checkVisibility());
    const top = open?.getBoundingClientRect().top;
    handOver([still]);
    if (!open) {
      return;
    }
    const now = element(open.id);
    if (CSS.supports("overflow-anchor", "auto")) {
      window.scrollBy(0, now.getBoundingClientRect().top - top);
      return;
    }
    // WebKit anchors nothing: the new section has come to where the old one was, but for a line above it that has gone.
    const heading = document.activeElement;
    if (now.contains(heading) && heading.getBoundingClientRect().bottom > 0) {
      heading.scrollIntoView({ block: "nearest" });
    }
  }, { once: true });
  await start({ module_or_path: module });
  await complete;
} catch (error) {
  fail(error);
} finally {
  clearTimeout(slow);
  element("boot-state").remove();
}
