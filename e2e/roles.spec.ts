import type { Page } from "@playwright/test";
import type { Role } from "#lib/access/permissions.ts";
import { GRACE, INES, TOM } from "../prisma/seed/people.ts";
import { expect, signInByForm, test } from "./fixtures.ts";
import { apiOver } from "./support/api.ts";
import { aChange, aHouse, aVersion, firstText, promote } from "./support/house.ts";
import { aPerson, password } from "./support/someone.ts";

type Case = {
  readonly role: Role;
  /** Buttons and links that are there for this role, by page. */
  readonly offered: readonly Offer[];
};
const offers = ["draft", "system", "hold", "comment", "approve", "audit", "members", "invite", "token"] as const;
type Offer = (typeof offers)[number];

const cases: readonly Case[] = [
  { role: "viewer", offered: [] },
  { role: "author", offered: ["draft", "comment"] },
  { role: "reviewer", offered: ["comment", "approve"] },
  { role: "responder", offered: ["draft", "comment", "hold"] },
  { role: "auditor", offered: ["audit", "members"] },
  { role: "administrator", offered: offers },
];

for (const { role, offered } of cases) {
  test(`a person with the role ${role} sees and can do what it gives, and nothing else`, async ({
    page,
    apiOf,
    baseURL,
  }) => {
    const [administrator, author] = await Promise.all([apiOf(INES), apiOf(TOM)]);
    const house = await aHouse(administrator);
    const version = await aVersion({ author, reviewer: await apiOf(GRACE) }, house);
    await promote(author, house, { version, through: ["development"] });
    const change = await aChange(author, house, { base: firstText.replace("0.2", "0.3") });
    const { email } = await aPerson(administrator, { role });
    const has = (offer: Offer) => (offered.includes(offer) ? 1 : 0);
    await signInByForm(page, email, password);
    const api = apiOver(page.request, { origin: baseURL ?? "" });
    const expectStatus = async (offer: Offer, answer: Promise<{ readonly status: number }>) =>
      expect((await answer).status, offer).toBe(has(offer) ? 200 : 403);

    await page.goto(`/systems/${house.slug}/bundles/assistant`);
    await expect(page.getByRole("heading", { name: "Versions" })).toBeVisible();
    await expect(page.getByRole("button", { name: /^Start a draft from/ })).toHaveCount(has("draft"));
    await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Audit trail" })).toHaveCount(
      has("audit"),
    );

    await page.goto("/systems");
    await expect(page.getByRole("heading", { name: "Systems", level: 1 })).toBeVisible();
    await expect(page.getByRole("link", { name: "New system" })).toHaveCount(has("system"));

    await page.goto(`/systems/${house.slug}/environments/development`);
    await expect(page.getByRole("heading", { name: "Development", level: 1 })).toBeVisible();
    await expect(page.getByRole("button", { name: "Hold", exact: true })).toHaveCount(has("hold"));

    await page.goto(`/changes/${change.number}`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(`#${change.number}`);
    await expect(page.getByRole("button", { name: "Review changes" })).toHaveCount(has("approve"));
    await expect(page.getByLabel("Comment on this change")).toHaveCount(has("comment"));

    await expectPage(page, "/audit", { offered: has("audit") });
    await expectPage(page, "/settings/members", { offered: has("members") });
    await expect(page.getByRole("button", { name: "Add a member" })).toHaveCount(has("invite"));
    await expectPage(page, "/systems/new", { offered: has("system") });

    const at = `/systems/${house.slug}`;
    await expectStatus("draft", api.ask("POST", `${at}/bundles/assistant/drafts`, { title: "Mine" }));
    await expectStatus("audit", api.ask("GET", "/audit/events"));
    await expectStatus("members", api.ask("GET", "/people"));
    const verdict = { verdict: "approve", summary: "Read and tried", contentDigest: change.contentDigest };
    await expectStatus("approve", api.ask("POST", `/changes/${change.number}/reviews`, verdict));
    await expectStatus("comment", api.ask("POST", `/changes/${change.number}/threads`, { body: "One question" }));
    const token = { name: "Mine", role: "viewer", days: 1 };
    await expectStatus("token", api.ask("POST", "/tokens", token));
    const hold = { reason: "Looking into an incident" };
    await expectStatus("hold", api.ask("PUT", `${at}/environments/development/hold`, hold));
  });
}

async function expectPage(page: Page, href: string, { offered }: { readonly offered: number }): Promise<void> {
  const answer = await page.goto(href);
  expect(answer?.status(), href).toBe(offered === 1 ? 200 : 403);
  if (offered === 0) await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

test("who has a role in one system alone finds the others nowhere", async ({ page, apiOf, baseURL }) => {
  const administrator = await apiOf(INES);
  const [own, other] = await Promise.all([aHouse(administrator), aHouse(administrator)]);
  const { email } = await aPerson(administrator, { role: "author", system: own.slug });
  await signInByForm(page, email, password);
  await page.goto("/systems");
  await expect(page.getByRole("link", { name: own.name })).toBeVisible();
  await expect(page.getByRole("link", { name: other.name })).toHaveCount(0);
  const answer = await page.goto(`/systems/${other.slug}`);
  expect([403, 404]).toContain(answer?.status());
  await expect(page.getByText(other.name)).toHaveCount(0);
  const api = apiOver(page.request, { origin: baseURL ?? "" });
  expect([403, 404]).toContain((await api.ask("GET", `/systems/${other.slug}`)).status);
  expect([403, 404]).toContain((await api.ask("POST", `/systems/${other.slug}/bundles/assistant/drafts`, {})).status);
  expect((await api.ask("POST", `/systems/${own.slug}/bundles/assistant/drafts`, {})).status).toBe(200);
});
