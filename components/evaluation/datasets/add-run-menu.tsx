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
import { FormField } from "@/components/ui/form-field";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";

/** Answers that are offered to be corrected, and characters of one: longer ones are corrected in the dataset. */
const mostWritten = 3;
const longestWritten = 20_000;

interface AddRunMenuProps {
  readonly run: { readonly id: string; readonly pipeline: { readonly name: string }; readonly status: string };
  /** What it answered, to be corrected before it is expected; left out: it is taken as it is. */
  readonly outputs?: Readonly<Record<string, unknown>> | null;
  readonly size?: "sm";
}

/** Makes a case of a run with one click: what it was given, and, where its answer was right, what is expected. */
export function AddRunMenu({ run, outputs = null, size }: AddRunMenuProps) {
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
  const texts = Object.entries(outputs ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const [written, setWritten] = useState<Readonly<Record<string, string>>>({});
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
    const isEdited =
      expectAnswers && texts.some(([name, text]) => written[name] !== undefined && written[name] !== text);
    add.mutate({
      runIds: [run.id],
      into,
      expectAnswers,
      ...(isEdited && { expected: { ...outputs, ...written } as never }),
    });
  };
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button busy={add.isPending} {...(size && { size })} data-testid="add-run">
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
        {expectAnswers
          ? texts.slice(0, mostWritten).map(([name, text]) => (
              <FormField key={name} label={t("expected", { name })} className="border-line border-b px-3 py-2">
                {(control) => (
                  <Textarea
                    {...control}
                    rows={3}
                    value={written[name] ?? text}
                    maxLength={longestWritten}
                    onChange={(event) => setWritten((before) => ({ ...before, [name]: event.target.value }))}
                    data-testid={`expected-${name}`}
                  />
                )}
              </FormField>
            ))
          : null}
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
