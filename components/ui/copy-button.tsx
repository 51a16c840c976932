"use client";

import { Check, Copy } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { buttonClass, iconButtonClass } from "#components/ui/button-class.ts";

/** Copies a text. `link` copies an address of this product, completed with its origin. Without children it is an icon. */
export function CopyButton({
  text,
  link,
  label,
  children,
}: {
  readonly text?: string;
  readonly link?: string;
  readonly label: string;
  readonly children?: ReactNode;
}) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    await navigator.clipboard.writeText(link === undefined ? (text ?? "") : new URL(link, location.href).href);
    setCopied(true);
  };
  const Icon = copied ? Check : Copy;
  return (
    <>
      <button
        type="button"
        onClick={copy}
        {...(children ? {} : { "aria-label": label, title: label })}
        className={children ? buttonClass("secondary", "sm") : iconButtonClass("ghost", "sm", "size-6!")}
        data-print="hide"
      >
        <Icon aria-hidden className="size-3.5!" />
        {children}
      </button>
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </>
  );
}
