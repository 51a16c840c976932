"use client";

import { type Control, controlOf, type Described } from "#components/bundles/editor/form/form-model.ts";
import { useTyped } from "#components/bundles/editor/form/typed.ts";
import { controlClass } from "#components/ui/control-class.ts";
import { FieldProblem } from "#components/ui/field.tsx";
import { Input, NativeSelect } from "#components/ui/input.tsx";
import { isJsonObject, type Json, memberOf } from "#lib/kernel/json.ts";

type Props = {
  readonly id: string;
  readonly label: string;
  readonly rule?: Described;
  readonly value: Json | undefined;
  readonly isDisabled: boolean;
  readonly hasProblem: boolean;
  readonly onSet: (value: Json) => void;
};

/** The control that fits a parameter. */
export function ValueControl(props: Props) {
  const control = controlOf(props.rule, props.value);
  switch (control.as) {
    case "switch":
      return <TruthControl {...props} />;
    case "choice":
      return <ChoiceControl {...props} options={control.options} />;
    default:
      return <TextControl key={control.as} {...props} control={control} />;
  }
}

function wiring({ id, label, isDisabled, hasProblem }: Props) {
  return { id, "aria-label": label, disabled: isDisabled, "aria-invalid": hasProblem || undefined };
}

const SWITCH = { role: "switch" } as const;

function TruthControl(props: Props) {
  const isOn = props.value === true;
  return (
    <label className="tap inline-flex min-h-8 items-center gap-2 text-sm">
      <input
        type="checkbox"
        {...SWITCH}
        {...wiring(props)}
        checked={isOn}
        onChange={(event) => props.onSet(event.target.checked)}
        className="relative h-5 w-9 shrink-0 appearance-none rounded-full border border-field bg-sunken transition-colors before:absolute before:top-1/2 before:left-0.5 before:size-3.5 before:-translate-y-1/2 before:rounded-full before:bg-field before:transition-[left] checked:border-accent checked:bg-accent checked:before:left-[1.125rem] checked:before:bg-on-accent disabled:opacity-55"
      />
      <span aria-hidden className="font-mono text-xs">
        {props.value === undefined ? "not set" : String(isOn)}
      </span>
    </label>
  );
}

function ChoiceControl({ options, ...props }: Props & { readonly options: readonly Json[] }) {
  const values = options.map((option) => ({ value: JSON.stringify(option), label: String(option) }));
  const current = props.value === undefined ? "" : JSON.stringify(props.value);
  const isKnown = values.some((option) => option.value === current);
  return (
    <NativeSelect
      {...wiring(props)}
      value={current}
      options={isKnown || current === "" ? values : [{ value: current, label: `${current} (not allowed)` }, ...values]}
      placeholder={current === "" ? "Not set" : undefined}
      onChange={(event) => {
        const chosen = options.find((option) => JSON.stringify(option) === event.target.value);
        if (chosen !== undefined) props.onSet(chosen);
      }}
      className="w-full max-w-80"
    />
  );
}

type TextAs = Exclude<Control, { as: "switch" } | { as: "choice" }>;

function TextControl({ control, ...props }: Props & { readonly control: TextAs }) {
  const typed = useTyped(written(control, props.value), (text) => {
    const read = readText(control, text);
    if ("problem" in read) return read.problem;
    props.onSet(read.value);
    return null;
  });
  const shared = {
    ...wiring(props),
    "aria-invalid": typed.problem !== null || props.hasProblem || undefined,
    value: typed.text,
    onBlur: typed.onBlur,
    spellCheck: control.as === "text",
    onChange: (event: { target: { value: string } }) => typed.onChange(event.target.value),
  };
  return (
    <div className="grid min-w-0 gap-1">
      {control.as === "number" || control.as === "line" || control.as === "reference" ? (
        <Input
          {...shared}
          mono={control.as !== "line"}
          inputMode={control.as === "number" ? "decimal" : undefined}
          autoComplete="off"
          className={control.as === "number" ? "max-w-40" : undefined}
        />
      ) : (
        <textarea
          {...shared}
          rows={control.as === "text" ? 10 : 3}
          className={controlClass(
            control.as === "text"
              ? "field-sizing-content max-h-[75vh] min-h-48 resize-y py-2 leading-relaxed whitespace-pre-wrap"
              : "field-sizing-content max-h-96 min-h-16 resize-y py-1.5 font-mono text-xs",
          )}
        />
      )}
      {control.as === "text" ? <Length text={typed.text} /> : null}
      {control.as === "lines" ? <p className="text-xs text-muted">One entry on each line</p> : null}
      {typed.problem === null ? null : <FieldProblem id={`${props.id}-typed`}>{typed.problem}</FieldProblem>}
    </div>
  );
}

function Length({ text }: { readonly text: string }) {
  const words = text.trim() === "" ? 0 : text.trim().split(/\s+/u).length;
  return (
    <p className="text-xs text-muted tabular-nums">
      {text.length.toLocaleString("en")} characters, {words.toLocaleString("en")} words
    </p>
  );
}

function written(control: TextAs, value: Json | undefined): string {
  if (value === undefined) return "";
  switch (control.as) {
    case "number":
      return typeof value === "number" ? String(value) : JSON.stringify(value);
    case "line":
    case "text":
      return typeof value === "string" ? value : JSON.stringify(value);
    case "lines":
      return Array.isArray(value) ? value.join("\n") : "";
    case "reference":
      return isJsonObject(value) ? String(memberOf(value, control.key) ?? "") : "";
    case "json":
      return JSON.stringify(value, null, 2);
  }
}

function readText(control: TextAs, text: string): { readonly value: Json } | { readonly problem: string } {
  switch (control.as) {
    case "number": {
      const number = Number(text.trim());
      if (text.trim() === "" || !Number.isFinite(number)) return { problem: "Write a number, for example 0.2" };
      if (control.isWhole && !Number.isInteger(number)) return { problem: "Write a whole number" };
      return { value: number };
    }
    case "line":
    case "text":
      return { value: text };
    case "lines":
      return { value: text.split("\n").filter((line) => line !== "") };
    case "reference":
      return { value: { [control.key]: text.trim() } };
    case "json":
      return readJson(text);
  }
}

function readJson(text: string): { readonly value: Json } | { readonly problem: string } {
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: 'Not JSON yet; write for example 3, "text", ["a", "b"] or {"key": 1}' };
  }
}
