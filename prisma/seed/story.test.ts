import { expect, test } from "vitest";
import type { BundleSource } from "#lib/bundles/model.ts";
import type { Rules } from "#lib/systems/model.ts";
import { FLEETS } from "./fleets/fleets.ts";
import { PEOPLE } from "./people.ts";
import { clockFor, WORKING_DAYS } from "./story/clock.ts";
import { edited } from "./story/edit.ts";
import type { Step } from "./story/step.ts";
import { STORY } from "./story/story.ts";
import { SYSTEMS } from "./systems/all.ts";
import { sourceOf } from "./systems/system.ts";
import { complaints } from "./testing/conformance.ts";

type Draft = { readonly system: string; readonly bundle: string; readonly source: BundleSource };

/** Plays only the texts: every version and every draft, with the complaints that they would meet. */
function versions(steps: readonly Step[]) {
  const rules = new Map<string, Rules>(SYSTEMS.map((system) => [system.slug, system.rules]));
  const newest = new Map<string, BundleSource>();
  const drafts = new Map<string, Draft>();
  const proposals = new Map<string, Step>();
  const made: { readonly request: string; readonly found: readonly string[] }[] = [];
  const judge = (request: string, keys: readonly string[]) => {
    const chosen = keys.map((key) => drafts.get(key)).filter((draft) => draft !== undefined);
    const system = chosen[0]?.system ?? "";
    const others = [...newest]
      .filter(([key]) => key.startsWith(`${system}/`))
      .map(([key, source]) => [key.split("/")[1], source]);
    const sources = Object.fromEntries([...others, ...chosen.map((draft) => [draft.bundle, draft.source])]);
    const found = complaints(
      rules.get(system) ?? { parameters: [], constraints: [], dependencies: [], policies: [] },
      sources,
    );
    made.push({ request, found });
  };
  for (const step of steps) {
    if (step.do === "draft") {
      const source = step.source ?? newest.get(`${step.system}/${step.bundle}`);
      if (source === undefined) throw new Error(`${step.draft} starts from nothing`);
      drafts.set(step.draft, { system: step.system, bundle: step.bundle, source: edited(source, step.edits) });
    }
    if (step.do === "revise") {
      const draft = drafts.get(step.draft);
      if (draft === undefined) throw new Error(`${step.draft} is not there`);
      drafts.set(step.draft, { ...draft, source: edited(draft.source, step.edits) });
    }
    if (step.do === "proposeVersion") judge(step.request, step.drafts);
    if (step.do === "proposeVersion" || step.do === "proposeRules") proposals.set(step.request, step);
    const proposal = step.do === "apply" ? proposals.get(step.request) : undefined;
    if (proposal?.do === "proposeRules") {
      const before = rules.get(proposal.system);
      if (before) rules.set(proposal.system, proposal.change(before));
    }
    if (proposal?.do === "proposeVersion") {
      for (const key of proposal.drafts) {
        const draft = drafts.get(key);
        if (draft) newest.set(`${draft.system}/${draft.bundle}`, draft.source);
      }
    }
  }
  return made;
}

test("every text that somebody proposes is as the rules of that day say", () => {
  const made = versions(STORY);
  expect(made.filter((one) => one.found.length > 0)).toEqual([]);
  expect(made.length).toBeGreaterThanOrEqual(20);
});

test("every remark on a line names words that stand on exactly one line of what is reviewed", () => {
  const remarks = STORY.flatMap((step) => {
    if (step.do === "remark") return [{ request: step.request, place: step.remark.place }];
    if (step.do !== "review") return [];
    return (step.remarks ?? []).map(({ place }) => ({ request: step.request, place }));
  });
  const lines = remarks.flatMap(({ request, place }) => {
    if (place.type !== "line") return [];
    const written = STORY.flatMap((step) =>
      step.do === "draft" && step.draft.startsWith(`${request}/`) ? step.edits : [],
    );
    const text = written.map((edit) => edit.put).join("\n");
    return [{ find: place.find, lines: text.split("\n").filter((line) => line.includes(place.find)).length }];
  });
  expect(lines.length).toBeGreaterThan(3);
  expect(lines.filter((one) => one.lines !== 1)).toEqual([]);
});

test("nobody approves what they proposed, and everybody exists", () => {
  const emails = new Set(PEOPLE.map((person) => person.email));
  expect(STORY.filter((step) => !emails.has(step.by))).toEqual([]);
  const authors = new Map(
    STORY.flatMap((step) => (step.do.startsWith("propose") && "request" in step ? [[step.request, step.by]] : [])),
  );
  expect(STORY.filter((step) => step.do === "review" && authors.get(step.request) === step.by)).toEqual([]);
});

test("requests are proposed once, before anything happens to them, and threads are begun before they are answered", () => {
  const requests = new Set<string>();
  const threads = new Set<string>();
  for (const step of STORY) {
    if ((step.do.startsWith("propose") || step.do === "keepHotPatch") && "request" in step) {
      expect(requests.has(step.request), step.request).toBe(false);
      requests.add(step.request);
    }
    if ("request" in step) expect(requests.has(step.request), `${step.at} ${step.do} ${step.request}`).toBe(true);
    if (step.do === "remark") threads.add(step.remark.thread);
    if (step.do === "review") for (const remark of step.remarks ?? []) threads.add(remark.thread);
    if (step.do === "reply" || step.do === "resolve") expect(threads.has(step.thread), step.thread).toBe(true);
  }
});

test.each(["2026-11-22T12:00:00Z", "2027-03-31T09:30:00Z", "2027-01-12T18:20:00Z", "2028-02-29T19:31:00Z"])(
  "a history that ends before %s is on working days, in working hours and in order",
  (text) => {
    const now = new Date(text);
    const clock = clockFor(now);
    const moments = STORY.map((step) => clock.momentOf(step.at));
    expect(moments.every((moment) => moment < now)).toBe(true);
    expect(moments.toSorted((a, b) => a.getTime() - b.getTime())).toEqual(moments);
    const inDublin = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Dublin", weekday: "short", hour: "2-digit" });
    // Machines report at any hour, and incidents do not wait for the morning.
    const atWork = STORY.filter((step) => step.do !== "report" && !step.at.startsWith("now"));
    for (const { at } of atWork) {
      expect(inDublin.format(clock.momentOf(at))).toMatch(/^(Mon|Tue|Wed|Thu|Fri)\D+(09|1[0-7])$/);
    }
    expect(clock.nextMorning > now).toBe(true);
    expect(() => clock.momentOf(`${WORKING_DAYS + 1} 09:00`)).toThrow();
  },
);

test("the last days of flags move along with the history", () => {
  const { shiftDates } = clockFor(new Date("2026-12-04T12:00:00Z"));
  expect(shiftDates('expires: "2027-01-29"\nmodel: gpt-5.4-2026-03-05')).toBe(
    'expires: "2027-02-12"\nmodel: gpt-5.4-2026-03-05',
  );
});

test.each(["2026-11-20T20:00:00Z", "2026-11-22T12:00:00Z", "2026-11-26T20:00:00Z", "2027-03-31T09:30:00Z"])(
  "in a history that ends at %s one flag has outlived its last day, and nobody proposed anything about it since",
  (text) => {
    const now = new Date(text);
    const clock = clockFor(now);
    const source = clock.shiftDates(sourceOf("document-triage", "classification").overlays.production ?? "");
    const [, day = ""] = /expires: "([^"]+)"/.exec(source) ?? [];
    const end = Date.parse(`${day}T23:59:59.999Z`);
    expect(end).toBeLessThan(now.getTime());
    const touching = STORY.filter(
      (step) =>
        ("bundle" in step && step.do !== "report" && step.bundle === "classification") ||
        ("bundles" in step && step.do.startsWith("propose") && step.bundles.includes("classification")),
    );
    expect(touching.length).toBeGreaterThan(0);
    expect(touching.filter((step) => clock.momentOf(step.at).getTime() > end)).toEqual([]);
  },
);

test("whoever of the platform proposes rules, another one of the platform may review them", () => {
  const reviewers = PEOPLE.filter(
    ({ groups, grants }) =>
      groups.includes("platform") && grants.some(({ role }) => role === "reviewer" || role === "administrator"),
  );
  expect(reviewers.length).toBeGreaterThan(1);
});

test("the support assistant's staging runs what is declared, so that a first difference there is one's own", () => {
  const fleets = FLEETS.filter((one) => one.system === "support-assistant" && one.environment === "staging");
  expect(fleets.length).toBeGreaterThan(0);
  expect(fleets.filter(({ oddities, served }) => oddities !== undefined || served !== undefined)).toEqual([]);
});
