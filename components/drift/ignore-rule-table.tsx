import { CircleCheck, CircleSlash, Hourglass, type LucideIcon, TriangleAlert } from "lucide-react";
import { ChangeIgnoreRule } from "#components/drift/ignore-rule-buttons.tsx";
import { FINDING_KIND_WORD } from "#components/drift/words.ts";
import { counted } from "#components/systems/words.ts";
import type { FormAction } from "#components/ui/action-state.ts";
import { Badge, StatusBadge } from "#components/ui/badge.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { IgnoreRuleView } from "#lib/drift/ignore-rules/queries.ts";

type State = IgnoreRuleView["state"];

const LOOK: Readonly<Record<State, { readonly tone: Tone; readonly icon: LucideIcon; readonly word: string }>> = {
  active: { tone: "info", icon: CircleCheck, word: "In force" },
  expired: { tone: "neutral", icon: Hourglass, word: "Expired" },
  ended: { tone: "neutral", icon: CircleSlash, word: "Ended" },
};

/** Ignore rules with what each hides, how often it did, who answers for it, and when it ends. */
export function IgnoreRuleTable({
  rules,
  chosen,
  showHref,
  actions,
  now,
}: {
  readonly rules: readonly IgnoreRuleView[];
  /** The rule whose hidden differences are shown. */
  readonly chosen: string | null;
  readonly showHref: (id: string | null) => string;
  readonly actions: { readonly extend: FormAction; readonly end: FormAction };
  readonly now: Date;
}) {
  return (
    <Table label="Ignore rules">
      <TableHead>
        <Th>Rule</Th>
        <Th>System</Th>
        <Th>State</Th>
        <Th>Hid something</Th>
        <Th>Owner</Th>
        <Th>Ends</Th>
        <Th>
          <span className="sr-only">Actions</span>
        </Th>
      </TableHead>
      <TableBody>
        {rules.map((rule) => {
          const { tone, icon, word } = LOOK[rule.state];
          const isChosen = rule.id === chosen;
          return (
            <Tr key={rule.id} href={showHref(rule.id)} className={isChosen ? "bg-accent-bg" : undefined}>
              <Td phone="primary" className="max-w-96 min-w-56">
                <TextLink
                  quiet
                  href={showHref(isChosen ? null : rule.id)}
                  scroll={false}
                  aria-current={isChosen ? "true" : undefined}
                  className="font-mono text-xs [overflow-wrap:anywhere]"
                >
                  {rule.pattern}
                </TextLink>
                <span className="block text-xs text-muted">{rule.reason}</span>
                <span className="mt-0.5 flex flex-wrap gap-1">
                  {rule.kinds.map((kind) => (
                    <Badge key={kind}>{FINDING_KIND_WORD[kind]}</Badge>
                  ))}
                </span>
                {rule.attention ? (
                  <span className="mt-1 flex items-start gap-1.5 text-xs text-warn-fg">
                    <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
                    {rule.attention}
                  </span>
                ) : null}
              </Td>
              <Td>
                {rule.system.name}
                <span className="block text-xs text-muted">
                  {rule.environments.length === 0 ? "every environment" : rule.environments.join(", ")}
                  {rule.bundle === null ? "" : ` · ${rule.bundle}`}
                </span>
              </Td>
              <Td phone="end">
                <StatusBadge tone={tone} icon={icon} title={rule.endedBy ? `Ended by ${rule.endedBy}` : undefined}>
                  {word}
                </StatusBadge>
              </Td>
              <Td>
                {rule.hits === 0 ? "never" : counted(rule.hits, "time")}
                {rule.lastHitAt ? (
                  <span className="block text-xs text-muted">
                    last <Time at={rule.lastHitAt} now={now} show="relative" />
                  </span>
                ) : null}
              </Td>
              <Td>{rule.ownerName}</Td>
              <Td className="whitespace-nowrap">
                <Time at={rule.endedAt ?? rule.expiresAt} now={now} precision="day" show="both" />
              </Td>
              <Td end>
                {rule.mayChange && rule.endedAt === null ? <ChangeIgnoreRule rule={rule} actions={actions} /> : null}
              </Td>
            </Tr>
          );
        })}
      </TableBody>
    </Table>
  );
}
