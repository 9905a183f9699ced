"use client";

import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { type PickerItem, SearchPicker, type SearchPickerProps } from "@/components/ui/search-picker";

/** Matches that a picker shows at once. */
const mostShown = 50;

interface PipelinePickerProps
  extends Pick<SearchPickerProps, "id" | "aria-describedby" | "aria-invalid" | "className"> {
  readonly label: string;
  readonly chosen: PickerItem | null;
  /** What no choice is called, where none may be chosen. */
  readonly none?: string;
  readonly onPick: (pipeline: PickerItem | null) => void;
}

/** Any pipeline of the workspace, found by its name. */
export function PipelinePicker({ chosen, none, ...props }: PipelinePickerProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <SearchPicker
      {...props}
      value={chosen?.id ?? null}
      shown={chosen?.name ?? null}
      none={none ?? null}
      queryKey={trpc.pipeline.list.queryKey()}
      search={async (query, signal) =>
        (await client.pipeline.list.query({ query, limit: mostShown }, { signal })).items
      }
    />
  );
}
