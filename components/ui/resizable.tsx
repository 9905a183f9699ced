"use client";

import type { ComponentProps } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import { cn } from "./cn";

export { useDefaultLayout, useGroupRef, usePanelRef } from "react-resizable-panels";

/** Panels side by side (or above each other) with a hairline between that can be dragged or moved with the arrow keys. */
export const ResizableGroup = Group;
export const ResizablePanel = Panel;

export function ResizableHandle({ className, ...props }: ComponentProps<typeof Separator>) {
  return (
    <Separator
      className={cn(
        "bg-line transition-colors aria-[orientation=horizontal]:h-px aria-[orientation=vertical]:w-px data-[separator=active]:bg-accent data-[separator=hover]:bg-line-strong",
        className,
      )}
      {...props}
    />
  );
}
