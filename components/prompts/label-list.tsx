"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ArrowRight, Lock, LockOpen, Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { RelativeTime } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toaster";
import { latestLabel, promptLabel } from "@/nodes/lib/prompt/prompt-name";
import { MoveLabelDialog } from "./move-label-dialog";
import type { PromptView } from "./prompt-workbench";

interface LabelListProps {
  readonly prompt: PromptView;
  readonly shown: number;
}

/** Where each label points, and the way to point it at the version that is shown. */
export function LabelList({ prompt, shown }: LabelListProps) {
  const t = useTranslations("prompts");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const { id, labels, newest } = prompt;
  const onSettled = () => queries.invalidateQueries({ queryKey: trpc.prompt.pathKey() });
  const [name, setName] = useState("");
  const [moving, setMoving] = useState<{ readonly name: string; readonly from: number | null } | null>(null);
  const takeAway = useMutation(
    trpc.promptLabel.move.mutationOptions({
      onError,
      onSettled,
      onSuccess: ({ name: label }) => toast.success(t("labelGone", { label })),
    }),
  );
  const protect = useMutation(trpc.prompt.protectLabel.mutationOptions({ onError, onSettled }));
  const isName = promptLabel.safeParse(name).success && name !== latestLabel;
  const isThere = labels.some((each) => each.name === name);
  const problem = isThere ? t("labelThere") : name === "" || isName ? undefined : t("labelName");
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (isName && problem === undefined) setMoving({ name, from: null });
  };
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted text-xs">{t("labelsHelp")}</p>
      <ul className="flex flex-col divide-y divide-line rounded-lg border border-line">
        <li className="flex min-h-10 items-center gap-2 px-3 py-1.5">
          <Badge tone="outline">{latestLabel}</Badge>
          <span className="flex-1 text-muted text-xs">{t("version", { number: newest })}</span>
          <span className="text-faint text-xs">{t("keptByApp")}</span>
        </li>
        {labels.map((label) => (
          <li key={label.name} className="flex min-h-10 flex-wrap items-center gap-2 px-3 py-1.5">
            <Badge tone={label.name === "production" ? "ok" : "neutral"} title={label.name}>
              {label.name}
            </Badge>
            <span className="min-w-0 flex-1 text-muted text-xs">
              {t("version", { number: label.number })} · <RelativeTime date={label.movedAt} />
            </span>
            {label.number === shown ? null : (
              <Button size="sm" onClick={() => setMoving({ name: label.name, from: label.number })}>
                <ArrowRight />
                {t("moveHere", { number: shown })}
              </Button>
            )}
            <IconButton
              size="sm"
              label={label.protected ? t("unprotect") : t("protect")}
              onClick={() => protect.mutate({ id, name: label.name, protected: !label.protected })}
            >
              {label.protected ? <Lock /> : <LockOpen />}
            </IconButton>
            <IconButton
              size="sm"
              label={t("takeAway", { label: label.name })}
              onClick={() => takeAway.mutate({ id, name: label.name, number: null, from: label.number })}
            >
              <X />
            </IconButton>
          </li>
        ))}
      </ul>
      <form onSubmit={add} className="flex items-end gap-2">
        <FormField label={t("newLabel", { number: shown })} error={problem} className="flex-1">
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={36}
              placeholder={t("labelPlaceholder")}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </FormField>
        <Button
          type="submit"
          disabled={!isName || problem !== undefined}
          className={problem === undefined ? "" : "mb-5"}
        >
          <Plus />
          {t("add")}
        </Button>
      </form>
      {moving === null ? null : (
        <MoveLabelDialog
          id={id}
          label={moving.name}
          number={shown}
          from={moving.from}
          onClose={() => {
            setMoving(null);
            setName("");
          }}
        />
      )}
    </div>
  );
}
