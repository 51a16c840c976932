"use client";

import dynamic from "next/dynamic";
import type { CodeEditorProps } from "#components/editor/editor-props.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";

/** Once the editor's own font is there: every line would move when it came later. A font that can't be had is no reason to wait. */
async function load() {
  const family = getComputedStyle(document.documentElement).getPropertyValue("--font-mono");
  const [impl] = await Promise.all([
    import("#components/editor/code-editor-impl.tsx"),
    document.fonts.load(`13px ${family}`).catch(() => null),
  ]);
  return impl;
}

const Impl = dynamic(load, {
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
