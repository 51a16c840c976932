/** A plumb bob on its line. */
export function LogoMark({ className }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" className={className}>
      <path d="M5 2.75h14" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      <path d="M12 3v6.5" stroke="currentColor" strokeWidth="1.5" />
      <path
        d="M9.25 9.5h5.5v2.1l2.6 2.2a1 1 0 0 1 .2 1.3L12 22.25l-5.55-7.15a1 1 0 0 1 .2-1.3l2.6-2.2z"
        fill="currentColor"
      />
    </svg>
  );
}

export function Logo() {
  return (
    <span className="flex items-center gap-2 font-semibold tracking-tight">
      <LogoMark className="size-5.5 text-link" />
      Plumbline
    </span>
  );
}
