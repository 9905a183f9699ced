"use client";

import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { useRunErrorText } from "@/components/ui/use-run-error-text";

export interface ModelErrorProps {
  /** As the server tells it: a code to translate and an English sentence with the particulars. */
  readonly error: { readonly code: string; readonly message: string };
  /** The button that mends it. */
  readonly action?: ReactNode;
  readonly className?: string;
}

/** Why an endpoint did not answer as hoped, and what to do. */
export function ModelError({ error, action, className }: ModelErrorProps) {
  const say = useRunErrorText();
  const { title, mend } = say(error.code);
  return (
    <div
      role="alert"
      className={cn("flex items-start gap-2.5 rounded-md bg-error-soft px-3 py-2.5 text-sm", className)}
    >
      <CircleAlert className="mt-0.5 size-4 shrink-0 text-error" />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-error">{title}</p>
        <p className="text-fg">{mend}</p>
        <p className="mt-1 break-words font-mono text-muted text-xs" lang="en">
          {error.message}
        </p>
      </div>
      {action}
    </div>
  );
}
