"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Section } from "@/components/shell/section";
import { useTRPC } from "@/components/trpc/client";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { TwoFactorDialog, type TwoFactorTask } from "./two-factor-dialog";

interface TwoFactorProps {
  readonly hasPassword: boolean;
  readonly on: boolean;
}

/** A code of an authenticator beside the password. */
export function TwoFactor({ hasPassword, on }: TwoFactorProps) {
  const t = useTranslations("settings.twoFactor");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [task, setTask] = useState<TwoFactorTask | null>(null);
  const close = () => {
    setTask(null);
    void queries.invalidateQueries({ queryKey: trpc.account.pathKey() });
  };
  return (
    <Section id="two-factor" title={t("title")} description={t("description")}>
      {hasPassword ? (
        <div className="flex flex-wrap items-center gap-2">
          {on ? (
            <>
              <Badge tone="ok" className="mr-2">
                <ShieldCheck className="size-3.5" />
                {t("isOn")}
              </Badge>
              <Button onClick={() => setTask("codes")}>{t("renew")}</Button>
              <Button variant="danger" onClick={() => setTask("remove")}>
                {t("remove")}
              </Button>
            </>
          ) : (
            <Button onClick={() => setTask("set-up")}>{t("setUp")}</Button>
          )}
        </div>
      ) : (
        <p className="text-muted">{t("passwordFirst")}</p>
      )}
      {task ? <TwoFactorDialog task={task} onClose={close} /> : null}
    </Section>
  );
}
