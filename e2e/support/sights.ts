import { z } from "zod";
import type { Api } from "./api.ts";

const Items = <S extends z.ZodType>(item: S) => z.object({ items: z.array(item) });
const Changes = Items(z.object({ number: z.number(), kind: z.string() }));
const Snapshots = Items(z.object({ snapshot: z.object({ number: z.number() }) }));
const Findings = Items(z.object({ number: z.number() }));
const Runtimes = Items(z.object({ id: z.string() }));
const Patches = Items(z.object({ number: z.number() }));
const WithId = z.object({ id: z.string() });
const Ids = Items(WithId);
const Events = z.object({ events: z.array(WithId) });
const People = z.object({ people: z.array(WithId) });

/** Addresses of things in the demo organisation that pages are about. */
export type Sights = {
  readonly open: string;
  readonly applied: string;
  readonly draft: string;
  readonly version: string;
  readonly snapshot: string;
  readonly comparison: string;
  readonly event: string;
  readonly member: string;
  readonly patch: string;
  /** Its decision is overdue. */
  readonly owedPatch: string;
  readonly finding: string;
  readonly instance: string;
};

const bundle = "/systems/code-review-agent/bundles/agent";
const production = "/systems/support-assistant/environments/production";

/** Finds one of each by the API. */
export async function seeSights(administrator: Api): Promise<Sights> {
  const list = async (path: string) => administrator.send("GET", path);
  const [open, applied, drafts, versions, deployments, events, people, findings, runtimes, patches, owed] =
    await Promise.all([
      list("/changes?system=support-assistant&state=open"),
      list("/changes?system=support-assistant&state=applied"),
      list(`${bundle}/drafts`),
      list(`${bundle}/versions`),
      list("/deployments?system=code-review-agent&environment=production"),
      list("/audit/events?action=change.applied&system=support-assistant"),
      list("/people?search=Ravi"),
      list("/findings?system=support-assistant&environment=production&state=any"),
      list("/runtimes?system=support-assistant&environment=production"),
      list("/hot-patches?state=active"),
      list("/hot-patches?overdue=true"),
    ]);
  const change = (found: unknown) => {
    const versions = Changes.parse(found).items.filter((one) => one.kind === "version");
    return `/changes/${first(versions).number}`;
  };
  const snapshots = Snapshots.parse(deployments).items.map((one) => one.snapshot.number);
  return {
    open: change(open),
    applied: change(applied),
    draft: `/drafts/${first(Ids.parse(drafts).items).id}`,
    version: `/versions/${first(Ids.parse(versions).items).id}`,
    snapshot: `/snapshots/${first(snapshots)}`,
    comparison: `/compare?left=snapshot:${snapshots[1]}&right=snapshot:${first(snapshots)}`,
    event: `/audit/${first(Events.parse(events).events).id}`,
    member: `/settings/members/${first(People.parse(people).people).id}`,
    patch: `/hot-patches/${first(Patches.parse(patches).items).number}`,
    owedPatch: `/hot-patches/${first(Patches.parse(owed).items).number}`,
    finding: `/drift/${first(Findings.parse(findings).items).number}`,
    instance: `${production}/fleet/${first(Runtimes.parse(runtimes).items).id}`,
  };
}

function first<T>(all: readonly T[]): T {
  const [one] = all;
  if (one === undefined) throw new Error("The demo organisation has none of these");
  return one;
}
