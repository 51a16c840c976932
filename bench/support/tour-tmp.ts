import { readFileSync, writeFileSync } from "node:fs";
import { actorOfPerson } from "#lib/accounts/actors.ts";
import { createToken } from "#lib/accounts/commands/tokens.ts";
import { handleApi } from "#lib/api/handle.ts";
import { checkDraft } from "#lib/bundles/check.ts";
import { createSystem } from "#lib/bundles/commands/create-system.ts";
import { importDocument } from "#lib/bundles/commands/save-draft.ts";
import { listDrafts, listVersions, showDraft } from "#lib/bundles/queries.ts";
import { applyChange } from "#lib/gates/commands/apply-change.ts";
import { overrideGate } from "#lib/gates/commands/except-gate.ts";
import { generateNoteKey } from "#lib/kernel/note.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { database } from "#lib/platform/db.ts";
import { proposePromotion } from "#lib/reviews/commands/propose-release.ts";
import { proposeVersion } from "#lib/reviews/commands/propose-version.ts";
import { reviewChange } from "#lib/reviews/commands/review-change.ts";
import { showChange } from "#lib/reviews/queries/show-change.ts";
import { seedDemo } from "../../prisma/seed/seed.ts";
import { startBenchDatabase } from "./database.ts";

const server = await startBenchDatabase();
process.env.NEXTAUTH_SECRET = "x".repeat(40);
process.env.PLUMBLINE_LOG_KEY = generateNoteKey("plumbline").skey;
try {
  console.time("seed");
  if (process.argv[2] === "full")
    await seedDemo({
      now: new Date(),
      password: "plumbline-demo",
      onStep: (d, of) => d % 20 === 0 && console.log(d, of),
    });
  else {
    const { makeOrganisation } = await import("../../prisma/seed/organisation.ts");
    await makeOrganisation({ now: new Date(), password: "plumbline-demo" });
  }
  console.timeEnd("seed");
  const who = (name: string) =>
    actorOfPerson(database(), `${name}@wrenfield.example`, { channel: "browser", now: new Date() });
  const [ines, tom, marta, grace, sam] = await Promise.all(
    ["ines.carvalho", "tom.adeyemi", "marta.kowalczyk", "grace.oduya", "sam.whitlock"].map(who),
  );
  if (!ines || !tom || !marta || !grace || !sam) throw new Error("who");
  await createSystem(ines, {
    slug: "bicycle-shop",
    name: "Bicycle shop",
    owningTeam: "Shop",
    riskTier: "limited",
    template: "llm-application",
    description: "",
  });
  const place = { system: "bicycle-shop", bundle: "assistant" };
  const { items } = await listDrafts(tom, place);
  let draft = await showDraft(tom, { draftId: items[0]?.id });
  const take = async (layer: string, file: string) => {
    const { revision } = await importDocument(tom, {
      draftId: draft.id,
      layer,
      text: readFileSync(`examples/bundles/${file}`, "utf8"),
      revision: draft.revision,
    });
    draft = { ...draft, revision };
    draft = await showDraft(tom, { draftId: draft.id });
    const { problems } = (await checkDraft(tom, { ...place, source: draft.source })) as never as {
      problems: readonly { severity: string; message: string; line?: number }[];
    };
    console.log(
      file,
      problems.map((p) => `${p.severity} ${p.line}: ${p.message}`),
    );
  };
  await take("base", "with-mistakes.yaml");
  await take("base", "support-assistant.yaml");
  await take("development", "support-assistant.development.yaml");
  const show = async (number: number) => {
    const page = await showChange(tom, { number });
    console.log(
      number,
      page.request?.state ?? Object.keys(page),
      JSON.stringify((page as never as { gates: unknown }).gates ?? null)?.slice(0, 300),
    );
    return page;
  };
  const apply = async (actor: typeof tom, number: number) => {
    try {
      console.log("applied", JSON.stringify(await applyChange(actor, { number })));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const gates = (error.details.gates ?? []) as {
        id: string;
        title: string;
        status: string;
        isBlocking: boolean;
        summary: string;
        override: string | null;
      }[];
      console.log(
        "refused",
        error.code,
        error.message,
        gates
          .filter((g) => g.isBlocking && g.status !== "passed")
          .map((g) => `${g.title}: ${g.summary} (override ${g.override})`),
      );
    }
  };
  const digestOf = async (number: number) =>
    (await database().changeRequest.findUniqueOrThrow({ where: { number } })).contentDigest;
  const approve = async (actor: typeof tom, number: number) => {
    try {
      console.log(
        JSON.stringify(
          await reviewChange(actor, {
            number,
            verdict: "approve",
            contentDigest: await digestOf(number),
            summary: "Looked at all of it",
          }),
        ),
      );
    } catch (error) {
      console.log("approve refused", (error as Error).message);
    }
  };
  const stateOf = async (number: number) =>
    console.log("state", (await database().changeRequest.findUniqueOrThrow({ where: { number } })).state);
  const version = (await proposeVersion(tom, {
    system: "bicycle-shop",
    title: "First configuration",
    reason: "The shop opens its chat",
    drafts: [draft.id],
  })) as never as { number: number };
  await stateOf(version.number);
  await approve(tom, version.number);
  await apply(tom, version.number);
  await approve(marta, version.number);
  await stateOf(version.number);
  await apply(marta, version.number); await approve(grace, version.number); await stateOf(version.number); await apply(marta, version.number);
  const { items: versions } = await listVersions(tom, place);
  const id = versions[0]?.id;
  console.log(versions[0]?.semver);
  const promote = async (environment: string) => {
    const { number } = (await proposePromotion(tom, {
      system: "bicycle-shop",
      environment,
      versions: [id],
      title: `To ${environment}`,
      reason: "It is ready for it",
    })) as never as { number: number };
    await stateOf(number);
    return number;
  };
  const dev = await promote("development"); await apply(tom, dev); await approve(grace, dev); await apply(tom, dev);
  await apply(tom, dev);
  const staging = await promote("staging"); await apply(tom, staging); await approve(grace, staging); await apply(tom, staging); await approve(marta, staging); await apply(tom, staging);
  await apply(tom, staging);
  await approve(grace, staging);
  await apply(tom, staging);
  const production = await promote("production"); await approve(grace, production); await approve(marta, production); await approve(await who("daniel.frey"), production); await stateOf(production); await apply(tom, production);
  await approve(grace, production);
  await approve(marta, production);
  await stateOf(production);
  await apply(tom, production);
  for (const gate of ["soak", "freeze_window"]) {
    try {
      await overrideGate(sam, {
        number: production,
        gate,
        contentDigest: await digestOf(production),
        reason: "The shop opens today, and I watch it",
        expiresAt: new Date(Date.now() + 3_600_000),
      });
      console.log("set aside", gate);
    } catch (error) {
      console.log(gate, (error as Error).message);
    }
  }
  await apply(tom, production);
  const { secret } = await createToken(ines, { name: "tour", role: "author", days: 1 });
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await handleApi(
      new Request(`http://localhost:3000${path}`, {
        method,
        headers: { Authorization: `Bearer ${secret}`, "Content-Type": "application/json", "x-request-id": "8c1d2f60" },
        body: body ? JSON.stringify(body) : undefined,
      }),
    );
    console.log(
      response.status,
      response.headers.get("content-type"),
      JSON.stringify(await response.json(), null, 2).slice(0, 1500),
    );
  };
  await call("POST", "/api/v1/systems/bicycle-shop/changes/version", { title: "Shorter answers", reason: "Fewer follow-up questions", drafts: [] });
  await call("GET", "/api/v1/changes?state=open");
  void show;
  void writeFileSync;
} finally {
  await database().$disconnect();
  await server.stop();
}
