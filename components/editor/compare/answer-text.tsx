import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { filesOf } from "@/components/run/file-value";
import { shorten, valueText } from "@/components/run/value-text";
import { ValueView } from "@/components/run/value-view";
import { cn } from "@/components/ui/cn";
import { MarkedText } from "./marked-text";
import type { PickedOutput } from "./output-choices";
import { textDifference } from "./text-difference";

const longest = 20_000;

/** An answer; where there is one to compare it with, what differs is marked: new words by colour and underline, left-out ones struck through. */
export function AnswerText({
  picked,
  reference,
}: {
  readonly picked: PickedOutput;
  readonly reference: PickedOutput | undefined;
}) {
  const t = useTranslations("editor.compare");
  const text = valueText(picked.value);
  const against = reference === undefined ? null : valueText(reference.value);
  const parts = useMemo(() => (against === null ? null : textDifference(against, text)), [against, text]);
  if (filesOf(picked.value).length > 0) return <ValueView name="" value={picked.value} />;
  if (text === "" && !picked.streaming && !parts?.length) return <p className="text-faint">{t("emptyAnswer")}</p>;
  const plain = typeof picked.value === "string";
  const same = parts?.every(({ kind }) => kind === "same") ?? false;
  return (
    <>
      <p className={cn("whitespace-pre-wrap break-words", !plain && "font-mono text-xs leading-[18px]")}>
        {parts && !same ? <MarkedText parts={parts} /> : shorten(text, longest)}
        {picked.streaming ? (
          <span
            aria-hidden="true"
            className="ml-0.5 inline-block h-3.5 w-1.5 animate-pulse-soft bg-running align-text-bottom"
          />
        ) : null}
      </p>
      {same ? <p className="text-faint text-xs">{t("sameAnswer")}</p> : null}
      {against !== null && parts === null ? <p className="text-faint text-xs">{t("tooDifferent")}</p> : null}
    </>
  );
}
