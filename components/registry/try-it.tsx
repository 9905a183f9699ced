"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Section } from "@/components/shell/section";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Textarea } from "@/components/ui/textarea";
import { percent } from "./estimate";

type Answer = RouterOutputs["tunedModel"]["try"];

/** Classifies a text, and marks the words that moved the decision. */
export function TryIt({ versionId }: { readonly versionId: string }) {
  const t = useTranslations("registry.try");
  const trpc = useTRPC();
  const onError = useErrorToast();
  const [text, setText] = useState("");
  const classify = useMutation(trpc.tunedModel.try.mutationOptions({ onError }));
  const asked = classify.variables?.text.trim() ?? "";
  const ask = () => {
    if (text.trim() !== "") classify.mutate({ id: versionId, text });
  };
  return (
    <Section title={t("title")}>
      <div className="flex flex-col gap-3 rounded-lg border border-line p-3">
        <Textarea
          aria-label={t("title")}
          placeholder={t("placeholder")}
          maxLength={8_000}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) ask();
          }}
        />
        <Button
          variant="primary"
          className="self-start"
          disabled={text.trim() === ""}
          busy={classify.isPending}
          onClick={ask}
        >
          {t("ask")}
        </Button>
        {classify.data ? (
          <div className="grid gap-6 border-line border-t pt-3 lg:grid-cols-2" aria-live="polite">
            <Scores answer={classify.data} />
            <div className="flex flex-col gap-2">
              <Marked text={asked} answer={classify.data} />
              <p className="text-faint text-xs">{t("why")}</p>
            </div>
          </div>
        ) : null}
      </div>
    </Section>
  );
}

const Scores = ({ answer }: { readonly answer: Answer }) => (
  <ol className="flex flex-col gap-1">
    {answer.scores.slice(0, 5).map(({ label, score }, index) => (
      <li key={label} className="flex items-center gap-3 text-sm">
        <span className={cn("min-w-0 flex-1 truncate", index === 0 && "font-medium")}>{label}</span>
        <span aria-hidden="true" className="h-1.5 w-32 overflow-hidden rounded-full bg-active">
          <span className="block h-full rounded-full bg-accent" style={{ width: `${100 * score}%` }} />
        </span>
        <span className="tabular w-14 text-right text-muted">{`${percent(score)} %`}</span>
      </li>
    ))}
  </ol>
);

/** The text with its parts tinted by what they did; each says its figure on hover. */
function Marked({ text, answer }: { readonly text: string; readonly answer: Answer }) {
  const t = useTranslations("registry.try");
  const most = Math.max(0.01, ...answer.influences.map(({ weight }) => Math.abs(weight)));
  const parts: { readonly text: string; readonly weight: number | null; readonly start: number }[] = [];
  let at = 0;
  for (const { start, end, weight } of answer.influences) {
    if (start > at) parts.push({ text: text.slice(at, start), weight: null, start: at });
    parts.push({ text: text.slice(start, end), weight, start });
    at = end;
  }
  parts.push({ text: text.slice(at), weight: null, start: at });
  return (
    <p className="whitespace-pre-wrap break-words text-base leading-7">
      {parts.map((part) =>
        part.weight === null ? (
          part.text
        ) : (
          <mark
            key={part.start}
            title={t("weight", {
              words: part.text,
              weight: `${part.weight > 0 ? "+" : ""}${part.weight.toFixed(2)}`,
            })}
            className={cn(
              "rounded-sm bg-transparent px-0.5 text-fg",
              part.weight < -0.05 && "underline decoration-error decoration-2 underline-offset-4",
            )}
            style={
              part.weight > 0
                ? {
                    background: `color-mix(in oklab, var(--accent) ${Math.round((45 * part.weight) / most)}%, transparent)`,
                  }
                : undefined
            }
          >
            {part.text}
          </mark>
        ),
      )}
    </p>
  );
}
