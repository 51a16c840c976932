"use client";

import { functionalUpdate, type SortingState } from "@tanstack/react-table";
import { type ReactNode, useMemo } from "react";
import { DataRow, SelectBox } from "#components/data-table/data-row.tsx";
import { SortButton } from "#components/data-table/sort-button.tsx";
import { SORT_PARAM, type Sort, sortParam } from "#components/data-table/sort-param.ts";
import { type ListColumns, type ListRow, useAppTable } from "#components/data-table/table-hook.ts";
import { useUrlParams } from "#components/ui/filters.tsx";
import { Table, TableBody, TableHead, Th } from "#components/ui/table.tsx";

export type DataTableProps<Row extends ListRow> = {
  /** Names the table for assistive technology. */
  readonly label: string;
  /** Made at module scope; a column sorts when it says `enableSorting: true`. */
  readonly columns: ListColumns<Row>;
  readonly rows: readonly Row[];
  /** The order that the server used; pressing a head writes another into the address. */
  readonly sort?: Sort;
  readonly rowHref?: (row: Row) => string;
  /** What a row unfolds to. */
  readonly renderDetail?: (row: Row) => ReactNode;
  /** What can be done with selected rows; with it, rows can be selected. */
  readonly renderSelected?: (ids: readonly string[], clear: () => void) => ReactNode;
  /** Instead of rows when there are none. */
  readonly empty: ReactNode;
  /** A Pager, most often. */
  readonly footer?: ReactNode;
};

/** A list of things as the server ordered and cut it. Keys move over the rows, `x` selects, a phone sees two lines for each. */
export function DataTable<Row extends ListRow>({
  label,
  columns,
  rows,
  sort,
  rowHref,
  renderDetail,
  renderSelected,
  empty,
  footer,
}: DataTableProps<Row>) {
  const { write, isPending } = useUrlParams();
  const sorting = useMemo<SortingState>(() => (sort ? [{ id: sort.column, desc: sort.isDescending }] : []), [sort]);
  const data = useMemo(() => [...rows], [rows]);
  const defs = useMemo(() => [...columns], [columns]);
  const table = useAppTable({
    data,
    columns: defs,
    getRowId: (row: Row) => row.id,
    getRowCanExpand: () => renderDetail !== undefined,
    enableRowSelection: renderSelected !== undefined,
    defaultColumn: { enableSorting: false },
    state: { sorting },
    onSortingChange: (update) => {
      const [next] = functionalUpdate(update, sorting);
      if (next) write({ [SORT_PARAM]: sortParam({ column: next.id, isDescending: next.desc }) });
    },
  });
  if (rows.length === 0) return empty;

  const selected = renderSelected ? table.getSelectedRowIds().filter((id) => rows.some((row) => row.id === id)) : [];
  return (
    <div
      aria-busy={isPending || undefined}
      className={isPending ? "opacity-70 transition-opacity delay-200" : undefined}
    >
      {renderSelected && selected.length > 0 ? (
        <div className="flex flex-wrap items-center gap-2 border-b border-border bg-accent-bg px-3 py-1.5 text-sm text-accent-fg">
          <span role="status">{selected.length} selected</span>
          {renderSelected(selected, () => table.resetRowSelection(true))}
        </div>
      ) : null}
      <Table label={label}>
        <TableHead>
          {renderSelected ? (
            <Th className="w-8">
              <SelectBox
                label="Select all rows"
                isChecked={table.getIsAllRowsSelected()}
                isPartly={selected.length > 0 && !table.getIsAllRowsSelected()}
                onChange={table.getToggleAllRowsSelectedHandler()}
              />
            </Th>
          ) : null}
          {renderDetail ? (
            <Th className="w-8">
              <span className="sr-only">Details</span>
            </Th>
          ) : null}
          {table.getFlatHeaders().map((header) => {
            const { column } = header;
            const look = column.columnDef.meta;
            const direction = column.getIsSorted();
            return (
              <Th
                key={header.id}
                end={look?.end ?? false}
                aria-sort={direction === "asc" ? "ascending" : direction === "desc" ? "descending" : undefined}
              >
                {column.getCanSort() ? (
                  <SortButton direction={direction} onClick={column.getToggleSortingHandler()}>
                    <table.FlexRender header={header} />
                  </SortButton>
                ) : (
                  <table.FlexRender header={header} />
                )}
              </Th>
            );
          })}
        </TableHead>
        <TableBody>
          {table.getRowModel().rows.map((row) => (
            <DataRow
              key={row.id}
              href={rowHref?.(row.original)}
              select={
                renderSelected
                  ? { isChecked: row.getIsSelected(), onChange: row.getToggleSelectedHandler() }
                  : undefined
              }
              detail={
                renderDetail
                  ? {
                      isOpen: row.getIsExpanded(),
                      toggle: row.getToggleExpandedHandler(),
                      render: () => renderDetail(row.original),
                    }
                  : undefined
              }
              cells={row.getAllCells().map((cell) => ({
                id: cell.id,
                look: cell.column.columnDef.meta,
                content: <table.FlexRender cell={cell} />,
              }))}
            />
          ))}
        </TableBody>
      </Table>
      {footer ? <div className="border-t border-border">{footer}</div> : null}
    </div>
  );
}
