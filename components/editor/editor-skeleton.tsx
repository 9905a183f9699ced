import { Skeleton } from "@/components/ui/skeleton";

/** The editor's frame while a pipeline loads. */
export function EditorSkeleton() {
  return (
    <div className="flex h-full flex-col" aria-busy="true">
      <div className="flex h-12 shrink-0 items-center gap-3 border-line border-b px-4">
        <Skeleton className="w-56" />
        <span className="flex-1" />
        <Skeleton className="h-7 w-24" />
      </div>
      <div className="flex min-h-0 flex-1">
        <div className="flex w-[188px] flex-col gap-3 border-line border-r p-3">
          <Skeleton className="h-7" />
          <Skeleton className="w-3/4" />
          <Skeleton className="w-2/3" />
          <Skeleton className="w-3/4" />
        </div>
        <div className="flex-1 bg-page" />
        <div className="flex w-80 flex-col gap-3 border-line border-l p-4">
          <Skeleton className="w-1/2" />
          <Skeleton className="h-20" />
        </div>
      </div>
    </div>
  );
}
