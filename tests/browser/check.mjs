// Opens a built site in Chromium and checks what a reader would meet.
//
//   node check.mjs SITE_DIR [TRUST_DIR]
//
// Every page of every kind: no console error, no violation of the content security policy, no failed request, no
// violation that axe-core finds (light and dark), clean HTML, no sideways scrolling at 390 px; the same from file://,
// and with scripts off. The last line is `N passed, N failed`.
import { createServer } from "node:http";
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { extname, join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { HtmlValidate } from "html-validate";

const require = createRequire(import.meta.url);
const AXE = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");

/** How many pages of one kind (one folder and stem of names) are opened; all pages are validated as HTML. */
const PAGES_OF_A_KIND = 3;

const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png",
  ".json": "application/json", ".txt": "text/plain; charset=utf-8", ".csv": "text/csv", ".xml": "application/xml", ".webp": "image/webp",
};

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    "doctype-style": ["error", { style: "lowercase" }],
    // Tera leaves blanks at the ends of lines, and they are nobody's concern.
    "no-trailing-whitespace": "off",
    // Longer titles than 70 characters are sentences, and wanted.
    "long-title": "off",
    "no-inline-style": "error",
    "void-style": ["error", { style: "omit" }],
    "prefer-native-element": ["error", { exclude: ["region", "img"] }],
    "no-redundant-role": "error",
    "tel-non-breaking": "off",
    "wcag/h30": "error",
  },
});

let passed = 0;
const failures = [];

function report(name, problems) {
  if (problems.length === 0) {
    passed += 1;
    return;
  }
  failures.push(name);
  console.log(`FAILED ${name}`);
  for (const problem of problems.slice(0, 12)) console.log(`  ${problem}`);
  if (problems.length > 12) console.log(`  and ${problems.length - 12} more`);
}

async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/")).sort();
}

/** A few pages of every kind: the kind is the folder, and at the top the page itself without its number. */
function samplePages(paths) {
  const kinds = new Map();
  for (const path of paths) {
    const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : path.replace(/--\d+\.html$/, "");
    const kind = /--\d+\.html$/.test(path) ? `${folder}/numbered` : folder;
    kinds.set(kind, [...(kinds.get(kind) ?? []), path]);
  }
  const spread = (list) => {
    const step = Math.max(1, Math.floor(list.length / PAGES_OF_A_KIND));
    return list.filter((_, at) => at % step === 0).slice(0, PAGES_OF_A_KIND);
  };
  return [...kinds.values()].flatMap(spread);
}

async function serve(folder) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const file = resolve(folder, `.${path.endsWith("/") ? `${path}index.html` : path}`);
    if (file !== folder && !file.startsWith(folder + sep)) return response.writeHead(403).end();
    try {
      const bytes = await readFile(file);
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Collects everything that goes wrong on a page while it is open. */
function listen(page) {
  const problems = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`script: ${error.message}`));
  page.on("requestfailed", (request) => {
    // The icon is fetched when the page is already there; leaving for the next page breaks it off.
    const brokenOff = request.failure()?.errorText === "net::ERR_ABORTED" && request.url().endsWith("/mark.svg");
    if (!brokenOff) problems.push(`request failed: ${request.url()} (${request.failure()?.errorText})`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  return problems;
}

async function inContext(browser, options, work) {
  const context = await browser.newContext(options);
  try {
    await work(await context.newPage());
  } finally {
    await context.close();
  }
}

/** Opens every page in one context; `look` may add problems. */
async function openAll(browser, name, options, addresses, look) {
  await inContext(browser, options, async (page) => {
    const problems = listen(page);
    for (const [path, address] of addresses) {
      problems.length = 0;
      const foreign = [];
      const onRequest = (request) => {
        const url = new URL(request.url());
        if (!["file:", "data:"].includes(url.protocol) && url.hostname !== "127.0.0.1") foreign.push(`asks another host: ${url}`);
      };
      page.on("request", onRequest);
      await page.goto(address, { waitUntil: "load" });
      const seen = await look(page);
      page.off("request", onRequest);
      report(`${name}: ${path}`, [...problems, ...foreign, ...seen]);
    }
  });
}

async function axe(page) {
  await page.evaluate(AXE);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return result.violations.flatMap((violation) =>
    violation.nodes.slice(0, 3).map((node) => `axe ${violation.id}: ${node.target.join(" ")} ${(node.failureSummary ?? "").replace(/\s+/g, " ")}`),
  );
}

const sideways = (page) =>
  page.evaluate(() => {
    const wide = document.scrollingElement.scrollWidth - innerWidth;
    if (wide <= 0) return [];
    const inScroller = (element) => element.closest(".scroll, pre, .table") !== null;
    const worst = [...document.querySelectorAll("body *")].find((element) => element.getBoundingClientRect().right > innerWidth + 1 && !inScroller(element));
    return [`scrolls ${wide} px sideways: ${worst ? worst.outerHTML.slice(0, 160) : "?"}`];
  });

/** Whether a page says something and has its headings, with or without scripts. */
const readable = (page) =>
  page.evaluate(() => {
    const problems = [];
    if (document.querySelectorAll("h1").length !== 1) problems.push("has not exactly one main heading");
    if (document.body.innerText.trim().length < 80) problems.push("says nothing");
    return problems;
  });

async function validate(folder, name, paths) {
  for (const path of paths) {
    const result = await validator.validateString(await readFile(join(folder, path), "utf8"), path);
    const messages = result.results.flatMap((file) => file.messages);
    report(`${name} html: ${path}`, messages.map((message) => `${message.line}:${message.column} ${message.ruleId}: ${message.message}`));
  }
}

async function checkFolder(browser, given, name) {
  const folder = resolve(given);
  const paths = (await filesBelow(folder)).filter((path) => path.endsWith(".html"));
  if (paths.length === 0) return report(`${name}: ${given}`, ["holds no page"]);
  const pages = samplePages(paths);
  const server = await serve(folder);
  const served = pages.map((path) => [path, `${server.origin}/${path}`]);
  const files = pages.map((path) => [path, pathToFileURL(join(folder, path)).href]);
  const phone = { width: 390, height: 844 };
  try {
    await openAll(browser, `${name} served`, {}, served, readable);
    await openAll(browser, `${name} from a file`, {}, files, readable);
    await openAll(browser, `${name} scripts off`, { javaScriptEnabled: false }, served, async (page) =>
      (await page.locator("h1").count()) === 1 && (await page.locator("main").innerText()).trim().length > 20 ? [] : ["cannot be read"]);
    await openAll(browser, `${name} at 390 px`, { viewport: phone }, served, sideways);
    for (const colorScheme of ["light", "dark"]) {
      await openAll(browser, `${name} axe ${colorScheme}`, { bypassCSP: true, colorScheme }, served, axe);
    }
    await openAll(browser, `${name} axe phone`, { bypassCSP: true, viewport: phone }, served, axe);
    await openAll(browser, `${name} forced colours`, { forcedColors: "active" }, served.slice(0, 6), readable);
  } finally {
    server.close();
  }
  await validate(folder, name, paths.length > 400 ? pages : paths);
}

const [site, trust] = process.argv.slice(2);
if (!site) {
  console.error("usage: node check.mjs SITE_DIR [TRUST_DIR]");
  process.exit(2);
}
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
try {
  await checkFolder(browser, site, "site");
  if (trust) await checkFolder(browser, trust, "trust");
} finally {
  await browser.close();
}
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
