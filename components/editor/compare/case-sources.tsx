import { useQueryClient } from "@tanstack/react-query";
import { Database, History, PencilLine, Plus, Shuffle } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type EvaluationChoice, useEvaluationChoice } from "@/components/evaluation/choice/use-evaluation-choice";
import { initialValues, inputFieldsOf } from "@/components/run/run-inputs";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { toast } from "@/components/ui/toaster";
import { asText } from "@/runtime/eval/scorers/lib/as-text";
import { randomWord } from "../gestures/identifiers";
import { useSession } from "../session";
import { useWorkbench } from "../workbench";
import { compareLimits } from "./compare-limits";
import { expectedColumn, inputsOfRow, mapColumns } from "./dataset-inputs";
import { newCases } from "./new-cases";
import { TakeCasesDialog } from "./take-cases-dialog";
import { useCompareState } from "./use-compare";

interface Found {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly expected: unknown;
}

/** Where cases come from: written here, recent runs, or a mixed sample of a dataset. */
export function CaseSources() {
  const t = useTranslations("editor.compare");
  const { pipelineId, compare, store } = useSession();
  const { editor } = useWorkbench();
  const { choice, remember } = useEvaluationChoice(pipelineId);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const tellError = useErrorToast();
  const [busy, setBusy] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const room = useCompareState(({ cases }) => compareLimits.cases - cases.length);
  const seed = useCompareState((state) => state.seed);
  const full = room <= 0;

  const fields = () => inputFieldsOf(editor.getState().whole, editor.getState().catalog);
  const write = () => {
    const id = randomWord(10);
    const { cases } = compare.getState();
    const values = cases.length === 0 ? store.getState().values : initialValues(fields(), {});
    if (compare.getState().addCases([{ id, values, expected: "" }]) > 0) compare.setState({ editing: id });
  };
  const take = (found: readonly Found[]) => {
    const { cases, addCases, changeExpected } = compare.getState();
    const { fresh, learnt } = newCases(
      cases,
      found.map(({ inputs, expected }) => ({ values: initialValues(fields(), inputs), expected: asText(expected) })),
    );
    for (const { id, expected } of learnt) changeExpected(id, expected);
    const added = addCases(fresh.map((each) => ({ id: randomWord(10), ...each })));
    if (found.length === 0) toast.info(t("nothingFound"));
    else if (added < fresh.length) toast.info(t("someAdded", { added, most: compareLimits.cases }));
  };
  const fetch = async (ask: () => Promise<readonly Found[]>) => {
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
      return recent.map(({ inputs }) => ({ inputs, expected: undefined }));
    });
  const fromDataset = (from: EvaluationChoice, drawnBy: number) =>
    fetch(async () => {
      const { datasetId: id } = from;
      const dataset = await queries.fetchQuery(trpc.dataset.get.queryOptions({ id }, { staleTime: 15_000 }));
      const mapping = mapColumns(fields(), dataset.columns, from.inputs);
      const by = expectedColumn(dataset.columns, from.expected);
      const limit = Math.max(1, compareLimits.cases - compare.getState().cases.length);
      const asked = { id, by, seed: drawnBy, limit };
      const { rows } = await queries.fetchQuery(trpc.dataset.sample.queryOptions(asked, { staleTime: 0 }));
      // Asked for again, others come.
      compare.setState({ seed: drawnBy + 1 });
      return rows.map(({ inputs, expected }) => ({
        inputs: inputsOfRow(inputs, mapping),
        expected: by === null ? undefined : expected[by],
      }));
    });

  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button disabled={full} busy={busy} title={full ? t("full", { most: compareLimits.cases }) : undefined}>
            <Plus />
            {t("add")}
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent
          align="end"
          className="max-w-96"
          onCloseAutoFocus={(event) => {
            // A case that is to be written has the keyboard, and so has a dialog.
            if (compare.getState().editing !== null || choosing) event.preventDefault();
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
          {choice ? (
            <DropdownMenuItem onSelect={() => void fromDataset(choice, seed)}>
              <Shuffle />
              <span className="truncate" title={choice.datasetName}>
                {t("sampleOf", { dataset: choice.datasetName })}
              </span>
            </DropdownMenuItem>
          ) : null}
          <DropdownMenuItem disabled={choice === undefined} onSelect={() => setChoosing(true)}>
            <Database />
            {t("fromDataset")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {choosing ? (
        <TakeCasesDialog
          fields={fields()}
          choice={choice ?? null}
          room={room}
          seed={seed}
          onTake={(next, drawnBy) => {
            const { scorer } = compare.getState();
            remember({ ...next, scorer: scorer ?? next.scorer });
            void fromDataset(next, drawnBy);
          }}
          onClose={() => setChoosing(false)}
        />
      ) : null}
    </>
  );
}
