import { isDeclared } from "#lib/hot-patches/outcome.ts";
import { nameOf } from "#lib/hot-patches/rules.ts";
import { getAt } from "#lib/kernel/pointer.ts";
import { formatUtc } from "#lib/kernel/time.ts";
import type { GateFacts, PatchOnTarget } from "../facts.ts";
import type { Finding } from "../finding.ts";
import type { CheckItem } from "../model.ts";

/** Says what becomes of the hot-patches in force where a release goes: absorbed, or on top of it until they end. */
export function hotPatches(facts: GateFacts): Finding | null {
  const { release } = facts;
  if (release === null) return null;
  const items = release.patches.map((patch) => ({ ...itemOf(facts, patch), isAbsorbed: isAbsorbed(facts, patch) }));
  const staying = items.filter((item) => !item.isAbsorbed);
  const absorbed = items.length - staying.length;
  return {
    id: "hot_patches",
    title: "Hot-patches in force",
    status: staying.length === 0 ? "passed" : "failed",
    isBlocking: false,
    summary: summaryOf(release.name, { staying: staying.length, absorbed }),
    items: items.map(({ isAbsorbed: _, ...item }) => item),
    clearedBy: "Their owners, by deciding their follow-ups; or time",
    override: null,
    href: staying[0]?.href ?? "/hot-patches",
  };
}

/** The whole of it in one sentence. */
export function summaryOf(
  environment: string,
  { staying, absorbed }: { readonly staying: number; readonly absorbed: number },
) {
  if (staying === 0 && absorbed === 0) return `No hot-patch is in force in ${environment}`;
  const ends = `${absorbed === 1 ? "1 hot-patch ends" : `${absorbed} hot-patches end`} with this, absorbed`;
  if (staying === 0) return ends;
  const verb = staying === 1 ? "stays" : "stay";
  const rest = "in force on top, so that runtimes will not run exactly this";
  if (absorbed > 0) return `${ends}, and ${staying} ${verb} ${rest}`;
  return `${staying} ${staying === 1 ? "hot-patch" : "hot-patches"} ${verb} ${rest}`;
}

/** Everything that it sets is what would be declared. */
function isAbsorbed(facts: GateFacts, patch: PatchOnTarget): boolean {
  const pair = facts.review.consequences.pairs.find((one) => one.bundle === patch.bundle);
  return pair !== undefined && isDeclared(patch.changes, pair.after);
}

function itemOf(facts: GateFacts, patch: PatchOnTarget): CheckItem {
  const name = nameOf(patch);
  const pair = facts.review.consequences.pairs.find((one) => one.bundle === patch.bundle);
  const common = { item: name, href: `/hot-patches/${patch.number}` };
  if (isAbsorbed(facts, patch)) return { ...common, message: `${name} ends as absorbed: this declares what it sets` };
  const hidden = patch.changes.map(({ pointer, after }) => {
    const declared = pair === undefined ? undefined : getAt(pair.after, pointer);
    return `${pointer} stays ${inWords(after)} where this declares ${inWords(declared)}`;
  });
  const until = patch.isOver ? "until somebody decides its follow-up" : `until ${formatUtc(patch.expiresAt)}`;
  return { ...common, message: `${name} (${patch.incident}) stays in force ${until}: ${hidden.join("; ")}` };
}

function inWords(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}
