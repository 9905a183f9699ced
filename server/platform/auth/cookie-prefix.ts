import type { Address } from "@/server/platform/guard/address";

/** Cookies are not kept apart by port, so two installations on one machine are kept apart by name. */
export const cookiePrefix = (address: Address): string => `pipewright-${address.port}`;
