type Health = "up" | "down" | "unknown";

/** What an endpoint as a whole can do, given its servers. */
export type EndpointState =
  | { readonly kind: "off" }
  | { readonly kind: "up" }
  | { readonly kind: "partly"; readonly down: number; readonly of: number }
  | { readonly kind: "down" }
  /** The app's own model server is not running: it has no address. */
  | { readonly kind: "stopped" }
  | { readonly kind: "unknown" };

interface Judged {
  readonly embedded?: boolean;
  readonly enabled: boolean;
  readonly replicas: readonly { readonly health: { readonly state: Health } }[];
}

/** One server that answers is enough to be up; what was never asked is unknown, not down. */
export const endpointState = ({ embedded = false, enabled, replicas }: Judged): EndpointState => {
  if (!enabled) return { kind: "off" };
  if (embedded && replicas.length === 0) return { kind: "stopped" };
  const count = (state: Health) => replicas.filter((replica) => replica.health.state === state).length;
  const down = count("down");
  if (down > 0) return down === replicas.length ? { kind: "down" } : { kind: "partly", down, of: replicas.length };
  return count("up") > 0 ? { kind: "up" } : { kind: "unknown" };
};
