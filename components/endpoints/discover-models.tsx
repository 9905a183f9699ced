"use client";

import { useMutation } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Radar } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { useTRPC } from "@/components/trpc/client";
import { errorFacts } from "@/components/trpc/error-facts";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { formatDuration } from "@/components/ui/format";
import { SearchField } from "@/components/ui/search-field";
import { useErrorText } from "@/components/ui/use-error-text";
import { connectionInput, type EndpointFields, isWebAddress, type ModelFields, modelFields } from "./endpoint-form";
import { ModelError } from "./model-error";
import type { EndpointItem } from "./models";

/** Of a server with more models than this a person ticks which; with fewer, all are taken. */
const takeAll = 8;
const rowHeight = 28;

interface DiscoverModelsProps {
  readonly stored: EndpointItem | null;
  readonly chosen: ReadonlySet<string>;
  readonly onAdd: (models: readonly ModelFields[]) => void;
  readonly onRemove: (name: string) => void;
}

/** Asks the first address which models it has. */
export function DiscoverModels({ stored, chosen, onAdd, onRemove }: DiscoverModelsProps) {
  const t = useTranslations("endpoints.form");
  const trpc = useTRPC();
  const say = useErrorText();
  const { control, getValues, setValue } = useFormContext<EndpointFields>();
  const baseUrl = useWatch({ control, name: "replicas.0.baseUrl" }) ?? "";
  const [found, setFound] = useState<readonly ModelFields[]>([]);
  const discover = useMutation(
    trpc.endpoint.discover.mutationOptions({
      onSuccess: (answer) => {
        if (!answer.ok) return setFound([]);
        const models = answer.models.map(modelFields);
        setFound(models);
        // The server may have found the API below the address that was typed.
        if (answer.baseUrl !== getValues("replicas.0.baseUrl").trim()) {
          setValue("replicas.0.baseUrl", answer.baseUrl, { shouldDirty: true });
        }
        if (models.length <= takeAll) onAdd(models);
      },
    }),
  );
  const ask = () => {
    const apiKey = getValues("apiKey").trim();
    discover.mutate({
      baseUrl: baseUrl.trim(),
      ...connectionInput(getValues(), stored),
      ...(apiKey !== "" ? { apiKey } : {}),
      ...(stored !== null ? { endpointId: stored.id } : {}),
      ...(apiKey === "" && getValues("removeKey") ? { apiKey: null } : {}),
    });
  };
  // Who opens an endpoint without models came to choose some.
  const isAsked = useRef(stored === null || stored.embedded || stored.models.length > 0);
  useEffect(() => {
    if (isAsked.current) return;
    isAsked.current = true;
    ask();
  });
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-3">
        <Button busy={discover.isPending} disabled={!isWebAddress(baseUrl)} onClick={ask}>
          <Radar />
          {t("find")}
        </Button>
        <p aria-live="polite" className="text-muted text-xs">
          {discover.data?.ok
            ? t("found", { count: discover.data.models.length, time: formatDuration(discover.data.latencyMs, "en") })
            : discover.isPending
              ? t("finding")
              : t("findHelp")}
        </p>
      </div>
      {discover.data?.ok && discover.data.tooLong > 0 ? (
        <p className="text-warn text-xs">{t("namesTooLong", { count: discover.data.tooLong })}</p>
      ) : null}
      {discover.data?.ok === false ? <ModelError error={discover.data.error} /> : null}
      {discover.isError ? (
        <p role="alert" className="text-error text-xs">
          {say(errorFacts(discover.error)).description}
        </p>
      ) : null}
      {found.length > takeAll ? <FoundModels found={found} chosen={chosen} onAdd={onAdd} onRemove={onRemove} /> : null}
    </div>
  );
}

interface FoundModelsProps extends Omit<DiscoverModelsProps, "stored"> {
  readonly found: readonly ModelFields[];
}

function FoundModels({ found, chosen, onAdd, onRemove }: FoundModelsProps) {
  const t = useTranslations("endpoints.form");
  const [query, setQuery] = useState("");
  const scroller = useRef<HTMLDivElement>(null);
  const shown = found.filter((model) => model.name.toLowerCase().includes(query.trim().toLowerCase()));
  const missing = shown.filter(({ name }) => !chosen.has(name));
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    getItemKey: (index) => shown[index]?.name ?? index,
  });
  return (
    <div className="rounded-md border border-line">
      {chosen.size === 0 ? (
        <div className="flex items-center gap-2 border-line border-b bg-warn-soft px-2 py-1.5">
          <p className="flex-1 text-warn text-xs">{t("noneTicked", { count: found.length })}</p>
          <Button size="sm" disabled={missing.length === 0} onClick={() => onAdd(missing.slice(0, takeAll))}>
            {t("tickFirst", { count: Math.min(takeAll, missing.length) })}
          </Button>
        </div>
      ) : null}
      <div className="flex items-center gap-2 border-line border-b p-1.5">
        <SearchField label={t("searchFound")} value={query} onValueChange={setQuery} className="flex-1" />
        <Button size="sm" variant="ghost" disabled={missing.length === 0} onClick={() => onAdd(missing)}>
          {t("addShown", { count: missing.length })}
        </Button>
      </div>
      <div ref={scroller} className="max-h-56 overflow-y-auto p-1">
        <ul className="relative" style={{ height: Math.max(virtual.getTotalSize(), shown.length === 0 ? 40 : 0) }}>
          {virtual.getVirtualItems().map(({ key, index, start }) => {
            const model = shown[index];
            return model === undefined ? null : (
              <li
                key={key}
                aria-setsize={shown.length}
                aria-posinset={index + 1}
                className="absolute inset-x-0"
                style={{ transform: `translateY(${start}px)` }}
              >
                {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is the control. */}
                <label className="flex h-7 items-center gap-2 rounded-md px-2 hover:bg-hover">
                  <Checkbox
                    checked={chosen.has(model.name)}
                    onCheckedChange={(checked) => (checked === true ? onAdd([model]) : onRemove(model.name))}
                  />
                  <span className="truncate font-mono text-xs" title={model.name}>
                    {model.name}
                  </span>
                </label>
              </li>
            );
          })}
          {shown.length === 0 ? <li className="px-2 py-3 text-center text-muted text-xs">{t("noneFound")}</li> : null}
        </ul>
      </div>
    </div>
  );
}
