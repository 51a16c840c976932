"use client";

import {
  CalendarClock,
  CalendarX,
  Ellipsis,
  Link2,
  Pencil,
  Printer,
  RotateCcw,
  Undo2,
  UserCheck,
  XCircle,
} from "lucide-react";
import dynamic from "next/dynamic";
import { usePathname, useRouter } from "next/navigation";
import { useState } from "react";
import type { ChangeActions, ChangeFacts } from "#components/reviews/change-controls.tsx";
import type { ChangeDialogKind } from "#components/reviews/change-dialogs.tsx";
import { type DeskRequest, useDesk } from "#components/reviews/desk-context.ts";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import { toRoute } from "#components/ui/route.ts";
import { useToast } from "#components/ui/toast.tsx";

const ChangeDialogs = dynamic(() => import("#components/reviews/change-dialogs.tsx"), { ssr: false });

type Item = {
  readonly dialog: ChangeDialogKind;
  readonly label: string;
  readonly icon: typeof Pencil;
  readonly isDangerous?: boolean;
};

function itemsOf({ can }: DeskRequest, facts: ChangeFacts): readonly Item[] {
  const items: readonly (Item | false)[] = [
    can.edit && { dialog: "edit", label: "Edit title and reason", icon: Pencil },
    can.schedule && {
      dialog: "schedule",
      label: facts.isScheduled ? "Change the schedule" : "Schedule",
      icon: CalendarClock,
    },
    can.unschedule && { dialog: "unschedule", label: "Take off the schedule", icon: CalendarX },
    can.recall && { dialog: "recall", label: "Recall to draft", icon: Undo2 },
    can.edit && !facts.isAuthorActive && { dialog: "claim", label: "Take over as author", icon: UserCheck },
    can.reopen && { dialog: "reopen", label: "Reopen", icon: RotateCcw },
    can.close && { dialog: "close", label: "Close without applying", icon: XCircle, isDangerous: true },
  ];
  return items.filter((item) => item !== false);
}

/** Everything else that can be done with the request. */
export default function ChangeMenu({
  facts,
  actions,
}: {
  readonly facts: ChangeFacts;
  readonly actions: ChangeActions;
}) {
  const { request } = useDesk();
  const router = useRouter();
  const pathname = usePathname();
  const toast = useToast();
  const [dialog, setDialog] = useState<ChangeDialogKind | null>(null);
  const [wasOpen, setWasOpen] = useState(false);
  const home = `/changes/${request.number}`;
  const items = itemsOf(request, facts);

  const copyLink = async () => {
    await navigator.clipboard.writeText(new URL(pathname + location.search, location.href).href);
    toast.show({ title: "Link copied", tone: "ok" });
  };
  return (
    <>
      <Menu trigger={<Ellipsis aria-hidden />} label="More actions" variant="secondary">
        {items.map(({ dialog: kind, label, icon: Icon, isDangerous }) => (
          <MenuItem
            key={kind}
            isDangerous={isDangerous}
            onSelect={() => {
              setDialog(kind);
              setWasOpen(true);
            }}
          >
            <Icon aria-hidden />
            {label}
          </MenuItem>
        ))}
        {items.length > 0 ? <MenuSeparator /> : null}
        <MenuItem onSelect={copyLink}>
          <Link2 aria-hidden />
          Copy link
        </MenuItem>
        <MenuItem onSelect={() => (pathname === home ? print() : router.push(toRoute(`${home}#print`)))}>
          <Printer aria-hidden />
          Print or save as PDF
        </MenuItem>
      </Menu>
      {wasOpen ? <ChangeDialogs dialog={dialog} close={() => setDialog(null)} facts={facts} actions={actions} /> : null}
    </>
  );
}
