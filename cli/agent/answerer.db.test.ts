import { mkdtempSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startRemediation } from "#lib/drift/remediation/commands/start-remediation.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { database } from "#lib/platform/db.ts";
import {
  aRuntimeServer,
  aServedPlace,
  aShortPatch,
  aToken,
  deploy,
  type ServedPlace,
} from "#lib/runtimes/delivery/testing/runtime-server.ts";
import { connect } from "../../sdk/client.ts";
import { anAgent, documentIn, eventually } from "./testing/bench.ts";

const db = database();

async function aRunningAgent(place: ServedPlace) {
  const server = await aRuntimeServer();
  const out = join(mkdtempSync(join(tmpdir(), "plumbline-answerer-")), "config.json");
  const agent = anAgent(server.url, ["--out", out, "--fleet", "pods"], { PLUMBLINE_TOKEN: place.token });
  onTestFinished(async () => void (await agent.stop()));
  const holds = (document: JsonObject) => eventually(async () => expect(await documentIn(out)).toEqual(document));
  const runs = (document: JsonObject) =>
    eventually(async () => {
      const known = await db.runtime.findFirst({ where: { systemId: place.house.systemId, instance: "pod-1" } });
      expect(known?.digest).toBe(digestOf(document));
    });
  return { out, agent, holds, runs };
}

/** Enough parameters that one of them is a small share. */
const withTemperature = (temperature: number): JsonObject => ({ temperature, a: 1, b: 2, c: 3, d: 4, e: 5 });
const sourceOf = (temperature: number) => JSON.stringify(withTemperature(temperature));

test("what is deployed and patched is in the agent's file, and what is edited there is known with its document", async () => {
  const place = await aServedPlace({ base: sourceOf(0.4) });
  const { out, agent, holds, runs } = await aRunningAgent(place);
  await holds(withTemperature(0.4));
  await runs(withTemperature(0.4));

  await deploy(place.house, sourceOf(0.5));
  await holds(withTemperature(0.5));
  await runs(withTemperature(0.5));

  await aShortPatch(place, { pointer: "/temperature", value: 0, lasts: 2_000 });
  await holds(withTemperature(0));
  await holds(withTemperature(0.5));
  await runs(withTemperature(0.5));

  await writeFile(out, JSON.stringify(withTemperature(0.9)));
  await runs(withTemperature(0.9));
  await eventually(async () => {
    const observation = await db.observation.findFirst({ where: { digest: digestOf(withTemperature(0.9)) } });
    expect(observation).toMatchObject({ document: withTemperature(0.9), origins: { "": `file ${out}` } });
  });

  const { number } = await startRemediation(place.house.boss, {
    ...{ system: place.house.system, environment: place.environment, bundle: "assistant" },
    reason: "It was edited by hand",
    expectedDigests: [digestOf(withTemperature(0.9))],
    targetDigest: digestOf(withTemperature(0.5)),
  });
  await holds(withTemperature(0.5));
  const { id } = await db.remediation.findFirstOrThrow({ where: { number } });
  await eventually(async () => {
    const known = await db.runtime.findFirst({ where: { systemId: place.house.systemId } });
    expect(known).toMatchObject({
      restored: id,
      digest: digestOf(withTemperature(0.5)),
      client: "plumbline-agent/0.1.0",
    });
  });
  expect(agent.said.filter((text) => !text.startsWith("Wrote ")).length).toBe(1);
});

test("a program with the SDK runs what is deployed, says so, and is gone when it says goodbye", async () => {
  const place = await aServedPlace({ base: "model: gpt-5.4-2026-03-05\ntemperature: 0.4\n" });
  const server = await aRuntimeServer();
  const seen: (string | null)[] = [];
  const client = await connect({
    url: server.url,
    token: (await aToken(place.house, {})).secret,
    instance: "sdk-1",
    onChange: ({ version }) => seen.push(version),
  });
  onTestFinished(client.close);
  expect(client.getNumber("/temperature", 1)).toBe(0.4);
  await client.report({
    health: "ok",
    models: [{ pointer: "/model", requested: "gpt-5.4", served: "gpt-5.4-2026-03-05", fingerprint: "fp_1" }],
  });
  const known = () => db.runtime.findFirst({ where: { systemId: place.house.systemId, instance: "sdk-1" } });
  await eventually(async () => {
    expect(await known()).toMatchObject({
      health: "ok",
      digest: client.current().digest,
      client: "plumbline-sdk/0.1.0",
    });
  });
  await deploy(place.house, "model: gpt-5.4-2026-03-05\ntemperature: 0.6\n");
  await eventually(() => expect(client.getNumber("/temperature", 1)).toBe(0.6));
  expect(seen).toHaveLength(1);
  await eventually(async () => expect((await known())?.digest).toBe(client.current().digest));
  await client.close();
  expect(await known()).toBeNull();
});
