"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { askTwoFactor, type TwoFactorReply } from "./ask-two-factor";
import { AuthenticatorStep } from "./authenticator-step";
import { RecoveryCodes } from "./recovery-codes";

export type TwoFactorTask = "set-up" | "codes" | "remove";

interface TwoFactorDialogProps {
  readonly task: TwoFactorTask;
  readonly onClose: () => void;
}

type Answer = { readonly uri?: string; readonly recoveryCodes?: readonly string[] };

/** Asks for the password, then shows what there is to be noted down. */
export function TwoFactorDialog({ task, onClose }: TwoFactorDialogProps) {
  const t = useTranslations("settings.twoFactor");
  const ui = useTranslations("ui");
  const formId = useId();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [confirmed, setConfirmed] = useState(false);
  const [refused, setRefused] = useState<Exclude<TwoFactorReply<Answer>, { ok: true }>["reason"] | null>(null);
  const [busy, setBusy] = useState(false);

  const ask = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    const isCode = answer !== null;
    const reply = await askTwoFactor<Answer>(
      isCode ? "confirm" : task,
      isCode
        ? { code: String(form.get("code") ?? "").replace(/\s+/g, "") }
        : { password: String(form.get("password") ?? "") },
    );
    setBusy(false);
    setRefused(reply.ok ? null : reply.reason);
    if (!reply.ok) return;
    if (isCode) setConfirmed(true);
    else if (task === "remove") onClose();
    else setAnswer(reply.answer);
  };

  const codes = answer?.recoveryCodes;
  const done = codes !== undefined && (confirmed || task === "codes");
  const error = refused ? t(`refused.${refused}`) : undefined;
  const step = done ? "codes" : answer ? "authenticator" : "password";
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={t(`titles.${task}`)}
        description={t(done ? "codesHelp" : answer ? "authenticatorHelp" : `passwordHelp.${task}`)}
        footer={
          done ? (
            <DialogClose asChild>
              <Button variant="primary">{t("noted")}</Button>
            </DialogClose>
          ) : (
            <>
              <DialogClose asChild>
                <Button>{ui("cancel")}</Button>
              </DialogClose>
              <Button type="submit" form={formId} variant={task === "remove" ? "danger" : "primary"} busy={busy}>
                {t(answer ? "confirm" : task === "remove" ? "remove" : "next")}
              </Button>
            </>
          )
        }
      >
        {done ? <RecoveryCodes codes={codes} /> : null}
        {done ? null : (
          <form key={step} id={formId} onSubmit={ask} className="flex flex-col gap-4">
            {answer?.uri ? (
              <AuthenticatorStep uri={answer.uri} error={error} />
            ) : (
              <FormField label={t("password")} error={error}>
                {(control) => (
                  <Input
                    {...control}
                    name="password"
                    type="password"
                    autoComplete="current-password"
                    required
                    maxLength={128}
                  />
                )}
              </FormField>
            )}
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}
