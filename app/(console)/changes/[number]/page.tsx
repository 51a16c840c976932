import { ApprovalPanel, DetailsPanel } from "#components/reviews/approval-panel.tsx";
import { Discussion, ReasonCard } from "#components/reviews/conversation.tsx";
import { PrintRecord } from "#components/reviews/print-record.tsx";
import { SinceApproval } from "#components/reviews/since-approval.tsx";
import { loadChange, loadGates } from "./load.ts";

export default async function ConversationPage({ params }: PageProps<"/changes/[number]">) {
  const { number } = await params;
  const [view, gates] = await Promise.all([loadChange(number), loadGates(number)]);
  const now = new Date();
  return (
    <>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_21rem] lg:grid-rows-[auto_1fr] print:block">
        <div className="grid min-w-0 gap-4">
          <ReasonCard view={view} />
          <SinceApproval view={view} />
        </div>
        <aside aria-label="Approvals and details" className="grid gap-4 lg:row-span-2">
          <ApprovalPanel view={view} now={now} />
          <DetailsPanel view={view} />
        </aside>
        <Discussion view={view} now={now} />
      </div>
      <PrintRecord view={view} gates={gates} />
    </>
  );
}
