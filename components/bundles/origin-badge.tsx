import { Layers2 } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import type { Layer } from "#lib/bundles/model.ts";

/** Which layer a value of an effective configuration comes from. */
export function OriginBadge({ layer }: { readonly layer: Layer }) {
  if (layer === "base") return <Badge title="Set in the base, the same wherever no overlay says otherwise">base</Badge>;
  return (
    <Badge tone="accent" title={`Set by the overlay of ${layer}`}>
      <Layers2 aria-hidden />
      {layer}
    </Badge>
  );
}
