import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Database, History, PencilLine, Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { initialValues, inputFieldsOf } from "@/components/run/run-inputs";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { toast } from "@/components/ui/toaster";
import { canonicalJson } from "@/runtime/graph/hash";
import { randomWord } from "../gestures/identifiers";
import { useSession } from "../session";
import { useWorkbench } from "../workbench";
import { compareLimits } from "./compare-limits";
import { inputsOfRow, mapColumns } from "./dataset-inputs";
import { useCompareState } from "./use-compare";

/** Datasets that the menu offers, those changed last. */
const mostDatasets = 12;

type Inputs = Readonly<Record<string, unknown>>;

/** Where cases come from: written here, recent runs, or the first rows of a dataset. */
export function CaseSources() {
  const t = useTranslations("editor.compare");
  const { pipelineId, compare, store } = useSession();
  const { editor } = useWorkbench();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const tellError = useErrorToast();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const full = useCompareState(({ cases }) => cases.length >= compareLimits.cases);
  const datasets = useQuery(
    trpc.dataset.list.queryOptions({ limit: mostDatasets }, { enabled: open, staleTime: 15_000 }),
  );

  const fields = () => inputFieldsOf(editor.getState().document, editor.getState().catalog);
  const write = () => {
    const id = randomWord(10);
    const { cases } = compare.getState();
    const values = cases.length === 0 ? store.getState().values : initialValues(fields(), {});
    if (compare.getState().addCases([{ id, values }]) > 0) compare.setState({ editing: id });
  };
  /** Cases that are there already are not added again. */
  const take = (found: readonly Inputs[]) => {
    const known = new Set(compare.getState().cases.map(({ values }) => canonicalJson(values)));
    const fresh = found
      .map((inputs) => initialValues(fields(), inputs))
      .filter((values) => {
        const key = canonicalJson(values);
        return !known.has(key) && known.add(key);
      });
    const added = compare.getState().addCases(fresh.map((values) => ({ id: randomWord(10), values })));
    if (found.length === 0) toast.info(t("nothingFound"));
    else if (added < fresh.length) toast.info(t("someAdded", { added, most: compareLimits.cases }));
  };
  const fetch = async (ask: () => Promise<readonly Inputs[]>) => {
    setBusy(true);
    try {
      take(await ask());
    } catch (error) {
      tellError(error);
    } finally {
      setBusy(false);
    }
  };
  const fromRuns = () =>
    fetch(async () => {
      const asked = { pipelineId, limit: compareLimits.cases };
      const recent = await queries.fetchQuery(trpc.run.recentInputs.queryOptions(asked, { staleTime: 0 }));
      return recent.map(({ inputs }) => inputs);
    });
  const fromDataset = (dataset: RouterOutputs["dataset"]["list"]["items"][number]) => {
    const mapping = mapColumns(fields(), dataset.columns);
    if (mapping.size === 0) {
      const wanted = fields().map(({ name }) => name);
      toast.error(t("noColumn", { dataset: dataset.name }), {
        description: t("noColumnMend", { names: wanted.join(", ") }),
      });
      return;
    }
    void fetch(async () => {
      const asked = { id: dataset.id, limit: compareLimits.cases };
      const { rows } = await queries.fetchQuery(trpc.dataset.rows.queryOptions(asked, { staleTime: 0 }));
      compare.setState({ dataset: dataset.id });
      return rows.map(({ inputs }) => inputsOfRow(inputs, mapping));
    });
  };

  return (
    <DropdownMenu open={open} onOpenChange={setOpen}>
      <DropdownMenuTrigger asChild>
        <Button disabled={full} busy={busy} title={full ? t("full", { most: compareLimits.cases }) : undefined}>
          <Plus />
          {t("add")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent
        align="end"
        className="max-w-80"
        onCloseAutoFocus={(event) => {
          // A case that is to be written has the keyboard.
          if (compare.getState().editing !== null) event.preventDefault();
        }}
      >
        <DropdownMenuItem onSelect={write}>
          <PencilLine />
          {t("write")}
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => void fromRuns()}>
          <History />
          {t("fromRuns")}
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>{t("datasets")}</DropdownMenuLabel>
        {datasets.isPending ? <DropdownMenuItem disabled>{t("looking")}</DropdownMenuItem> : null}
        {datasets.data?.items.map((dataset) => (
          <DropdownMenuItem key={dataset.id} hint={dataset.rowCount} onSelect={() => fromDataset(dataset)}>
            <Database />
            <span className="truncate">{dataset.name}</span>
          </DropdownMenuItem>
        ))}
        {datasets.data?.items.length === 0 ? (
          <DropdownMenuItem asChild>
            <Link href="/evaluation/datasets">{t("noDatasets")}</Link>
          </DropdownMenuItem>
        ) : null}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
