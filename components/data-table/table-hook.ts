"use client";

import {
  type ColumnDef,
  createTableHook,
  metaHelper,
  rowExpandingFeature,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
} from "@tanstack/react-table";
import type { PhonePlace } from "#components/ui/table.tsx";

/** How a column lies in the table. */
export type ColumnLook = {
  readonly phone?: PhonePlace;
  /** Numbers stand at the end of their cell. */
  readonly end?: boolean;
  /** Of the cells, not of the head. */
  readonly className?: string;
};

const features = tableFeatures({
  rowSortingFeature,
  rowSelectionFeature,
  rowExpandingFeature,
  columnMeta: metaHelper<ColumnLook>(),
});

export type ListRow = { readonly id: string };

/** What `createAppColumnHelper<Row>().columns([…])` gives. */
export type ListColumns<Row extends ListRow> = readonly ColumnDef<typeof features, Row>[];

/**
 * One setup for every list. The server sorts, filters and pages, so no row models are loaded: the table keeps the columns,
 * the selection and what is unfolded. Columns are made at module scope.
 */
export const { createAppColumnHelper, useAppTable } = createTableHook({
  features,
  manualSorting: true,
  enableSortingRemoval: false,
  enableMultiSort: false,
});
