import { CopyButton } from "#components/ui/copy-button.tsx";

// What scrolls has to be reached without a mouse.
const SCROLLS = { tabIndex: 0, role: "group" } as const;

/** Lines to copy into a terminal or a program. */
export function Snippet({ code, label }: { readonly code: string; readonly label: string }) {
  return (
    <div className="mt-1.5 flex items-start gap-2 rounded-md border border-border bg-sunken py-1.5 pr-1.5 pl-3">
      <section
        {...SCROLLS}
        aria-label={label.replace(/^Copy t/u, "T")}
        className="min-w-0 grow overflow-x-auto py-0.5 font-mono text-xs leading-5 whitespace-pre"
      >
        {code}
      </section>
      <CopyButton text={code} label={label} />
    </div>
  );
}
