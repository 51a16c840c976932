"use client";

import dynamic from "next/dynamic";
import type { CodeEditorProps } from "#components/editor/editor-props.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";

const Impl = dynamic(() => import("#components/editor/code-editor-impl.tsx"), {
  ssr: false,
  loading: () => (
    <div role="status" aria-label="Loading the editor" className="grid content-start gap-2 p-4">
      <Skeleton className="h-3 w-48" />
      <Skeleton className="h-3 w-64" />
      <Skeleton className="h-3 w-40" />
    </div>
  ),
});

/**
 * A text editor for configuration. Problems are marked where they are; Escape, then Tab leaves it. Its height is kept while it
 * loads, so that nothing moves.
 */
export function CodeEditor({ height = "28rem", ...props }: CodeEditorProps & { readonly height?: string }) {
  return (
    <div className="code-editor overflow-hidden bg-surface" style={{ height }}>
      <Impl {...props} />
    </div>
  );
}
