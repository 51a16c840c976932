import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const sdk = import.meta.dirname;

async function built(): Promise<(program: string) => Promise<string>> {
  const out = mkdtempSync(join(tmpdir(), "plumbline-sdk-build-"));
  await run(process.execPath, [join(sdk, "../node_modules/typescript/bin/tsc"), "-p", sdk, "--outDir", out]);
  await writeFile(join(out, "package.json"), '{"type":"module"}');
  expect(await readdir(out)).toContain("client.d.ts");
  return async (program) => {
    await writeFile(join(out, "program.js"), `import { connect } from "./client.js";\n${program}`);
    return (await run(process.execPath, [join(out, "program.js")], { timeout: 20_000 })).stdout;
  };
}

test("it builds to plain JavaScript with types, and that runs by itself", async () => {
  const running = await built();
  const options = 'url: "http://127.0.0.1:4", token: "x", transport: "poll", onError: () => {}';
  const program = `const client = await connect({ ${options} });
    console.log(client.getNumber("/temperature", 0.5), client.current().source);`;
  expect(await running(`${program}\nawait client.close();`)).toBe("0.5 none\n");
  // Nobody closes it, and nothing keeps the process alive.
  const unref = program.replace("onError", "unref: true, onError");
  expect(await running(unref)).toBe("0.5 none\n");
});

test("it needs nothing but Node", async () => {
  const files = (await readdir(sdk)).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  const texts = await Promise.all(files.map((name) => readFile(join(sdk, name), "utf8")));
  const imports = texts.flatMap((text) => [...text.matchAll(/from "([^"]+)"/g)].map(([, name = ""]) => name));
  expect(imports.filter((name) => !name.startsWith("node:") && !/^\.\/[\w-]+\.ts$/.test(name))).toEqual([]);
});
