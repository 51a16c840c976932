import { GRACE, INES, TOM } from "../prisma/seed/people.ts";
import { expect, test } from "./fixtures.ts";
import { aChange, aHouse, aPolicy, aVersion, firstText, saveDraft } from "./support/house.ts";
import { submitReview } from "./support/pages.ts";

const talked = aPolicy({ id: "everything", threadsMustBeResolved: true, requiredChecks: ["approvals", "threads"] });

test("comments on a line and a parameter come with a verdict, and the author answers and revises", async ({
  browserOf,
  apiOf,
}) => {
  const author = await apiOf(TOM);
  const house = await aHouse(await apiOf(INES), { policies: [talked] });
  await aVersion({ author, reviewer: await apiOf(GRACE) }, house);
  const base = firstText.replace("temperature: 0.2", "temperature: 0.9");
  const { number, draftId } = await aChange(author, house, { base });
  const [grace, tom] = await Promise.all([browserOf(GRACE), browserOf(TOM)]);

  await grace.goto(`/changes/${number}/changes`);
  await grace.getByRole("button", { name: "Comment on /temperature" }).click();
  await grace.getByLabel("Comment on /temperature").and(grace.getByRole("textbox")).fill("Why so warm?");
  await grace.getByRole("button", { name: "Add to review" }).click();
  await grace.getByRole("button", { name: "Comment on line 1 after" }).click();
  await grace.getByLabel("Comment on line 1").and(grace.getByRole("textbox")).fill("The comment above it is gone");
  await grace.getByRole("button", { name: "Add to review" }).click();
  await expect(grace.getByText("Only you see it until you submit your review.")).toHaveCount(2);
  await grace.reload();
  await grace.getByRole("button", { name: /^Review changes/ }).click();
  const dialog = grace.getByRole("dialog", { name: `Review #${number}` });
  await expect(dialog.getByRole("region", { name: "Pending comments" })).toContainText("Why so warm?");
  const summary = "0.9 was never tried";
  await submitReview(grace, { verdict: "Request changes", summary, button: "Request changes" });
  await expect(grace.getByText("Changes requested").first()).toBeVisible();

  await tom.goto(`/changes/${number}`);
  const onParameter = tom.getByRole("article", { name: /^Conversation on .*\/temperature/ });
  await onParameter.getByRole("button", { name: "Reply" }).click();
  await onParameter.getByLabel("Reply").and(tom.getByRole("textbox")).fill("A slip; 0.3 it is");
  await onParameter.getByRole("button", { name: "Reply" }).click();
  await expect(onParameter.getByText("A slip; 0.3 it is")).toBeVisible();
  await saveDraft(author, draftId, { base: firstText.replace("temperature: 0.2", "temperature: 0.3") });
  await tom.reload();
  await tom.getByRole("button", { name: "Update the request from the draft" }).click();
  await tom.getByRole("dialog").getByRole("button", { name: "Update the request" }).click();
  await expect(tom.getByText("Grace Oduya asked for changes before the last edit").first()).toBeVisible();
});

test("an approval does not outlive an edit; its giver sees what changed since, and approves again", async ({
  browserOf,
  apiOf,
}) => {
  const author = await apiOf(TOM);
  const house = await aHouse(await apiOf(INES), { policies: [talked] });
  await aVersion({ author, reviewer: await apiOf(GRACE) }, house);
  const base = firstText.replace("temperature: 0.2", "temperature: 0.4");
  const { number, draftId } = await aChange(author, house, { base });
  const [grace, tom] = await Promise.all([browserOf(GRACE), browserOf(TOM)]);

  await grace.goto(`/changes/${number}`);
  await grace.getByLabel("Comment on this change").fill("Please try it on the long questions too");
  await grace.getByRole("button", { name: "Comment", exact: true }).click();
  const talk = grace.getByRole("article", { name: "Conversation", exact: true });
  await expect(talk).toContainText("long questions");
  await grace.getByRole("button", { name: "Review changes" }).click();
  const approval = { verdict: "Approve" as const, button: "Approve for every environment" };
  await submitReview(grace, { ...approval, summary: "Fine at 0.4" });
  await expect(grace.getByRole("list", { name: "Approvals given" })).toContainText("Counts");

  await saveDraft(author, draftId, { base: firstText.replace("temperature: 0.2", "temperature: 0.5") });
  await tom.goto(`/changes/${number}`);
  await tom.getByRole("button", { name: "Update the request from the draft" }).click();
  const update = tom.getByRole("dialog");
  await expect(update).toContainText("1 approval will be dismissed");
  await update.getByRole("button", { name: "Update the request" }).click();
  await expect(tom.getByText("No longer counts")).toBeVisible();

  await grace.goto(`/changes/${number}`);
  const since = grace.getByRole("region", { name: "Changed since you approved" });
  await expect(since).toContainText("0.4");
  await expect(since).toContainText("0.5");
  await grace.getByRole("button", { name: "Review changes" }).click();
  await submitReview(grace, { ...approval, summary: "Fine at 0.5 as well" });
  await expect(grace.getByRole("button", { name: "Can’t apply yet: 1 check" })).toBeVisible();
  await talk.getByRole("button", { name: "Resolve" }).click();
  await expect(talk.getByText("Resolved by Grace Oduya")).toBeVisible();
  await expect(grace.getByRole("button", { name: "Publish assistant 1.1.0" })).toBeVisible();
});
