import { useQueryClient } from "@tanstack/react-query";
import { History, PencilLine, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { initialValues, inputFieldsOf } from "@/components/run/run-inputs";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { toast } from "@/components/ui/toaster";
import { canonicalJson } from "@/runtime/graph/hash";
import { randomWord } from "../gestures/identifiers";
import { useSession } from "../session";
import { useWorkbench } from "../workbench";
import { compareLimits } from "./compare-limits";
import { useCompareState } from "./use-compare";

type Inputs = Readonly<Record<string, unknown>>;

/** Where cases come from: written here, or recent runs. */
export function CaseSources() {
  const t = useTranslations("editor.compare");
  const { pipelineId, compare, store } = useSession();
  const { editor } = useWorkbench();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const tellError = useErrorToast();
  const [busy, setBusy] = useState(false);
  const full = useCompareState(({ cases }) => cases.length >= compareLimits.cases);

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

  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button disabled={full} busy={busy} title={full ? t("full", { most: compareLimits.cases }) : undefined}>
          <Plus />
          {t("add")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="max-w-80">
        <DropdownMenuItem onSelect={write}>
          <PencilLine />
          {t("write")}
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => void fromRuns()}>
          <History />
          {t("fromRuns")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
