"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";

type Labels = Readonly<Record<string, string>>;

export interface LabelRowsProps {
  readonly value: Labels;
  readonly onChange: (value: Labels) => void;
}

const most = 20;

/** Names with values. A row without a name counts for nothing yet. */
export function LabelRows({ value, onChange }: LabelRowsProps) {
  const t = useTranslations("knowledge.search");
  const [rows, setRows] = useState(() => Object.entries(value).map(([key, text], id) => ({ id, key, text })));
  const change = (next: typeof rows) => {
    setRows(next);
    onChange(
      Object.fromEntries(next.filter(({ key }) => key.trim() !== "").map(({ key, text }) => [key.trim(), text])),
    );
  };
  return (
    <div className="flex flex-col gap-1.5">
      {rows.map((row) => (
        <div key={row.id} className="flex items-center gap-1.5">
          <Input
            aria-label={t("labelName")}
            placeholder={t("labelName")}
            maxLength={64}
            value={row.key}
            onChange={(event) =>
              change(rows.map((one) => (one.id === row.id ? { ...one, key: event.target.value } : one)))
            }
          />
          <span className="text-faint">{"="}</span>
          <Input
            aria-label={t("labelValue")}
            placeholder={t("labelValue")}
            maxLength={500}
            value={row.text}
            onChange={(event) =>
              change(rows.map((one) => (one.id === row.id ? { ...one, text: event.target.value } : one)))
            }
          />
          <IconButton size="sm" label={t("labelRemove")} onClick={() => change(rows.filter(({ id }) => id !== row.id))}>
            <X />
          </IconButton>
        </div>
      ))}
      {rows.length < most ? (
        <Button
          size="sm"
          variant="ghost"
          className="self-start"
          onClick={() => setRows([...rows, { id: (rows.at(-1)?.id ?? -1) + 1, key: "", text: "" }])}
        >
          <Plus />
          {t("labelAdd")}
        </Button>
      ) : null}
    </div>
  );
}
