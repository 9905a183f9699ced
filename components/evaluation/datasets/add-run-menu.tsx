"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Table2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
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
  const [open, setOpen] = useState(false);
  const [expectAnswers, setExpectAnswers] = useState(false);
  const datasets = useQuery(trpc.dataset.list.queryOptions({ limit: 20 }, { enabled: open }));
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
  const take = (into: { datasetId: string } | { name: string }) =>
    add.mutate({ runIds: [run.id], into, expectAnswers });
  return (
    <DropdownMenu open={open} onOpenChange={setOpen}>
      <DropdownMenuTrigger asChild>
        <Button busy={add.isPending}>
          <Table2 />
          {t("add")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {run.status === "success" ? (
          <>
            <DropdownMenuCheckboxItem
              checked={expectAnswers}
              onCheckedChange={(checked) => setExpectAnswers(checked === true)}
              onSelect={(event) => event.preventDefault()}
            >
              {t("expect")}
            </DropdownMenuCheckboxItem>
            <DropdownMenuSeparator />
          </>
        ) : null}
        {(datasets.data?.items ?? []).map(({ id, name }) => (
          <DropdownMenuItem key={id} onSelect={() => take({ datasetId: id })}>
            <span className="max-w-64 truncate">{name}</span>
          </DropdownMenuItem>
        ))}
        <DropdownMenuItem onSelect={() => take({ name: t("newName", { pipeline: run.pipeline.name }).slice(0, 120) })}>
          {t("new")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
