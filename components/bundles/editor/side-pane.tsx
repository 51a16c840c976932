"use client";

import { type ReactNode, useState } from "react";
import { ChangeList } from "#components/bundles/editor/change-list.tsx";
import type { LiveCheck } from "#components/bundles/editor/use-check.ts";
import { EffectiveList } from "#components/bundles/effective-list.tsx";
import { counted } from "#components/systems/words.ts";
import { Callout } from "#components/ui/callout.tsx";
import { Card } from "#components/ui/card.tsx";
import { cx } from "#components/ui/cx.ts";
import { Digest } from "#components/ui/digest.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { NativeSelect } from "#components/ui/input.tsx";
import { effectiveConfiguration } from "#lib/bundles/effective.ts";
import type { BundleDocument } from "#lib/bundles/model.ts";
import type { EnvironmentRef, Rules } from "#lib/systems/model.ts";

type Pane = "changes" | "effective";

/** Beside the text: what the draft changes and what version it would be, and what each environment would get. */
export function SidePane({
  layer,
  document,
  isCurrent,
  environments,
  rules,
  bundle,
  base,
  live,
}: {
  /** The layer that is being written. */
  readonly layer: string;
  readonly document: BundleDocument;
  /** False while a layer can't be read and its last readable state stands in. */
  readonly isCurrent: boolean;
  readonly environments: readonly EnvironmentRef[];
  readonly rules: Rules;
  readonly bundle: string;
  readonly base: { readonly semver: string } | null;
  readonly live: LiveCheck;
}) {
  const [pane, setPane] = useState<Pane>("changes");
  const changed = parametersIn(live.check?.changes ?? []);
  return (
    <Card>
      <fieldset aria-label="Beside the text" className="flex border-b border-border">
        <PaneButton isOn={pane === "changes"} choose={() => setPane("changes")}>
          Changes{live.check ? ` (${changed})` : ""}
        </PaneButton>
        <PaneButton isOn={pane === "effective"} choose={() => setPane("effective")}>
          Effective configuration
        </PaneButton>
      </fieldset>
      {isCurrent ? null : (
        <div className="p-2">
          <Callout tone="warn">A layer can't be read at the moment; its last readable state is shown.</Callout>
        </div>
      )}
      {pane === "changes" ? (
        <Changes live={live} base={base} />
      ) : (
        <Effective
          key={layer}
          layer={layer}
          document={document}
          environments={environments}
          rules={rules}
          bundle={bundle}
        />
      )}
    </Card>
  );
}

/** A parameter that becomes something else in each environment has a change for each. */
function parametersIn(changes: readonly { readonly pointer: string }[]): number {
  return new Set(changes.map((change) => change.pointer)).size;
}

function PaneButton({
  isOn,
  choose,
  children,
}: {
  readonly isOn: boolean;
  readonly choose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={choose}
      className={cx(
        "tap -mb-px border-b-2 px-3 py-2 text-sm font-medium -outline-offset-2",
        isOn ? "border-accent text-text" : "border-transparent text-muted hover:text-text",
      )}
    >
      {children}
    </button>
  );
}

function Changes({ live, base }: { readonly live: LiveCheck; readonly base: { readonly semver: string } | null }) {
  const { check } = live;
  if (!check) return <p className="p-4 text-sm text-muted">Comparing…</p>;
  if (!check.proposal) {
    return (
      <EmptyState title="Nothing can be compared yet" level={3}>
        Mend the text that can't be read first.
      </EmptyState>
    );
  }
  const { changes, proposal, digest } = check;
  if (changes.length === 0) {
    return (
      <EmptyState title="No parameter changes yet" level={3}>
        {base ? `The draft says the same as ${base.semver}.` : "Set the first parameter."}
      </EmptyState>
    );
  }
  return (
    <div aria-busy={live.state === "updating"}>
      <div className="border-b border-border px-4 py-3 text-sm">
        <p>
          <span className="text-muted">Would be version </span>
          <strong className="font-mono font-semibold">{proposal.semver}</strong>
          {base ? <span className="text-muted"> after {base.semver}</span> : null}
        </p>
        <p className="text-xs text-muted">{proposal.reason}</p>
        {digest ? (
          <p className="mt-1 text-xs text-muted">
            Digest <Digest value={digest} />
          </p>
        ) : null}
        <p className="mt-1 text-xs text-muted">{counted(parametersIn(changes), "parameter")} changed</p>
      </div>
      <div className="relative max-h-[70vh] overflow-y-auto">
        <ChangeList changes={changes} />
      </div>
    </div>
  );
}

/** Begins with the environment whose overlay is being written; beside the base with the last stage. */
function Effective({
  layer,
  document,
  environments,
  rules,
  bundle,
}: {
  readonly layer: string;
  readonly document: BundleDocument;
  readonly environments: readonly EnvironmentRef[];
  readonly rules: Rules;
  readonly bundle: string;
}) {
  const first = environments.find((one) => one.slug === layer) ?? environments.at(-1);
  const [chosen, setChosen] = useState(first?.slug ?? "");
  const { value, provenance } = effectiveConfiguration(document, chosen);
  return (
    <>
      <div className="border-b border-border px-3 py-2">
        <NativeSelect
          aria-label="Environment"
          value={chosen}
          onChange={(event) => setChosen(event.target.value)}
          options={environments.map(({ slug, name }) => ({ value: slug, label: name }))}
        />
      </div>
      <div className="relative max-h-[70vh] overflow-y-auto">
        <EffectiveList value={value} provenance={provenance} rules={rules} bundle={bundle} />
      </div>
    </>
  );
}
