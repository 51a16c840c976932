import type { ReactNode } from "react";
import { ProtectionBadge, RiskTierBadge } from "#components/systems/badges.tsx";
import { SystemTabs } from "#components/systems/system-tabs.tsx";
import { TEMPLATE_WORD } from "#components/systems/words.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import type { RiskTier, TemplateName } from "#lib/systems/model.ts";
import { showSystem } from "#lib/systems/queries.ts";

type Props = { readonly params: Promise<{ system: string }>; readonly children: ReactNode };

export async function generateMetadata({ params }: Props) {
  const [{ system: slug }, actor] = await Promise.all([params, requireActor()]);
  const system = await found(showSystem(actor, { system: slug }));
  return { title: { default: system.name, template: `%s · ${system.name} · Plumbline` } };
}

export default async function SystemLayout({ params, children }: Props) {
  const [{ system: slug }, actor] = await Promise.all([params, requireActor()]);
  const system = await found(showSystem(actor, { system: slug }));
  return (
    <>
      <PageHeader
        title={system.name}
        suffix={<code className="font-mono text-base">{system.slug}</code>}
        breadcrumbs={[{ label: "Systems", href: "/systems" }]}
        meta={
          <>
            <RiskTierBadge tier={system.riskTier as RiskTier} />
            <ProtectionBadge isProtected={system.isProtected} />
            <span>{system.owningTeam}</span>
            <span>Template {TEMPLATE_WORD[system.template as TemplateName]}</span>
          </>
        }
      />
      <SystemTabs
        system={system.slug}
        counts={{
          bundles: system.bundles.length,
          parameters: system.rules.parameters,
          constraints: system.rules.constraints,
          dependencies: system.rules.dependencies,
          policies: system.rules.policies,
        }}
      />
      {children}
    </>
  );
}
