import { BellOff } from "lucide-react";
import { StatusBadge } from "#components/ui/badge.tsx";

/** It did not report in time, so nobody knows what it runs. */
export function SilentBadge() {
  return (
    <StatusBadge tone="warn" icon={BellOff} title="It did not report in time, so nobody knows what it runs">
      Silent
    </StatusBadge>
  );
}
