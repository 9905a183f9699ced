"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toaster";
import type { InputField } from "@/runtime/node/define-node";
import { NextTimes } from "./next-times";
import { ScheduleDialog } from "./schedule-dialog";
import type { Schedule } from "./schedules-section";

interface ScheduleRowProps {
  readonly schedule: Schedule;
  readonly fields: readonly InputField[];
  readonly deploymentId: string;
}

/** One schedule: when it comes next, what came of its last times, and why it would start nothing. */
export function ScheduleRow({ schedule, fields, deploymentId }: ScheduleRowProps) {
  const t = useTranslations("schedules");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [isOpen, setOpen] = useState(false);
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.schedule.pathKey() });
  const setActive = useMutation(trpc.schedule.setActive.mutationOptions({ onError, onSettled: refresh }));
  const remove = useMutation(
    trpc.schedule.remove.mutationOptions({
      onError,
      onSuccess: () => toast.success(t("removed", { name: schedule.name })),
      onSettled: refresh,
    }),
  );
  const { id, name, cron, timeZone, active, stopReason, problem, nextTimes, firings, missed } = schedule;
  return (
    <li className="flex flex-col gap-2 px-3 py-2.5" data-testid="schedule">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={active ? "ok" : stopReason === null ? "neutral" : "error"}>
          {t(active ? "state.active" : stopReason === null ? "state.paused" : "state.stopped")}
        </Badge>
        <span className="min-w-0 truncate font-medium">{name}</span>
        <code className="font-mono text-muted text-xs">{cron}</code>
        <span className="text-faint text-xs">{timeZone}</span>
        <span className="text-faint text-xs">{t(`missedShort.${missed}`)}</span>
        <span className="ml-auto flex items-center gap-1">
          <Button size="sm" busy={setActive.isPending} onClick={() => setActive.mutate({ id, active: !active })}>
            {t(active ? "pause" : "resume")}
          </Button>
          <IconButton label={t("edit")} size="sm" onClick={() => setOpen(true)}>
            <Pencil />
          </IconButton>
          <IconButton label={t("remove")} size="sm" disabled={remove.isPending} onClick={() => remove.mutate({ id })}>
            <Trash2 />
          </IconButton>
        </span>
      </div>
      {stopReason === null ? null : <p className="text-error text-sm">{t("stopped", { reason: stopReason })}</p>}
      {problem === null ? null : <p className="text-sm text-warn">{problem}</p>}
      <div className="grid gap-3 sm:grid-cols-2">
        {nextTimes.length === 0 ? null : <NextTimes times={nextTimes} timeZone={timeZone} />}
        {firings.length === 0 ? null : (
          <div className="min-w-0 text-sm">
            <p className="text-muted">{t("last")}</p>
            <ul>
              {firings.map((firing) => (
                <Firing key={firing.id} firing={firing} timeZone={timeZone} />
              ))}
            </ul>
          </div>
        )}
      </div>
      {isOpen ? (
        <ScheduleDialog
          schedule={schedule}
          deploymentId={deploymentId}
          fields={fields}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </li>
  );
}

function Firing({ firing, timeZone }: { readonly firing: Schedule["firings"][number]; readonly timeZone: string }) {
  const t = useTranslations("schedules");
  const format = useFormatter();
  const { id, dueAt, state, also, problem, run } = firing;
  const at = format.dateTime(dueAt, { timeZone, month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
  return (
    <li className="flex min-w-0 items-baseline gap-2">
      <span className="shrink-0 tabular-nums">{at}</span>
      {run === null ? (
        <span className="shrink-0 text-muted">{t(`firing.${state}`, { count: also + 1 })}</span>
      ) : (
        <Link href={`/runs/${id}`} className="shrink-0 rounded-sm text-accent-text hover:underline">
          {t(`run.${run as "success"}`)}
        </Link>
      )}
      {problem === null ? null : (
        <span className="min-w-0 truncate text-warn" title={problem}>
          {problem}
        </span>
      )}
      <RelativeTime date={dueAt} className="ml-auto shrink-0 text-faint text-xs" />
    </li>
  );
}
