import type { Role } from "./role";

/** Who may call a procedure or a route: anyone, or a member of the workspace with at least this role. */
export type Access = "public" | Role;

const rank: Readonly<Record<Role, number>> = { viewer: 1, editor: 2, owner: 3 };

/** Roles include each other: an owner may do what an editor may, an editor what a viewer may. */
export const permits = (held: Role, needed: Role): boolean => rank[held] >= rank[needed];

/** Whether members of a role see personal data where a step hides it from viewers. */
export const seesPersonalData = (role: Role): boolean => permits(role, "editor");
