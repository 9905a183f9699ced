import { useTranslations } from "next-intl";
import { FormField } from "@/components/ui/form-field";
import { timeLimits } from "@/runtime/graph/document";
import type { FieldDescription } from "@/runtime/node/describe-config";
import { useEditor, useWorkbench } from "../workbench";
import { NumberField } from "./fields/number-field";

const field: FieldDescription = {
  name: "timeLimit",
  title: { en: "timeLimit", zh: "timeLimit" },
  control: "number",
  group: "advanced",
  choices: [],
  optional: true,
  initial: timeLimits.standard,
  item: [],
  minimum: timeLimits.least,
  maximum: timeLimits.most,
  unit: { en: "s", zh: "秒" },
};

/** How long a run of the pipeline may take. */
export function TimeLimitField({ disabled }: { readonly disabled: boolean }) {
  const t = useTranslations("editor.policy");
  const { editor } = useWorkbench();
  const seconds = useEditor(({ document }) => document.timeLimitSeconds);
  const set = (value: unknown) => {
    const wanted =
      typeof value === "number" ? Math.round(Math.min(timeLimits.most, Math.max(timeLimits.least, value))) : null;
    // The standard one is not written down: a pipeline that never said otherwise stays the same version.
    const next = wanted === timeLimits.standard ? null : wanted;
    editor.getState().apply([{ type: "set-time-limit", seconds: next }], "time-limit");
  };
  return (
    <FormField
      label={t("runTimeout")}
      help={t("runTimeoutHelp", { minutes: timeLimits.standard / 60, hours: timeLimits.most / 3600 })}
    >
      {(control) => <NumberField disabled={disabled} field={field} control={control} value={seconds} onChange={set} />}
    </FormField>
  );
}
