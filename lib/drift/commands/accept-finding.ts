import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { proposeValues } from "#lib/reviews/propose-values.ts";
import { AcceptFinding } from "../input.ts";
import { type LoadedFinding, loadFinding, triageLine } from "../load-finding.ts";
import { isRedacted } from "../normalise-value.ts";
import { ofFinding } from "../scope.ts";
import { insertFindingEvents, updateFinding } from "../store.ts";
import { assertAcceptable, assertMayTriage } from "../triage.ts";

const LONGEST_TITLE = 160;

/**
 * Proposes what runs as what is declared: a change request, filled in, with every gate before it. The finding is resolved
 * by itself once the value is deployed; when the request is closed instead, it is open again.
 */
export const acceptFinding = command(
  {
    name: "finding.accept",
    may: "drift:triage",
    on: ofFinding,
    input: AcceptFinding,
    summary: "Accept a drift finding: open a change request that would make the observed value the declared one",
    http: { method: "POST", path: "/findings/{finding}/acceptance" },
  },
  async ({ tx, actor, now, input }) => {
    const finding = await loadFinding(tx, input.finding);
    assertMayTriage(finding, "accept", { revision: input.revision, now });
    assertAcceptable(finding);
    assertShown(finding);
    const { number, pointer, environment, bundle } = finding;
    const { observed } = finding.values;
    const step = await proposeValues(
      tx,
      {
        systemId: finding.systemId,
        bundle,
        environment: environment.slug,
        values: [{ pointer, ...(observed !== undefined && { value: observed }) }],
        title: input.title ?? shortened(`Accept F-${number}: ${pointer} as it runs in ${environment.name}`),
        reason: `Accepts finding F-${number} (/drift/${number}): ${finding.summary}\n\n${input.reason}`,
        contributors: [],
      },
      { actor, now },
    );
    const { request } = step;
    await updateFinding(tx, finding, {
      state: "accepted",
      suppressedUntil: null,
      reason: input.reason,
      changeRequestId: request.id,
    });
    const note = `Change request ${request.number} would declare it: ${input.reason}`;
    await insertFindingEvents(tx, [{ findingId: finding.id, kind: "accepted", by: actor.name, note }], now);
    return {
      result: { finding: number, state: "accepted", revision: finding.revision + 1, change: request.number },
      audit: [
        triageLine(finding, {
          action: "finding.accepted",
          says: `${actor.name} proposed, by change request ${request.number}, to declare what runs for`,
          reason: input.reason,
          changeRequestId: request.id,
        }),
        ...step.audit,
      ],
      notify: step.notify,
    };
  },
);

/** What was withheld because it looked like a secret can't be declared. @throws Refusal `conflict` */
function assertShown({ number, values }: LoadedFinding): void {
  if (!isRedacted(values.observed)) return;
  throw new Refusal(
    "conflict",
    `What F-${number} observed looks like a secret and is not kept; refer to it in a draft: {"$secret": "vault://…"}`,
  );
}

function shortened(title: string): string {
  const letters = [...title];
  return letters.length <= LONGEST_TITLE ? title : `${letters.slice(0, LONGEST_TITLE - 1).join("")}…`;
}
