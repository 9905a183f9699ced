type Health = "up" | "down" | "unknown";

/** What an endpoint as a whole can do, given its servers. */
export type EndpointState =
  | { readonly kind: "off" }
  | { readonly kind: "up" }
  | { readonly kind: "partly"; readonly down: number; readonly of: number }
  | { readonly kind: "down" }
  | { readonly kind: "unknown" };

interface Judged {
  readonly enabled: boolean;
  readonly replicas: readonly { readonly health: { readonly state: Health } }[];
}

/** One server that answers is enough to be up; what was never asked is unknown, not down. */
export const endpointState = ({ enabled, replicas }: Judged): EndpointState => {
  if (!enabled) return { kind: "off" };
  const count = (state: Health) => replicas.filter((replica) => replica.health.state === state).length;
  const down = count("down");
  if (down > 0) return down === replicas.length ? { kind: "down" } : { kind: "partly", down, of: replicas.length };
  return count("up") > 0 ? { kind: "up" } : { kind: "unknown" };
};
