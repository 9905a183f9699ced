import { initTRPC } from "@trpc/server";
import superjson from "superjson";
import { recordMutation } from "@/server/platform/audit-log/record-mutation";
import { watchRecording } from "@/server/platform/audit-log/recorded";
import { type Access, permits } from "@/server/platform/guard/access";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { auditMarks, guardMarks } from "@/server/platform/guard/marks";
import { publicProcedures } from "@/server/platform/guard/public-list";
import type { Role } from "@/server/platform/guard/role";
import { isOutage } from "@/server/platform/readiness/outage";
import type { RequestContext } from "./context";
import { describeError } from "./format-error";

const t = initTRPC.context<RequestContext>().create({
  transformer: superjson,
  errorFormatter: ({ shape, error }) => {
    const { message, ...details } = describeError(error);
    const { code, httpStatus, path } = shape.data;
    const status = isOutage(details.reason)
      ? ({ code: "SERVICE_UNAVAILABLE", httpStatus: 503 } as const)
      : { code, httpStatus };
    return { ...shape, message, data: { ...status, path, ...details } };
  },
  sse: {
    ping: { enabled: true, intervalMs: 10_000 },
    client: { reconnectAfterInactivityMs: 30_000 },
  },
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Every procedure begins here: a change needs a request of our own origin, whoever sends it. */
const checkedProcedure = t.procedure.use(({ ctx, type, next }) => {
  if (type === "mutation" && !ctx.sameOrigin) {
    throw new ApplicationError("FORBIDDEN", "This request did not come from the app's own page.", {
      reason: "origin-refused",
      hint: "Open the app at its own address and try again.",
    });
  }
  return next();
});

/** Every change is in the audit log: one that does not write itself there, with more to tell, is written down here. */
const recordedProcedure = checkedProcedure.use(async ({ ctx, type, path, getRawInput, next }) => {
  const { member, database } = ctx;
  if (type !== "mutation" || member === null) return next();
  const { result, recorded } = await watchRecording(next);
  if (result.ok && !recorded) {
    const change = { member, path, input: await getRawInput(), output: result.data };
    // The change was made; that it could not be written down must not look as if it had not been.
    await recordMutation(database, change).catch((error: unknown) =>
      console.error(`${path} could not be written into the audit log:`, error),
    );
  }
  return result;
});

const recorder = recordedProcedure._def.middlewares.at(-1);
if (recorder !== undefined) auditMarks.add(recorder);

/** Marks the guard, which is the last middleware of the builder, for the test that looks at every procedure. */
const marked = <Builder extends { readonly _def: { readonly middlewares: readonly object[] } }>(
  access: Access,
  builder: Builder,
): Builder => {
  const guard = builder._def.middlewares.at(-1);
  if (guard !== undefined) guardMarks.set(guard, access);
  return builder;
};

/**
 * The one guard: session -> membership -> workspace. `ctx.workspaceId` is the only workspace a procedure may touch; none is
 * ever taken from the input. It runs before the input is parsed, so that a stranger learns nothing from error texts.
 */
const workspaceProcedure = (needed: Role) =>
  marked(
    needed,
    recordedProcedure.use(({ ctx, next }) => {
      const { member } = ctx;
      if (member === null) {
        throw new ApplicationError("UNAUTHORIZED", "Sign in to do this.", { reason: "sign-in-required" });
      }
      if (!permits(member.role, needed)) {
        throw new ApplicationError("FORBIDDEN", `This needs the role "${needed}"; yours is "${member.role}".`, {
          reason: "role-too-low",
          hint: "Ask an owner of the workspace.",
        });
      }
      return next({ ctx: { member, workspaceId: member.workspaceId } });
    }),
  );

export const viewerProcedure = workspaceProcedure("viewer");
export const editorProcedure = workspaceProcedure("editor");
export const ownerProcedure = workspaceProcedure("owner");

/** For strangers too. Only the names in guard/public-list.ts may be built of it; any other refuses every call. */
export const publicProcedure = marked(
  "public",
  recordedProcedure.use(({ path, next }) => {
    if (!Object.hasOwn(publicProcedures, path)) {
      throw new ApplicationError("UNAUTHORIZED", "Sign in to do this.", { reason: "sign-in-required" });
    }
    return next();
  }),
);
