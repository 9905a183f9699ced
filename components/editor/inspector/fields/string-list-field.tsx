import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { useIssueText } from "../use-issue-text";
import type { FieldProps } from "./field-props";

/** One line an entry: Enter begins the next, Backspace on an empty one removes it, several pasted lines become several entries. */
export function StringListField({ field, value, onChange, control, label, issues, disabled }: FieldProps) {
  const t = useTranslations("editor.list");
  const issueText = useIssueText();
  const list = useRef<HTMLDivElement>(null);
  const items = Array.isArray(value) ? value.map(String) : [];
  const most = field.maxItems ?? 100;

  const focus = (index: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll("input")[Math.max(0, index)]?.focus());
  const insert = (index: number, texts: readonly string[]) => {
    onChange([...items.slice(0, index), ...texts, ...items.slice(index)].slice(0, most));
    focus(index + texts.length - 1);
  };
  const remove = (index: number) => {
    onChange(items.filter((_, at) => at !== index));
    focus(index - 1);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices that the focus leaves the list.
    <div
      ref={list}
      className="flex flex-col gap-1"
      onBlur={(event) => {
        // An entry that was begun and left empty says nothing.
        if (!event.currentTarget.contains(event.relatedTarget) && items.some((item) => item === ""))
          onChange(items.filter((item) => item !== ""));
      }}
    >
      {items.map((item, index) => {
        const issue = issues.find(({ path }) => path[0] === String(index));
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries are told apart by their place alone.
          <div key={index}>
            <div className="flex items-center gap-0.5">
              <Input
                {...(index === 0 ? control : {})}
                aria-label={t("entry", { label, number: index + 1 })}
                aria-invalid={issue ? true : undefined}
                value={item}
                disabled={disabled}
                onChange={(event) => onChange(items.with(index, event.target.value))}
                onKeyDown={(event) => {
                  if (event.nativeEvent.isComposing) return;
                  if (event.key === "Enter" && items.length < most) {
                    event.preventDefault();
                    insert(index + 1, [""]);
                  } else if (event.key === "Backspace" && item === "") {
                    event.preventDefault();
                    remove(index);
                  }
                }}
                onPaste={(event) => {
                  const lines = event.clipboardData
                    .getData("text")
                    .split(/\r?\n/u)
                    .map((line) => line.trim())
                    .filter(Boolean);
                  if (lines.length < 2) return;
                  event.preventDefault();
                  const kept = item === "" ? items.filter((_, at) => at !== index) : items;
                  const at = item === "" ? index : index + 1;
                  onChange([...kept.slice(0, at), ...lines, ...kept.slice(at)].slice(0, most));
                }}
              />
              <IconButton label={t("remove")} side="left" disabled={disabled} onClick={() => remove(index)}>
                <X />
              </IconButton>
            </div>
            {issue ? <p className="mt-0.5 text-error text-xs">{issueText(issue)}</p> : null}
          </div>
        );
      })}
      <Button
        variant="ghost"
        size="sm"
        className="self-start"
        disabled={disabled || items.length >= most}
        onClick={() => insert(items.length, [""])}
      >
        <Plus />
        {items.length >= most ? t("full", { count: most }) : t("add")}
      </Button>
    </div>
  );
}
