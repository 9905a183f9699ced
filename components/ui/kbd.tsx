import type { ComponentProps } from "react";
import { cn } from "./cn";

/** One key of a shortcut. */
export function Kbd({ className, ...props }: ComponentProps<"kbd">) {
  return (
    <kbd
      className={cn(
        "inline-flex h-4 min-w-4 items-center justify-center rounded-sm border border-line bg-sunken px-1 font-sans text-[11px] text-faint leading-none",
        className,
      )}
      {...props}
    />
  );
}
