"use client";

import { type ChosenPlace, type Named, type PatchPlaces, placeIn } from "#components/hot-patches/file/places.ts";
import { Field } from "#components/ui/field.tsx";
import { NativeSelect } from "#components/ui/input.tsx";

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
          placeholder={value.system === "" ? "Choose it" : undefined}
          value={value.system}
          onChange={(event) =>
            onChange(placeIn(places, { system: event.target.value, environment: value.environment }))
          }
        />
      </Field>
      <Field label="Environment" error={errors.environment}>
        <NativeSelect
          options={options(system?.environments ?? [])}
          placeholder={value.environment === "" ? "Choose the system first" : undefined}
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
