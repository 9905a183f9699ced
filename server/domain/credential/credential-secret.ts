import { secretBox } from "@/server/domain/endpoint/process-state";

export const credentialPlace = (id: string): string => `credential:${id}`;

export const sealSecret = (id: string, secret: string): string => secretBox().seal(secret, credentialPlace(id));
/** null where it does not open: another key, or damage. */
export const openSecret = (id: string, cipher: string): string | null => secretBox().open(cipher, credentialPlace(id));
