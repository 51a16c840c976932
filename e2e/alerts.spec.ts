import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { aFarEnd, type FarEnd, status } from "#lib/alerts/testing/far-end.ts";
import { GRACE, INES } from "../prisma/seed/people.ts";
import { expect, expectAccessible, expectNoSidewaysScroll, test, untilStill } from "./fixtures.ts";

const unique = () => randomBytes(4).toString("hex");

let farEnd: FarEnd;
test.beforeEach(async () => {
  farEnd = await aFarEnd();
});
test.afterEach(() => farEnd.close());

function verified(secret: string): unknown {
  const [heard] = farEnd.heard;
  return heard && new Webhook(secret).verify(heard.body, heard.headers as Record<string, string>);
}

test("a webhook is made, tried, given another secret and disabled", async ({ browserOf }) => {
  const ines = await browserOf(INES);
  const name = `Receiver ${unique()}`;
  await ines.goto("/settings/account");
  await ines.getByRole("link", { name: "Alert channels" }).click();
  await expect(ines.getByRole("heading", { name: "Alert channels", level: 1 })).toBeVisible();

  await ines.getByRole("button", { name: "New channel" }).click();
  const making = ines.getByRole("dialog", { name: "New alert channel" });
  await making.getByLabel("Name").fill(name);
  await making.getByRole("radio", { name: "Webhook" }).check();
  await making.getByLabel("Address").fill("https://169.254.169.254/latest");
  await making.getByRole("combobox", { name: "Topics" }).fill("Drift");
  await ines.getByRole("option", { name: "Drift" }).click();
  await making.getByRole("button", { name: "Make channel" }).click();
  await expect(making.getByText(/not an address on the Internet/).first()).toBeVisible();
  await making.getByLabel("Address").fill(farEnd.url);
  await making.getByRole("button", { name: "Make channel" }).click();
  const shown = ines.getByRole("dialog", { name: "Copy the signing secret now" });
  const secret = (await shown.getByTestId("signing-secret").textContent()) ?? "";
  await shown.getByRole("button", { name: "Done" }).click();

  const row = ines.getByRole("table", { name: "Alert channels" }).getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("Drift");
  await expect(row).toContainText("Working");
  await row.getByRole("link", { name }).click();
  await expect(ines.getByText("Nothing was sent yet")).toBeVisible();
  await ines.getByRole("button", { name: "Send a test" }).click();
  const deliveries = ines.getByRole("table", { name: "Deliveries" });
  await expect(deliveries.getByRole("row").filter({ hasText: "A test" })).toContainText("Sent");
  expect(verified(secret)).toMatchObject({ type: "alert.test" });

  await ines.getByRole("button", { name: "New secret" }).click();
  await ines.getByRole("button", { name: "Make new secret" }).click();
  const renewed = (await ines.getByTestId("signing-secret").textContent()) ?? "";
  expect(renewed).not.toBe(secret);
  await ines.getByRole("button", { name: "Done" }).click();

  await ines.getByRole("button", { name: "Disable" }).click();
  const asking = ines.getByRole("dialog", { name: `Disable ${name}?` });
  await asking.getByLabel("Reason").fill("The receiver moves to another machine");
  await asking.getByRole("button", { name: "Disable channel" }).click();
  await expect(ines.getByText("This channel is disabled")).toBeVisible();
  await ines.getByRole("button", { name: "Enable" }).click();
  await expect(ines.getByRole("button", { name: "Send a test" })).toBeVisible();
});

test("a far end in trouble is seen, with what it said and when it is tried again", async ({ browserOf, apiOf }) => {
  const api = await apiOf(INES);
  const name = `Broken ${unique()}`;
  farEnd.answers(status(503));
  const made = await api.send("POST", "/alert-channels", { name, kind: "slack", address: farEnd.url });
  const { id } = made as { readonly id: string };
  await api.send("POST", `/alert-channels/${id}/test`);
  const ines = await browserOf(INES);
  await expect(async () => {
    await ines.goto(`/settings/alerts/${id}`);
    await expect(ines.getByText("The far end answered 503")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(ines.getByText(/again in/)).toBeVisible();
  await expect(ines.getByText("1 waiting")).toBeVisible();
  await untilStill(ines);
  await expectAccessible(ines);
  await ines.goto("/settings/alerts");
  await untilStill(ines);
  await expectAccessible(ines);
  await ines.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(ines);
});

test("whoever manages no alerts has no such settings", async ({ browserOf }) => {
  const grace = await browserOf(GRACE);
  await grace.goto("/settings/account");
  await expect(grace.getByRole("link", { name: "Your account" })).toBeVisible();
  await expect(grace.getByRole("link", { name: "Alert channels" })).toHaveCount(0);
  const answer = await grace.goto("/settings/alerts");
  expect(answer?.status()).toBe(403);
});
