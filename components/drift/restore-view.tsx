import { Pointer } from "#components/diff/pointer.tsx";
import { RestoreForm } from "#components/drift/restore-form.tsx";
import { counted } from "#components/systems/words.ts";
import type { FormAction } from "#components/ui/action-state.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

export type RestoreExamination = {
  readonly mayStart: boolean;
  readonly expectedDigests: readonly string[];
  readonly targetDigest: string;
  readonly pointers: readonly string[];
  readonly parameters: number;
  readonly maxSharePercent: number;
  readonly refusal: string | null;
  readonly lastKnownGood: {
    readonly snapshot: number | null;
    readonly isDeclared: boolean;
    readonly refusal: string | null;
  };
  readonly active: { readonly number: number; readonly name: string; readonly state: string } | null;
};

/** What a restore would touch, why it may not be started, and the button that starts it. */
export function RestoreView({
  place,
  name,
  examined,
  action,
}: {
  readonly place: { readonly system: string; readonly environment: string; readonly bundle: string };
  /** Assistant in Production */
  readonly name: string;
  readonly examined: RestoreExamination;
  readonly action: FormAction;
}) {
  const { refusal, lastKnownGood, pointers, active } = examined;
  const share = examined.parameters === 0 ? 0 : Math.ceil((pointers.length / examined.parameters) * 100);
  return (
    <div className="grid gap-4">
      {active ? (
        <Callout
          tone="warn"
          title={`${active.name} is ${active.state} here`}
          actions={<LinkButton href="/drift/remediations?state=active">Open the remediations</LinkButton>}
        >
          One at a time: nothing else is restored here until it has ended.
        </Callout>
      ) : null}
      <Card labelledBy="touched">
        <CardHeader title="What it would touch" titleId="touched" />
        {pointers.length > 0 ? (
          <CardBody>
            <DescriptionList
              items={[
                {
                  term: "Parameters",
                  value: (
                    <>
                      {counted(pointers.length, "parameter")} of {examined.parameters} ({share} %; at most{" "}
                      {examined.maxSharePercent} % at once)
                      <ul className="mt-1 grid gap-0.5">
                        {pointers.map((pointer) => (
                          <li key={pointer}>
                            <Pointer value={pointer} />
                          </li>
                        ))}
                      </ul>
                    </>
                  ),
                },
                {
                  term: "Runtimes that run",
                  value: (
                    <ul>
                      {examined.expectedDigests.map((digest) => (
                        <li key={digest}>
                          <Digest value={digest} />
                        </li>
                      ))}
                    </ul>
                  ),
                },
                { term: "Are told to run", value: <Digest value={examined.targetDigest} /> },
              ]}
            />
          </CardBody>
        ) : (
          <EmptyState level={3} title="Nothing that a restore could undo">
            No live runtime of {name} runs something that delivering the configuration again would change.
          </EmptyState>
        )}
      </Card>
      {examined.mayStart ? (
        <RestoreForm
          name={name}
          action={action}
          hidden={place}
          expectedDigests={examined.expectedDigests}
          targetDigest={examined.targetDigest}
          refusal={refusal}
          lastKnownGood={lastKnownGood}
        />
      ) : (
        <Callout title="You may not restore here">
          Whoever responds to incidents, or an administrator, can. Show them this page: its address holds everything.
        </Callout>
      )}
    </div>
  );
}
