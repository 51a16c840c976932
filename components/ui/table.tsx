import type { ReactNode, TdHTMLAttributes, ThHTMLAttributes } from "react";

/** Where a cell goes when the row becomes a list entry on a phone. */
export type PhonePlace = "primary" | "end" | "secondary" | "full" | "hidden";

// A table that is laid out as a list loses its meaning in some browsers; written roles keep it.
const TABLE = { role: "table" } as const;
const GROUP = { role: "rowgroup" } as const;
const ROW = { role: "row" } as const;
const HEAD_CELL = { role: "columnheader" } as const;
const CELL = { role: "cell" } as const;

/** A dense table. On a phone each row becomes two lines (`list`), or the table scrolls inside its frame (`scroll`). */
export function Table({
  label,
  phone = "list",
  rowCount,
  children,
}: {
  readonly label: string;
  readonly phone?: "list" | "scroll";
  readonly rowCount?: number;
  readonly children: ReactNode;
}) {
  return (
    <div className="relative max-w-full overflow-x-auto">
      <table {...TABLE} aria-label={label} aria-rowcount={rowCount} data-phone={phone} className="dense-table">
        {children}
      </table>
    </div>
  );
}

/** Takes the Th cells of the one header row. */
export function TableHead({ children }: { readonly children: ReactNode }) {
  return (
    <thead {...GROUP}>
      <tr {...ROW}>{children}</tr>
    </thead>
  );
}

export function TableBody({ children }: { readonly children: ReactNode }) {
  return <tbody {...GROUP}>{children}</tbody>;
}

/** `href` lets the keyboard open the row; the row still needs a visible link to the same place. */
export function Tr({
  href,
  id,
  className,
  children,
}: {
  readonly href?: string;
  readonly id?: string;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <tr {...ROW} id={id} data-row-href={href} className={className}>
      {children}
    </tr>
  );
}

type ThProps = ThHTMLAttributes<HTMLTableCellElement> & { readonly end?: boolean };

export function Th({ end = false, ...rest }: ThProps) {
  return <th scope="col" {...HEAD_CELL} data-align={end ? "end" : undefined} {...rest} />;
}

type TdProps = TdHTMLAttributes<HTMLTableCellElement> & { readonly phone?: PhonePlace; readonly end?: boolean };

export function Td({ phone = "secondary", end = false, ...rest }: TdProps) {
  return <td {...CELL} data-phone={phone} data-align={end ? "end" : undefined} {...rest} />;
}
