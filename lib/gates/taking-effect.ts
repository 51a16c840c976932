import type { AuditLine } from "#lib/audit/model.ts";
import { insertVersion } from "#lib/bundles/store.ts";
import type { Outcome } from "#lib/command.ts";
import { type Absorbed, absorbPatches, isUnderHotPatch } from "#lib/hot-patches/absorb.ts";
import { diffJson } from "#lib/kernel/diff.ts";
import type { Json } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { Vouchers } from "#lib/releases/model.ts";
import { type DeployedPlace, takeEffect } from "#lib/releases/take-effect.ts";
import type { Produced, RulesContent, VersionContent } from "#lib/reviews/model.ts";
import { rulesAsJson } from "#lib/reviews/rules-merge.ts";
import type { Doing } from "#lib/reviews/settle.ts";
import { changeInWords, changeLine } from "#lib/reviews/words.ts";
import { insertRules } from "#lib/systems/store.ts";
import type { GateFacts } from "./facts.ts";
import type { GateReport } from "./model.ts";

export type Effect = {
  readonly produced: readonly Produced[];
  readonly audit: readonly AuditLine[];
  readonly outbox?: NonNullable<Outcome<unknown>["outbox"]>;
  readonly notify?: NonNullable<Outcome<unknown>["notify"]>;
};

/** Makes the content of a request true, all of it or nothing. The caller has found every gate open. */
export async function putIntoEffect(
  tx: Tx,
  { facts, report }: { readonly facts: GateFacts; readonly report: GateReport },
  doing: Doing,
): Promise<Effect> {
  const { content, request } = facts.review;
  switch (content.kind) {
    case "version":
      return publishVersions(tx, { content, facts }, doing);
    case "rules":
      return adoptRules(tx, { content, facts }, doing);
    case "promotion":
    case "rollback": {
      const change = { id: request.id, number: request.number, reason: request.reason };
      const by = doing.actor.name;
      const isUnder = (place: DeployedPlace) => isUnderHotPatch(tx, place, doing.now);
      const vouchers = vouchersOf(facts, report);
      const effect = { system: facts.system, change, content, by, vouchers, isUnderHotPatch: isUnder };
      const { deployed, audit } = await takeEffect(tx, effect, doing.now);
      const absorbed = await absorbAll(tx, { deployed, change, by }, doing.now);
      const produced = deployed.map(({ deploymentNumber, snapshotNumber }): Produced => {
        return {
          kind: "deployment",
          id: String(deploymentNumber),
          label: `Deployment ${deploymentNumber}, snapshot ${snapshotNumber}`,
        };
      });
      return { ...absorbed, produced, audit: [...audit, ...absorbed.audit] };
    }
  }
}

/** The hot-patches that what was deployed makes needless. */
async function absorbAll(
  tx: Tx,
  {
    deployed,
    ...applied
  }: {
    readonly deployed: readonly DeployedPlace[];
    readonly change: { readonly id: string; readonly number: number };
    readonly by: string;
  },
  now: Date,
): Promise<Absorbed> {
  const all: Absorbed[] = [];
  for (const place of deployed) all.push(await absorbPatches(tx, { ...place, ...applied }, now));
  return {
    audit: all.flatMap((one) => one.audit),
    outbox: all.flatMap((one) => one.outbox),
    notify: all.flatMap((one) => one.notify),
  };
}

async function publishVersions(
  tx: Tx,
  { content, facts }: { readonly content: VersionContent; readonly facts: GateFacts },
  { actor, now }: Doing,
): Promise<Effect> {
  const { request, consequences } = facts.review;
  const environments = consequences.environments.map((one) => one.slug);
  const produced: Produced[] = [];
  const audit: AuditLine[] = [];
  for (const bundle of content.bundles) {
    const version = await insertVersion(
      tx,
      {
        bundleId: bundle.bundleId,
        semver: bundle.semver,
        document: { base: bundle.base, overlays: bundle.overlays },
        source: bundle.source,
        note: request.title,
        baseVersionId: bundle.baseVersionId,
        changeRequestId: request.id,
        createdBy: actor.name,
        environments,
      },
      now,
    );
    if (version.digest !== bundle.digest) {
      throw new Refusal(
        "conflict",
        `What would be published of ${bundle.slug} is not what was approved; nothing was published`,
      );
    }
    produced.push({ kind: "version", id: version.id, label: `${bundle.slug} ${version.semver}` });
    audit.push(
      changeLine(request, {
        action: "version.published",
        subject: { type: "version", id: version.id },
        summary: `${actor.name} published ${bundle.slug} ${version.semver} from ${changeInWords(request)}`,
        reason: request.reason,
        detail: { digest: version.digest, sequence: version.sequence, changes: parameterRows(facts, bundle.slug) },
      }),
    );
  }
  return { produced, audit };
}

function parameterRows(facts: GateFacts, bundle: string): Json {
  return facts.review.consequences.changes
    .filter((change) => change.bundle === bundle)
    .map(({ pointer, before, after, environments }) => ({
      pointer,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      environments: [...environments],
    }));
}

async function adoptRules(
  tx: Tx,
  { content, facts }: { readonly content: RulesContent; readonly facts: GateFacts },
  { actor, now }: Doing,
): Promise<Effect> {
  const { request, rules: before } = facts.review;
  const next = {
    systemId: request.systemId,
    follows: before.sequence,
    rules: content.rules,
    reason: request.reason,
    changeRequestId: request.id,
    createdBy: actor.name,
  };
  const after = await insertRules(tx, next, now);
  const changes = diffJson(rulesAsJson(before.rules), rulesAsJson(content.rules)).map((change) => ({ ...change }));
  const line = changeLine(request, {
    action: "rules.changed",
    subject: { type: "rules", id: `${facts.system.slug}/${after.sequence}` },
    summary: `${actor.name} changed the rules of ${facts.system.name} (version ${after.sequence})`,
    reason: request.reason,
    detail: { digest: after.digest, changes },
  });
  return { produced: [{ kind: "rules", id: after.id, label: `Rules ${after.sequence}` }], audit: [line] };
}

/** All that vouches for a deployment, kept in its snapshot by value. */
function vouchersOf(facts: GateFacts, report: GateReport): Omit<Vouchers, "rollbackOf"> {
  const { request, reviews, status } = facts.review;
  const approvals = status.approvals
    .filter((one) => one.staleBecause === null)
    .map(({ reviewId, reviewerId, reviewerName, environments }) => {
      const given = reviews.find((review) => review.id === reviewId);
      return {
        reviewerId,
        reviewerName,
        environments,
        ...(given && { at: given.createdAt.toISOString(), summary: given.summary }),
      };
    });
  return {
    changeRequest: request.number,
    contentDigest: request.contentDigest,
    author: request.authorName,
    approvals,
    checks: report.checks.map(({ id, title, status: state, summary }) => ({ id, title, status: state, summary })),
    exceptions: facts.exceptions.map(({ gate, item, reason, grantedByName, expiresAt }) => ({
      gate,
      item,
      reason,
      by: grantedByName,
      expiresAt: expiresAt.toISOString(),
    })),
  };
}
