import { type CredentialSettings, credentialSettings } from "./credential.types";

interface Row {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly hosts: readonly string[];
  readonly settings: unknown;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** As people may see it: all but the secret. */
export const viewSelect = {
  id: true,
  name: true,
  kind: true,
  hosts: true,
  settings: true,
  createdAt: true,
  updatedAt: true,
} as const;

/** null where the row is of a version that is not understood. */
export const readSettings = (kind: string, settings: unknown): CredentialSettings | null => {
  const read = credentialSettings.safeParse({ ...(settings as object), kind });
  return read.success ? read.data : null;
};

export const credentialView = ({ kind, settings, ...row }: Row) => ({ ...row, settings: readSettings(kind, settings) });
