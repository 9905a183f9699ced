"use client";

import { useTranslations } from "next-intl";
import { MarkedText } from "@/components/editor/compare/marked-text";
import { textDifference } from "@/components/editor/compare/text-difference";
import { contentFields, type PromptContent } from "@/nodes/lib/prompt/prompt-content";
import { contentText } from "./content-text";

interface ContentDifferenceProps {
  readonly before: PromptContent;
  readonly after: PromptContent;
}

/** What one content says otherwise than another, field by field and word by word; fields that say the same are left out. */
export function ContentDifference({ before, after }: ContentDifferenceProps) {
  const t = useTranslations("prompts");
  const changed = contentFields
    .map((field) => ({ field, from: contentText(before, field), to: contentText(after, field) }))
    .filter(({ from, to }) => from !== to);
  if (changed.length === 0) return <p className="text-muted text-sm">{t("same")}</p>;
  return (
    <div className="flex flex-col gap-3">
      {changed.map(({ field, from, to }) => (
        <section key={field} className="flex flex-col gap-1">
          <h3 className="text-muted text-xs">{t(`field.${field}`)}</h3>
          <FieldDifference from={from} to={to} />
        </section>
      ))}
    </div>
  );
}

/** One field of two contents, word by word; side by side where they share too little. */
export function FieldDifference({ from, to }: { readonly from: string; readonly to: string }) {
  const t = useTranslations("prompts");
  const parts = textDifference(from, to);
  const style =
    "max-h-72 overflow-y-auto whitespace-pre-wrap break-words rounded-md border border-line bg-surface p-2.5 text-sm";
  if (parts !== null)
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls is reached by the keyboard.
      <div className={style} tabIndex={0}>
        <MarkedText parts={parts} />
      </div>
    );
  return (
    <div className="grid grid-cols-2 gap-2">
      {[
        { title: t("before"), text: from },
        { title: t("after"), text: to },
      ].map(({ title, text }) => (
        <div key={title} className="flex min-w-0 flex-col gap-1">
          <span className="text-faint text-xs">{title}</span>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: as above. */}
          <div className={style} tabIndex={0}>
            {text}
          </div>
        </div>
      ))}
    </div>
  );
}
