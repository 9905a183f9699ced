"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { formatCount } from "@/components/ui/format";
import { SearchField } from "@/components/ui/search-field";
import type { Locale } from "@/runtime/node/localized";
import { abilities } from "./abilities";
import { type ModelMemory as Memory, memoryOf } from "./memory-of";
import { ModelLearning } from "./model-learning";
import { ModelMemory } from "./model-memory";
import { ModelTrouble } from "./model-trouble";
import type { EndpointItem } from "./models";
import { priceTexts } from "./price-texts";
import type { EmbeddedStatus } from "./use-embedded-status";

const shortList = 6;
/** Of a long list so many rows stand on the page; the others are found by their name. */
const longList = 100;

interface ModelRowsProps {
  readonly endpoint: EndpointItem;
  /** Of the shipped models; null for other endpoints, and while their server does not answer. */
  readonly status: EmbeddedStatus | null;
  readonly onEdit: () => void;
}

/** What an endpoint offers: abilities, length, price. A long list is folded. */
export function ModelRows({ endpoint, status, onEdit }: ModelRowsProps) {
  const t = useTranslations("endpoints");
  const locale = useLocale() as Locale;
  const [all, setAll] = useState(false);
  const { models } = endpoint;
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const matching = wanted === "" ? models : models.filter(({ name }) => name.toLowerCase().includes(wanted));
  const shown = matching.slice(0, all ? longList : shortList);
  const learnings = new Map(endpoint.learnings.map((learning) => [learning.model, learning]));
  const names = models.map(({ name }) => name);
  const memories = new Map(status === null ? [] : names.map((name) => [name, memoryOf(status, name, names)]));
  const troubles = new Map(endpoint.troubles.map((trouble) => [trouble.model, trouble]));
  if (models.length === 0 && endpoint.embedded) return null;
  if (models.length === 0)
    return (
      <div className="flex items-center justify-between gap-3 border-line border-t px-4 py-2.5">
        <p className="text-muted">{t("noModels")}</p>
        <Button size="sm" onClick={onEdit}>
          {t("findModels")}
        </Button>
      </div>
    );
  return (
    <div className="border-line border-t py-1">
      {all && models.length > longList ? (
        <div className="px-3 py-1">
          <SearchField label={t("searchModels")} value={query} onValueChange={setQuery} />
        </div>
      ) : null}
      <ul>
        {shown.map((model) => (
          <li key={model.name} className="group flex min-h-8 items-center gap-2 px-4">
            <span className="min-w-0 truncate font-mono text-fg text-xs" title={model.name}>
              {model.name}
            </span>
            <CopyButton
              size="sm"
              value={`${endpoint.slug}/${model.name}`}
              className="opacity-0 focus-visible:opacity-100 group-hover:opacity-100"
            />
            <ModelLearning endpointId={endpoint.id} learning={learnings.get(model.name)} />
            <ModelTrouble trouble={troubles.get(model.name)} />
            <span
              className="min-w-0 flex-1 truncate text-muted text-xs"
              title={memories.get(model.name)?.title[locale]}
            >
              {memories.get(model.name)?.title[locale]}
            </span>
            <Licence licence={memories.get(model.name)?.licence ?? null} />
            <span className="flex shrink-0 gap-1">
              {abilities.map((ability) =>
                model[ability] ? <Badge key={ability}>{t(`ability.${ability}`)}</Badge> : null,
              )}
            </span>
            <span className="tabular w-28 shrink-0 text-right text-faint text-xs">
              {model.contextTokens ? t("context", { tokens: formatCount(model.contextTokens) }) : null}
            </span>
            <span className="tabular w-44 shrink-0 text-right text-muted text-xs">
              <Cost endpoint={endpoint} model={model} memory={memories.get(model.name) ?? null} />
            </span>
          </li>
        ))}
      </ul>
      {models.length > shortList ? (
        <div className="px-3 py-1">
          {all && matching.length > shown.length ? (
            <span className="px-2 text-muted text-xs">
              {t("form.moreChosen", { count: matching.length - shown.length })}
            </span>
          ) : null}
          <Button
            variant="ghost"
            size="sm"
            onClick={() => {
              setAll((open) => !open);
              setQuery("");
            }}
          >
            {all ? t("fewerModels") : t("moreModels", { count: models.length - shortList })}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function Licence({ licence }: { readonly licence: string | null }) {
  const t = useTranslations("endpoints.embedded");
  if (licence === null) return null;
  return (
    <span className="max-w-40 shrink-0 truncate text-faint text-xs" title={t("licence", { licence })}>
      {licence}
    </span>
  );
}

interface CostProps {
  readonly endpoint: EndpointItem;
  readonly model: EndpointItem["models"][number];
  readonly memory: Memory | null;
}

/** What it costs to ask: money, or memory of this computer. */
function Cost({ endpoint, model, memory }: CostProps) {
  const t = useTranslations("endpoints");
  if (memory !== null) return <ModelMemory memory={memory} />;
  return endpoint.embedded ? t("free") : <Price model={model} />;
}

function Price({ model }: { readonly model: EndpointItem["models"][number] }) {
  const t = useTranslations("endpoints");
  const price = priceTexts(model, !model.chat);
  if (price === null) return t("noPrice");
  const { input, output } = price;
  return output === null ? t("priceRead", { input }) : t("price", { input, output });
}
