import type { ReactNode } from "react";
import { RulesBar } from "#components/systems/rules/rules-bar.tsx";
import { RulesDraftProvider } from "#components/systems/rules/rules-draft.tsx";
import { may } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { showRules } from "#lib/systems/queries.ts";
import { check, propose, save } from "./actions.ts";

type Props = { readonly params: Promise<{ system: string }>; readonly children: ReactNode };

/** The rules are one document: its parts share what is being written and who may write it. */
export default async function RulesLayout({ params, children }: Props) {
  const [{ system }, actor] = await Promise.all([params, requireActor()]);
  const view = await found(showRules(actor, { system }));
  const scope = { systemId: view.systemId };
  const mayWrite = view.isProtected ? may(actor, "rules:propose", scope) : may(actor, "system:manage", scope);
  return (
    <RulesDraftProvider
      key={view.id}
      system={system}
      current={{ id: view.id, sequence: view.sequence, rules: view.rules }}
      around={{ environments: view.environments, groups: view.groups, bundles: view.bundles }}
      isProtected={view.isProtected}
      mayWrite={mayWrite}
      actions={{ check, save, propose }}
    >
      <RulesBar />
      {children}
    </RulesDraftProvider>
  );
}
