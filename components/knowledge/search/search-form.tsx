"use client";

import { useQuery } from "@tanstack/react-query";
import { Columns3, Search, SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, type RefObject, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Segmented } from "@/components/ui/segmented";
import { Select, SelectItem } from "@/components/ui/select";
import { Slider } from "@/components/ui/slider";
import { Switch } from "@/components/ui/switch";
import { limits, searchWays } from "../types";
import { LabelRows } from "./label-rows";
import { type SearchSettings, topKs } from "./search-settings";

export interface SearchFormProps {
  readonly settings: SearchSettings;
  readonly busy: boolean;
  readonly input: RefObject<HTMLInputElement | null>;
  /** A change of a setting searches at once; the query on Enter. */
  readonly onChange: (settings: SearchSettings) => void;
}

export function SearchForm({ settings, busy, input, onChange }: SearchFormProps) {
  const t = useTranslations("knowledge.search");
  const [query, setQuery] = useState(settings.query);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (query.trim() !== "") onChange({ ...settings, query: query.trim() });
  };
  const change = (part: Partial<SearchSettings>) => onChange({ ...settings, ...part });
  const ks = topKs.some((k) => k === settings.topK) ? topKs : [...topKs, settings.topK].sort((a, b) => a - b);
  return (
    <form onSubmit={submit} className="flex shrink-0 flex-col gap-2.5 border-line border-b px-5 py-3">
      <div className="flex gap-2">
        <div className="relative flex-1">
          <Search className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-faint" />
          <Input
            ref={input}
            aria-label={t("query")}
            placeholder={t("placeholder")}
            className="h-9 pl-9 text-base"
            maxLength={limits.query}
            autoComplete="off"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        </div>
        <Button type="submit" variant="primary" size="lg" busy={busy} disabled={query.trim() === ""}>
          {t("go")}
        </Button>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {settings.compare ? null : (
          <Segmented
            label={t("way")}
            value={settings.way}
            onValueChange={(way) => change({ way })}
            options={searchWays.map((way) => ({ value: way, label: t(`ways.${way}`) }))}
          />
        )}
        <Button aria-pressed={settings.compare} onClick={() => change({ compare: !settings.compare })}>
          <Columns3 />
          {t(settings.compare ? "compareOff" : "compare")}
        </Button>
        <Select
          aria-label={t("topK")}
          className="w-28"
          value={String(settings.topK)}
          onValueChange={(k) => change({ topK: Number(k) })}
        >
          {ks.map((k) => (
            <SelectItem key={k} value={String(k)}>
              {t("best", { k })}
            </SelectItem>
          ))}
        </Select>
        {settings.compare ? null : <RerankSwitch on={settings.rerank} onChange={(rerank) => change({ rerank })} />}
        <MorePopover settings={settings} change={change} />
      </div>
    </form>
  );
}

function RerankSwitch({ on, onChange }: { readonly on: boolean; readonly onChange: (on: boolean) => void }) {
  const t = useTranslations("knowledge.search");
  const trpc = useTRPC();
  const models = useQuery(trpc.endpoint.models.queryOptions());
  const model = models.data?.defaults.rerank ?? null;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is a button, which a label names.
    <label
      className="flex items-center gap-2 text-muted"
      title={models.data ? (model === null ? t("rerankNone") : t("rerankBy", { model })) : undefined}
    >
      <Switch checked={on && model !== null} disabled={model === null} onCheckedChange={onChange} />
      {t("rerank")}
    </label>
  );
}

interface MorePopoverProps {
  readonly settings: SearchSettings;
  readonly change: (part: Partial<SearchSettings>) => void;
}

/** Threshold and labels: what few need. */
function MorePopover({ settings, change }: MorePopoverProps) {
  const t = useTranslations("knowledge.search");
  const [least, setLeast] = useState(settings.minimumScore);
  const active = Object.keys(settings.filter).length + (settings.minimumScore > 0 ? 1 : 0);
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button>
          <SlidersHorizontal />
          {t("filter")}
          {active > 0 ? <span className="tabular text-accent-text">{active}</span> : null}
        </Button>
      </PopoverTrigger>
      <PopoverContent align="start" className="flex w-80 flex-col gap-4">
        <FormField
          label={t("threshold")}
          aside={<span className="tabular">{least.toFixed(2)}</span>}
          help={t("thresholdHelp")}
        >
          {() => (
            <Slider
              label={t("threshold")}
              min={0}
              max={1}
              step={0.05}
              value={[least]}
              onValueChange={([value]) => setLeast(value ?? 0)}
              onValueCommit={([value]) => change({ minimumScore: value ?? 0 })}
            />
          )}
        </FormField>
        <FormField label={t("labels")} help={t("labelsHelp")}>
          {() => <LabelRows value={settings.filter} onChange={(filter) => change({ filter })} />}
        </FormField>
      </PopoverContent>
    </Popover>
  );
}
