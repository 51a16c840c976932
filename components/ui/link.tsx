import NextLink from "next/link";
import type { AnchorHTMLAttributes, Ref } from "react";
import { cx } from "#components/ui/cx.ts";
import { toRoute } from "#components/ui/route.ts";

export type LinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> & {
  readonly href: string;
  readonly prefetch?: boolean;
  readonly replace?: boolean;
  readonly scroll?: boolean;
  readonly ref?: Ref<HTMLAnchorElement>;
};

/** A link without looks, inside the product. */
export function Link({ href, ...rest }: LinkProps) {
  return <NextLink href={toRoute(href)} {...rest} />;
}

/** A link in running text or in a table. `quiet`: the underline shows on hover only, where its place says that it is a link. */
export function TextLink({ className, quiet = false, ...rest }: LinkProps & { readonly quiet?: boolean }) {
  const underline = quiet
    ? "font-medium text-text hover:text-link hover:underline"
    : "text-link underline decoration-link/40 hover:decoration-link";
  return <Link className={cx("underline-offset-3", underline, className)} {...rest} />;
}
