"use client";

import { Info, TriangleAlert } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { LanguageMenu } from "@/components/shell/language-menu";
import { ThemeMenu } from "@/components/shell/theme-menu";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Mark } from "@/components/ui/mark";
import { SecondFactor } from "./second-factor";
import { type SignInAnswer, sendCredentials } from "./send-credentials";
import type { SignInNotice } from "./sign-in-notice";

interface SignInProps {
  readonly destination: string;
  readonly notice: SignInNotice | null;
}

const startCommand = "npm start -- --link";

export function SignIn({ destination, notice }: SignInProps) {
  const t = useTranslations("sign-in");
  const format = useFormatter();
  const [answer, setAnswer] = useState<SignInAnswer | "sending" | null>(null);
  const [waitSeconds, setWaitSeconds] = useState(0);
  const [secondFactor, setSecondFactor] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setAnswer("sending");
    const result = await sendCredentials({
      email: String(form.get("email") ?? "").trim(),
      password: String(form.get("password") ?? ""),
    });
    setAnswer(result.answer);
    setWaitSeconds(result.waitSeconds);
    if (result.answer === "signed-in") window.location.assign(destination);
    if (result.answer === "second-factor") setSecondFactor(true);
  };
  const minutes = waitSeconds > 90;
  const wait = format.number(minutes ? Math.ceil(waitSeconds / 60) : waitSeconds, {
    style: "unit",
    unit: minutes ? "minute" : "second",
    unitDisplay: "long",
  });
  const refused = answer === "wrong" || answer === "too-many" || answer === "offline" || answer === "broken";

  return (
    <main className="flex min-h-dvh flex-col bg-page">
      <div className="flex justify-end gap-1 p-3">
        <LanguageMenu />
        <ThemeMenu />
      </div>
      <div className="flex flex-1 items-start justify-center px-5 pt-[8vh] pb-16">
        <div className="flex w-full max-w-88 flex-col gap-6">
          <div className="flex flex-col gap-3">
            <Mark className="size-8" />
            <h1 className="font-semibold text-xl">{t(secondFactor ? "secondFactor.heading" : "heading")}</h1>
          </div>
          {secondFactor ? (
            <SecondFactor
              onDone={() => window.location.assign(destination)}
              onBack={() => {
                setSecondFactor(false);
                setAnswer(null);
              }}
            />
          ) : (
            <>
              {notice ? <Notice notice={notice} /> : null}
              <section className="flex flex-col gap-2">
                <p className="text-muted">
                  {t.rich("link", { mark: (words) => <b className="font-medium text-fg">{words}</b> })}
                </p>
                <div className="flex h-9 items-center justify-between rounded-md border border-line bg-surface pr-1 pl-3">
                  <code className="font-mono text-sm">{startCommand}</code>
                  <CopyButton value={startCommand} />
                </div>
              </section>
              <div className="flex items-center gap-3 text-faint text-xs">
                <span className="h-px flex-1 bg-line" />
                {t("or")}
                <span className="h-px flex-1 bg-line" />
              </div>
              <form className="flex flex-col gap-4" onSubmit={submit}>
                <FormField label={t("email")}>
                  {(control) => (
                    <Input
                      {...control}
                      name="email"
                      type="email"
                      autoComplete="username"
                      required
                      maxLength={254}
                      className="h-9"
                    />
                  )}
                </FormField>
                <FormField
                  label={t("password")}
                  error={refused ? t(`refused.${answer}`, { wait }) : undefined}
                  help={t("passwordHelp")}
                >
                  {(control) => (
                    <Input
                      {...control}
                      name="password"
                      type="password"
                      autoComplete="current-password"
                      required
                      maxLength={128}
                      className="h-9"
                    />
                  )}
                </FormField>
                <Button type="submit" variant="primary" size="lg" busy={answer === "sending" || answer === "signed-in"}>
                  {t("submit")}
                </Button>
              </form>
            </>
          )}
        </div>
      </div>
    </main>
  );
}

function Notice({ notice }: { readonly notice: SignInNotice }) {
  const t = useTranslations("sign-in.notices");
  const quiet = notice === "session-ended";
  const Icon = quiet ? Info : TriangleAlert;
  return (
    <div
      role="status"
      className={`flex gap-2.5 rounded-lg px-3.5 py-3 ${quiet ? "bg-running-soft text-running" : "bg-warn-soft text-warn"}`}
    >
      <Icon className="mt-0.5 size-4 shrink-0" />
      <div>
        <p className="font-medium">{t(`${notice}.title`)}</p>
        <p className="text-fg">{t(`${notice}.description`)}</p>
      </div>
    </div>
  );
}
