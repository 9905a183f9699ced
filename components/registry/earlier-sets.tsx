"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { SearchedList } from "@/components/pickers/searched-list";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { RelativeTime } from "@/components/ui/relative-time";
import type { TrainingSet } from "./wizard-types";

/** Sets that were taken in before. */
export function EarlierSets({ onSet }: { readonly onSet: (set: TrainingSet) => void }) {
  const t = useTranslations("registry.wizard");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const choose = async (id: string) => onSet(await queries.fetchQuery(trpc.trainingSet.get.queryOptions({ id })));
  return (
    <SearchedList
      label={t("searchSets")}
      queryKey={trpc.trainingSet.list.queryKey()}
      page={(asked, signal) => client.trainingSet.list.query({ ...asked, limit: 50 }, { signal })}
      itemId={({ id }) => id}
      empty={<p className="text-muted text-sm">{t("noSets")}</p>}
      className="max-h-96 divide-y divide-line rounded-lg"
    >
      {({ id, name, rowCount, labelCount, createdAt }) => (
        <button
          type="button"
          onClick={() => void choose(id)}
          className="flex w-full items-center gap-4 px-3 py-2 text-left text-sm hover:bg-hover"
        >
          <span className="min-w-0 flex-1 truncate font-medium" title={name}>
            {name}
          </span>
          <span className="tabular shrink-0 text-muted">{t("setRows", { rows: rowCount, labels: labelCount })}</span>
          <span className="w-28 shrink-0 text-muted">
            <RelativeTime date={createdAt} />
          </span>
        </button>
      )}
    </SearchedList>
  );
}
