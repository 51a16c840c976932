import type { ReactNode } from "react";
import { cx } from "#components/ui/cx.ts";

type Part = { readonly children: ReactNode; readonly className?: string };

/** A surface with a thin border. Give it `labelledBy` the id of its title to make it a region of its own. */
export function Card({
  children,
  className,
  labelledBy,
  id,
}: Part & { readonly labelledBy?: string; readonly id?: string }) {
  return (
    <section
      id={id}
      aria-labelledby={labelledBy}
      className={cx("min-w-0 overflow-clip rounded-lg border border-border bg-surface", className)}
    >
      {children}
    </section>
  );
}

export function CardHeader({
  title,
  titleId,
  description,
  actions,
  level = 2,
}: {
  readonly title: ReactNode;
  readonly titleId?: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  readonly level?: 2 | 3 | 4;
}) {
  const Heading = `h${level}` as const;
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-border px-4 py-2.5">
      <div className="min-w-0 grow">
        <Heading id={titleId} className="text-base font-semibold">
          {title}
        </Heading>
        {description ? <p className="text-sm text-muted">{description}</p> : null}
      </div>
      {actions ? (
        <div className="flex flex-wrap items-center gap-2" data-print="hide">
          {actions}
        </div>
      ) : null}
    </header>
  );
}

export function CardBody({ children, className }: Part) {
  return <div className={cx("p-4", className)}>{children}</div>;
}
