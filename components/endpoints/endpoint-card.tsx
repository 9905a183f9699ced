"use client";

import { FlaskConical } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmbeddedMemory } from "./embedded-memory";
import { EmbeddedNotice } from "./embedded-notice";
import { EmbeddedOffers } from "./embedded-offers";
import { EndpointMenu } from "./endpoint-menu";
import { endpointState } from "./endpoint-state";
import { EndpointStatus } from "./endpoint-status";
import { EndpointTest } from "./endpoint-test";
import { ModelRows } from "./model-rows";
import type { EndpointItem } from "./models";
import { ReplicaRows } from "./replica-rows";
import { useEmbeddedStatus } from "./use-embedded-status";

export interface EndpointCardProps {
  readonly endpoint: EndpointItem;
  readonly onEdit: () => void;
}

/** One endpoint: how it is, its servers, its models, and a test that really asks it. */
export function EndpointCard({ endpoint, onEdit }: EndpointCardProps) {
  const t = useTranslations("endpoints");
  const [testing, setTesting] = useState(false);
  const status = useEmbeddedStatus(endpoint.embedded && endpoint.enabled);
  return (
    <article aria-label={endpoint.name} className="rounded-lg border border-line bg-surface">
      <header className="flex min-h-12 items-center gap-3 py-2 pr-2.5 pl-4">
        <h3 className="min-w-0 truncate font-medium text-fg">{endpoint.name}</h3>
        <code className="truncate font-mono text-faint text-xs">{endpoint.slug}</code>
        {endpoint.embedded ? <Badge tone="warn">{t("embedded.grade")}</Badge> : null}
        {endpoint.hasApiKey ? <Badge tone="outline">{t("hasKey")}</Badge> : null}
        <span className="flex-1" />
        <EndpointStatus state={endpointState(endpoint)} />
        <Button
          size="sm"
          aria-expanded={testing}
          disabled={endpoint.models.length === 0}
          onClick={() => setTesting((open) => !open)}
        >
          <FlaskConical />
          {t("test.open")}
        </Button>
        <EndpointMenu endpoint={endpoint} onEdit={onEdit} />
      </header>
      {testing ? <EndpointTest endpoint={endpoint} /> : null}
      {endpoint.embedded ? <EmbeddedNotice endpoint={endpoint} status={status} /> : null}
      <ReplicaRows endpoint={endpoint} />
      <ModelRows endpoint={endpoint} status={status} onEdit={onEdit} />
      {status ? <EmbeddedMemory status={status} /> : null}
      {status ? <EmbeddedOffers offers={status.offers} /> : null}
    </article>
  );
}
