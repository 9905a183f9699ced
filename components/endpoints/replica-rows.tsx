"use client";

import { useTranslations } from "next-intl";
import { Duration } from "@/components/ui/figures";
import { RelativeTime } from "@/components/ui/relative-time";
import { type Status, StatusGlyph } from "@/components/ui/status-glyph";
import { HealthSparkline } from "./health-sparkline";
import { ModelError } from "./model-error";
import type { EndpointItem } from "./models";

type Replica = EndpointItem["replicas"][number];

const glyphs = { up: "ok", down: "error", unknown: "waiting" } as const satisfies Record<
  Replica["health"]["state"],
  Status
>;

/** The servers behind an endpoint, with their last checks and what is wrong with those that are down. */
export function ReplicaRows({ endpoint }: { readonly endpoint: EndpointItem }) {
  if (endpoint.replicas.length === 0) return null;
  return (
    <ul className="border-line border-t">
      {endpoint.replicas.map((replica) => (
        <ReplicaRow
          key={replica.id}
          replica={replica}
          shared={endpoint.replicas.length > 1}
          enabled={endpoint.enabled}
        />
      ))}
    </ul>
  );
}

interface ReplicaRowProps {
  readonly replica: Replica;
  /** There are other servers, so this one's share is worth a word. */
  readonly shared: boolean;
  readonly enabled: boolean;
}

function ReplicaRow({ replica, shared, enabled }: ReplicaRowProps) {
  const t = useTranslations("endpoints");
  const { health } = replica;
  return (
    <li className="flex flex-col gap-2 px-4 py-2">
      <div className="flex min-h-6 items-center gap-3 text-muted">
        <StatusGlyph status={glyphs[health.state]} label={t(`health.${health.state}`)} />
        <code className="min-w-0 truncate font-mono text-xs" title={replica.baseUrl ?? undefined}>
          {replica.baseUrl ?? t("embedded.noAddress")}
        </code>
        {shared ? <span className="shrink-0 text-faint text-xs">{t("weight", { weight: replica.weight })}</span> : null}
        {replica.inFlight > 0 ? (
          <span className="shrink-0 text-running text-xs">{t("inFlight", { count: replica.inFlight })}</span>
        ) : null}
        <span className="flex-1" />
        {health.checkedAt ? <RelativeTime date={health.checkedAt} className="text-faint text-xs" /> : null}
        <span className="w-16 text-right text-xs">
          <Duration ms={health.latencyMs} />
        </span>
        <HealthSparkline history={health.history} />
      </div>
      {enabled && health.error ? <ModelError error={health.error} /> : null}
    </li>
  );
}
