import type { Metadata } from "next";
import { PolicyList } from "#components/systems/rules/policy-list.tsx";
import { requireActor } from "#lib/accounts/session.ts";

export const metadata: Metadata = { title: "Policies" };

export default async function PolicyListPage() {
  await requireActor();
  return <PolicyList />;
}
