"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "#components/ui/skeleton.tsx";

const Impl = dynamic(() => import("#components/systems/rules/document-editor-impl.tsx"), {
  ssr: false,
  loading: () => <Skeleton className="h-[75vh]" />,
});

/** The rules as one text; reading and writing YAML is loaded with it. */
export function RulesDocumentEditor() {
  return <Impl />;
}
