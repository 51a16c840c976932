"use client";

import { Search } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { controlClass } from "#components/ui/control-class.ts";
import { cx } from "#components/ui/cx.ts";
import { type ParamChanges, withParams } from "#components/ui/filter-url.ts";
import { type Choice, NativeSelect } from "#components/ui/input.tsx";
import { toRoute } from "#components/ui/route.ts";
import { Spinner } from "#components/ui/spinner.tsx";

const PAUSE = 250;

/** Writes parameters into the address without scrolling; the list that reads them stays visible while the next one comes. */
export function useUrlParams() {
  const router = useRouter();
  const pathname = usePathname();
  const current = useSearchParams().toString();
  const [isPending, start] = useTransition();
  const write = (changes: ParamChanges, how: "push" | "replace" = "push") =>
    start(() => router[how](toRoute(pathname + withParams(current, changes)), { scroll: false }));
  return { current, write, isPending };
}

/** Free text into the address, a quarter of a second after the last key. `/` comes here. */
export function SearchFilter({
  param = "q",
  label,
  placeholder,
}: {
  readonly param?: string;
  readonly label: string;
  readonly placeholder?: string;
}) {
  const { current, write, isPending } = useUrlParams();
  const inAddress = new URLSearchParams(current).get(param) ?? "";
  const [text, setText] = useState(inAddress);
  const [seen, setSeen] = useState(inAddress);
  if (seen !== inAddress) {
    setSeen(inAddress);
    setText(inAddress);
  }
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => write({ [param]: next.trim() }, "replace"), PAUSE);
  };
  return (
    <form
      className="relative min-w-44 grow basis-56 sm:max-w-md"
      onSubmit={(event) => {
        event.preventDefault();
        clearTimeout(timer.current);
        write({ [param]: text.trim() });
      }}
    >
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted"
      />
      <input
        type="search"
        name={param}
        aria-label={label}
        placeholder={placeholder ?? label}
        data-search=""
        value={text}
        onChange={(event) => type(event.target.value)}
        className={controlClass("tap h-8 pr-8 pl-8.5")}
      />
      {isPending ? (
        <span className="absolute top-1/2 right-8 flex -translate-y-1/2">
          <Spinner />
        </span>
      ) : null}
    </form>
  );
}

/** One of some values, or any; the choice goes into the address. */
export function SelectFilter({
  param,
  label,
  anyLabel,
  options,
}: {
  readonly param: string;
  readonly label: string;
  /** "Any environment" */
  readonly anyLabel: string;
  readonly options: readonly Choice[];
}) {
  const { current, write, isPending } = useUrlParams();
  const value = new URLSearchParams(current).get(param) ?? "";
  return (
    <NativeSelect
      aria-label={label}
      aria-busy={isPending || undefined}
      className={cx("max-w-56 min-w-32 grow sm:grow-0", value !== "" && "font-medium")}
      options={options}
      placeholder={anyLabel}
      value={value}
      onChange={(event) => write({ [param]: event.target.value })}
    />
  );
}
