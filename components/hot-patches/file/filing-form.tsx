"use client";

import { Flame, LoaderCircle, Plus } from "lucide-react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { type PendingFields, PendingFieldsContext } from "#components/bundles/editor/form/typed.ts";
import { ChangeRow } from "#components/hot-patches/file/change-row.tsx";
import { Chips } from "#components/hot-patches/file/chips.tsx";
import { secretsIn } from "#components/hot-patches/file/filing.ts";
import { FilingState } from "#components/hot-patches/file/filing-state.tsx";
import { ParameterPicker } from "#components/hot-patches/file/parameter-picker.tsx";
import { PlaceFields } from "#components/hot-patches/file/place-fields.tsx";
import type { ChosenPlace, PatchPlaces } from "#components/hot-patches/file/places.ts";
import { PreviewCard } from "#components/hot-patches/file/preview-card.tsx";
import { useFiling, type Wish } from "#components/hot-patches/file/use-filing.ts";
import { useOnline } from "#components/hot-patches/file/use-online.ts";
import { type PlaceOffer, usePlace } from "#components/hot-patches/file/use-place.ts";
import { usePreview } from "#components/hot-patches/file/use-preview.ts";
import { lengthsOf } from "#components/hot-patches/lengths.ts";
import { LEVEL_HINT, LEVEL_WORD, minutesText } from "#components/hot-patches/words.ts";
import { Button } from "#components/ui/button.tsx";
import { buttonClass } from "#components/ui/button-class.ts";
import { Field } from "#components/ui/field.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { Input, Textarea } from "#components/ui/input.tsx";
import { INCIDENT_LEVELS } from "#lib/hot-patches/model.ts";

const USUAL = { defaultMinutes: 240, maxMinutes: 480 };
const LEVELS = INCIDENT_LEVELS.map((value) => ({ value, label: LEVEL_WORD[value], hint: LEVEL_HINT[value] }));

/** Files a hot-patch: what, where, why and for how long, with what will happen beside it. Made for a thumb. */
export function FilingForm({
  personId,
  places,
  first,
  wish,
}: {
  readonly personId: string;
  readonly places: PatchPlaces;
  /** Where it begins, and what can be patched there; null: nothing is chosen yet. */
  readonly first: { readonly place: ChosenPlace; readonly offer: PlaceOffer | null };
  readonly wish: Wish;
}) {
  const form = useRef<HTMLFormElement>(null);
  const [pending] = useState<PendingFields>(() => new Set());
  const [isAdding, setAdding] = useState(false);
  const desk = useFiling({ personId, place: first.place, wish });
  const { filing, refused, refusals, isWaiting } = desk;
  const isOnline = useOnline();
  const place = usePlace(filing, { isOnline, first });
  const state = usePreview(filing, { isOnline });
  const offer = place.is === "there" ? place.offer : null;
  const policy = offer?.policy ?? USUAL;

  const wished = useRef(wish.pointer);
  const served = useEffectEvent(() => {
    desk.refreshFrom(place);
    const parameter = offer?.parameters.find((one) => one.pointer === wished.current);
    if (!offer || wished.current === undefined) return;
    wished.current = undefined;
    if (!parameter || parameter.refusal || filing.changes.some((one) => one.pointer === parameter.pointer)) return;
    choose(parameter);
  });
  useEffect(() => {
    if (offer) served();
  }, [offer]);

  // A page that is closed, or put aside on a phone, keeps what was typed last.
  useEffect(() => {
    const handOver = () => {
      for (const one of pending) one();
    };
    addEventListener("pagehide", handOver);
    document.addEventListener("visibilitychange", handOver);
    return () => {
      removeEventListener("pagehide", handOver);
      document.removeEventListener("visibilitychange", handOver);
    };
  }, [pending]);

  const toMend = useEffectEvent(() => {
    const first = form.current?.querySelector<HTMLElement>("[aria-invalid=true]");
    (first ?? form.current?.querySelector<HTMLElement>("[data-form-error]"))?.focus();
  });
  useEffect(() => {
    if (refusals > 0) toMend();
  }, [refusals]);

  const choose = ({
    pointer,
    title,
    value,
  }: {
    pointer: string;
    title: string;
    value?: (typeof filing.changes)[number]["before"];
  }) => {
    setAdding(false);
    desk.choose({ pointer, title, ...(value !== undefined && { before: value }), isTakenAway: false });
  };

  const system = places.find((one) => one.slug === filing.system);
  const environment = system?.environments.find((one) => one.slug === filing.environment);
  const name = environment?.name ?? filing.environment;
  const fields = refused?.fields ?? {};
  const titleOf = (pointer: string) => filing.changes.find((one) => one.pointer === pointer)?.title ?? pointer;
  const problemOf = (pointer: string) =>
    refused?.parameters[pointer] ??
    state.preview?.examination?.problems.find((one) => one.pointer === pointer)?.message ??
    conflictText(state.preview?.examination?.conflicts.find((one) => one.pointer === pointer));
  const effect = environment?.isAtOnce ? `File it: takes effect at once in ${name}` : "File it: asks for one approval";
  const isSending = isWaiting && isOnline;
  const label = isWaiting ? "Being filed…" : environment ? effect : "File it";

  return (
    <PendingFieldsContext value={pending}>
      <form
        ref={form}
        aria-label="File a hot-patch"
        noValidate
        className="grid max-w-5xl items-start gap-x-8 gap-y-4 lg:grid-cols-[minmax(0,1fr)_22rem] [&_:is(input,select,textarea,button)]:scroll-mb-48"
        onSubmit={(event) => {
          event.preventDefault();
          for (const handOver of pending) handOver();
          if (!isWaiting) desk.submit();
        }}
      >
        <fieldset disabled={isWaiting} className="grid min-w-0 gap-4">
          {refused ? <FormError>{refused.message}</FormError> : null}
          <PlaceFields places={places} value={filing} errors={fields} onChange={(next) => desk.update(next)} />
          <div className="grid gap-3 sm:grid-cols-2">
            <Field label="Incident" error={fields.incident}>
              <Input
                value={filing.incident}
                onChange={(event) => desk.update({ incident: event.target.value })}
                placeholder="INC-42"
                autoComplete="off"
                autoCapitalize="characters"
                maxLength={80}
              />
            </Field>
            <Chips
              legend="Level"
              options={LEVELS}
              value={filing.level}
              error={fields.level}
              onChange={(level) => desk.update({ level })}
            />
          </div>
          <Field label="Reason" error={fields.reason} hint="A sentence; auditors will read it.">
            <Textarea
              rows={2}
              className="min-h-14!"
              value={filing.reason}
              onChange={(event) => desk.update({ reason: event.target.value })}
              maxLength={2_000}
            />
          </Field>
          <div className="grid gap-2">
            {filing.changes.length > 0 ? (
              <ul aria-label="Chosen parameters" className="grid gap-2">
                {filing.changes.map((change) => (
                  <ChangeRow
                    key={`${filing.clientKey}${change.pointer}`}
                    change={change}
                    parameter={offer?.parameters.find((one) => one.pointer === change.pointer)}
                    problem={problemOf(change.pointer)}
                    onChange={(next) => desk.setChange(change.pointer, next)}
                    onDrop={() => desk.setChange(change.pointer, null)}
                  />
                ))}
              </ul>
            ) : null}
            {filing.changes.length === 0 || isAdding ? (
              <ParameterPicker
                label={filing.changes.length === 0 ? "Parameter" : "Another parameter"}
                place={place}
                chosen={filing.changes.map((one) => one.pointer)}
                error={fields.changes}
                onChoose={choose}
              />
            ) : (
              <Button variant="ghost" className="justify-self-start" onClick={() => setAdding(true)}>
                <Plus aria-hidden />
                Another parameter
              </Button>
            )}
          </div>
          <Chips
            legend="Ends after"
            hint={offer ? `Policy allows ${minutesText(policy.maxMinutes)} at most in ${name}.` : undefined}
            error={fields.minutes}
            options={lengthsOf(policy).map((minutes) => ({ value: String(minutes), label: minutesText(minutes) }))}
            value={String(filing.minutes ?? policy.defaultMinutes)}
            onChange={(minutes) => desk.update({ minutes: Number(minutes) })}
          />
        </fieldset>
        {/* On small screens the button sticks to the end of the whole form, not of this column. */}
        <div className="grid min-w-0 gap-4 max-lg:contents lg:sticky lg:top-19">
          <div className="min-h-36">
            <PreviewCard state={state} titleOf={titleOf} environment={name} isOnline={isOnline} />
          </div>
          <div className="grid gap-2 lg:order-first max-lg:sticky max-lg:bottom-0 max-lg:z-10 max-lg:-mx-4 max-lg:border-t max-lg:border-border max-lg:bg-surface max-lg:px-4 max-lg:pt-2 max-lg:pb-[max(0.5rem,env(safe-area-inset-bottom))]">
            <button
              type="submit"
              aria-disabled={isWaiting || undefined}
              className={buttonClass(
                "primary",
                "md",
                "min-h-12! w-full gap-2 text-base whitespace-normal! aria-disabled:opacity-100!",
              )}
            >
              {isSending ? <LoaderCircle aria-hidden className="spins" /> : <Flame aria-hidden />}
              {isWaiting && !isOnline ? "Waits for the connection" : label}
            </button>
            <FilingState
              isOnline={isOnline}
              isKept={desk.isKept}
              isWaiting={isWaiting}
              hasSecret={Object.keys(secretsIn(filing)).length > 0}
              others={desk.others}
              onOpen={desk.open}
              onDrop={desk.drop}
              onTakeBack={desk.takeBack}
              onClear={desk.isKept ? () => desk.drop(filing.clientKey) : null}
            />
          </div>
        </div>
      </form>
    </PendingFieldsContext>
  );
}

function conflictText(
  conflict: { readonly number: number; readonly incident: string } | undefined,
): string | undefined {
  return conflict && `HP-${conflict.number} (${conflict.incident}) sets it already`;
}
