"use client";

import { useTranslations } from "next-intl";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { type PickerItem, SearchPicker, type SearchPickerProps } from "@/components/ui/search-picker";

/** Matches that a picker shows at once. */
const mostShown = 50;

interface DatasetPickerProps extends Pick<SearchPickerProps, "id" | "aria-describedby" | "aria-invalid" | "className"> {
  readonly label: string;
  readonly chosen: PickerItem | null;
  readonly onPick: (dataset: PickerItem) => void;
}

/** Any dataset of the workspace, found by its name. */
export function DatasetPicker({ chosen, onPick, ...props }: DatasetPickerProps) {
  const t = useTranslations("evaluation");
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <SearchPicker
      {...props}
      value={chosen?.id ?? null}
      shown={chosen?.name ?? null}
      none={null}
      queryKey={trpc.dataset.list.queryKey()}
      search={async (query, signal) =>
        (await client.dataset.list.query({ query, limit: mostShown }, { signal })).items.map(
          ({ id, name, rowCount }) => ({ id, name, hint: t("rowCount", { count: rowCount }) }),
        )
      }
      onPick={(item) => {
        if (item !== null) onPick(item);
      }}
    />
  );
}
