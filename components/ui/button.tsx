import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const buttonStyle = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium transition-colors disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 dark:disabled:opacity-65 dark:aria-disabled:opacity-65 [&_svg]:size-3.5 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "border-transparent bg-accent text-accent-fg hover:bg-accent-hover",
        secondary: "border-line-strong bg-surface text-fg hover:bg-hover data-[state=open]:bg-hover",
        ghost:
          "border-transparent text-muted hover:bg-hover hover:text-fg data-[state=open]:bg-hover data-[state=open]:text-fg",
        danger: "border-line-strong bg-surface text-error hover:border-error hover:bg-error-soft",
      },
      size: {
        sm: "h-6 px-2 text-xs",
        md: "h-7 px-2.5 text-sm",
        lg: "h-9 px-4 text-base",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonStyle> {
  /** Give the look to the one child (a link) instead of drawing a button. */
  readonly asChild?: boolean;
  /** Shows that the action is under way and takes no second click. */
  readonly busy?: boolean;
}

export function Button({ className, variant, size, asChild, busy = false, disabled, type, ...props }: ButtonProps) {
  const Tag = asChild ? Slot.Root : "button";
  return (
    <Tag
      {...(asChild ? {} : { type: type ?? "button", disabled: disabled || busy })}
      aria-busy={busy || undefined}
      className={cn(buttonStyle({ variant, size }), busy && "animate-pulse-soft", className)}
      {...props}
    />
  );
}
