import type { ComponentProps } from "react";
import { cn } from "./cn";
import { fieldStyle } from "./field-style";

export function Input({ className, type = "text", ...props }: ComponentProps<"input">) {
  return <input type={type} className={cn(fieldStyle, "h-7", className)} {...props} />;
}
