import type { Role } from "@/server/guard/role";

/** A signed-in person in the one workspace that their requests are about. */
export interface Member {
  readonly userId: string;
  readonly sessionId: string;
  readonly workspaceId: string;
  readonly role: Role;
}
