import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { MarkedText } from "@/components/editor/compare/marked-text";
import { textDifference } from "@/components/editor/compare/text-difference";
import { shorten } from "@/components/run/value-text";

interface AnswerTextProps {
  readonly text: string;
  /** The answer that this one is held against; null: none. */
  readonly reference: string | null;
}

const longest = 20_000;

/** An answer; where it is held against another one, new words are underlined and left-out ones struck through. */
export function AnswerText({ text, reference }: AnswerTextProps) {
  const t = useTranslations("experiments.cases");
  const parts = useMemo(() => (reference === null ? null : textDifference(reference, text)), [reference, text]);
  const same = reference === text;
  return (
    <div className="text-sm">
      <p className="whitespace-pre-wrap break-words">
        {parts && !same ? <MarkedText parts={parts} /> : shorten(text, longest)}
      </p>
      {same ? <p className="text-faint text-xs">{t("sameAnswer")}</p> : null}
      {reference !== null && parts === null ? <p className="text-faint text-xs">{t("tooDifferent")}</p> : null}
    </div>
  );
}
