"use client";

import { turnKeys, useKeysOn } from "#components/shell/key-preference.ts";
import { SHORTCUTS } from "#components/shell/shortcuts.ts";
import { Switch } from "#components/ui/choice.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/kbd.tsx";

const GROUPS = ["Everywhere", "Go to", "Lists", "Changes"] as const;

export default function ShortcutsDialog({
  open,
  onOpenChange,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const areOn = useKeysOn();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts" size="md">
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3 className="mb-1 text-xs font-medium text-muted">{group}</h3>
            <dl>
              {group === "Everywhere" ? <Row label="Search and commands" keys="Ctrl K" /> : null}
              {SHORTCUTS.filter((shortcut) => shortcut.group === group).map((shortcut) => (
                <Row key={shortcut.keys} label={shortcut.label} keys={shortcut.keys} />
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="mt-4 border-t border-border pt-3">
        <Switch
          label="Single-key shortcuts"
          hint="Kept on this machine. Ctrl K works either way."
          checked={areOn}
          onChange={(event) => turnKeys(event.target.checked)}
        />
      </div>
    </Dialog>
  );
}

function Row({ label, keys }: { readonly label: string; readonly keys: string }) {
  return (
    <div className="flex items-center justify-between gap-4 py-0.5 text-sm">
      <dt>{label}</dt>
      <dd>
        <Kbd keys={keys} />
      </dd>
    </div>
  );
}
