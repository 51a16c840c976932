import type { Metadata } from "next";
import { DependencyView } from "#components/systems/rules/dependency-view.tsx";
import { requireActor } from "#lib/accounts/session.ts";

export const metadata: Metadata = { title: "Dependencies" };

export default async function DependencyViewPage() {
  await requireActor();
  return <DependencyView />;
}
