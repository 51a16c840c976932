import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { NewSystemForm } from "#components/systems/new-system-form.tsx";
import { Card, CardBody } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { may } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { TEMPLATE_OF } from "#lib/bundles/templates/templates.ts";
import { TEMPLATES } from "#lib/systems/model.ts";
import { create } from "./actions.ts";

export const metadata: Metadata = { title: "New system" };

export default async function NewSystemPage() {
  const actor = await requireActor();
  if (!may(actor, "system:create")) forbidden();
  const templates = TEMPLATES.map((name) => {
    const { title, description, rules, bundles } = TEMPLATE_OF[name];
    return {
      name,
      title,
      description,
      parameters: rules.parameters.length,
      constraints: rules.constraints.length,
      bundles: bundles.map((bundle) => bundle.name),
    };
  });
  return (
    <>
      <PageHeader
        title="New system"
        meta="A template brings a parameter catalogue, constraints, dependencies, policies, three environments and a first draft"
        breadcrumbs={[{ label: "Systems", href: "/systems" }]}
      />
      <Card className="max-w-3xl">
        <CardBody>
          <NewSystemForm templates={templates} action={create} />
        </CardBody>
      </Card>
    </>
  );
}
