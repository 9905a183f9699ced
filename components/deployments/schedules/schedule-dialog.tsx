"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useDeferredValue, useState } from "react";
import { InputsForm } from "@/components/run/inputs-form";
import { initialValues, readInputs } from "@/components/run/run-inputs";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";

import type { InputField } from "@/runtime/node/define-node";
import { NextTimes } from "./next-times";
import type { Schedule } from "./schedules-section";

interface ScheduleDialogProps {
  /** null: a new one. */
  readonly schedule: Schedule | null;
  readonly deploymentId: string;
  readonly fields: readonly InputField[];
  readonly onClose: () => void;
}

const patterns = {
  hourly: "0 * * * *",
  daily: "0 9 * * *",
  weekdays: "0 9 * * 1-5",
  weekly: "0 9 * * 1",
  monthly: "0 9 1 * *",
} as const;
const rules = ["skip", "once", "all"] as const;
const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** When a schedule comes and what it gives. The next times are shown while one types. */
export function ScheduleDialog({ schedule, deploymentId, fields, onClose }: ScheduleDialogProps) {
  const t = useTranslations("schedules");
  const ui = useTranslations("ui");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [name, setName] = useState(schedule?.name ?? t("defaultName"));
  const [cron, setCron] = useState(schedule?.cron ?? patterns.weekdays);
  const [timeZone, setTimeZone] = useState(schedule?.timeZone ?? ownZone());
  const [missed, setMissed] = useState<(typeof rules)[number]>(schedule?.missed ?? "skip");
  const [stopAfter, setStopAfter] = useState(String(schedule?.stopAfter ?? 5));
  const [values, setValues] = useState(() => initialValues(fields, schedule?.inputs ?? {}));
  const [isTried, setTried] = useState(false);
  const asked = { cron: useDeferredValue(cron.trim()), timeZone: useDeferredValue(timeZone.trim()) };
  const preview = useQuery(
    trpc.schedule.preview.queryOptions(asked, { enabled: asked.cron !== "" && asked.timeZone !== "" }),
  );
  const onSuccess = () => {
    toast.success(t("saved", { name }));
    void queries.invalidateQueries({ queryKey: trpc.schedule.pathKey() });
    onClose();
  };
  const create = useMutation(trpc.schedule.create.mutationOptions({ onError, onSuccess }));
  const update = useMutation(trpc.schedule.update.mutationOptions({ onError, onSuccess }));
  const read = readInputs(fields, values);
  const failures = Number(stopAfter);
  const isNumber = Number.isInteger(failures) && failures >= 1 && failures <= 100;
  const problem = preview.data?.problem ?? null;
  const save = () => {
    setTried(true);
    if (Object.keys(read.faults).length > 0 || !isNumber || name.trim() === "" || problem !== null) return;
    const given = { name: name.trim(), cron, timeZone, inputs: read.inputs, missed, stopAfter: failures };
    if (schedule === null) create.mutate({ deploymentId, ...given });
    else update.mutate({ id: schedule.id, ...given });
  };
  const preset = Object.entries(patterns).find(([, pattern]) => pattern === cron)?.[0] ?? "own";
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={t(schedule === null ? "add" : "edit")}
        description={t("dialogHelp")}
        footer={
          <>
            <DialogClose asChild>
              <Button>{ui("cancel")}</Button>
            </DialogClose>
            <Button variant="primary" busy={create.isPending || update.isPending} onClick={save}>
              {t("save")}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-3">
          <FormField label={t("name")}>
            {(control) => (
              <Input {...control} value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
            )}
          </FormField>
          <div className="grid gap-3 sm:grid-cols-2">
            <FormField label={t("when")}>
              {(control) => (
                <Select
                  {...control}
                  value={preset}
                  onValueChange={(next) => {
                    if (next !== "own") setCron(patterns[next as keyof typeof patterns]);
                  }}
                >
                  {Object.keys(patterns).map((each) => (
                    <SelectItem key={each} value={each}>
                      {t(`preset.${each as keyof typeof patterns}`)}
                    </SelectItem>
                  ))}
                  <SelectItem value="own">{t("preset.own")}</SelectItem>
                </Select>
              )}
            </FormField>
            <FormField label={t("cron")} help={t("cronHelp")} error={problem ?? undefined}>
              {(control) => (
                <Input
                  {...control}
                  value={cron}
                  maxLength={100}
                  spellCheck={false}
                  className="font-mono"
                  onChange={(event) => setCron(event.target.value)}
                />
              )}
            </FormField>
            <FormField label={t("timeZone")}>
              {(control) => (
                <Input
                  {...control}
                  value={timeZone}
                  maxLength={64}
                  spellCheck={false}
                  list="schedule-time-zones"
                  onChange={(event) => setTimeZone(event.target.value)}
                />
              )}
            </FormField>
            <datalist id="schedule-time-zones">
              {Intl.supportedValuesOf("timeZone").map((zone) => (
                <option key={zone} value={zone} />
              ))}
            </datalist>
            <FormField label={t("stopAfter")} error={isNumber ? undefined : t("stopAfterRange")}>
              {(control) => (
                <Input
                  {...control}
                  inputMode="numeric"
                  value={stopAfter}
                  maxLength={3}
                  onChange={(event) => setStopAfter(event.target.value)}
                />
              )}
            </FormField>
          </div>
          <FormField label={t("missed")} help={t(`missedHelp.${missed}`)}>
            {(control) => (
              <Select {...control} value={missed} onValueChange={(next) => setMissed(next as typeof missed)}>
                {rules.map((rule) => (
                  <SelectItem key={rule} value={rule}>
                    {t(`missedRule.${rule}`)}
                  </SelectItem>
                ))}
              </Select>
            )}
          </FormField>
          {preview.data && preview.data.times.length > 0 ? (
            <NextTimes times={preview.data.times} timeZone={asked.timeZone} />
          ) : null}
          {fields.length === 0 ? null : (
            <fieldset className="flex flex-col gap-2 border-line border-t pt-3">
              <legend className="sr-only">{t("inputs")}</legend>
              <InputsForm
                fields={fields}
                values={values}
                faults={isTried ? read.faults : {}}
                onChange={(field, value) => setValues((now) => ({ ...now, [field]: value }))}
                onSubmit={save}
              />
            </fieldset>
          )}
        </div>
      </DialogContent>
    </Dialog>
  );
}
