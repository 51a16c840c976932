"use client";

import { Bookmark } from "lucide-react";
import dynamic from "next/dynamic";
import { type ComponentProps, useState } from "react";
import type { SavedViewsPopover } from "#components/audit/saved-views-popover.tsx";
import { Button } from "#components/ui/button.tsx";

const Popover = dynamic(
  () => import("#components/audit/saved-views-popover.tsx").then((module) => module.SavedViewsPopover),
  { ssr: false, loading: () => <Trigger /> },
);

/** One's own names for addresses of a list; what it opens is loaded when it is first wanted. */
export function SavedViews(props: ComponentProps<typeof SavedViewsPopover>) {
  const [isWanted, setWanted] = useState(false);
  return isWanted ? <Popover {...props} /> : <Trigger onClick={() => setWanted(true)} />;
}

function Trigger({ onClick }: { readonly onClick?: () => void }) {
  return (
    <Button aria-haspopup="dialog" aria-busy={onClick === undefined || undefined} onClick={onClick}>
      <Bookmark aria-hidden />
      Views
    </Button>
  );
}
