import { fetchOf, openConnection } from "@/server/domain/endpoint/connection";
import { findEndpoint } from "@/server/domain/endpoint/endpoint-row";
import { keyPlace } from "@/server/domain/endpoint/load-endpoints";
import { secretBox } from "@/server/domain/endpoint/process-state";
import type { Database } from "@/server/platform/db/database";
import { createTrainerClient, type TrainerAddress, type TrainerClient } from "./trainer-client";
import { TrainerFailure } from "./trainer-failure";

export interface Replica {
  readonly baseUrl: string;
  readonly address: TrainerAddress;
}

/** The servers of an endpoint with what is sent to them. Throws `TrainerFailure` for one that is gone or whose key does not open. */
export const openReplicas = async (
  database: Database,
  workspaceId: string,
  endpointId: string,
): Promise<{ readonly slug: string; readonly name: string; readonly replicas: readonly Replica[] }> => {
  const row = await findEndpoint(database, workspaceId, endpointId);
  if (row === null || row.embedded) {
    throw new TrainerFailure("refused", "trainer-gone", "The endpoint was removed. Connect it again.");
  }
  const connection = openConnection(row);
  const key = row.apiKeyCipher === null ? null : secretBox().open(row.apiKeyCipher, keyPlace(row.id));
  if (connection === undefined || (key === null && row.apiKeyCipher !== null)) {
    throw new TrainerFailure(
      "refused",
      "trainer-gone",
      `The key of "${row.name}" cannot be read. Enter it again on the models page.`,
    );
  }
  const authorization =
    key === null
      ? {}
      : connection.keyHeader === "authorization"
        ? { authorization: `Bearer ${key}` }
        : { [connection.keyHeader]: key };
  const headers = { ...connection.headers, ...authorization };
  const fetch = fetchOf(connection);
  const replicas = row.replicas.map(({ baseUrl }) => {
    const address = baseUrl.replace(/\/$/, "");
    return { baseUrl: address, address: { name: row.name, baseUrl: address, headers, fetch } };
  });
  return { slug: row.slug, name: row.name, replicas };
};

export const openTrainer = async (
  database: Database,
  workspaceId: string,
  endpointId: string,
): Promise<TrainerClient> => {
  const { name, replicas } = await openReplicas(database, workspaceId, endpointId);
  const [only] = replicas;
  if (only === undefined) throw new TrainerFailure("refused", "trainer-gone", `The endpoint "${name}" has no address.`);
  return createTrainerClient(only.address);
};
