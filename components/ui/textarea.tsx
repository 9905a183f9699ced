import type { ComponentProps } from "react";
import { cn } from "./cn";
import { fieldStyle } from "./field-style";

/** Grows with its text up to `max-h-*`; give another height by class. */
export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      className={cn(fieldStyle, "field-sizing-content max-h-80 min-h-14 resize-y py-1.5", className)}
      {...props}
    />
  );
}
