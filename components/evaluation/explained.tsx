"use client";

import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { Tooltip } from "@/components/ui/tooltip";

interface ExplainedProps {
  readonly content: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A figure or word that says on hover and focus what it means and how it was reckoned. */
export function Explained({ content, className, children }: ExplainedProps) {
  return (
    <Tooltip content={content} side="top">
      <button
        type="button"
        className={cn(
          "cursor-help rounded-sm text-left underline decoration-line-strong decoration-dotted underline-offset-4",
          className,
        )}
      >
        {children}
      </button>
    </Tooltip>
  );
}
