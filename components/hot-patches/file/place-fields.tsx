"use client";

import { Field } from "#components/ui/field.tsx";
import { NativeSelect } from "#components/ui/input.tsx";

type Named = { readonly slug: string; readonly name: string };

/** Where this person may file: systems with their environments, the last stage first, and the bundles that run there. */
export type PatchPlaces = readonly (Named & {
  readonly environments: readonly (Named & { readonly isAtOnce: boolean; readonly bundles: readonly Named[] })[];
})[];

export type ChosenPlace = { readonly system: string; readonly environment: string; readonly bundle: string };

/** The place that is meant, as far as there is one: else the nearest that there is. */
export function placeIn(places: PatchPlaces, wanted: Partial<ChosenPlace>): ChosenPlace {
  const system = places.find((one) => one.slug === wanted.system) ?? places[0];
  const environment = system?.environments.find((one) => one.slug === wanted.environment) ?? system?.environments[0];
  const bundle = environment?.bundles.find((one) => one.slug === wanted.bundle) ?? environment?.bundles[0];
  return { system: system?.slug ?? "", environment: environment?.slug ?? "", bundle: bundle?.slug ?? "" };
}

const options = (all: readonly Named[]) => all.map(({ slug, name }) => ({ value: slug, label: name }));

/** System, environment, and the bundle where there is more than one. */
export function PlaceFields({
  places,
  value,
  errors,
  onChange,
}: {
  readonly places: PatchPlaces;
  readonly value: ChosenPlace;
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (place: ChosenPlace) => void;
}) {
  const system = places.find((one) => one.slug === value.system);
  const environment = system?.environments.find((one) => one.slug === value.environment);
  const bundles = environment?.bundles ?? [];
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field label="System" error={errors.system}>
        <NativeSelect
          options={options(places)}
          value={value.system}
          onChange={(event) =>
            onChange(placeIn(places, { system: event.target.value, environment: value.environment }))
          }
        />
      </Field>
      <Field label="Environment" error={errors.environment}>
        <NativeSelect
          options={options(system?.environments ?? [])}
          value={value.environment}
          onChange={(event) => onChange(placeIn(places, { ...value, environment: event.target.value }))}
        />
      </Field>
      {bundles.length > 1 ? (
        <div className="col-span-2">
          <Field label="Bundle" error={errors.bundle}>
            <NativeSelect
              options={options(bundles)}
              value={value.bundle}
              onChange={(event) => onChange({ ...value, bundle: event.target.value })}
            />
          </Field>
        </div>
      ) : null}
    </div>
  );
}
