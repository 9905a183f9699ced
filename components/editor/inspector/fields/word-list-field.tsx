import { FileUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Textarea } from "@/components/ui/textarea";
import { parseWordList, wordListLimits } from "@/nodes/lib/safety/word-list";
import type { FieldProps } from "./field-props";
import { decodeText } from "./read-text-file";

/** A long list is kept out of the document until the typing pauses: every change of the document is checked and saved. */
const pauseMs = 500;
const largestFile = 8 * 1024 * 1024;

/** One word a line, typed, pasted or read from a file, with a count. */
export function WordListField({ value, onChange, control, label, disabled }: FieldProps) {
  const t = useTranslations("editor.wordList");
  const saved = typeof value === "string" ? value : "";
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<"tooLarge" | "noText" | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const text = draft ?? saved;
  const counted = useDeferredValue(text);
  const count = useMemo(() => parseWordList(counted).length, [counted]);

  const commit = useRef<() => void>(() => {});
  commit.current = () => {
    if (draft !== null && draft !== saved) onChange(draft);
    setDraft(null);
  };
  useEffect(() => {
    if (draft === null) return;
    const timer = setTimeout(() => commit.current(), pauseMs);
    return () => clearTimeout(timer);
  }, [draft]);
  // Whoever leaves the form at once has still written what they wrote.
  useEffect(() => () => commit.current(), []);

  const read = async (given: File | undefined) => {
    if (given === undefined) return;
    if (given.size > largestFile) return setProblem("tooLarge");
    const added = decodeText(new Uint8Array(await given.arrayBuffer()));
    if (added === null) return setProblem("noText");
    setProblem(null);
    setDraft(null);
    onChange(parseWordList(`${text}\n${added}`).join("\n"));
  };

  return (
    <div className="flex flex-col gap-1">
      <Textarea
        {...control}
        value={text}
        disabled={disabled}
        spellCheck={false}
        rows={4}
        placeholder={t("placeholder")}
        className="max-h-48 min-h-16 overflow-auto"
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => commit.current()}
      />
      <div className="flex items-center justify-between gap-2">
        <span className={cn("tabular text-xs", count > wordListLimits.words ? "text-error" : "text-faint")}>
          {t("count", { count, most: wordListLimits.words })}
        </span>
        <Button
          variant="ghost"
          size="sm"
          disabled={disabled}
          aria-label={t("importFor", { label })}
          onClick={() => file.current?.click()}
        >
          <FileUp />
          {t("import")}
        </Button>
        <input
          ref={file}
          type="file"
          accept=".txt,.csv,text/plain"
          className="hidden"
          onChange={(event) => {
            void read(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
      </div>
      {problem ? <p className="text-error text-xs">{problem === "tooLarge" ? t("tooLarge") : t("noText")}</p> : null}
    </div>
  );
}
