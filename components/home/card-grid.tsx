import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";

/** As many cards in a row as fit. */
export function CardGrid({ className, children }: { readonly className?: string; readonly children: ReactNode }) {
  return <div className={cn("grid grid-cols-[repeat(auto-fill,minmax(248px,1fr))] gap-3", className)}>{children}</div>;
}

export function CardGridSkeleton({ count }: { readonly count: number }) {
  return (
    <CardGrid>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity.
        <Skeleton key={index} className="h-42 rounded-lg" />
      ))}
    </CardGrid>
  );
}
