"use client";

import { useState } from "react";
import { KIND_WORD, TOPIC_WORD } from "#components/alerts/words.ts";
import { RadioGroup } from "#components/ui/choice.tsx";
import { Field } from "#components/ui/field.tsx";
import { type Choice, Input, NativeSelect } from "#components/ui/input.tsx";
import { MultiSelect } from "#components/ui/multi-select.tsx";
import { ALERT_TOPICS, type ChannelKind } from "#lib/alerts/model.ts";

export type AlertSystem = { readonly slug: string; readonly name: string; readonly environments: readonly Choice[] };

export type EditedChannel = {
  readonly id: string;
  readonly name: string;
  readonly kind: ChannelKind;
  readonly address: string;
  readonly system: { readonly slug: string } | null;
  readonly environments: readonly string[];
  readonly topics: readonly string[];
  readonly minimumSeverity: string;
  readonly revision: number;
};

const ADDRESS: Readonly<
  Record<ChannelKind, { readonly label: string; readonly hint: string; readonly example: string }>
> = {
  email: { label: "E-mail address", hint: "A mailbox or a list.", example: "oncall@example.org" },
  webhook: {
    label: "Address",
    hint: "Each message is signed, as Standard Webhooks say.",
    example: "https://hooks.example.org/plumbline",
  },
  slack: {
    label: "Address of the incoming webhook",
    hint: "Slack gives it to whoever adds an incoming webhook; other programs that read Slack’s format work too.",
    example: "https://hooks.slack.com/services/…",
  },
};

const KINDS: readonly { readonly value: ChannelKind; readonly label: string }[] = [
  { value: "email", label: KIND_WORD.email },
  { value: "webhook", label: KIND_WORD.webhook },
  { value: "slack", label: KIND_WORD.slack },
];

const SEVERITIES: readonly Choice[] = [
  { value: "low", label: "Every alert" },
  { value: "medium", label: "Medium and above" },
  { value: "high", label: "High and above" },
  { value: "critical", label: "Critical only" },
];

/** What a channel is called, where it leads, and what it is told. Kind and system of one that exists stay. */
export function ChannelFields({
  channel,
  systems,
  mayServeAll,
}: {
  readonly channel?: EditedChannel;
  /** Those whose channels the person may manage. */
  readonly systems: readonly AlertSystem[];
  /** Whether the person may make channels for every system. */
  readonly mayServeAll: boolean;
}) {
  const [kind, setKind] = useState<ChannelKind>(channel?.kind ?? "email");
  const [system, setSystem] = useState(channel?.system?.slug ?? (mayServeAll ? "" : (systems[0]?.slug ?? "")));
  const address = ADDRESS[kind];
  return (
    <>
      <Field label="Name" name="name" hint="As people know it: the team, the room." required>
        <Input defaultValue={channel?.name} autoComplete="off" />
      </Field>
      {channel ? null : (
        <RadioGroup
          legend="Send by"
          name="kind"
          defaultValue={kind}
          options={KINDS}
          onValueChange={(value) => setKind(KINDS.find((one) => one.value === value)?.value ?? "email")}
        />
      )}
      <Field
        label={channel ? `New ${address.label.toLowerCase()}` : address.label}
        name="address"
        hint={channel ? `Now ${channel.address}. Leave it empty to keep it.` : address.hint}
        required={!channel}
        optional={Boolean(channel)}
      >
        <Input
          type={kind === "email" ? "email" : "url"}
          autoComplete="off"
          spellCheck={false}
          placeholder={address.example}
        />
      </Field>
      {channel ? null : (
        <Field label="System" name="system" required={!mayServeAll}>
          <NativeSelect
            placeholder={mayServeAll ? "Every system" : undefined}
            value={system}
            onChange={(event) => setSystem(event.target.value)}
            options={systems.map(({ slug, name }) => ({ value: slug, label: name }))}
          />
        </Field>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Environments" hint="None chosen: every environment">
          <MultiSelect
            key={system}
            name="environments"
            options={environmentsOf(systems, system)}
            defaultValues={channel?.environments}
          />
        </Field>
        <Field label="Topics" hint="None chosen: every topic">
          <MultiSelect
            name="topics"
            options={ALERT_TOPICS.map((topic) => ({ value: topic, label: TOPIC_WORD[topic] }))}
            defaultValues={channel?.topics}
          />
        </Field>
      </div>
      <Field label="Severity" name="minimumSeverity">
        <NativeSelect options={SEVERITIES} defaultValue={channel?.minimumSeverity ?? "low"} />
      </Field>
    </>
  );
}

/** Those of the chosen system, or of all, each once. */
function environmentsOf(systems: readonly AlertSystem[], slug: string): readonly Choice[] {
  const chosen = slug === "" ? systems : systems.filter((one) => one.slug === slug);
  return [...new Map(chosen.flatMap((one) => one.environments).map((one) => [one.value, one])).values()];
}
