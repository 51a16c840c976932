"use client";

import {
  CalendarClock,
  CalendarX,
  Ellipsis,
  Link2,
  Lock,
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
import type { ChangeDialogKind } from "#components/reviews/change-dialogs.tsx";
import { type DeskRequest, useDesk } from "#components/reviews/desk-context.ts";
import { useAnnounced } from "#components/reviews/use-announced.ts";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { CountBadge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import { toRoute } from "#components/ui/route.ts";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { Check } from "#lib/gates/model.ts";

const ApplyDialog = dynamic(() => import("#components/reviews/apply-dialog.tsx"), { ssr: false });
const ChangeDialogs = dynamic(() => import("#components/reviews/change-dialogs.tsx"), { ssr: false });

/** The server actions that move a request. */
export type ChangeActions = Readonly<
  Record<
    | "apply"
    | "open"
    | "recall"
    | "close"
    | "reopen"
    | "claim"
    | "edit"
    | "updateFromDrafts"
    | "schedule"
    | "unschedule",
    FormAction
  >
>;

export type ChangeFacts = {
  readonly title: string;
  readonly reason: string;
  readonly authorName: string;
  readonly isAuthorActive: boolean;
  readonly isScheduled: boolean;
  readonly canApply: boolean;
  /** Gates in the way. */
  readonly blocking: readonly Check[];
};

/** Opens the review; says how many comments wait in it. */
export function ReviewButton({ isPrimary, size }: { readonly isPrimary: boolean; readonly size?: "sm" | "md" }) {
  const { request, draft, openReview } = useDesk();
  if (!request.can.comment) return null;
  return (
    <Button variant={isPrimary ? "primary" : "secondary"} size={size} onClick={openReview} className="grow md:grow-0">
      {request.can.approve ? "Review changes" : "Comment"}
      <CountBadge count={draft.comments.length} label="comments pending" tone="neutral" />
    </Button>
  );
}

/** Puts it into effect, or says everything that stands in the way. Never a dead button. */
export function ApplyButton({
  facts,
  action,
  isPrimary,
}: {
  readonly facts: ChangeFacts;
  readonly action: FormAction;
  readonly isPrimary: boolean;
}) {
  const { request } = useDesk();
  const [isOpen, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const count = facts.blocking.length;
  const isReady = facts.canApply && request.can.apply;
  const checks = count === 1 ? "1 check" : `${count} checks`;
  return (
    <>
      <Button
        variant={isReady && isPrimary ? "primary" : "secondary"}
        className={isReady ? "grow md:grow-0" : "grow text-muted! md:grow-0"}
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(true);
          setWasOpen(true);
        }}
      >
        {isReady ? null : <Lock aria-hidden />}
        {isReady ? (
          request.applyLabel
        ) : facts.canApply ? (
          "Ready to apply"
        ) : (
          <>
            <span className="max-md:hidden">Can’t apply yet: {checks}</span>
            <span className="md:hidden">Not yet: {checks}</span>
          </>
        )}
      </Button>
      {wasOpen ? <ApplyDialog open={isOpen} onOpenChange={setOpen} facts={facts} action={action} /> : null}
    </>
  );
}

/** The two buttons that matter for this request as it is now. */
export function MainControls({ facts, actions }: { readonly facts: ChangeFacts; readonly actions: ChangeActions }) {
  const { request } = useDesk();
  const open = useAnnounced(actions.open);
  const hidden = { number: String(request.number), revision: String(request.revision) };
  switch (request.state) {
    case "draft":
      return request.can.open ? (
        <ActionForm action={open} hidden={hidden} className="flex grow md:grow-0">
          <SubmitButton>Open for review</SubmitButton>
        </ActionForm>
      ) : null;
    case "open":
    case "changes_requested":
    case "approved":
      return (
        <>
          <ApplyButton facts={facts} action={actions.apply} isPrimary />
          <ReviewButton
            isPrimary={request.can.approve && !request.hasApproved && !(facts.canApply && request.can.apply)}
          />
        </>
      );
    case "applied":
    case "closed":
      return <ReviewButton isPrimary={false} />;
  }
}

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
export function ChangeMenu({ facts, actions }: { readonly facts: ChangeFacts; readonly actions: ChangeActions }) {
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
