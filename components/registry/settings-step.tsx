"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ModelSelect } from "@/components/endpoints/model-select";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Slider } from "@/components/ui/slider";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { percent } from "./estimate";
import type { TrainingSet } from "./wizard-types";

interface SettingsStepProps {
  readonly set: TrainingSet;
  /** The model that gets a further version; null for a new one. */
  readonly model: { readonly id: string; readonly name: string } | null;
  readonly onBack: () => void;
  readonly onStarted: (started: { readonly jobId: string; readonly modelId: string }) => void;
}

/** Name, embedding model and the few settings of a training. Those that are given do well; none must be touched. */
export function SettingsStep({ set, model, onBack, onStarted }: SettingsStepProps) {
  const t = useTranslations("registry.wizard");
  const trpc = useTRPC();
  const onError = useErrorToast();
  const offered = useQuery(trpc.endpoint.models.queryOptions());
  const [name, setName] = useState(set.name.slice(0, 80));
  const [embedding, setEmbedding] = useState<string | null>(null);
  const [testShare, setTestShare] = useState(0.2);
  const [lexical, setLexical] = useState(true);
  const [balanced, setBalanced] = useState(false);
  const [epochs, setEpochs] = useState(30);
  const [seed, setSeed] = useState(1);
  const [notes, setNotes] = useState("");
  const train = useMutation(trpc.tunedModel.train.mutationOptions({ onError, onSuccess: onStarted }));
  const hasTest = set.labels.some(({ test }) => test > 0);
  const isComplete =
    (model !== null || name.trim() !== "") &&
    Number.isInteger(epochs) &&
    epochs >= 1 &&
    epochs <= 200 &&
    Number.isInteger(seed) &&
    seed >= 0;
  const start = () =>
    train.mutate({
      trainingSetId: set.id,
      ...(model === null ? { name } : { modelId: model.id }),
      embeddingModel: embedding ?? "default",
      testShare,
      settings: { lexical, classWeights: balanced ? "balanced" : "none", epochs, seed },
      notes,
    });
  return (
    <div className="flex max-w-2xl flex-col gap-5">
      {model === null ? (
        <FormField label={t("name")}>
          {(control) => (
            <Input {...control} maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </FormField>
      ) : (
        <p className="text-muted">{t("newVersionOf", { name: model.name })}</p>
      )}
      <FormField label={t("embedding")} help={t("embeddingHelp")}>
        {(control) => (
          <ModelSelect
            {...control}
            models={offered.data?.models.filter((each) => each.embedding) ?? []}
            value={embedding}
            standsFor={offered.data?.defaults.embedding ?? null}
            onValueChange={setEmbedding}
          />
        )}
      </FormField>
      <FormField
        label={t("testShare")}
        help={hasTest ? t("testGiven") : undefined}
        aside={hasTest ? undefined : `${percent(testShare).replace(/\.0$/, "")} %`}
      >
        {() => (
          <Slider
            label={t("testShare")}
            min={0.05}
            max={0.5}
            step={0.05}
            disabled={hasTest}
            value={[testShare]}
            onValueChange={([share = 0.2]) => setTestShare(share)}
          />
        )}
      </FormField>
      <Choice label={t("lexical")} help={t("lexicalHelp")} value={lexical} onChange={setLexical} />
      <Choice label={t("balanced")} value={balanced} onChange={setBalanced} />
      <details className="flex flex-col gap-4">
        <summary className="cursor-pointer text-muted text-sm">{t("more")}</summary>
        <div className="mt-3 grid grid-cols-2 gap-4">
          <FormField label={t("epochs")}>
            {(control) => (
              <Input
                {...control}
                type="number"
                min={1}
                max={200}
                value={Number.isNaN(epochs) ? "" : epochs}
                onChange={(event) => setEpochs(event.target.valueAsNumber)}
              />
            )}
          </FormField>
          <FormField label={t("seed")}>
            {(control) => (
              <Input
                {...control}
                type="number"
                min={0}
                max={2_147_483_647}
                value={Number.isNaN(seed) ? "" : seed}
                onChange={(event) => setSeed(event.target.valueAsNumber)}
              />
            )}
          </FormField>
        </div>
      </details>
      <FormField label={t("notes")}>
        {(control) => (
          <Textarea {...control} maxLength={5_000} value={notes} onChange={(event) => setNotes(event.target.value)} />
        )}
      </FormField>
      <div className="flex gap-2">
        <Button onClick={onBack}>{t("back")}</Button>
        <Button variant="primary" disabled={!isComplete} busy={train.isPending} onClick={start}>
          {t("start")}
        </Button>
      </div>
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly help?: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

const Choice = ({ label, help, value, onChange }: ChoiceProps) => (
  <div className="flex items-start justify-between gap-6">
    <div className="text-sm">
      <p className="font-medium">{label}</p>
      {help ? <p className="text-muted text-xs">{help}</p> : null}
    </div>
    <Switch aria-label={label} checked={value} onCheckedChange={onChange} />
  </div>
);
