"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useId } from "react";
import type { ColumnLook } from "#components/data-table/table-hook.ts";
import { iconButtonClass } from "#components/ui/button-class.ts";
import { cx } from "#components/ui/cx.ts";
import { Td, Tr } from "#components/ui/table.tsx";

type Cell = { readonly id: string; readonly look?: ColumnLook; readonly content: ReactNode };

/** One row, with its box for selecting and its unfolded details where the list has them. */
export function DataRow({
  href,
  cells,
  select,
  detail,
}: {
  readonly href?: string;
  readonly cells: readonly Cell[];
  readonly select?: { readonly isChecked: boolean; readonly onChange: (event: unknown) => void };
  readonly detail?: { readonly isOpen: boolean; readonly toggle: () => void; readonly render: () => ReactNode };
}) {
  const id = useId();
  const columns = cells.length + (select ? 1 : 0) + (detail ? 1 : 0);
  return (
    <>
      <Tr href={href ?? (detail ? "" : undefined)}>
        {select ? (
          <Td phone="end" className="w-8">
            <SelectBox label="Select row" isChecked={select.isChecked} onChange={select.onChange} />
          </Td>
        ) : null}
        {detail ? (
          <Td phone="end" className="w-8 py-1!">
            <button
              type="button"
              aria-label="Details"
              aria-expanded={detail.isOpen}
              aria-controls={detail.isOpen ? id : undefined}
              onClick={detail.toggle}
              className={iconButtonClass("ghost", "sm", "size-6!")}
            >
              <ChevronRight
                aria-hidden
                className={cx("transition-transform duration-75", detail.isOpen && "rotate-90")}
              />
            </button>
          </Td>
        ) : null}
        {cells.map((cell) => (
          <Td key={cell.id} phone={cell.look?.phone} end={cell.look?.end} className={cell.look?.className}>
            {cell.content}
          </Td>
        ))}
      </Tr>
      {detail?.isOpen ? (
        <Tr id={id} className="bg-canvas">
          <Td colSpan={columns} phone="full">
            {detail.render()}
          </Td>
        </Tr>
      ) : null}
    </>
  );
}

export function SelectBox({
  label,
  isChecked,
  isPartly = false,
  onChange,
}: {
  readonly label: string;
  readonly isChecked: boolean;
  readonly isPartly?: boolean;
  readonly onChange: (event: unknown) => void;
}) {
  return (
    <input
      type="checkbox"
      aria-label={label}
      checked={isChecked}
      ref={(box) => {
        if (box) box.indeterminate = isPartly;
      }}
      onChange={onChange}
      className="mt-0.5 size-4 accent-accent pointer-coarse:size-6"
    />
  );
}
