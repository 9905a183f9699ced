import { Skeleton } from "@/components/ui/skeleton";

/** The outline of a page: shown while its code and first data are on the way, and only if that takes a while. */
export function PageSkeleton() {
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-12 shrink-0 items-center border-line border-b px-5">
        <Skeleton className="w-28" />
      </div>
      <div className="mx-auto flex w-full max-w-400 flex-col gap-3 px-5 py-5">
        <Skeleton className="w-40" />
        <Skeleton className="h-28 w-full" />
        <Skeleton className="h-28 w-full" />
      </div>
    </div>
  );
}
