import { EffectsView, type EffectText } from "#components/reviews/effects-view.tsx";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { toYaml } from "#lib/bundles/edit-source.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import { showChangeEffects } from "#lib/reviews/queries/show-change.ts";
import { loadChange } from "../load.ts";

export default async function EffectivePage({ params }: PageProps<"/changes/[number]/effective">) {
  const [{ number }, actor] = await Promise.all([params, requireActor()]);
  const [view, pairs] = await Promise.all([loadChange(number), found(showChangeEffects(actor, { number }))]);
  const effects = pairs.map(
    ({ bundle, environment, before, after }): EffectText => ({
      bundle,
      environment,
      before: before ? toYaml(before) : "",
      after: toYaml(after),
      digest: digestOf(after),
      changed: view.changes.filter((one) => one.bundle === bundle && one.environments.includes(environment)).length,
    }),
  );
  return <EffectsView effects={effects} view={view} />;
}
