import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { downloads } from "#lib/api/downloads.ts";
import { openApi } from "#lib/api/openapi.ts";
import { entries } from "#lib/api/registry.ts";

test("no two commands or queries share a name", () => {
  const names = entries.map(({ spec }) => spec.name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test("no two share a method and path, whatever their segments are called", () => {
  const routes = entries.flatMap(({ spec }) =>
    spec.http ? [`${spec.http.method} ${spec.http.path.replaceAll(/\{\w+\}/g, "{}")}`] : [],
  );
  expect(routes.filter((route, index) => routes.indexOf(route) !== index)).toEqual([]);
});

test("every value in a path is a field of the input", () => {
  const lost = entries.flatMap(({ spec }) => {
    const values = [...(spec.http?.path ?? "").matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    const shape = "shape" in spec.input ? Object.keys(spec.input.shape as object) : null;
    return values.filter((value) => shape && !shape.includes(String(value))).map((value) => `${spec.name}: ${value}`);
  });
  expect(lost).toEqual([]);
});

test("nothing is changed by GET; a read whose input is a document is a POST", () => {
  const wrong = entries.filter(({ kind, spec }) =>
    kind === "command" ? spec.http?.method === "GET" : spec.http && !["GET", "POST"].includes(spec.http.method),
  );
  expect(wrong.map(({ spec }) => spec.name)).toEqual([]);
});

test("every command and query of the modules is in the registry", () => {
  const root = join(import.meta.dirname, "..");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".ts") && !path.includes(".test.") && !path.includes("/testing"),
  );
  const written = files.flatMap((path) => {
    const source = readFileSync(join(root, path), "utf8");
    return [...source.matchAll(/^export const \w+ = (?:command|query)\(\s*\{\s*name: "([^"]+)"/gm)].map(
      (match) => match[1],
    );
  });
  const names = entries.map(({ spec }) => spec.name);
  expect(written.filter((name) => !names.some((known) => known === name))).toEqual([]);
});

test("every route of its own is documented as a download", () => {
  const api = join(import.meta.dirname, "../../app/api/v1");
  const own = readdirSync(api, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("/route.ts") && !path.startsWith("[...path]") && !path.startsWith("openapi.json"))
    .map((path) => `/${path.replace("/route.ts", "").replaceAll("[", "{").replaceAll("]", "}")}`);
  expect(downloads.map(({ path }) => path).sort()).toEqual(own.sort());
});

test("the API documents each route, with what it takes and needs", () => {
  const document = openApi(entries, downloads);
  expect(document.openapi).toBe("3.1.0");
  expect(document).toHaveProperty(["paths", "/people/{personId}", "patch", "operationId"], "person.rename");
  expect(document).toHaveProperty(["paths", "/role-grants", "post", "requestBody", "content"], {
    "application/json": {
      schema: expect.objectContaining({ required: ["role"], additionalProperties: false }),
    },
  });
  expect(document).toHaveProperty(
    ["paths", "/systems/{system}/changes/preview", "get", "parameters"],
    expect.arrayContaining([
      expect.objectContaining({ name: "kind", in: "query", required: true }),
      expect.objectContaining({ name: "drafts", in: "query", required: false }),
    ]),
  );
  expect(document).toHaveProperty(["paths", "/audit/export", "get", "operationId"], "audit.export");
  expect(JSON.stringify(document)).not.toContain('"undefined"');
});
