import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { EvaluationChoice } from "@/components/evaluation/choice/use-evaluation-choice";
import { NameField } from "@/components/evaluation/name-field";
import { CountInput } from "@/components/evaluation/set-up/count-input";
import { InputMapping } from "@/components/evaluation/set-up/input-mapping";
import { DatasetPicker } from "@/components/pickers/dataset-picker";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { FormField } from "@/components/ui/form-field";
import type { InputField } from "@/runtime/node/define-node";
import { expectedColumn, mapColumns, remembered } from "./dataset-inputs";

const largestSeed = 2_147_483_647;

interface TakeCasesDialogProps {
  readonly fields: readonly InputField[];
  /** What was chosen for the pipeline before. */
  readonly choice: EvaluationChoice | null;
  readonly room: number;
  readonly seed: number;
  readonly onTake: (choice: EvaluationChoice, seed: number) => void;
  readonly onClose: () => void;
}

/** Which dataset cases come from, which column feeds which input, and which says what is expected. */
export function TakeCasesDialog({ fields, choice, room, seed: firstSeed, onTake, onClose }: TakeCasesDialogProps) {
  const t = useTranslations("editor.compare.take");
  const trpc = useTRPC();
  const [picked, setPicked] = useState(choice && { id: choice.datasetId, name: choice.datasetName });
  const [inputs, setInputs] = useState<Readonly<Record<string, string>>>(choice?.inputs ?? {});
  const [wanted, setWanted] = useState(choice?.expected ?? null);
  const [seed, setSeed] = useState(firstSeed);
  const dataset = useQuery(
    trpc.dataset.get.queryOptions({ id: picked?.id ?? "" }, { enabled: picked !== null, staleTime: 15_000 }),
  );
  const columns = dataset.data?.columns ?? [];
  const namesOf = (role: "input" | "expected") => columns.filter((each) => each.role === role).map(({ name }) => name);
  const mapping = mapColumns(fields, columns, inputs);
  const expected = expectedColumn(columns, wanted);
  const unfed = fields.filter(({ name, required }) => required && !mapping.has(name));
  const fits = dataset.data !== undefined && mapping.size > 0 && unfed.length === 0;
  const take = () => {
    if (picked === null || !fits) return;
    onTake(
      {
        datasetId: picked.id,
        datasetName: picked.name,
        inputs: remembered(mapping),
        expected,
        scorer: choice?.scorer ?? null,
      },
      seed,
    );
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={t("title")}
        description={t("help")}
        data-testid="take-cases"
        footer={
          <Button variant="primary" disabled={!fits} onClick={take}>
            {t("go", { count: dataset.data ? Math.min(room, dataset.data.rowCount) : room })}
          </Button>
        }
      >
        <div className="flex flex-col gap-4">
          <FormField label={t("dataset")}>
            {(control) => (
              <DatasetPicker
                {...control}
                label={t("choose")}
                chosen={picked}
                onPick={(item) => {
                  if (item.id === picked?.id) return;
                  setPicked(item);
                  setInputs({});
                  setWanted(null);
                }}
              />
            )}
          </FormField>
          {dataset.data ? (
            <>
              {fields.length > 0 ? (
                <InputMapping
                  inputs={fields}
                  columns={namesOf("input")}
                  chosen={Object.fromEntries(mapping)}
                  onChange={setInputs}
                />
              ) : null}
              {unfed.length > 0 ? (
                <p role="alert" className="text-error text-xs">
                  {t("noColumn", { names: unfed.map(({ title, name }) => title || name).join(", ") })}
                </p>
              ) : null}
              <div className="grid items-start gap-3 sm:grid-cols-2">
                {namesOf("expected").length > 0 ? (
                  <NameField
                    label={t("expected")}
                    names={namesOf("expected")}
                    value={expected}
                    placeholder={t("noneYet")}
                    onChange={setWanted}
                  />
                ) : (
                  <p className="text-sm text-warn">{t("noExpected")}</p>
                )}
                <FormField label={t("sample")} help={t("sampleHelp")}>
                  {(control) => (
                    <CountInput
                      {...control}
                      value={seed}
                      least={0}
                      most={largestSeed}
                      onChange={(value) => (value === null ? undefined : setSeed(Math.round(value)))}
                    />
                  )}
                </FormField>
              </div>
            </>
          ) : null}
        </div>
      </DialogContent>
    </Dialog>
  );
}
