/** What the home page says needs somebody. Each kind has its sentence and its button in `attention.tsx`. */
export type AttentionItem =
  | { readonly kind: "no-chat-model" }
  | { readonly kind: "embedded-down"; readonly name: string }
  | { readonly kind: "endpoint-down"; readonly name: string; readonly replicas: number; readonly of: number }
  | { readonly kind: "run-failed"; readonly pipeline: string; readonly runId: string; readonly at: Date };

interface Facts {
  readonly pipelines: readonly {
    readonly name: string;
    readonly lastRun: { readonly id: string; readonly status: string; readonly startedAt: Date } | null;
  }[];
  readonly endpoints: readonly {
    readonly name: string;
    readonly embedded: boolean;
    readonly enabled: boolean;
    readonly replicas: readonly { readonly health: { readonly state: "up" | "down" | "unknown" } }[];
  }[];
  readonly models: { readonly defaults: { readonly chat: string | null } } | null;
}

/** The most that is shown; what is beyond is on its own page. */
const most = 5;
const recentDays = 7;

/** Most pressing first: nothing can answer, an endpoint is down, a pipeline's last run failed within a week. */
export const attentionItems = ({ pipelines, endpoints, models }: Facts, now: Date): readonly AttentionItem[] => {
  const items: AttentionItem[] = [];
  if (models && models.defaults.chat === null) items.push({ kind: "no-chat-model" });
  for (const { name, embedded, enabled, replicas } of endpoints) {
    const down = replicas.filter((replica) => replica.health.state === "down").length;
    // The shipped endpoint has no server while it is not running.
    if (!enabled || (down === 0 && !(embedded && replicas.length === 0))) continue;
    if (embedded) items.push({ kind: "embedded-down", name });
    else items.push({ kind: "endpoint-down", name, replicas: down, of: replicas.length });
  }
  const since = now.getTime() - recentDays * 24 * 60 * 60 * 1000;
  for (const { name, lastRun } of pipelines) {
    if (lastRun?.status !== "failure" || lastRun.startedAt.getTime() < since) continue;
    items.push({ kind: "run-failed", pipeline: name, runId: lastRun.id, at: lastRun.startedAt });
  }
  return items.slice(0, most);
};
