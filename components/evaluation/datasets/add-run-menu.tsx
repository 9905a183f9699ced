"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, Table2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useDeferredValue, useId, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Command, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { toast } from "@/components/ui/toaster";

interface AddRunMenuProps {
  readonly run: { readonly id: string; readonly pipeline: { readonly name: string }; readonly status: string };
}

/** Makes a case of a run with one click: what it was given, and, where its answer was right, what is expected. */
export function AddRunMenu({ run }: AddRunMenuProps) {
  const t = useTranslations("datasets.fromRun");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const onError = useErrorToast();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const query = useDeferredValue(typed.trim());
  const [expectAnswers, setExpectAnswers] = useState(false);
  const datasets = useQuery(
    trpc.dataset.list.queryOptions({ query, limit: 50 }, { enabled: open, placeholderData: keepPreviousData }),
  );
  const add = useMutation(
    trpc.dataset.addRuns.mutationOptions({
      onError,
      onSuccess: ({ id }) => {
        toast.success(t("done"), {
          action: { label: t("open"), onClick: () => router.push(`/evaluation/datasets/${id}`) },
        });
        void queries.invalidateQueries({ queryKey: trpc.dataset.pathKey() });
      },
    }),
  );
  const take = (into: { datasetId: string } | { name: string }) => {
    setOpen(false);
    setTyped("");
    add.mutate({ runIds: [run.id], into, expectAnswers });
  };
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button busy={add.isPending}>
          <Table2 />
          {t("add")}
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="w-80 p-0">
        {run.status === "success" ? (
          <label htmlFor={id} className="flex items-center gap-2 border-line border-b px-3 py-2 text-sm">
            <Checkbox
              id={id}
              checked={expectAnswers}
              onCheckedChange={(checked) => setExpectAnswers(checked === true)}
            />
            {t("expect")}
          </label>
        ) : null}
        <Command shouldFilter={false} label={t("add")}>
          <CommandInput placeholder={t("search")} value={typed} onValueChange={setTyped} maxLength={100} autoFocus />
          <CommandList className="max-h-72">
            {(datasets.data?.items ?? []).map(({ id: datasetId, name }) => (
              <CommandItem key={datasetId} value={datasetId} onSelect={() => take({ datasetId })}>
                <span className="truncate" title={name}>
                  {name}
                </span>
              </CommandItem>
            ))}
            <CommandItem
              value="new"
              onSelect={() => take({ name: t("newName", { pipeline: run.pipeline.name }).slice(0, 120) })}
            >
              <Plus />
              {t("new")}
            </CommandItem>
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
}
