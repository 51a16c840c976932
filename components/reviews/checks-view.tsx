import { placeInWords } from "#components/reviews/anchors.ts";
import { CheckBadge } from "#components/reviews/check-badge.tsx";
import { ExceptButton } from "#components/reviews/except-button.tsx";
import { counted } from "#components/reviews/words.ts";
import type { FormAction } from "#components/ui/action-state.ts";
import { StatusBadge } from "#components/ui/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Check } from "#lib/gates/model.ts";
import type { GateAnswer } from "#lib/gates/queries.ts";
import { isInTheWay } from "#lib/gates/report.ts";
import type { ChangeView } from "#lib/reviews/view.ts";

/** Those in the way, then what advises or is set aside, then what holds. */
function rank(check: Check): number {
  if (isInTheWay(check)) return 0;
  return check.status === "passed" ? 2 : 1;
}

/** Every gate at once: what it is, why it fails, who can clear it, and what may be set aside by whom. */
export function ChecksView({
  gates,
  view,
  except,
  now,
}: {
  readonly gates: GateAnswer;
  readonly view: ChangeView;
  readonly except: FormAction;
  readonly now: Date;
}) {
  const checks = [...gates.checks].sort((one, other) => rank(one) - rank(other));
  const inTheWay = checks.filter(isInTheWay).length;
  return (
    <div className="grid gap-4">
      <Card labelledBy="gates">
        <CardHeader
          title={
            gates.isHistory
              ? "Checks, as it was applied"
              : inTheWay === 0
                ? "Every gate holds"
                : `${counted(inTheWay, "check")} in the way`
          }
          titleId="gates"
          description={
            <>
              {gates.isHistory ? "As found inside the transaction that applied it, " : "Checked "}
              <Time at={new Date(gates.evaluatedAt)} now={now} />
              {gates.isHistory ? "" : ". Applying checks everything again."}
            </>
          }
        />
        <ul className="divide-y divide-border">
          {checks.map((check) => (
            <li
              key={check.id}
              id={check.id}
              data-passed={check.status === "passed" ? "" : undefined}
              className="grid scroll-mt-20 gap-x-4 gap-y-1 px-4 py-3 text-sm data-passed:py-2 target:bg-accent-bg sm:grid-cols-[7.5rem_minmax(0,1fr)_auto]"
            >
              <div>
                <CheckBadge status={check.status} isBlocking={check.isBlocking} />
              </div>
              <CheckBody check={withThreads(check, view)} />
              <div className="flex items-start gap-2" data-print="hide">
                {!gates.isHistory && view.can.override && check.override && check.status !== "passed" ? (
                  <ExceptButton
                    check={check}
                    number={view.request.number}
                    contentDigest={gates.contentDigest}
                    endBy={gates.exceptionsEndBy}
                    action={except}
                  />
                ) : null}
              </div>
            </li>
          ))}
        </ul>
      </Card>
      {view.exceptions.length > 0 ? <Exceptions view={view} now={now} /> : null}
    </div>
  );
}

const SHOWN = 12;

/** Names unresolved conversations by their first words. */
function withThreads(check: Check, view: ChangeView): Check {
  if (check.id !== "threads") return check;
  const items = check.items.map((item) => {
    const thread = view.threads.find((one) => one.id === item.item);
    const [first] = thread?.comments ?? [];
    if (!thread || !first) return item;
    const words = first.body.length > 80 ? `${first.body.slice(0, 80).trimEnd()}…` : first.body;
    const place = placeInWords(thread.anchor);
    return { ...item, message: `${first.authorName}${place ? ` on ${place}` : ""}: ${words}` };
  });
  return { ...check, items };
}

function CheckBody({ check }: { readonly check: Check }) {
  const isOpen = check.status === "failed" || check.status === "pending";
  if (check.status === "passed") {
    return (
      <p className="min-w-0 [overflow-wrap:anywhere]">
        <span className="font-semibold">{check.title}</span>
        <span className="block text-muted">{check.summary}</span>
      </p>
    );
  }
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap items-center gap-x-2">
        <span className="font-semibold">{check.title}</span>
        {check.isBlocking ? null : <span className="text-xs text-muted">advises, does not block</span>}
      </p>
      <p className="[overflow-wrap:anywhere]">{check.summary}</p>
      <Items check={check} />
      {isOpen ? (
        <p className="mt-1 text-muted">
          Who can clear it: {check.clearedBy}.{" "}
          <TextLink href={check.href} className="inline-flex min-h-6 items-center">
            Go there
          </TextLink>
          {check.isBlocking && check.override === null ? " Nobody may override it." : null}
        </p>
      ) : null}
      {exceptionsToSay(check).map((one) => (
        <p key={`${one.by}${one.expiresAt}${one.item ?? ""}`} className="mt-1 text-xs text-warn-fg">
          {one.item ? `${one.item}: ` : ""}set aside by {one.by} until{" "}
          <Time at={new Date(one.expiresAt)} precision="minute" />: {one.reason}
        </p>
      ))}
    </div>
  );
}

/** Of a gate that was set aside as a whole the sentence has said everything already. */
function exceptionsToSay(check: Check): Check["exceptions"] {
  return check.status === "waived" ? check.exceptions.filter((one) => one.item !== undefined) : check.exceptions;
}

function Items({ check }: { readonly check: Check }) {
  // A few places are often what the sentence already says.
  const items = check.items.filter((item) => !check.summary.includes(item.message));
  if (items.length === 0) return null;
  const rows = items.map((item) => (
    <li key={`${item.item}${item.message}`} className="[overflow-wrap:anywhere]">
      {item.href && item.href !== check.href ? <TextLink href={item.href}>{item.message}</TextLink> : item.message}
    </li>
  ));
  return (
    <>
      <ul className="mt-1 list-disc pl-5 text-muted">{rows.slice(0, SHOWN)}</ul>
      {rows.length > SHOWN ? (
        <details className="text-muted">
          <summary className="min-h-6 text-link">{rows.length - SHOWN} more</summary>
          <ul className="list-disc pl-5">{rows.slice(SHOWN)}</ul>
        </details>
      ) : null}
    </>
  );
}

/** Every exception that was ever made: they stay for ever. */
function Exceptions({ view, now }: { readonly view: ChangeView; readonly now: Date }) {
  return (
    <Card labelledBy="exceptions">
      <CardHeader title="Exceptions" titleId="exceptions" description="They stay on the request for ever." />
      <CardBody className="p-0!">
        <ul className="divide-y divide-border text-sm">
          {view.exceptions.map((one) => (
            <li key={one.id} className="grid gap-1 px-4 py-2.5">
              <p className="flex flex-wrap items-center gap-2">
                <StatusBadge tone={one.isInForce ? "warn" : "neutral"}>
                  {one.isInForce ? "In force" : "No longer in force"}
                </StatusBadge>
                <span className="font-medium">{one.gate.replaceAll("_", " ")}</span>
                {one.item ? <code className="font-mono text-xs [overflow-wrap:anywhere]">{one.item}</code> : null}
              </p>
              <p className="[overflow-wrap:anywhere]">{one.reason}</p>
              <p className="text-xs text-muted">
                {one.grantedByName}, <Time at={one.createdAt} now={now} precision="minute" />, until{" "}
                <Time at={one.expiresAt} now={now} show="both" precision="minute" />
              </p>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
