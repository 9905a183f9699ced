"use client";

import { ScrollArea as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export interface ScrollAreaProps extends ComponentProps<typeof Primitive.Root> {
  readonly viewportClassName?: string;
}

/** Scrolls with a bar that looks the same everywhere and takes no room. */
export function ScrollArea({ className, viewportClassName, children, ...props }: ScrollAreaProps) {
  return (
    <Primitive.Root className={cn("relative overflow-hidden", className)} {...props}>
      <Primitive.Viewport className={cn("size-full rounded-[inherit] [&>div]:!block", viewportClassName)}>
        {children}
      </Primitive.Viewport>
      {(["vertical", "horizontal"] as const).map((orientation) => (
        <Primitive.Scrollbar
          key={orientation}
          orientation={orientation}
          className={cn("flex touch-none select-none p-px", orientation === "vertical" ? "h-full w-2" : "h-2 flex-col")}
        >
          <Primitive.Thumb className="relative flex-1 rounded-full bg-line-strong" />
        </Primitive.Scrollbar>
      ))}
      <Primitive.Corner />
    </Primitive.Root>
  );
}
