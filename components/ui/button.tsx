import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass, iconButtonClass } from "#components/ui/button-class.ts";
import { Link, type LinkProps } from "#components/ui/link.tsx";

type Look = { readonly variant?: ButtonVariant; readonly size?: ButtonSize };
type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & Look & { readonly ref?: Ref<HTMLButtonElement> };

export function Button({ variant, size, className, type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={buttonClass(variant, size, className)} {...rest} />;
}

/** Goes somewhere: looks like a button, is a link. */
export function LinkButton({ variant, size, className, ...rest }: LinkProps & Look) {
  return <Link className={buttonClass(variant, size, className)} {...rest} />;
}

/** The label is what assistive technology reads and what hovering shows. */
export function IconButton({
  variant,
  size,
  className,
  label,
  type = "button",
  children,
  ...rest
}: ButtonProps & { readonly label: string; readonly children: ReactNode }) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={iconButtonClass(variant, size, className)}
      {...rest}
    >
      {children}
    </button>
  );
}
