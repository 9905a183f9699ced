import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

/** The part of a page that scrolls. Its content begins below the page's title and is no wider than reads well. */
export function PageBody({ className, children }: { readonly className?: string; readonly children: ReactNode }) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className={cn("flex w-full max-w-400 flex-col gap-8 px-5 py-5", className)}>{children}</div>
    </div>
  );
}
