import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn";

const badgeStyle = cva(
  "inline-flex h-5 max-w-full items-center gap-1 truncate whitespace-nowrap rounded-sm px-1.5 font-medium text-xs [&_svg]:size-3",
  {
    variants: {
      tone: {
        neutral: "bg-hover text-muted",
        outline: "border border-line text-muted",
        accent: "bg-accent-soft text-accent-text",
        running: "bg-running-soft text-running",
        ok: "bg-ok-soft text-ok",
        warn: "bg-warn-soft text-warn",
        error: "bg-error-soft text-error",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

export function Badge({ className, tone, ...props }: ComponentProps<"span"> & VariantProps<typeof badgeStyle>) {
  return <span className={cn(badgeStyle({ tone }), className)} {...props} />;
}
