"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";

export interface Pair {
  readonly id: number;
  readonly name: string;
  readonly value: string;
}

export const pairsOf = (record: Readonly<Record<string, unknown>>): readonly Pair[] =>
  Object.entries(record).map(([name, value], id) => ({ id, name, value: String(value) }));

/** Pairs without a name are left out; of two with one name the later counts. */
export const recordOf = (pairs: readonly Pair[]): Record<string, string> =>
  Object.fromEntries(pairs.flatMap(({ name, value }) => (name.trim() === "" ? [] : [[name.trim(), value]])));

interface PairRowsProps {
  readonly title: string;
  readonly help: string;
  readonly names: { readonly name: string; readonly value: string; readonly add: string };
  readonly pairs: readonly Pair[];
  readonly most: number;
  readonly onChange: (pairs: readonly Pair[]) => void;
  /** Names to choose from as one types. */
  readonly suggestions?: readonly string[];
}

/** Names and values, one pair a row. */
export function PairRows({ title, help, names, pairs, most, onChange, suggestions = [] }: PairRowsProps) {
  const t = useTranslations("deployments.environment");
  const change = (id: number, part: Partial<Pair>) =>
    onChange(pairs.map((pair) => (pair.id === id ? { ...pair, ...part } : pair)));
  const list = `${names.add}-names`.replaceAll(" ", "-");
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="font-medium text-sm">{title}</legend>
      <p className="text-muted text-sm">{help}</p>
      {suggestions.length > 0 ? (
        <datalist id={list}>
          {suggestions.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      ) : null}
      {pairs.map(({ id, name, value }) => (
        <div key={id} className="flex items-center gap-2">
          <Input
            aria-label={names.name}
            placeholder={names.name}
            className="w-64 font-mono text-xs"
            maxLength={300}
            value={name}
            list={suggestions.length > 0 ? list : undefined}
            onChange={(event) => change(id, { name: event.target.value })}
          />
          <Input
            aria-label={names.value}
            placeholder={names.value}
            className="min-w-0 flex-1 font-mono text-xs"
            maxLength={4_000}
            value={value}
            list={suggestions.length > 0 ? list : undefined}
            onChange={(event) => change(id, { value: event.target.value })}
          />
          <IconButton
            label={t("remove", { name })}
            size="sm"
            onClick={() => onChange(pairs.filter((pair) => pair.id !== id))}
          >
            <X />
          </IconButton>
        </div>
      ))}
      {pairs.length < most ? (
        <Button
          size="sm"
          className="self-start"
          onClick={() =>
            onChange([...pairs, { id: Math.max(-1, ...pairs.map(({ id }) => id)) + 1, name: "", value: "" }])
          }
        >
          <Plus />
          {names.add}
        </Button>
      ) : null}
    </fieldset>
  );
}
