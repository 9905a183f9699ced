import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Holds the place of what is being loaded; invisible for its first 150 ms. */
export function Skeleton({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      data-skeleton=""
      aria-hidden="true"
      className={cn("appear-late h-4 rounded-md bg-hover", className)}
      {...props}
    />
  );
}
