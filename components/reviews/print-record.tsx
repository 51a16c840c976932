import { ParameterTable } from "#components/diff/parameter-table.tsx";
import { PrintDiff } from "#components/diff/print-diff.tsx";
import { RuleChanges } from "#components/reviews/rule-changes.tsx";
import { textId, textTitle } from "#components/reviews/words.ts";
import { utcTime } from "#components/ui/relative-time.ts";
import type { GateReport } from "#lib/gates/model.ts";
import type { ChangeView } from "#lib/reviews/view.ts";

/** What paper needs besides the conversation: what changes, the texts, and every gate. On the screen they have their own pages. */
export function PrintRecord({ view, gates }: { readonly view: ChangeView; readonly gates: GateReport }) {
  return (
    <div className="hidden print:block" aria-hidden>
      <h2 className="mt-4 mb-1 text-base font-semibold">What changes</h2>
      {view.changes.length > 0 ? <ParameterTable changes={view.changes} showBundle label="Changes, printed" /> : null}
      {view.ruleChanges.length > 0 ? <RuleChanges changes={view.ruleChanges} /> : null}
      <PrintTexts view={view} />
      <h2 className="mt-4 mb-1 text-base font-semibold">Checks, {utcTime(new Date(gates.evaluatedAt))}</h2>
      <ul className="text-sm">
        {gates.checks.map((check) => (
          <li key={check.id}>
            <strong>{check.title}</strong>: {check.status}. {check.summary}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Every text as a plain diff, made on the server. */
export function PrintTexts({ view }: { readonly view: ChangeView }) {
  return view.texts.map((text) => (
    <section key={textId(text)} className="for-print mt-4">
      <h3 className="text-sm font-semibold">{textTitle(text)}</h3>
      <PrintDiff
        before={text.before}
        after={text.after}
        beforeTitle={beforeTitle(view, text)}
        afterTitle={afterTitle(view, text)}
      />
    </section>
  ));
}

type Text = ChangeView["texts"][number];

/** `assistant.yaml @ 2.3.0` */
export function beforeTitle(view: ChangeView, text: Text): string {
  const from = view.comesFrom[text.bundle];
  return `${textTitle(text)}${text.layer === "rules" ? " in force" : from ? ` @ ${from}` : ", nothing before"}`;
}

/** `assistant.yaml @ 2.4.0` */
export function afterTitle(view: ChangeView, text: Text): string {
  const label = view.bundles
    .find((bundle) => bundle.slug === text.bundle)
    ?.label.split(" ")
    .at(-1);
  return `${textTitle(text)}${label ? ` @ ${label}` : " proposed"}`;
}
