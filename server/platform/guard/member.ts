import type { RequestOrigin } from "@/server/platform/guard/client-address";
import type { Role } from "@/server/platform/guard/role";

/** A signed-in person in the one workspace that their requests are about. */
export interface Member {
  readonly userId: string;
  readonly sessionId: string;
  readonly workspaceId: string;
  readonly role: Role;
  /** Where their request came from. */
  readonly from?: RequestOrigin;
}
