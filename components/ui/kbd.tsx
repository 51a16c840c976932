/** Keys to press, one after the other: `g o`, or together: `Ctrl K`. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span className="inline-flex gap-0.5">
      {keys.split(" ").map((key) => (
        <kbd
          key={key}
          className="inline-grid h-5 min-w-5 place-items-center rounded-sm border border-border-strong bg-canvas px-1 font-mono text-[0.6875rem] leading-none text-muted"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
