import { z } from "zod";
import { GRACE, INES, SAM, TOM } from "../prisma/seed/people.ts";
import { expect, test } from "./fixtures.ts";
import { aHouse, aPromotion, aVersion, firstText, promote } from "./support/house.ts";
import { applyByDialog } from "./support/pages.ts";

const Environment = z.object({
  bundles: z.array(
    z.object({
      current: z.object({
        number: z.number(),
        snapshot: z.object({ number: z.number(), effectiveDigest: z.string() }),
      }),
    }),
  ),
});

test("production is rolled back to the last known-good snapshot, held there, and released with a reason", async ({
  browserOf,
  apiOf,
}) => {
  const [author, reviewer] = await Promise.all([apiOf(TOM), apiOf(GRACE)]);
  const house = await aHouse(await apiOf(INES));
  const through = ["development", "staging", "production"];
  const page = `/systems/${house.slug}/environments/production`;
  const good = await aVersion({ author, reviewer }, house);
  await promote(author, house, { version: good, through });
  const [first] = Environment.parse(await author.send("GET", page)).bundles;
  const sam = await browserOf(SAM);

  await test.step("what was seen running is known to be good", async () => {
    await sam.goto(page);
    await expect(sam.getByText("Unverified", { exact: true }).first()).toBeVisible();
    await sam.getByRole("button", { name: "Verify" }).click();
    const dialog = sam.getByRole("dialog", { name: `Verify deployment #${first?.current.number}` });
    await dialog.getByLabel("Digest that you saw running").fill(first?.current.snapshot.effectiveDigest ?? "");
    await dialog.getByLabel("Where and how").fill("The admin page of the first host");
    await dialog.getByRole("button", { name: "Record" }).click();
    await expect(sam.getByText("Verified", { exact: true }).first()).toBeVisible();
  });

  const bad = await aVersion({ author, reviewer }, house, { base: firstText.replace("0.2", "1.9") });
  await promote(author, house, { version: bad, through });

  await test.step("the environment offers the way back", async () => {
    await sam.goto(page);
    await sam.getByRole("link", { name: "Roll back to last known-good" }).click();
    await expect(sam.getByRole("textbox", { name: "Title" })).toHaveValue(/^Roll Production back to/);
    await sam.getByLabel("Reason").fill("Answers invent policy numbers since the last release");
    await sam.getByLabel("Incident").fill("INC-77");
    await sam.getByRole("button", { name: "Open for review" }).click();
    await sam.waitForURL(/\/changes\/\d+$/);
    await applyByDialog(sam, "Roll back Production", "production");
    await expect(sam.getByText("It took effect")).toBeVisible();
  });

  await test.step("production is on hold and keeps the next promotion out", async () => {
    await sam.goto(page);
    await expect(sam.getByText(/^On hold since/)).toBeVisible();
    await expect(sam.getByRole("link", { name: `S-${first?.current.snapshot.number}` }).first()).toBeVisible();
    await expect(sam.getByText("Rolled back", { exact: true }).first()).toBeVisible();
    const next = await aPromotion(author, house, { version: bad, environment: "production" });
    const refused = await author.ask("POST", `/changes/${next}/apply`);
    expect(refused.status).toBe(409);
    expect(JSON.stringify(refused.body)).toContain("Hold");
  });

  await test.step("the hold is lifted with a reason", async () => {
    await sam.getByRole("button", { name: "Lift hold" }).click();
    const dialog = sam.getByRole("dialog", { name: "Lift the hold on Production" });
    await dialog.getByLabel("Reason").fill("The mended release is being prepared");
    await dialog.getByRole("button", { name: "Lift the hold on Production" }).click();
    await expect(sam.getByText(/^On hold since/)).toBeHidden();
    await sam.getByRole("button", { name: "Hold", exact: true }).click();
    const again = sam.getByRole("dialog", { name: "Put Production on hold" });
    await again.getByLabel("Reason").fill("Until the mended release is here");
    await again.getByRole("button", { name: "Put Production on hold" }).click();
    await expect(sam.getByText("Until the mended release is here")).toBeVisible();
  });
});
