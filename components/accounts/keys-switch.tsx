"use client";

import { turnKeys, useKeysOn } from "#components/shell/key-preference.ts";
import { Switch } from "#components/ui/choice.tsx";

/** Turns single-key shortcuts off for this browser (WCAG 2.1.4). */
export function KeysSwitch() {
  const isOn = useKeysOn();
  return (
    <Switch
      label="Single-key shortcuts"
      hint="j and k to move, g then a letter to go, ? for the list. Kept in this browser."
      checked={isOn}
      onChange={(event) => turnKeys(event.target.checked)}
    />
  );
}
