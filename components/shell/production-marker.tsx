/** On every page that acts on production: a line along the top edge and a word, above dialogs too, that nothing covers. */
export function ProductionMarker({ label = "Production" }: { readonly label?: string }) {
  return (
    <div
      className="pointer-events-none fixed inset-x-0 top-0 z-50 flex justify-center border-t-3 border-alarm"
      data-print="hide"
      data-production=""
    >
      <span className="rounded-b-md bg-alarm max-md:h-4.5 max-md:translate-y-12.5 px-2.5 text-[0.6875rem] leading-4.5 font-semibold text-on-alarm">
        {label}
      </span>
    </div>
  );
}
