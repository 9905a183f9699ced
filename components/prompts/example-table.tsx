"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Textarea } from "@/components/ui/textarea";
import type { ContentPartProps } from "./content-part";

const most = 20;
const longest = 20_000;

/** Messages with the replies that one would like, side by side. */
export function ExampleTable({ content, onChange }: ContentPartProps) {
  const t = useTranslations("prompts");
  const { examples } = content;
  const set = (index: number, change: Partial<(typeof examples)[number]>) =>
    onChange({ examples: examples.map((each, at) => (at === index ? { ...each, ...change } : each)) });
  return (
    <section className="flex flex-col gap-1.5" data-prompt-field="examples">
      <h2 className="font-medium text-sm">{t("field.examples")}</h2>
      {examples.length === 0 ? <p className="text-muted text-xs">{t("noExamples")}</p> : null}
      {examples.map((example, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are told apart by their place alone.
        <div key={index} className="flex items-start gap-2">
          {(["user", "assistant"] as const).map((side) => (
            <Textarea
              key={side}
              aria-label={t(`example.${side}`, { number: index + 1 })}
              placeholder={t(`example.${side}`, { number: index + 1 })}
              rows={2}
              maxLength={longest}
              className="min-w-0 flex-1"
              value={example[side]}
              onChange={(event) => set(index, { [side]: event.target.value })}
            />
          ))}
          <IconButton
            label={t("example.remove", { number: index + 1 })}
            onClick={() => onChange({ examples: examples.filter((_, at) => at !== index) })}
          >
            <X />
          </IconButton>
        </div>
      ))}
      <Button
        size="sm"
        className="self-start"
        disabled={examples.length >= most}
        onClick={() => onChange({ examples: [...examples, { user: "", assistant: "" }] })}
      >
        <Plus />
        {t("example.add")}
      </Button>
    </section>
  );
}
