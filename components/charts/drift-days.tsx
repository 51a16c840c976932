"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "#components/ui/skeleton.tsx";

/** Loaded when a chart is on the page: the library is as large as the rest of it. */
export const DriftDaysChart = dynamic(() => import("#components/charts/drift-days-impl.tsx"), {
  ssr: false,
  loading: () => <Skeleton className="h-60 w-full" />,
});
