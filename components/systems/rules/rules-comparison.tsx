import { TextDiff } from "#components/diff/text-diff.tsx";
import { RulesChangeList } from "#components/systems/rules/change-list.tsx";
import { rulesChanges } from "#components/systems/rules/rules-changes.ts";
import { counted } from "#components/systems/words.ts";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { toYaml } from "#lib/bundles/edit-source.ts";
import { rulesAsJson } from "#lib/reviews/rules-merge.ts";
import type { Rules } from "#lib/systems/model.ts";

type Side = { readonly sequence: number; readonly rules: Rules };

/** Two versions of the rules: which entries differ and how, and both as text. */
export function RulesComparison({ before, after }: { readonly before: Side; readonly after: Side }) {
  const changes = rulesChanges(before.rules, after.rules);
  return (
    <Card labelledBy="comparison">
      <CardHeader
        title={`Version ${before.sequence} against version ${after.sequence}`}
        titleId="comparison"
        description={counted(changes.length, "entry differs", "entries differ")}
      />
      {changes.length === 0 ? (
        <EmptyState
          title={before.sequence === after.sequence ? "This is the only version" : "They say the same"}
          level={3}
        >
          {before.sequence === after.sequence ? "What is changed later is compared with it." : null}
        </EmptyState>
      ) : (
        <>
          <RulesChangeList changes={changes} />
          <div className="border-t border-border">
            <TextDiff
              id="rules"
              before={toYaml(rulesAsJson(before.rules))}
              after={toYaml(rulesAsJson(after.rules))}
              beforeTitle={`Version ${before.sequence}`}
              afterTitle={`Version ${after.sequence}`}
            />
          </div>
        </>
      )}
    </Card>
  );
}
