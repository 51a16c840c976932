import type { Metadata } from "next";
import { ParameterCatalogue } from "#components/systems/rules/parameter-catalogue.tsx";
import { requireActor } from "#lib/accounts/session.ts";

export const metadata: Metadata = { title: "Parameters" };

export default async function ParameterCataloguePage() {
  await requireActor();
  return <ParameterCatalogue />;
}
