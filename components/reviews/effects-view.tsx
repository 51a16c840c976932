import { TextDiff } from "#components/diff/text-diff.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { ChangeView } from "#lib/reviews/view.ts";

/** One bundle in one environment as it runs, as text. */
export type EffectText = {
  readonly bundle: string;
  readonly environment: string;
  /** Empty: nothing was there. */
  readonly before: string;
  readonly after: string;
  readonly digest: string;
  readonly changed: number;
};

/** What each environment gets: overlays applied, before and after. */
export function EffectsView({ effects, view }: { readonly effects: readonly EffectText[]; readonly view: ChangeView }) {
  if (effects.length === 0) {
    return (
      <Card>
        <EmptyState title="No configuration changes">
          {view.request.kind === "rules"
            ? "New rules change what is allowed, not what runs."
            : "No environment runs anything else after this."}
        </EmptyState>
      </Card>
    );
  }
  const isVersion = view.request.kind === "version";
  return (
    <div className="grid gap-4">
      <p className="text-sm text-muted">
        {isVersion
          ? "What each environment would get once the new version is promoted there: the base with its overlay applied."
          : "What runs now, and what will run: the base with the overlay applied."}
      </p>
      {view.pipeline
        .filter((stage) => effects.some((effect) => effect.environment === stage.slug))
        .map((stage) => (
          <section key={stage.slug} aria-labelledby={`stage-${stage.slug}`} className="grid gap-3">
            <h2 id={`stage-${stage.slug}`} className="text-base font-semibold">
              {stage.name}
            </h2>
            {effects
              .filter((effect) => effect.environment === stage.slug)
              .map((effect) => (
                <Card key={effect.bundle} labelledBy={`effect-${stage.slug}-${effect.bundle}`}>
                  <CardHeader
                    level={3}
                    titleId={`effect-${stage.slug}-${effect.bundle}`}
                    title={
                      <>
                        {effect.bundle}
                        <span className="sr-only"> in {stage.name}</span>
                      </>
                    }
                    description={
                      <>
                        Digest after <Digest value={effect.digest} />
                      </>
                    }
                    actions={
                      <Badge tone={effect.changed > 0 ? "accent" : "neutral"}>
                        {effect.changed === 1 ? "1 parameter changes" : `${effect.changed} parameters change`}
                      </Badge>
                    }
                  />
                  <TextDiff
                    id={`effective.${stage.slug}.${effect.bundle}`}
                    before={effect.before}
                    after={effect.after}
                    beforeTitle={effect.before === "" ? "nothing before" : `${stage.name}, before`}
                    afterTitle={`${stage.name}, after`}
                  />
                </Card>
              ))}
          </section>
        ))}
    </div>
  );
}
