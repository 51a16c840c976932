import type { Metadata } from "next";
import { ConstraintList } from "#components/systems/rules/constraint-list.tsx";
import { requireActor } from "#lib/accounts/session.ts";

export const metadata: Metadata = { title: "Constraints" };

export default async function ConstraintListPage() {
  await requireActor();
  return <ConstraintList />;
}
