// Runs before the installation, on Node 20: plain JavaScript without packages.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { step } from "./progress.js";

/** The checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const windows = process.platform === "win32";
const pinnedNode = join(root, "node_modules/node/bin", windows ? "node.exe" : "node");

/** @param {string} path */
function packagesOf(path) {
  return JSON.parse(readFileSync(path, "utf8")).packages;
}

/** Whether node_modules holds what package-lock.json asks for. npm writes its own record last, so half an install has none. */
function isInstalled() {
  const record = join(root, "node_modules/.package-lock.json");
  if (!existsSync(record)) return false;
  const present = packagesOf(record);
  return Object.entries(packagesOf(join(root, "package-lock.json"))).every(([path, wanted]) => {
    if (path === "") return true;
    const found = present[path];
    // Packages for other machines are optional and stay out.
    return found ? found.version === wanted.version : wanted.optional === true;
  });
}

/**
 * @param {readonly string[]} command
 * @param {string} folder
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function run([program, ...rest], folder) {
  return new Promise((resolve) => {
    const child = spawn(program, rest, {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      shell: windows && program === "npm",
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (text) => {
        output += text;
      });
    }
    child.on("error", (error) => resolve({ code: 1, output: error.message }));
    child.on("close", (code) => resolve({ code, output }));
  });
}

/** The npm that runs us, or the one on the PATH. */
function npm() {
  const self = process.env.npm_execpath;
  return self?.endsWith("npm-cli.js") ? [process.execPath, self] : ["npm"];
}

/**
 * @param {string} text
 * @returns {never}
 */
function giveUp(text) {
  console.error(`\n${text}`);
  process.exit(1);
}

async function installPackages() {
  const { code, output } = await step("Installing packages", () =>
    run([...npm(), "ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"], root),
  );
  if (code !== 0) giveUp(`npm could not install the packages:\n\n${output.trim()}\n\nRun "npm ci" here to see more.`);
}

function nodeIsThere() {
  return existsSync(pinnedNode) && statSync(pinnedNode).size > 1_000_000;
}

/** The package `node` brings its binary with an install script, which npm can be told not to run. */
async function repairNode() {
  const folder = join(root, "node_modules/node");
  const { output } = await step("Fetching Node 24", () =>
    run([process.execPath, "installArchSpecificPackage.js"], folder),
  );
  if (nodeIsThere()) return;
  // So that the next attempt begins at the beginning.
  rmSync(join(root, "node_modules/.package-lock.json"), { force: true });
  giveUp(
    `Node 24, which Plumbline runs on, could not be installed:\n\n${output.trim()}\n\nAllow the install script of the npm package "node" (npm config set ignore-scripts false), then start again.`,
  );
}

/**
 * Installs what package-lock.json asks for unless it is there already, and finds Node 24.
 * @returns {Promise<string>} the path of Node 24
 */
export async function ensureInstalled() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    giveUp(`Plumbline needs Node 20.19 or newer to install itself; this is ${process.versions.node}.`);
  }
  if (!isInstalled()) await installPackages();
  if (!nodeIsThere()) await repairNode();
  return pinnedNode;
}

/**
 * npm passes SIGTERM to its shell only, which dies without telling us: under npm, a new parent means that we shall end.
 * @param {() => void} end
 */
function endWithParent(end) {
  if (!process.env.npm_lifecycle_event || windows) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 500).unref();
}

/**
 * Runs a TypeScript file of the checkout with Node 24 and ends as it ends. It gets our signals, and it is told, by the
 * closing channel, when we are gone without a word.
 * @param {string} node path of Node 24
 * @param {string} script path below the checkout
 */
export function handOver(node, script) {
  const child = spawn(node, [join(root, script), ...process.argv.slice(2)], {
    cwd: root,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, PATH: `${join(root, "node_modules/.bin")}${windows ? ";" : ":"}${process.env.PATH ?? ""}` },
  });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => child.kill(signal));
  }
  endWithParent(() => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}
