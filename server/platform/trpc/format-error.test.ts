import { TRPCError } from "@trpc/server";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { describeError } from "./format-error";

describe("describeError", () => {
  it("passes a refusal on with its details", () => {
    const conflict = { revision: 4, updatedAt: new Date(0) };
    const error = new ApplicationError("CONFLICT", "Changed elsewhere.", { reason: "stale-revision", conflict });
    expect(describeError(error)).toEqual({ message: "Changed elsewhere.", reason: "stale-revision", conflict });
  });

  it("names the fields of an invalid input", () => {
    const { error: cause } = z.strictObject({ name: z.string().min(1) }).safeParse({ name: "", role: "owner" });
    const described = describeError(new TRPCError({ code: "BAD_REQUEST", cause }));
    expect(described.reason).toBe("input-invalid");
    expect(described.fields).toHaveProperty("name");
    expect(described.fields?.input).toMatch(/role/);
  });

  it("bounds the number and the length of field messages", () => {
    const schema = z.array(z.string().max(1, "x".repeat(5000)));
    const { error: cause } = schema.safeParse(Array.from({ length: 500 }, () => "long"));
    const { fields = {} } = describeError(new TRPCError({ code: "BAD_REQUEST", cause }));
    expect(Object.keys(fields)).toHaveLength(20);
    for (const message of Object.values(fields)) expect(message.length).toBeLessThanOrEqual(300);
  });

  it("says nothing of the inside when something unexpected is thrown, and logs it under the reference", () => {
    const log = vi.fn();
    const cause = new Error("connect ECONNREFUSED /data/pg with password hunter2");
    const described = describeError(
      new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: cause.message, cause }),
      log,
    );
    expect(JSON.stringify(described)).not.toMatch(/hunter2|ECONNREFUSED/);
    expect(described.reason).toBe("internal");
    expect(log).toHaveBeenCalledExactlyOnceWith(described.reference, cause);
    expect(described.hint).toContain(described.reference);
  });

  it("does not echo what could not be parsed", () => {
    const error = new TRPCError({ code: "PARSE_ERROR", message: 'Unexpected token "hunter2"' });
    expect(describeError(error).message).toBe("The request could not be read as JSON.");
  });
});
