import { expect, test } from "vitest";
import { answering } from "#lib/api/answering.ts";
import { Refusal } from "#lib/kernel/refusal.ts";

test("a refusal becomes the form's answer, with what was typed but no password", async () => {
  const form = new FormData();
  for (const name of ["name", "password", "$ACTION_ID"]) form.set(name, "typed");
  const refused = () => Promise.reject(new Refusal("invalid", "No", { fields: { name: ["Too short"] } }));
  expect(await answering(refused, form)).toEqual({
    ok: false,
    message: "No",
    fields: { name: ["Too short"] },
    values: { name: "typed" },
  });
});

test("what the work says is part of a good answer", async () => {
  expect(await answering(async () => {})).toEqual({ ok: true });
  expect(await answering(async () => ({ message: "Saved" }))).toEqual({ ok: true, message: "Saved" });
});

test("anything else flies on", async () => {
  const redirecting = async (): Promise<void> => {
    throw new Error("NEXT_REDIRECT");
  };
  await expect(answering(redirecting)).rejects.toThrow("NEXT_REDIRECT");
});
