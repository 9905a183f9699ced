"use client";

import { useTranslations } from "next-intl";
import { type CSSProperties, type FormEvent, useCallback, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { AnswerValue } from "./answer-value";
import { ChatView } from "./chat-view";
import { FormView } from "./form-view";
import { beginVisit, type Refused, type VisitView } from "./page-client";
import { useRefusalText } from "./use-refusal-text";

interface PublicPageProps {
  readonly slug: string;
  readonly title: string;
  readonly welcome: string;
  /** `#rrggbb`; empty: the app's own. */
  readonly accent: string;
  readonly theme: "auto" | "light" | "dark";
  readonly access: "public" | "password" | "members";
}

/** White or near black, whichever reads better on the colour (relative luminance of WCAG 2). */
export const inkOn = (colour: string): string => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#111" : "#fff";
};

const coloursOf = (accent: string) => ({
  "--accent": accent,
  "--accent-hover": `color-mix(in srgb, ${accent} 88%, black)`,
  "--accent-fg": inkOn(accent),
  "--accent-soft": `color-mix(in srgb, ${accent} 16%, transparent)`,
});

/** The page of a deployment: lets the visitor in, then shows its chat or form. */
export function PublicPage({ slug, title, welcome, accent, theme, access }: PublicPageProps) {
  const t = useTranslations("public-page");
  const say = useRefusalText();
  const [visit, setVisit] = useState<VisitView | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [password, setPassword] = useState("");
  const [isBusy, setBusy] = useState(access !== "password");
  const come = useCallback(
    async (given?: string) => {
      setBusy(true);
      const begun = await beginVisit(slug, given);
      setBusy(false);
      if (begun.ok) {
        setVisit(begun.visit);
        setRefused(null);
        setPassword("");
      } else setRefused(begun.refused);
    },
    [slug],
  );
  useEffect(() => {
    if (access !== "password") void come();
  }, [access, come]);
  useEffect(() => {
    if (theme === "auto") return;
    const { classList } = document.documentElement;
    classList.remove("light", "dark");
    classList.add(theme);
  }, [theme]);
  const style = (accent === "" ? {} : coloursOf(accent)) as CSSProperties;
  const enter = (event: FormEvent) => {
    event.preventDefault();
    void come(password);
  };
  const leave = () => {
    setVisit(null);
    if (access === "password") setRefused(null);
    else void come();
  };
  return (
    <main style={style} className="mx-auto flex h-dvh max-w-3xl flex-col bg-page text-fg">
      <header className="border-line border-b px-5 py-3">
        <h1 className="truncate font-medium text-base">{title}</h1>
      </header>
      {visit !== null ? (
        visit.kind === "chat" ? (
          <ChatView slug={slug} visit={visit} welcome={welcome} onOver={leave} />
        ) : (
          <div className="min-h-0 flex-1 overflow-y-auto">
            {welcome === "" ? null : (
              <div className="px-5 pt-4 text-muted">
                <AnswerValue value={welcome} />
              </div>
            )}
            <FormView slug={slug} visit={visit} onOver={leave} />
          </div>
        )
      ) : access === "password" ? (
        <form onSubmit={enter} className="flex max-w-sm flex-col gap-3 p-5">
          <FormField label={t("password")} error={refused === null ? undefined : say(refused)}>
            {(control) => (
              <Input
                {...control}
                type="password"
                value={password}
                maxLength={128}
                autoComplete="current-password"
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </FormField>
          <Button type="submit" variant="primary" busy={isBusy} disabled={password === ""} className="self-start">
            {t("enter")}
          </Button>
        </form>
      ) : refused === null ? (
        <p className="p-5 text-muted">{t("opening")}</p>
      ) : refused.code === "sign-in-required" ? (
        <div className="flex flex-col items-start gap-3 p-5">
          <p>{t("members")}</p>
          <a
            href={`/sign-in?next=${encodeURIComponent(`/p/${slug}`)}`}
            target="_top"
            className="text-accent-text underline"
          >
            {t("signIn")}
          </a>
        </div>
      ) : (
        <div className="flex flex-col items-start gap-3 p-5">
          <p role="alert">{say(refused)}</p>
          <Button busy={isBusy} onClick={() => void come()}>
            {t("again")}
          </Button>
        </div>
      )}
    </main>
  );
}
