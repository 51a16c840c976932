// Packages for other machines belong into package-lock.json, or `npm ci` refuses it. npm leaves out those that the
// registry at hand does not carry; this adds them by name and version. Run it after `npm install` has changed the lock.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const systems = {
  android: "android",
  darwin: "darwin",
  freebsd: "freebsd",
  linux: "linux",
  openharmony: "openharmony",
  sunos: "sunos",
  win32: "win32",
  windows: "win32",
};
const processors = ["arm64", "arm", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

/**
 * For which machine a package is, by the custom of naming them `tool-linux-arm64-musl`.
 * @param {string} name
 */
export function machineOf(name) {
  const words = name.slice(name.indexOf("/") + 1).split("-");
  const os = words.flatMap((word) =>
    Object.hasOwn(systems, word) ? [systems[/** @type {keyof typeof systems} */ (word)]] : [],
  );
  const cpu = words.filter((word) => processors.includes(word));
  const libc = words.some((word) => word.startsWith("musl")) ? ["musl"] : words.includes("gnu") ? ["glibc"] : [];
  return {
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(os.length > 0 ? { os } : {}),
    ...(libc.length > 0 && os[0] === "linux" ? { libc } : {}),
  };
}

/** @typedef {{ version?: string, dev?: boolean, optionalDependencies?: Record<string, string> }} LockedPackage */

/**
 * The optional packages that a lock asks for and does not hold.
 * @param {Record<string, LockedPackage>} packages by path, as in package-lock.json
 * @returns {{ name: string, version: string, dev: boolean }[]}
 */
export function missingPackages(packages) {
  const missing = new Map();
  for (const [path, { optionalDependencies = {}, dev = false }] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(optionalDependencies)) {
      const isThere = [`${path}/node_modules/${name}`, `node_modules/${name}`].some((place) => place in packages);
      if (!isThere) missing.set(name, { name, version: range.replace(/^[\^~]/, ""), dev });
    }
  }
  return [...missing.values()];
}

const path = join(import.meta.dirname, "../package-lock.json");

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync(path, "utf8"));
  for (const { name, version, dev } of missingPackages(lock.packages)) {
    const { cpu, os, libc } = machineOf(name);
    lock.packages[`node_modules/${name}`] = { version, cpu, ...(dev ? { dev } : {}), libc, optional: true, os };
    console.log(`added ${name} ${version}`);
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
}
